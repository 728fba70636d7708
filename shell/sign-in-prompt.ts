import { useSyncExternalStore } from 'react';

type Waiting = (signedIn: boolean) => void;

let waiting: Waiting[] = [];
const listeners = new Set<() => void>();

function notify(): void {
  for (const listener of listeners) listener();
}

/**
 * Opens the sign-in dialog over the page. Resolves true once somebody signed in, false when the dialog was closed. Calls
 * that come while it is open wait for the same dialog.
 */
export function askToSignIn(): Promise<boolean> {
  return new Promise((resolve) => {
    waiting = [...waiting, resolve];
    notify();
  });
}

/** Ends the dialog; all waiting calls go on or give up. */
export function finishSignIn(signedIn: boolean): void {
  const all = waiting;
  waiting = [];
  notify();
  for (const resolve of all) resolve(signedIn);
}

/** Is somebody waiting for a sign-in? */
export function useSignInAsked(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting.length > 0,
  );
}
