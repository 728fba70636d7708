import type { DuesSearch } from '../search.ts';

/** Entries on a page: whole weeks should seldom be cut. */
export const DUES_PAGE = 100;

/** Days ahead that are offered, and the one taken when nothing is chosen. */
export const WITHIN = [30, 90, 180, 365] as const;
export const DEFAULT_WITHIN = 90;

/** What the page asks of the server; the same when its code is still loading and when it is there. */
export function duesQuery({ within, register, region, mine, page }: DuesSearch) {
  return { within: within ?? DEFAULT_WITHIN, register, region, mine, page: page ?? 1, limit: DUES_PAGE };
}
