import { useQuery } from '@tanstack/react-query';
import { listRegions } from '#modules/parties/contract';
import type { Choice } from '#shell/components/fields.tsx';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';

/** The regions of the city to choose from, those that ended last. */
export function useRegionChoices(): readonly Choice[] {
  const lang = useLang();
  const { data } = useQuery({ ...queryOf(listRegions, {}), staleTime: 600_000 });
  const regions = data?.regions ?? [];
  return [...regions]
    .sort((a, b) => Number(b.exists) - Number(a.exists))
    .map((r) => ({ value: r.id, label: lang === 'en' && r.nameEn ? r.nameEn : r.name }));
}
