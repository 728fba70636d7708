import { queryOptions } from '@tanstack/react-query';
import { urlOf } from '#kernel/http/contract';
import { type ApiError, call } from '#shell/api';
import {
  type PatentPage,
  type PatentQuery,
  searchPatents,
  searchPatentsLong,
} from '../../contract/search.ts';
import { type PatentSearch, USUAL_SIZE } from '../address.ts';
import { withLongQuery } from './long-query.ts';
import { isOlder, modernised } from './older.ts';

/** Longest address of a request; a longer query travels in the body. */
const LONGEST_ADDRESS = 6000;

/** What the interface is asked for an address. `facets`: names with commas. */
export function queryFor(search: PatentSearch, facets: string): PatentQuery {
  const { q, dialect, filter, sort, group, prefer, page, size } = isOlder(search)
    ? modernised(search)
    : withLongQuery(search).search;
  return {
    q: q?.trim() ? q : undefined,
    dialect,
    filter,
    sort: sort ?? 'newest',
    group,
    prefer: group ? prefer : undefined,
    facets,
    page: page ?? 1,
    size: size ?? USUAL_SIZE,
  };
}

/** The request of a search, whatever its length. */
export function searchRequest(query: PatentQuery) {
  return queryOptions<PatentPage, ApiError>({
    queryKey: [searchPatents.path, null, query],
    queryFn: ({ signal }) =>
      urlOf(searchPatents, { query }).length > LONGEST_ADDRESS
        ? call(searchPatentsLong, { body: query, signal })
        : call(searchPatents, { query, signal }),
  });
}
