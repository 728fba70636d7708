import type { PatentSearch } from './address.ts';

let last: PatentSearch | null = null;

/** The search that was shown last in this window, for the way back from a record; null before the first. */
export function lastSearch(): PatentSearch | null {
  return last;
}

/** Keeps it. */
export function rememberSearch(search: PatentSearch): void {
  last = search;
}
