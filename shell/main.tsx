import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './base.css';
import './print.css';
import { Filled } from './fillings.tsx';
import { Look } from './frame/look.tsx';
import { SignInOverPage } from './frame/sign-in-over-page.tsx';
import { startTexts } from './i18n.ts';
import { fillings, modules } from './modules.ts';
import { queries } from './query.ts';
import { buildRouter } from './router.tsx';
import { preloadSession } from './session.ts';
import { installTokens } from './theme.ts';

installTokens();
preloadSession();
const router = buildRouter(modules);
// The first page's code and figures start before React does.
void router.load();
await startTexts(modules);
createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Look>
        <Filled by={fillings}>
          <RouterProvider router={router} />
        </Filled>
        <SignInOverPage />
      </Look>
    </QueryClientProvider>
  </StrictMode>,
);
