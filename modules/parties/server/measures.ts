import { type FactColumn, knownOnlyNow, type Measure, type MeasureQuery } from '#kernel/measures/measures';
import type { Platform } from '#kernel/module';
import { directory } from './directory.ts';

const COLUMNS: readonly FactColumn[] = [
  { id: 'code', title: { zh: '区划代码', en: 'Code' }, kind: 'text' },
  { id: 'name', title: { zh: '名称', en: 'Name' }, kind: 'text' },
  { id: 'nameEn', title: { zh: '英文名称', en: 'Name in English' }, kind: 'text' },
];

/** The figures that this module offers: denominators for shares of the counties. */
export function partyMeasures(platform: Platform): Measure[] {
  /** Counties on the day, in the pack's order; a region gives itself where it is one, or what carries it on. */
  async function counties({ asOf, region }: MeasureQuery) {
    const lookup = await directory(platform).lookup();
    const within = region === undefined ? null : new Set([region, ...lookup.currentRegions(region, asOf)]);
    return lookup
      .countiesAt(asOf)
      .filter((county) => within === null || within.has(county.id))
      .map((county) => ({ id: county.id, at: lookup.regionAt(county.id, asOf)?.at }));
  }

  return [
    {
      id: 'parties.counties',
      title: { zh: '县（市）区数', en: 'Counties' },
      unit: { zh: '个', en: 'counties' },
      rule: {
        zh: '统计日存在的县级行政区（县、县级市、市辖区），不含开发区等园区。已并入他区或更名的，按统计日的名称和代码计。选择某一地区时只计该地区。',
        en: 'County-level divisions (counties, county-level cities, districts) that exist on the day; parks are not counted. What was merged or renamed counts under its name and code of that day. For one region only that region counts.',
      },
      onlyKnownNow: true,
      async compute(query) {
        const found = await counties(query);
        return {
          value: found.length,
          facts: found.length,
          ...(query.knownAt && { note: knownOnlyNow({ zh: '地区资料', en: 'Regions' }) }),
        };
      },
      async facts({ cursor, limit, ...query }) {
        const found = await counties(query);
        const from = cursor === undefined ? 0 : found.findIndex((county) => county.id === cursor) + 1;
        const page = found.slice(from, from + limit);
        return {
          columns: COLUMNS,
          rows: page.map(({ id, at }) => ({
            id,
            href: null,
            cells: { code: at?.code ?? null, name: at?.name.zh ?? id, nameEn: at?.name.en ?? null },
          })),
          total: found.length,
          next: from + limit < found.length ? (page.at(-1)?.id ?? null) : null,
        };
      },
    },
  ];
}
