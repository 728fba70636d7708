import { lazy, Suspense } from 'react';
import { useSignInAsked } from '../sign-in-prompt.ts';

const SignInDialog = lazy(() => import('./sign-in-dialog.tsx').then((m) => ({ default: m.SignInDialog })));

/** The sign-in dialog over whatever page is open; its code is loaded when first needed. */
export function SignInOverPage() {
  if (!useSignInAsked()) return null;
  return (
    <Suspense fallback={null}>
      <SignInDialog />
    </Suspense>
  );
}
