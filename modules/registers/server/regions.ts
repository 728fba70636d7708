import type { CalendarDate } from '#kernel/calendar/date';
import type { CityLookup } from '#kernel/city/lookup';

/** Regions that make up one on a day: itself, those that became it, and what lies in them. */
export function regionsWithin(lookup: CityLookup, region: string, asOf: CalendarDate): string[] {
  const now = (id: string) => lookup.currentRegions(id, asOf);
  return lookup.pack.regions
    .filter((r) => now(r.id).includes(region) || (r.parent !== null && now(r.parent).includes(region)))
    .map((r) => r.id);
}

/**
 * Regions whose entries an officer of this one answers for: those whose entries are counted for it, and itself, for an
 * officer of a county that was dissolved finishes what was begun.
 */
export function regionsAnswered(lookup: CityLookup, region: string, today: CalendarDate): string[] {
  return [...new Set([region, ...regionsWithin(lookup, region, today)])];
}
