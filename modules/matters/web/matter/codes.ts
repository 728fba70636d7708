import { useSyncExternalStore } from 'react';
import { tidyNumber } from '../../contract.ts';

/** Codes that were typed in this window, by number. They stand in no address and no history, and are gone with the window. */
const KEY = 'zc-matter-codes';
const listeners = new Set<() => void>();

function read(): Record<string, string> {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
}

/** Keeps a code for a matter while the window is open. */
export function keepCode(number: string, code: string): void {
  // What no header can carry is no code: full-width signs are made plain first.
  const plain = code
    .normalize('NFKC')
    .replaceAll(/[^\x20-\x7e]/g, '')
    .trim();
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...read(), [tidyNumber(number)]: plain }));
  } catch {
    // Where nothing can be kept, number and code are asked for.
  }
  for (const tell of listeners) tell();
}

/** The code that was typed for a matter; undefined where none was. */
export function useCode(number: string): string | undefined {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => read()[tidyNumber(number)],
  );
}

/** The header in which a code travels. */
export function withCode(code: string | undefined): { headers?: { 'x-matter-code': string } } {
  return code === undefined ? {} : { headers: { 'x-matter-code': code } };
}
