import { type AddressMatch, regionOfAddress } from './address.ts';
import type { Bilingual, CityPack, IndicatorKind, PopulationKind, Successor } from './schema.ts';
import { holdsAt } from './schema.ts';
import { periodAt } from './timeline.ts';

type Department = CityPack['departments'][number];
type Indicator = CityPack['indicators'][number];
type LightRule = CityPack['lights'][number];
type Plan = CityPack['plan'];
type PopulationRow = CityPack['population'][number];
type Project = Plan['projects'][number];
type Region = CityPack['regions'][number];
type BoundaryLayer = CityPack['boundaries'][number];

/** A name as it was on a day. */
export interface NameAt extends Bilingual {
  /** Shorter Chinese name for tables, where there is one. */
  short: string | null;
  /** Was the source of the name read? */
  verified: boolean;
}

/** A region as it was on a day, or as it is at last. */
export interface RegionName {
  id: string;
  name: NameAt;
  /** Code that held then, or null for parks without one. */
  code: string | null;
  /** statistical codes are not administrative divisions. */
  codeSystem: 'gb2260' | 'statistical' | null;
}

/** A region on a day and what has become of it. */
export interface RegionAt {
  at: RegionName;
  /** The regions that stand for it by the pack's latest knowledge: itself unless it ended. */
  now: RegionName[];
}

/** What a code stands for. */
export interface CodeMatch {
  regionId: string;
  code: string;
  /** Did the code hold on the day asked for? Registrations keep the code of their time. True when no day was asked. */
  holds: boolean;
}

/** Questions to a pack. Ids that do not exist give null or an empty list, never an error. */
export interface CityLookup {
  readonly pack: CityPack;
  department(id: string): Department | null;
  /** Name on the day; before its first and after its last name the nearest one. */
  departmentName(id: string, asOf: string): NameAt | null;
  /**
   * Ids of the departments that answer for this one on the day: itself, or its successors and theirs from the day they
   * took over. Several after a split.
   */
  currentDepartments(id: string, asOf: string): string[];
  /** Replaces groups (各县（市）区政府) by their members, each once; a group without members stays as it is. */
  expandDepartments(ids: readonly string[]): string[];
  region(id: string): Region | null;
  /** Region with this code on the day, else the one that had it at another time. */
  regionByCode(code: string, asOf?: string): CodeMatch | null;
  regionAt(id: string, asOf: string): RegionAt | null;
  /** Ids of the regions that contain this one on the day: itself, or its successors. */
  currentRegions(id: string, asOf: string): string[];
  /** Counties that existed on the day, in the pack's order. */
  countiesAt(asOf: string): Region[];
  /** See `regionOfAddress` for the rule. */
  regionOfAddress(text: string): AddressMatch | null;
  /** Inhabitants at the end of the year; residents unless asked otherwise. */
  population(year: number, regionId: string, kind?: PopulationKind): PopulationRow | null;
  /** The boundaries that held on the day. */
  boundariesAt(asOf: string): BoundaryLayer | null;
  indicator(no: string): Indicator | null;
  project(id: string): Project | null;
  task(id: string): { project: Project; task: Project['tasks'][number] } | null;
  /** The rule that lights an indicator: its own or that of its kind. */
  lightRule(indicator: { kind: IndicatorKind; light?: string | undefined }): LightRule | null;
}

/** Builds the indexes over a pack once and answers from them. */
export function cityLookup(pack: CityPack): CityLookup {
  const departments = new Map(pack.departments.map((entry) => [entry.id, entry]));
  const regions = new Map(pack.regions.map((entry) => [entry.id, entry]));
  const indicators = new Map(pack.indicators.map((entry) => [entry.no, entry]));
  const projects = new Map(pack.plan.projects.map((entry) => [entry.id, entry]));
  const tasks = new Map(
    pack.plan.projects.flatMap((project) =>
      project.tasks.map((task) => [task.id, { project, task }] as const),
    ),
  );
  const people = new Map(pack.population.map((row) => [`${row.region} ${row.year} ${row.kind}`, row]));
  const lights = new Map(pack.lights.map((rule) => [rule.id, rule]));
  const lightOfKind = new Map(
    pack.lights.flatMap((rule) => rule.appliesTo.map((kind) => [kind, rule] as const)),
  );

  const regionName = (region: Region, asOf: string): RegionName => {
    const code = periodAt(region.codes, asOf);
    return {
      id: region.id,
      name: nameAt(region, asOf),
      code: code?.code ?? null,
      codeSystem: code?.system ?? null,
    };
  };

  return {
    pack,
    department: (id) => departments.get(id) ?? null,
    departmentName: (id, asOf) => {
      const department = departments.get(id);
      return department ? nameAt(department, asOf) : null;
    },
    currentDepartments: (id, asOf) => follow(departments, id, asOf),
    expandDepartments: (ids) => [
      ...new Set(
        ids.flatMap((id) => {
          const members = departments.get(id)?.members;
          return members && members.length > 0 ? members : [id];
        }),
      ),
    ],
    region: (id) => regions.get(id) ?? null,
    regionByCode: (code, asOf) => {
      const had = pack.regions.flatMap((region) =>
        region.codes.filter((entry) => entry.code === code).map((period) => ({ region, period })),
      );
      const holding = asOf === undefined ? undefined : had.find(({ period }) => holdsAt(period, asOf));
      const found = holding ?? had.at(-1);
      return found
        ? { regionId: found.region.id, code, holds: asOf === undefined || holding !== undefined }
        : null;
    },
    regionAt: (id, asOf) => {
      const region = regions.get(id);
      if (!region) return null;
      const now = follow(regions, id, LAST_DAY).map((successor) =>
        regionName(regions.get(successor)!, LAST_DAY),
      );
      return { at: regionName(region, asOf), now };
    },
    currentRegions: (id, asOf) => follow(regions, id, asOf),
    countiesAt: (asOf) =>
      pack.regions.filter(
        (region) => region.kind === 'county' && region.names.some((name) => holdsAt(name, asOf)),
      ),
    regionOfAddress: (text) => regionOfAddress(pack, text),
    population: (year, regionId, kind = 'resident') => people.get(`${regionId} ${year} ${kind}`) ?? null,
    boundariesAt: (asOf) =>
      pack.boundaries.find((layer) => holdsAt({ from: layer.validFrom, to: layer.validTo }, asOf)) ?? null,
    indicator: (no) => indicators.get(no) ?? null,
    project: (id) => projects.get(id) ?? null,
    task: (id) => tasks.get(id) ?? null,
    lightRule: ({ kind, light }) => (light === undefined ? lightOfKind.get(kind) : lights.get(light)) ?? null,
  };
}

/** A day after everything the pack knows. */
const LAST_DAY = '9999-12-31';

function nameAt(entry: Department | Region, asOf: string): NameAt {
  const name = periodAt(entry.names, asOf)!;
  return { zh: name.zh, en: name.en, short: name.short ?? null, verified: name.verified };
}

/** Follows the successors that had taken over by the day. A checked pack has no circles; the visited set is a guard. */
function follow(
  entries: ReadonlyMap<string, { successors: readonly Pick<Successor, 'to' | 'from'>[] }>,
  id: string,
  asOf: string,
): string[] {
  const found = new Set<string>();
  const visited = new Set<string>();
  const walk = (current: string): void => {
    const entry = entries.get(current);
    if (!entry || visited.has(current)) return;
    visited.add(current);
    const next = entry.successors.filter((successor) => successor.from <= asOf);
    if (next.length === 0) found.add(current);
    for (const successor of next) walk(successor.to);
  };
  walk(id);
  return [...found];
}
