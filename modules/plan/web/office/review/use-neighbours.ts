import { useQuery } from '@tanstack/react-query';
import { listReports } from '#modules/plan/contract';
import { queryOf } from '#shell/query';
import type { ReportsSearch } from '../search.ts';
import { listQuery, type Neighbours, neighbours } from './list-query.ts';

/**
 * Where a report stands in the list it was opened from, and what is before and after it. The list is not asked again while
 * walking: a report that was just accepted keeps its place, although the filter would now leave it out.
 */
export function useNeighbours(id: string, search: ReportsSearch): Neighbours & { total: number } {
  const page = search.page ?? 1;
  const at = (step: number, enabled: boolean) => ({
    ...queryOf(listReports, { query: listQuery(search, step) }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled,
  });
  const here = useQuery(at(0, true));
  const ids = here.data?.reports.map((r) => r.id) ?? [];
  const total = here.data?.total ?? 0;
  const index = ids.indexOf(id);
  const size = listQuery(search).size;
  const before = useQuery(at(-1, index === 0 && page > 1));
  const after = useQuery(at(1, index >= 0 && index === ids.length - 1 && page * size < total));
  return {
    ...neighbours(id, page, ids, {
      before: before.data?.reports.map((r) => r.id) ?? [],
      after: after.data?.reports.map((r) => r.id) ?? [],
    }),
    total,
  };
}
