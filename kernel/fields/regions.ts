import type { CityLookup } from '#kernel/city/lookup';
import { holdsAt } from '#kernel/city/schema';
import { shiftDay } from '#kernel/city/timeline';
import type { Text } from '#kernel/text';
import { compact, likeness } from './clean.ts';
import { bad, good, type Reading } from './issues.ts';

/** Every way of writing a region → its ids. Made once for each state of the pack. */
const spellings = new WeakMap<CityLookup, Map<string, string[]>>();

function index(lookup: CityLookup): Map<string, string[]> {
  const known = spellings.get(lookup);
  if (known) return known;
  const made = new Map<string, string[]>();
  const add = (text: string | null | undefined, id: string) => {
    if (!text) return;
    const key = likeness(text);
    const ids = made.get(key) ?? [];
    if (!ids.includes(id)) made.set(key, [...ids, id]);
  };
  const cities = lookup.pack.regions.filter((r) => r.kind === 'city');
  for (const region of lookup.pack.regions) {
    add(region.id, region.id);
    for (const name of region.names) {
      add(name.zh, region.id);
      add(name.en, region.id);
      add(name.short, region.id);
      if (region.kind !== 'city')
        for (const city of cities)
          for (const own of city.names) {
            add(`${own.zh}${name.zh}`, region.id);
            add(`${own.zh}${name.short ?? name.zh}`, region.id);
          }
    }
  }
  if (cities.length === 1) add('全市', cities[0]!.id);
  spellings.set(lookup, made);
  return made;
}

/**
 * Reads a region as people write it: id, name of any time, code. It must have existed on the day of which the record
 * speaks; what had ended by then is refused, and the fault names what stood in its place.
 */
export function readRegion(lookup: CityLookup, text: string, day: string): Reading {
  const code = compact(text);
  if (/^\d{6}(000000|000)?$/.test(code)) return byCode(lookup, code.slice(0, 6), day);
  const ids = index(lookup).get(likeness(text)) ?? [];
  const standing = ids.filter((id) => lookup.currentRegions(id, day).includes(id));
  const named = standing.find((id) =>
    lookup.region(id)!.names.some((n) => holdsAt(n, day) && sameName(n, text)),
  );
  const chosen = named ?? standing[0];
  if (chosen !== undefined) return good(chosen);
  const ended = ids[0];
  if (ended === undefined) return bad('region', { found: text.slice(0, 40) });
  return bad('region-ended', {
    found: text.slice(0, 40),
    day,
    name: nameOf(lookup, ended, day),
    until: lastDay(lookup, ended),
    now: standsFor(lookup, ended, day),
  });
}

function sameName(name: { zh: string; en: string; short?: string | undefined }, text: string): boolean {
  const like = likeness(text);
  return [name.zh, name.en, name.short].some((n) => n !== undefined && likeness(n) === like);
}

/** A code of a later time is taken, since it names the same region; one that had ended by the day is not. */
function byCode(lookup: CityLookup, code: string, day: string): Reading {
  const match = lookup.regionByCode(code, day);
  if (!match) return bad('region', { found: code });
  if (match.holds) return good(match.regionId);
  const past = lookup
    .region(match.regionId)!
    .codes.filter((c) => c.code === code && c.to !== null && c.to < day)
    .at(-1);
  if (!past?.to) return good(match.regionId);
  return bad('region-code-ended', {
    found: code,
    day,
    name: nameOf(lookup, match.regionId, past.to),
    until: past.to,
    now: standsFor(lookup, match.regionId, day),
  });
}

function nameOf(lookup: CityLookup, id: string, day: string): Text {
  const name = lookup.regionAt(id, day)!.at.name;
  return { zh: name.zh, en: name.en };
}

/** Last day of the last name of a region that has successors. */
function lastDay(lookup: CityLookup, id: string): string {
  const { names, successors } = lookup.region(id)!;
  const ends = names.map((n) => n.to).filter((to) => to !== null);
  return ends.sort().at(-1) ?? (successors[0] ? shiftDay(successors[0].from, -1) : '');
}

/** The regions in whose place a record of the day belongs, with their codes. */
function standsFor(lookup: CityLookup, id: string, day: string): Text {
  const named = lookup.currentRegions(id, day).map((now) => {
    const { name, code } = lookup.regionAt(now, day)!.at;
    return { zh: code ? `${name.zh}（${code}）` : name.zh, en: code ? `${name.en} (${code})` : name.en };
  });
  return { zh: named.map((n) => n.zh).join('、'), en: named.map((n) => n.en).join(', ') };
}
