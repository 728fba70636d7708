import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { checkBoundaries } from './check-boundaries.ts';
import { checkItems } from './check-items.ts';
import { checkLights } from './check-lights.ts';
import { checkLimits } from './check-limits.ts';
import { checkDepartments, checkRegions } from './check-places.ts';
import { checkIndicators, checkPlan } from './check-plan.ts';
import { checkPortals } from './check-portals.ts';
import { checkAccounts, checkSources } from './check-references.ts';
import { checkRegisters } from './check-registers.ts';
import { checkRewards } from './check-rewards.ts';
import { checkCalendar, checkPopulation, checkReporting } from './check-time.ts';
import { type Declaration, type Draft, type FileKey, makeDraft } from './draft.ts';
import { type Fault, FaultList, makeFault, type Place } from './faults.ts';
import { findDeclarations, ITEMS_FOLDER, REGISTERS_FOLDER } from './read-folder.ts';
import { BoundaryCollection, City, type CityPack, ITEM_GROUPS, Register } from './schema.ts';
import { checkShape } from './shape-faults.ts';
import { type PackText, parseGeoJson, parseYaml, type ReadFile, readPackFile } from './source-text.ts';

/** A whole pack, or everything that is wrong with it: a pack never loads by halves. */
export type LoadResult = { ok: true; pack: CityPack; warnings: Fault[] } | { ok: false; faults: Fault[] };

/** The file that names all others. */
const CITY_FILE = 'city.yaml';

const isFault = (value: ReadFile | Fault): value is Fault => 'severity' in value;

/**
 * Reads and checks a city pack.
 * @param dir the pack's folder.
 * @returns the frozen pack with its warnings, or all faults in order of file and line. Never throws for what is in the
 *   folder.
 */
export async function loadCityPack(dir: string): Promise<LoadResult> {
  const faults = new FaultList();
  const files = new Map<string, ReadFile>();
  const texts = new Map<FileKey, PackText>();
  const done = (): LoadResult => ({ ok: false, faults: sorted(faults.faults) });

  const isFolder = await stat(dir).then(
    (info) => info.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    faults.faults.push(makeFault('folder-missing', { file: '', line: 1, path: '' }, { folder: dir }));
    return done();
  }

  /** Reads a file, reporting a failure where the file is named. */
  const read = async (file: string, named?: Place): Promise<ReadFile | null> => {
    const known = files.get(file);
    if (known) return known;
    const result = await readPackFile(dir, file);
    if (!isFault(result)) {
      files.set(file, result);
      return result;
    }
    if (named && result.code !== 'not-utf8') {
      const { line, column } = named.text.locate(named.path);
      faults.faults.push({ ...result, file: named.text.file, line, column, path: named.path.join('.') });
    } else faults.faults.push(result);
    return null;
  };
  const parse = (
    parser: (read: ReadFile) => PackText | Fault[],
    source: ReadFile | null,
  ): PackText | null => {
    if (!source) return null;
    const parsed = parser(source);
    if (!Array.isArray(parsed)) return parsed;
    faults.faults.push(...parsed);
    return null;
  };

  const cityText = parse(parseYaml, await read(CITY_FILE));
  if (!cityText) return done();
  texts.set('city', cityText);
  await readParts(cityText, { read, parse, texts, faults });

  const declared = async (folder: Parameters<typeof findDeclarations>[1]): Promise<Declaration[]> => {
    const found = await findDeclarations(dir, folder);
    faults.faults.push(...found.faults);
    const list: Declaration[] = [];
    for (const file of found.files) list.push({ file, text: parse(parseYaml, await read(file)) });
    return list;
  };
  const registers = await declared(REGISTERS_FOLDER);
  const draft = makeDraft(texts, { registers, items: await declared(ITEMS_FOLDER) }, faults);
  await readLayers(draft, { read, parse });
  for (const check of CHECKS) check(draft);

  const warnings = sorted(faults.faults);
  if (warnings.some((fault) => fault.severity === 'error')) return { ok: false, faults: warnings };
  return { ok: true, pack: freeze(assemble(draft, files)), warnings };
}

const CHECKS = [
  checkPlan,
  checkIndicators,
  checkLights,
  checkDepartments,
  checkRegions,
  checkBoundaries,
  checkPopulation,
  checkCalendar,
  checkAccounts,
  checkReporting,
  checkLimits,
  checkItems,
  checkPortals,
  checkRewards,
  checkRegisters,
  checkSources,
];

interface Reader {
  read(file: string, named?: Place): Promise<ReadFile | null>;
  parse(parser: (read: ReadFile) => PackText | Fault[], source: ReadFile | null): PackText | null;
}

/** Reads the files which city.yaml names, even when other parts of city.yaml are wrong. */
async function readParts(
  cityText: PackText,
  io: Reader & { texts: Map<FileKey, PackText>; faults: FaultList },
): Promise<void> {
  const { data } = cityText;
  const named =
    data !== null && typeof data === 'object' ? (data as Record<string, unknown>).files : undefined;
  if (named === null || typeof named !== 'object') return;
  const used = new Set([CITY_FILE]);
  for (const key of Object.keys(City.shape.files.shape) as (keyof City['files'])[]) {
    const file = (named as Record<string, unknown>)[key];
    if (typeof file !== 'string') continue;
    const place: Place = { text: cityText, path: ['files', key] };
    if (used.has(file)) {
      io.faults.add(place, 'file-used-twice', { file });
      continue;
    }
    used.add(file);
    const text = io.parse(parseYaml, await io.read(file, place));
    if (text) io.texts.set(key, text);
  }
}

/** Reads the shapes and licences which boundaries.yaml names. */
async function readLayers(draft: Draft, io: Reader): Promise<void> {
  const text = draft.texts.get('boundaries');
  if (!text) return;
  for (const row of draft.layers) {
    await io.read(row.value.licence.file, { text, path: [...row.path, 'licence', 'file'] });
    const drawing = io.parse(
      parseGeoJson,
      await io.read(row.value.file, { text, path: [...row.path, 'file'] }),
    );
    if (!drawing) continue;
    const collection = checkShape(BoundaryCollection, drawing, draft.faults);
    if (collection) draft.drawn.push({ row, text: drawing, collection });
  }
}

function assemble(draft: Draft, files: ReadonlyMap<string, ReadFile>): CityPack {
  const values = <T>(rows: readonly { value: T }[]): T[] => rows.map((row) => row.value);
  return {
    city: draft.city!,
    plan: draft.plan!,
    indicators: values(draft.indicators).sort((a, b) => a.ordinal - b.ordinal),
    departments: values(draft.departments),
    regions: values(draft.regions),
    boundaries: draft.drawn.map(({ row, collection }) => ({ ...row.value, features: collection })),
    population: values(draft.population),
    lights: values(draft.lights),
    calendar: draft.calendar!,
    accounts: values(draft.accounts),
    reporting: draft.reporting!,
    limits: draft.limits ?? { procedures: [], laws: [], limits: [] },
    items: ordered(draft.items, ITEM_GROUPS),
    portals: values(draft.portals),
    rewards: values(draft.rewards),
    registers: ordered(draft.registers, Register.shape.group.options),
    hash: hashOf(files),
  };
}

/** By group as the schema lists them, then by place within it, then by id and, of versions of one, by first day. */
function ordered<T extends { group: string; order: number; id: string; from?: string }>(
  declared: readonly { value: T | null }[],
  groups: readonly string[],
): T[] {
  const name = (one: T) => `${one.id} ${one.from ?? ''}`;
  const group = (one: T) => groups.indexOf(one.group);
  return declared
    .flatMap(({ value }) => (value ? [value] : []))
    .sort((a, b) => group(a) - group(b) || a.order - b.order || (name(a) < name(b) ? -1 : 1));
}

/** SHA-256 over the sorted names and contents of everything that was read. */
function hashOf(files: ReadonlyMap<string, ReadFile>): string {
  const whole = createHash('sha256');
  for (const [file, { bytes }] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    whole.update(`${file}\0${createHash('sha256').update(bytes).digest('hex')}\n`);
  }
  return whole.digest('hex');
}

/** Makes a value and everything in it read-only. */
export function freeze<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freeze(inner);
  }
  return value;
}

function sorted(faults: Fault[]): Fault[] {
  const order = (a: Fault, b: Fault) =>
    a.file === b.file ? a.line - b.line || (a.column ?? 0) - (b.column ?? 0) : a.file < b.file ? -1 : 1;
  return [...faults].sort(order);
}
