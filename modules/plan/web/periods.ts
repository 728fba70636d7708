import { useQuery } from '@tanstack/react-query';
import { listPeriods } from '#modules/plan/contract';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';

/** Names reporting periods: `2019-H1` → 2019年上半年. The city's own words; the bare id until they are there. */
export function usePeriodLabel(): (id: string) => string {
  const lang = useLang();
  const { data } = useQuery({ ...queryOf(listPeriods, {}), staleTime: 600_000 });
  return (id) => data?.periods.find((p) => p.id === id)?.label[lang] ?? id;
}
