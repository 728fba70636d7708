import path from 'node:path';
import type * as z from 'zod';
import type { FaultList, Path } from './faults.ts';
import {
  BoundariesFile,
  type BoundaryCollection,
  BoundaryLayer,
  CalendarFile,
  City,
  DemoAccount,
  Department,
  DepartmentsFile,
  Indicator,
  IndicatorsFile,
  LightRule,
  LightsFile,
  LimitsFile,
  Plan,
  PopulationFile,
  PopulationRow,
  Portal,
  PortalsFile,
  Region,
  RegionsFile,
  Register,
  ReportingFile,
  RewardRule,
  RewardsFile,
  RolesFile,
  ServiceItem,
} from './schema.ts';
import { checkShape } from './shape-faults.ts';
import type { PackText } from './source-text.ts';

/** Names of the pack's files as in `files` of city.yaml, and city.yaml itself. */
export type FileKey = 'city' | keyof City['files'];

/** An entry of a list that has the right shape, with its place. */
export interface Row<T> {
  value: T;
  path: Path;
}

/** A layer whose shapes were read. */
export interface DrawnLayer {
  row: Row<BoundaryLayer>;
  text: PackText;
  collection: BoundaryCollection;
}

/** A register's file, with what could be read of it. */
export interface DraftRegister {
  /** Name of its file without the ending: the id it should have. */
  stem: string;
  /** The id it claims; the stem where it claims none. */
  id: string;
  /** Null where the file could not be read. */
  text: PackText | null;
  /** Null where its shape is wrong as well. */
  value: Register | null;
}

/** A version of a service item, with what could be read of it. */
export interface DraftItem {
  /** The id it claims; its file's name without the ending where it claims none. */
  id: string;
  /** Null where the file could not be read. */
  text: PackText | null;
  /** Null where its shape is wrong as well. */
  value: ServiceItem | null;
}

/**
 * What could be read of a pack. Entries with a wrong shape are left out, but their ids stay known, so that one slip
 * does not make every reference to its entry look wrong.
 */
export interface Draft {
  texts: Map<FileKey, PackText>;
  city: City | null;
  plan: Plan | null;
  calendar: CalendarFile | null;
  reporting: ReportingFile | null;
  limits: LimitsFile | null;
  indicators: Row<Indicator>[];
  departments: Row<Department>[];
  regions: Row<Region>[];
  layers: Row<BoundaryLayer>[];
  population: Row<PopulationRow>[];
  lights: Row<LightRule>[];
  accounts: Row<DemoAccount>[];
  portals: Row<Portal>[];
  rewards: Row<RewardRule>[];
  drawn: DrawnLayer[];
  registers: DraftRegister[];
  items: DraftItem[];
  /** Ids that something may point to; null when the file itself could not be read. */
  known: Record<'sources' | 'departments' | 'regions' | 'lights', ReadonlySet<string> | null>;
  /** Project id → task ids. */
  projects: ReadonlyMap<string, ReadonlySet<string>> | null;
  faults: FaultList;
}

function list(data: unknown, key: string): unknown[] {
  const value =
    data !== null && typeof data === 'object' ? (data as Record<string, unknown>)[key] : undefined;
  return Array.isArray(value) ? value : [];
}

function idOf(entry: unknown): string | null {
  const id = entry !== null && typeof entry === 'object' ? (entry as Record<string, unknown>).id : undefined;
  return typeof id === 'string' ? id : null;
}

const idsOf = (entries: unknown[]): Set<string> =>
  new Set(entries.map(idOf).filter((id): id is string => id !== null));

/** A file that nothing names, and its text where it could be read. */
export interface Declaration {
  file: string;
  text: PackText | null;
}

/** Checks the shape of every file that could be parsed and sorts what is sound. */
export function makeDraft(
  texts: Map<FileKey, PackText>,
  declared: Record<'registers' | 'items', readonly Declaration[]>,
  faults: FaultList,
): Draft {
  const whole = <S extends z.ZodType>(key: FileKey, schema: S): z.infer<S> | null => {
    const text = texts.get(key);
    return text ? checkShape(schema, text, faults) : null;
  };
  const rows = <S extends z.ZodType>(
    key: FileKey,
    inner: string,
    file: z.ZodType,
    schema: S,
  ): Row<z.infer<S>>[] => {
    const text = texts.get(key);
    if (!text) return [];
    checkShape(file, text, faults);
    return list(text.data, inner).flatMap((entry, i) => {
      const result = schema.safeParse(entry);
      return result.success ? [{ value: result.data, path: [inner, i] }] : [];
    });
  };
  const known = (key: FileKey, inner: string) => {
    const text = texts.get(key);
    return text ? idsOf(list(text.data, inner)) : null;
  };
  const plan = texts.get('plan');
  return {
    texts,
    faults,
    city: whole('city', City),
    plan: whole('plan', Plan),
    calendar: whole('calendar', CalendarFile),
    reporting: whole('reporting', ReportingFile),
    limits: whole('limits', LimitsFile),
    indicators: rows('indicators', 'indicators', IndicatorsFile, Indicator),
    departments: rows('departments', 'departments', DepartmentsFile, Department),
    regions: rows('regions', 'regions', RegionsFile, Region),
    layers: rows('boundaries', 'layers', BoundariesFile, BoundaryLayer),
    population: rows('population', 'rows', PopulationFile, PopulationRow),
    lights: rows('lights', 'rules', LightsFile, LightRule),
    accounts: rows('roles', 'accounts', RolesFile, DemoAccount),
    portals: rows('portals', 'portals', PortalsFile, Portal),
    rewards: rows('rewards', 'rules', RewardsFile, RewardRule),
    drawn: [],
    registers: declared.registers.map(({ file, text }) => {
      const stem = path.basename(file, '.yaml');
      const id = (text && idOf(text.data)) ?? stem;
      return { stem, id, text, value: text && checkShape(Register, text, faults) };
    }),
    items: declared.items.map(({ file, text }) => ({
      id: (text && idOf(text.data)) ?? path.basename(file, '.yaml'),
      text,
      value: text && checkShape(ServiceItem, text, faults),
    })),
    known: {
      sources: known('city', 'sources'),
      departments: known('departments', 'departments'),
      regions: known('regions', 'regions'),
      lights: known('lights', 'rules'),
    },
    projects: plan
      ? new Map(
          list(plan.data, 'projects').flatMap((project): [string, ReadonlySet<string>][] => {
            const id = idOf(project);
            return id === null ? [] : [[id, idsOf(list(project, 'tasks'))]];
          }),
        )
      : null,
  };
}

/** Reports every id that stands twice in a list. */
export function checkUnique(
  draft: Draft,
  file: FileKey,
  entries: readonly { id: string; path: Path }[],
): void {
  const text = draft.texts.get(file);
  if (!text) return;
  const first = new Map<string, Path>();
  for (const { id, path } of entries) {
    const before = first.get(id);
    if (before) draft.faults.add({ text, path }, 'duplicate-id', { id, line: text.locate(before).line });
    else first.set(id, path);
  }
}
