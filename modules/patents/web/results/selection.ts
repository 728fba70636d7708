import { useSyncExternalStore } from 'react';

const KEY = 'zc.patents.selected';
/** More than anybody ticks by hand; keeps the store small. */
const MOST = 5000;

let current: readonly string[] | null = null;
const listeners = new Set<() => void>();

function selected(): readonly string[] {
  if (!current) {
    try {
      const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
      current = Array.isArray(kept) ? kept.filter((n) => typeof n === 'string') : [];
    } catch {
      current = [];
    }
  }
  return current;
}

/** The ticked publications in the order of ticking; they stay while pages are turned and records are opened. */
export function useSelection(): readonly string[] {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, selected);
}

/** Replaces the selection. */
export function setSelection(numbers: readonly string[]): void {
  current = [...new Set(numbers)].slice(0, MOST);
  try {
    sessionStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Not kept, but there until the window is closed.
  }
  for (const listener of listeners) listener();
}

/** Ticks or unticks some. */
export function tick(numbers: readonly string[], on: boolean): void {
  const others = selected().filter((n) => !numbers.includes(n));
  setSelection(on ? [...others, ...numbers] : others);
}
