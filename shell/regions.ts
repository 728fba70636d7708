import { useQuery } from '@tanstack/react-query';
import { listRegions } from '#modules/parties/contract';
import type { Choice } from './components/fields.tsx';
import { useLang } from './i18n.ts';
import { queryOf } from './query.ts';

/** The regions of the city, the city first and those that ended last. */
export function useRegions(): { choices: readonly Choice[]; nameOf: (id: string) => string } {
  const lang = useLang();
  const { data } = useQuery({ ...queryOf(listRegions, {}), staleTime: 600_000 });
  const regions = data?.regions ?? [];
  const name = (r: (typeof regions)[number]) => (lang === 'en' && r.nameEn ? r.nameEn : r.name);
  const rank = (r: (typeof regions)[number]) => (r.kind === 'city' ? 0 : r.exists ? 1 : 2);
  return {
    choices: [...regions].sort((a, b) => rank(a) - rank(b)).map((r) => ({ value: r.id, label: name(r) })),
    nameOf: (id) => {
      const found = regions.find((r) => r.id === id);
      return found ? name(found) : id;
    },
  };
}
