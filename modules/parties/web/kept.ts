import type { PartyDoc } from './words.ts';

/** What was changed and not saved, with the version it began from. */
export interface Kept {
  version: number | undefined;
  doc: PartyDoc;
}

/** Reads what this window kept under a key; null when there is nothing or the browser keeps nothing. */
export function readKept(key: string): Kept | null {
  try {
    const text = sessionStorage.getItem(key);
    return text ? (JSON.parse(text) as Kept) : null;
  } catch {
    return null;
  }
}

/** Keeps unsaved changes in this window, or with null forgets them. */
export function keep(key: string, kept: Kept | null): void {
  try {
    if (kept) sessionStorage.setItem(key, JSON.stringify(kept));
    else sessionStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing: the form itself still holds everything.
  }
}
