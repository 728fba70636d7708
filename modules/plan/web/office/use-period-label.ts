import { useQuery } from '@tanstack/react-query';
import { listPeriods } from '#modules/plan/contract';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';

/** Name of a period in the language of the page; its id until the list of periods is there. */
export function usePeriodLabel(): (id: string) => string {
  const lang = useLang();
  const { data } = useQuery(queryOf(listPeriods, {}));
  return (id) => data?.periods.find((p) => p.id === id)?.label[lang] ?? id;
}
