import { checkDepartments, checkRegions } from '#kernel/city/check-places';
import { checkSources } from '#kernel/city/check-references';
import { makeDraft } from '#kernel/city/draft';
import { type Fault, FaultList, type Located } from '#kernel/city/faults';
import type { CityPack, Department, Region } from '#kernel/city/schema';
import type { PartyKind } from './tables.ts';

/** Source that a person's own statement is given: known besides the sources of the city pack. */
export const ownSource = 'administrator';

/** All departments and regions as they would stand. */
export interface Places {
  departments: readonly Department[];
  regions: readonly Region[];
}

/**
 * The errors that the city pack's own checks find in a set of departments and regions: overlapping or missing periods,
 * successors that do not exist, take over too early or go in circles, shared codes, unknown parents and sources.
 */
export function checkPlaces(city: CityPack['city'], places: Places): Fault[] {
  const faults = new FaultList();
  const text = (file: string, data: unknown) => ({ ...nowhere(file), data });
  const draft = makeDraft(
    new Map([
      ['city', text('city', city)],
      ['departments', text('departments', { departments: places.departments })],
      ['regions', text('regions', { regions: places.regions })],
    ]),
    { registers: [], items: [] },
    faults,
  );
  draft.known.sources = new Set([...(draft.known.sources ?? []), ownSource]);
  for (const check of [checkDepartments, checkRegions, checkSources]) check(draft);
  return faults.faults.filter((fault) => fault.severity === 'error');
}

function nowhere(file: string): Located {
  return { file, locate: () => ({ line: 1, column: 1 }) };
}

/**
 * What a change would break: errors of the whole set after it that were not there before. Those at the changed record
 * come with the path inside it, others with an empty path.
 */
export function newFaults(
  city: CityPack['city'],
  before: Places,
  after: Places,
  changed: { kind: PartyKind; id: string },
): { path: string; fault: Fault }[] {
  const key = (fault: Fault) => `${fault.code} ${fault.message.en}`;
  const known = new Set(checkPlaces(city, before).map(key));
  const list = changed.kind === 'department' ? 'departments' : 'regions';
  const at = `${list}[${after[list].findIndex((entry) => entry.id === changed.id)}]`;
  return checkPlaces(city, after)
    .filter((fault) => !known.has(key(fault)))
    .map((fault) => {
      const inside = fault.file === list && (fault.path === at || fault.path.startsWith(`${at}.`));
      const rest = inside ? fault.path.slice(at.length) : '';
      return { path: rest.replaceAll(/\.|\[(\d+)\]/g, (_, i?: string) => `/${i ?? ''}`), fault };
    });
}
