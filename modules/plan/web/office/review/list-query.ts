import type { ReportsSearch } from '../search.ts';

/** Rows on one page of the list of reports. */
export const pageSize = 50;

/** The list's request, so that a report's page finds its neighbours in the list it was opened from. */
export function listQuery({ period, state, no, scope, page }: ReportsSearch, step = 0) {
  return { period, state, no, scope, page: (page ?? 1) + step, size: pageSize };
}

/** Reports before and after one, with the page of the list on which each stands. */
export interface Neighbours {
  /** Counted from 1 over the whole list; null where the report is not on the page it was opened from. */
  place: number | null;
  before: { id: string; page: number } | null;
  after: { id: string; page: number } | null;
}

/** Finds the neighbours of a report; `edge` are the ids on the pages beside, known only where they are needed. */
export function neighbours(
  id: string,
  page: number,
  ids: readonly string[],
  edge: { before: readonly string[]; after: readonly string[] },
): Neighbours {
  const at = ids.indexOf(id);
  if (at < 0) return { place: null, before: null, after: null };
  const on = (found: string | undefined, where: number) => (found ? { id: found, page: where } : null);
  return {
    place: (page - 1) * pageSize + at + 1,
    before: at > 0 ? on(ids[at - 1], page) : on(edge.before.at(-1), page - 1),
    after: at + 1 < ids.length ? on(ids[at + 1], page) : on(edge.after[0], page + 1),
  };
}
