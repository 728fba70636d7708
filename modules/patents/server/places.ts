import type { CalendarDate } from '#kernel/calendar/date';
import { cityLookup } from '#kernel/city/lookup';
import type { CityPack } from '#kernel/city/schema';
import type { Locate } from './corpus/content.ts';

/** What this module asks of the city pack. */
export interface Places {
  /** Region and precision of an address; remembers the addresses it was asked lately. */
  locate: Locate;
  /** Region id for an id, a name it has or had, or an administrative code; null when there is none. */
  resolve(text: string): string | null;
  /** Administrative code of a region that holds on the day; null where it has none. */
  codeOf(region: string, asOf: CalendarDate): string | null;
  /** Ids of all regions whose area belongs to this one on the day: itself, what merged into it; for the city everything. */
  within(region: string, asOf: string): string[];
  /** Ids of all regions of the pack: "in the city". */
  all: readonly string[];
}

const REMEMBERED = 20_000;

/** Indexes the pack once. */
export function openPlaces(pack: CityPack): Places {
  const lookup = cityLookup(pack);
  const memory = new Map<string, ReturnType<Locate>>();
  const all = pack.regions.map((region) => region.id);
  const cities = new Set(pack.regions.filter((r) => r.kind === 'city').map((r) => r.id));
  return {
    all,
    locate(address) {
      if (address === '') return { region: '', precision: 'none' };
      const known = memory.get(address);
      if (known) return known;
      const match = lookup.regionOfAddress(address);
      const place = match
        ? { region: match.regionId, precision: match.precision }
        : { region: '', precision: 'none' as const };
      if (memory.size >= REMEMBERED) memory.clear();
      memory.set(address, place);
      return place;
    },
    resolve(text) {
      const wanted = text.trim();
      if (lookup.region(wanted)) return wanted;
      const byName = pack.regions.find((r) =>
        r.names.some((n) => n.zh === wanted || n.en === wanted || n.short === wanted),
      );
      return byName?.id ?? lookup.regionByCode(wanted)?.regionId ?? null;
    },
    codeOf: (region, asOf) => lookup.regionAt(region, asOf)?.at.code ?? null,
    within(region, asOf) {
      if (cities.has(region)) return [...all];
      return all.filter((id) => id === region || lookup.currentRegions(id, asOf).includes(region));
    },
  };
}
