import type { ListSearch } from '../search.ts';
import { entryQuery } from './narrowing.ts';

/** Entries on a page. */
export const PAGE_SIZE = 50;

/** What the list asks of the server; the same when its code is still loading and when it is there. */
export function listQuery(search: ListSearch) {
  const { sort, desc, page } = search;
  return {
    ...entryQuery(search),
    sort,
    desc: desc === 'true' ? 'true' : undefined,
    page: page ?? 1,
    limit: PAGE_SIZE,
  };
}
