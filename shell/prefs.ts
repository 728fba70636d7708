import { useSyncExternalStore } from 'react';
import { type Prefs, readPrefs } from './kept-prefs.ts';

const key = 'zc.prefs';

function load(): Prefs {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(key);
  } catch {
    // Storage may be forbidden; the page works without it.
  }
  return readPrefs(kept, navigator.language, matchMedia('(pointer: coarse)').matches);
}

let current = load();
const listeners = new Set<() => void>();

/** The settings now, for code outside components. */
export function prefs(): Prefs {
  return current;
}

/** Changes some settings, keeps them, and redraws whoever shows them. */
export function setPrefs(change: Partial<Prefs>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // Not kept, but in force until the window is closed.
  }
  for (const listener of listeners) listener();
}

/** The settings, followed by the component. */
export function usePrefs(): Prefs {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, prefs);
}
