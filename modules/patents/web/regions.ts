import { useQuery } from '@tanstack/react-query';
import { listRegions, type RegionView } from '#modules/parties/contract';
import type { Choice } from '#shell/components/fields.tsx';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';
import { useText } from './text.ts';

/** The regions of the city: for choosing one, and for naming the one that a record carries. */
export interface Regions {
  choices: readonly Choice[];
  /** Name of a region; its id while the names are not there, or when it has none. */
  nameOf(id: string): string;
}

/** Names of regions as of today; a region that was merged says into which. */
export function useRegions(): Regions {
  const t = useText();
  const lang = useLang();
  const { data } = useQuery({ ...queryOf(listRegions, {}), staleTime: 600_000 });
  const regions = data?.regions ?? [];
  const plain = (r: RegionView) => (lang === 'en' && r.nameEn ? r.nameEn : r.name);
  const name = (r: RegionView) => {
    const now = r.now.filter((n) => n.id !== r.id);
    if (r.exists || now.length === 0) return plain(r);
    const names = now.map((n) => {
      const found = regions.find((one) => one.id === n.id);
      return found ? plain(found) : n.name;
    });
    return t('region.merged', { name: plain(r), now: names.join(t('listComma')) });
  };
  const rank = (r: RegionView) => (r.kind === 'city' ? 0 : r.exists ? 1 : 2);
  return {
    choices: [...regions]
      .sort((a, b) => rank(a) - rank(b))
      .map((r) => ({ value: r.id, label: r.kind === 'city' ? t('region.wholeCity') : name(r) })),
    nameOf: (id) => {
      const found = regions.find((r) => r.id === id);
      return found ? name(found) : id;
    },
  };
}
