import type { CityPack } from '#kernel/city/schema';
import type { IdentifierContext } from '#kernel/identifiers/check';

/** Every spell of a region code, with the name of its time and the codes that took over. */
export function regionSpells(regions: Regions): NonNullable<IdentifierContext['regions']> {
  return (code) =>
    regions.flatMap((region) =>
      region.codes
        .filter((c) => c.code === code)
        .map((c) => ({
          code,
          name: nameAt(region, c.to ?? '9999-12-31'),
          validFrom: c.from,
          validTo: c.to,
          successors: successorsOf(regions, region, c.to),
          list: c.system,
        })),
    );
}

type Regions = CityPack['regions'];
type Region = Regions[number];

function nameAt(region: Region, day: string): string {
  const name = region.names.find((n) => (n.from ?? '') <= day && day <= (n.to ?? '9999-12-31'));
  return (name ?? region.names[0])?.zh ?? region.id;
}

/** The region's own next code, else the codes of the regions that took over. */
function successorsOf(regions: Regions, region: Region, ended: string | null): string[] {
  if (ended === null) return [];
  const own = region.codes.filter((c) => c.from !== null && c.from > ended).map((c) => c.code);
  if (own.length > 0) return own;
  return region.successors.flatMap((s) => {
    const next = regions.find((r) => r.id === s.to);
    const code = next?.codes.filter((c) => c.to === null || c.to >= s.from).at(-1);
    return code ? [code.code] : [];
  });
}
