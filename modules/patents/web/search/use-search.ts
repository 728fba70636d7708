import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { searchPatents } from '../../contract.ts';
import { PatentSearch } from '../address.ts';

/** Changes some conditions; everything but turning pages goes back to the first page. */
export type ChangeSearch = (change: Partial<PatentSearch>) => void;

/** The search in the address, a way to change it, and its result. Each change is a step of its own for "back". */
export function useSearchResult() {
  const [search, setSearch] = usePageSearch(PatentSearch);
  const change = useCallback<ChangeSearch>(
    (values) => setSearch({ page: undefined, ...values }, { push: true }),
    [setSearch],
  );
  const list = useQuery({
    ...queryOf(searchPatents, { query: search }),
    placeholderData: (before) => before,
  });
  return { search, change, list };
}
