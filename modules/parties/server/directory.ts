import { sql } from 'kysely';
import { type CityLookup, cityLookup, type RegionAt } from '#kernel/city/lookup';
import type { CityPack, Department, Region } from '#kernel/city/schema';
import type { Platform } from '#kernel/module';
import type { Records } from '#kernel/records';
import type { PartyOrigin } from '../contract.ts';
import { type PartyKind, withParties } from './tables.ts';

/** Longest time, in milliseconds, for which a change made by another process may not be seen here. */
const KEEP = 5000;

/** What is known of a record besides its content. */
export interface PartyMeta {
  origin: PartyOrigin;
  version: number;
}

/** Departments and regions as they stand: the city pack with the administrators' changes in. */
export interface Standing {
  /** Answers every question that a pack answers, from the standing departments and regions. */
  lookup: CityLookup;
  meta(kind: PartyKind, id: string): PartyMeta;
}

/** Where modules ask for departments and regions; one per platform. */
export interface Directory {
  /** The records as they stand now: at most five seconds old, and never older than a change made in this process. */
  standing(): Promise<Standing>;
  /** Short for `(await standing()).lookup`. */
  lookup(): Promise<CityLookup>;
  departments(): Promise<CityPack['departments']>;
  regions(): Promise<CityPack['regions']>;
  /** Chinese name of a department on a day; the id itself where there is none. */
  departmentName(id: string, asOf: string): Promise<string>;
  /** Ids of the departments that answer for this one on the day: itself, or its successors. */
  successorsAt(id: string, asOf: string): Promise<string[]>;
  /** A region on a day and what has become of it, or null. */
  regionAt(id: string, asOf: string): Promise<RegionAt | null>;
  /** Id of the region with this code, on the day or at any time; null where nobody ever had it. */
  regionByCode(code: string, asOf?: string): Promise<string | null>;
  /** Looks at the store again at the next question: after a change. */
  invalidate(): void;
}

const directories = new WeakMap<object, Directory>();

/** The directory of a platform. */
export function directory(platform: Platform): Directory {
  const known = directories.get(platform);
  if (known) return known;
  const made = makeDirectory(platform);
  directories.set(platform, made);
  return made;
}

function makeDirectory({ records, pack }: Platform): Directory {
  let held: { standing: Standing; stamp: string; until: number } | undefined;
  let asking: Promise<Standing> | undefined;
  let generation = 0;

  async function ask(): Promise<Standing> {
    const started = generation;
    const stamp = await stampOf(records);
    const standing = held?.stamp === stamp ? held.standing : await read(records, pack);
    // What was read before a change that came in the meantime is answered, but not kept.
    if (started === generation) held = { standing, stamp, until: performance.now() + KEEP };
    return standing;
  }

  const standing = (): Promise<Standing> => {
    if (held && held.until > performance.now()) return Promise.resolve(held.standing);
    const current = asking ?? ask();
    asking = current;
    const done = () => {
      if (asking === current) asking = undefined;
    };
    current.then(done, done);
    return current;
  };
  const lookup = async () => (await standing()).lookup;

  return {
    standing,
    lookup,
    departments: async () => (await lookup()).pack.departments,
    regions: async () => (await lookup()).pack.regions,
    departmentName: async (id, asOf) => (await lookup()).departmentName(id, asOf)?.zh ?? id,
    successorsAt: async (id, asOf) => (await lookup()).currentDepartments(id, asOf),
    regionAt: async (id, asOf) => (await lookup()).regionAt(id, asOf),
    regionByCode: async (code, asOf) => (await lookup()).regionByCode(code, asOf)?.regionId ?? null,
    invalidate() {
      generation++;
      held = undefined;
      asking = undefined;
    },
  };
}

/** Changes whenever any record does: versions only rise and rows are never deleted. */
async function stampOf(records: Records): Promise<string> {
  const row = await withParties(records)
    .selectFrom('party')
    .select((eb) => [
      eb.fn.countAll<number>().as('rows'),
      sql<number>`coalesce(sum(version), 0)::bigint`.as('versions'),
    ])
    .executeTakeFirstOrThrow();
  return `${row.rows} ${row.versions}`;
}

async function read(records: Records, pack: CityPack): Promise<Standing> {
  const rows = await withParties(records).selectFrom('party').selectAll().orderBy('id').execute();
  const byKey = new Map(rows.map((row) => [`${row.kind} ${row.id}`, row]));
  const merged = <T extends { id: string }>(kind: PartyKind, entries: readonly T[]): T[] => {
    const inPack = new Set(entries.map((entry) => entry.id));
    return [
      ...entries.map((entry) => (byKey.get(`${kind} ${entry.id}`)?.doc as T | undefined) ?? entry),
      ...rows.filter((row) => row.kind === kind && !inPack.has(row.id)).map((row) => row.doc as unknown as T),
    ];
  };
  const departments = merged<CityPack['departments'][number]>('department', pack.departments);
  const regions = merged<CityPack['regions'][number]>('region', pack.regions);
  const lookup = cityLookup({ ...pack, departments, regions });
  return {
    lookup,
    meta(kind, id) {
      const row = byKey.get(`${kind} ${id}`);
      return { origin: row?.origin ?? 'pack', version: row?.version ?? 1 };
    },
  };
}

/** The mutable view of a pack's entries that checks and storage want; nothing here changes them. */
export function docsOf(pack: CityPack): { departments: Department[]; regions: Region[] } {
  return {
    departments: pack.departments as unknown as Department[],
    regions: pack.regions as unknown as Region[],
  };
}
