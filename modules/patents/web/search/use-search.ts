import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { usePageSearch } from '#shell/page-search';
import type { FacetName } from '../../contract/search.ts';
import { PatentSearch } from '../address.ts';
import { facetParameter } from '../facets/shown.ts';
import { rememberSearch } from '../last-search.ts';
import { asAddressPart, withLongQuery } from './long-query.ts';
import { isOlder, modernised } from './older.ts';
import { queryFor, searchRequest } from './search-query.ts';

/** Changes some conditions; everything but turning pages goes back to the first page. */
export type ChangeSearch = (change: Partial<PatentSearch>) => void;

const NOTHING_OLD = {
  applicant: undefined,
  ipc: undefined,
  from: undefined,
  to: undefined,
  region: undefined,
  type: undefined,
  status: undefined,
};

/**
 * The search in the address, a way to change it, and its result. Each change is a step of its own for "back". `lost`: the address
 * names a long query that this browser does not have.
 */
export function useSearchResult(facets: readonly FacetName[]) {
  const [address, setAddress] = usePageSearch(PatentSearch);
  const older = isOlder(address);
  const { search, lost } = withLongQuery(older ? modernised(address) : address);
  useEffect(() => {
    if (older) setAddress({ ...NOTHING_OLD, ...modernised(address) });
  }, [older, address, setAddress]);
  useEffect(() => rememberSearch(address));
  const change = useCallback<ChangeSearch>(
    (values) =>
      setAddress(
        { page: undefined, ...values, ...('q' in values && asAddressPart(values.q)) },
        { push: true },
      ),
    [setAddress],
  );
  const list = useQuery({
    ...searchRequest(queryFor(search, facetParameter(facets))),
    placeholderData: (before) => before,
  });
  return { search, lost, change, list };
}
