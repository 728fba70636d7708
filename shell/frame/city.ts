import { useQuery } from '@tanstack/react-query';
import { getPlan } from '#modules/plan/contract';
import { useLang } from '../i18n.ts';
import { queryOf } from '../query.ts';

/** Name of the city whose pack is loaded; empty until the answer is there. */
export function useCityName(): string {
  const lang = useLang();
  const { data } = useQuery({ ...queryOf(getPlan, {}), staleTime: 600_000 });
  return data?.city[lang] ?? '';
}
