import type { CalendarDate } from '#kernel/calendar/date';
import type { CityLookup } from '#kernel/city/lookup';
import type { Platform } from '#kernel/module';
import { directory } from '#modules/parties/server/index';
import type { IndicatorView } from '../contract.ts';
import type { Population } from './measured.ts';

/** A region with its name on the day asked for. */
export interface RegionRef {
  id: string;
  name: string;
  kind: string;
}

/** Departments and regions as the plan speaks of them, with the administrator's changes in. */
export interface Names {
  /** A department as it was called when the plan was made, and who answers today. */
  department(id: string): IndicatorView['lead'][number];
  departmentName(id: string, asOf: CalendarDate): string;
  /** The department itself and everybody who took over from it up to today. */
  answering(id: string): string[];
  /** Counties on a day: those whose figures make the city's. */
  counties(asOf: CalendarDate): RegionRef[];
  /** Counties and parks on a day: those that report. Parks lie inside counties and are never added to them. */
  reporters(asOf: CalendarDate): RegionRef[];
  regionName(id: string, asOf: CalendarDate): string;
  /** A region id, or any code it ever had; an old code gives the region that carries it on. */
  resolveRegion(text: string): string | null;
  population: Population;
  /** The row of the pack that `population` answers from. */
  populationRow(asOf: CalendarDate, region: string | null): CityLookup['pack']['population'][number] | null;
  lookup: CityLookup;
}

/** Opens the names as they stand now, with changes that other processes have made. */
export async function openNames(platform: Platform): Promise<Names> {
  directory(platform).invalidate();
  const lookup = await directory(platform).lookup();
  const { pack } = lookup;
  const today = platform.clock.today();
  const departmentName = (id: string, asOf: CalendarDate) => lookup.departmentName(id, asOf)?.zh ?? id;
  const ref = (id: string, asOf: CalendarDate): RegionRef => {
    const region = lookup.regionAt(id, asOf);
    return { id, name: region?.at.name.zh ?? id, kind: lookup.region(id)?.kind ?? '' };
  };
  const counties = (asOf: CalendarDate) => lookup.countiesAt(asOf).map((r) => ref(r.id, asOf));
  // Rules count per head of the population at the end of the year before: that figure is known during the whole year.
  const populationRow: Names['populationRow'] = (asOf, region) =>
    lastKnown(pack.population, region ?? pack.city.id, Number(asOf.slice(0, 4)));
  return {
    lookup,
    departmentName,
    department: (id) => ({
      id,
      calledThen: departmentName(id, pack.plan.start),
      answersNow: lookup
        .currentDepartments(id, today)
        .map((now) => ({ id: now, name: departmentName(now, today) })),
    }),
    answering: (id) => [...new Set([id, ...lookup.currentDepartments(id, today)])],
    counties,
    reporters: (asOf) => [
      ...counties(asOf),
      ...pack.regions.filter((r) => r.kind === 'park').map((r) => ref(r.id, asOf)),
    ],
    regionName: (id, asOf) => ref(id, asOf).name,
    resolveRegion: (text) => lookup.region(text)?.id ?? lookup.regionByCode(text)?.regionId ?? null,
    population: (asOf, region) => populationRow(asOf, region)?.value ?? null,
    populationRow,
  };
}

/** The residents at the end of the year before, or the last known before that: a yearbook appears months late. */
function lastKnown(
  rows: CityLookup['pack']['population'],
  region: string,
  year: number,
): CityLookup['pack']['population'][number] | null {
  return (
    rows
      .filter((r) => r.region === region && r.kind === 'resident' && r.year < year)
      .sort((a, b) => b.year - a.year)[0] ?? null
  );
}
