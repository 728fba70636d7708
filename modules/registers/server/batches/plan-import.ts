import { setImmediate as breathe } from 'node:timers/promises';
import { changedKeys } from '#kernel/fields/diff';
import { givenText } from '#kernel/fields/issues';
import { type ReadContext, type RecordIssue, type RecordReading, readRecord } from '#kernel/fields/read';
import type { Platform } from '#kernel/module';
import { cellText, type TableRow } from '#kernel/tables/cells';
import { neutralise } from '#kernel/tables/csv-text';
import { type Access, reaches, seesEntry } from '../access.ts';
import { keyOf, regionOf, titleOf } from '../entries/project.ts';
import { dataFor } from '../entries/rows.ts';
import { showContext } from '../entries/show-context.ts';
import { targetsOf } from '../entries/targets.ts';
import type { RegisterModel } from '../fields/model.ts';
import { fieldCell, rowColumns, type SheetReader } from '../transfer/columns.ts';
import { fromCells, type SheetRow } from '../transfer/from-cells.ts';
import { unguard } from '../transfer/guard.ts';
import type { ColumnMatch } from '../transfer/heads.ts';
import { regionWriter } from '../transfer/regions.ts';
import { isBlank } from './file.ts';
import { cityTime, rowIssue, valueIssues } from './issues.ts';
import { type Standing, standing } from './standing.ts';
import type { PlannedRow } from './store.ts';
import type { NewState, RowIssue } from './tables.ts';

/** What a plan stands on. */
export interface ImportPlan {
  platform: Platform;
  model: RegisterModel;
  access: Access;
  reader: SheetReader;
  columns: readonly ColumnMatch[];
  state: NewState;
  /** For cells: where regions are, what day it is. */
  reading: ReadContext;
}

/** A row on its way: what came, and the entry it speaks of. */
interface Row {
  number: number;
  cells: TableRow['cells'];
  came: SheetRow;
  entry: Standing | null;
  /** What was read before it was known whether there is an entry. */
  read: RecordReading | null;
}

/** Rows between two turns of the event loop: some milliseconds of work. */
const BREATH = 100;

/** Numbers and ids inside cells that hold more beside them: `LM-0001 某联盟`, `证书.pdf [id]`. */
const INSIDE = /[A-Z]{2,5}-\d{1,9}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Says of the rows of a file what each would do. Rows come in pieces; what earlier ones said is remembered. */
export class ImportPlanner {
  /** Cells with formulas, and hidden rows, so far. */
  formulas = 0;
  hidden = 0;
  /** Entry or key → row that first spoke of it. */
  readonly #spoken = new Map<string, number>();
  readonly #plan: ImportPlan;
  readonly #regionText: ReturnType<typeof regionWriter>;
  /** The model with one combination of key fields each. */
  readonly #singles: readonly RegisterModel[];

  constructor(plan: ImportPlan) {
    this.#plan = plan;
    this.#regionText = regionWriter(plan.reading.lookup, plan.reading.today);
    const { model } = plan;
    this.#singles = model.decl.entry.keys.map((fields) => ({
      ...model,
      decl: { ...model.decl, entry: { ...model.decl.entry, keys: [fields] } },
    }));
  }

  /** Plans some rows. Blank ones are left out. */
  async plan(rows: readonly TableRow[]): Promise<PlannedRow[]> {
    const { platform, model, columns } = this.#plan;
    const filled = rows.filter((row) => !isBlank(row, columns));
    this.hidden += filled.filter((row) => row.hidden).length;
    const planned: PlannedRow[] = [];
    const whole: Row[] = [];
    for (const row of filled) {
      if (row.problem) {
        const text = row.cells.map(cellText).join(' ');
        const issue = { field: { zh: '整行', en: 'Row' }, value: givenText(text), message: row.problem.text };
        planned.push(refused(row.rowNumber, null, givenText(text), [issue]));
        continue;
      }
      const came = fromCells(columns, row.cells);
      this.formulas += came.formulas;
      whole.push({ number: row.rowNumber, cells: row.cells, came, entry: null, read: null });
    }
    const targets = await targetsOf(
      platform.records,
      platform.pack,
      model,
      whole.flatMap(({ came }) => mentioned(came.input)),
    );
    const reading: ReadContext = { ...this.#plan.reading, ...targets };
    await this.#findEntries(whole, reading);
    const written = await this.#asExported(whole);
    const own: PlannedRow[] = [];
    for (const [i, row] of whole.entries()) {
      own.push(this.#planRow(row, reading, written.get(row.number)));
      if (i % BREATH === BREATH - 1) await breathe();
    }
    await this.#refuseTaken(own, whole);
    return [...planned, ...own].sort((a, b) => a.row - b.row);
  }

  /** By number where the row has one, else by what tells entries apart. */
  async #findEntries(rows: readonly Row[], reading: ReadContext): Promise<void> {
    const { platform, model } = this.#plan;
    const byKeys = new Map<Row, string[]>();
    for (const [i, row] of rows.entries()) {
      if (i % BREATH === BREATH - 1) await breathe();
      if (row.came.no !== null) continue;
      row.read = readRecord(model, row.came.input, reading);
      byKeys.set(row, this.#keysOf(row.read.data));
    }
    const found = await standing(platform.records, model, {
      nos: rows.flatMap(({ came }) => (came.no === null ? [] : [came.no])),
      keys: [...byKeys.values()].flat(),
    });
    for (const row of rows) {
      if (row.came.no !== null) row.entry = found.byNo.get(row.came.no) ?? null;
      else
        row.entry =
          byKeys
            .get(row)
            ?.map((key) => found.byKey.get(key))
            .find((entry) => entry !== undefined) ?? null;
    }
  }

  /** Every combination of fields that tells entries apart and is filled in. */
  #keysOf(data: Record<string, unknown>): string[] {
    return this.#singles.flatMap((one) => keyOf(one, data)?.key ?? []);
  }

  /**
   * What an export would write for the entries found, by row and field. A cell that says just that is left as it is, so a
   * file that goes out and comes back changes nothing, whatever an entry holds.
   */
  async #asExported(rows: readonly Row[]): Promise<Map<number, Map<string, string>>> {
    const { platform, model, access, columns, reader, reading } = this.#plan;
    const known = rows.filter((row) => row.entry !== null);
    const seen = known.map(({ entry }) => dataFor(model, entry!.data, reaches(access.inside, entry!.region)));
    const { references, fileNames } = await showContext(platform, model, seen, reading.today);
    const ctx = { regionText: this.#regionText, references, fileNames };
    return new Map(
      known.map(({ number }, i) => {
        const data = seen[i]!;
        const from = data[model.decl.validity.from];
        const day = typeof from === 'string' ? from : null;
        const cells = columns.flatMap(({ target }): [string, string][] => {
          if (target.kind !== 'field' || target.unit !== null) return [];
          const { field } = target;
          if (target.columns && !sameOrder(target.columns, rowColumns(field, reader.internal))) return [];
          const cell = fieldCell(field, data[field.key], day, ctx, reader);
          const text =
            typeof cell === 'number' ? cellText({ kind: 'number', value: cell }) : String(cell ?? '');
          return [[field.key, unguard(neutralise(text))]];
        });
        return [number, new Map(cells)];
      }),
    );
  }

  #planRow(row: Row, reading: ReadContext, exported: ReadonlyMap<string, string> | undefined): PlannedRow {
    const { model } = this.#plan;
    const { came, entry, number } = row;
    const { data, issues } =
      !entry && row.read
        ? row.read
        : readRecord(model, this.#newInput(row, exported), { ...reading, base: entry?.data ?? {} });
    const broken = new Set(came.issues.map((i) => i.key));
    const faults: RecordIssue[] = [...came.issues, ...issues.filter((i) => !broken.has(i.key))];
    const title = titleOf(model, data) || entry?.title || givenText(came.input[model.decl.entry.title]);
    const why = this.#refusal(row, faults.length > 0 ? null : data);
    // Of an entry that the asker may not see, nothing is told.
    if (why.length > 0 && entry && !seesEntry(this.#plan.access, model, entry))
      return refused(number, came.no, givenText(came.input[model.decl.entry.title]), why);
    if (why.length > 0 || faults.length > 0)
      return refused(number, came.no ?? entry?.no ?? null, title, [...why, ...valueIssues(faults)]);
    const twice = this.#speak(row, data);
    if (twice !== null) return refused(number, entry?.no ?? null, title, [rowIssue('twice', { row: twice })]);
    if (!entry) return added(number, title, data);
    const keys = changedKeys(model, entry.data, data);
    if (keys.length === 0)
      return { ...refused(number, entry.no, title, []), kind: 'unchanged', version: entry.version };
    const changed = changedRow(number, entry, title, data, keys);
    if (entry.state === 'removed')
      return { ...changed, kind: 'rejected', issues: [rowIssue('removed', { no: entry.no })] };
    if (came.version === null || came.version === entry.version) return changed;
    // The difference stays with the row: it shows what the row would take back.
    return { ...changed, kind: 'rejected', issues: [versionIssue(came.version, entry)] };
  }

  /** What came, without the cells that say what the entry says already. */
  #newInput(row: Row, exported: ReadonlyMap<string, string> | undefined): Record<string, unknown> {
    const input = { ...row.came.input };
    for (const { index, target } of this.#plan.columns) {
      if (target.kind !== 'field') continue;
      const wrote = exported?.get(target.field.key);
      if (wrote !== undefined && saysTheSame(cellText(row.cells[index]), wrote))
        delete input[target.field.key];
    }
    return input;
  }

  /** What stands against the row as a whole. `data` is null where its values are not sound. */
  #refusal({ came, entry }: Row, data: Record<string, unknown> | null): RowIssue[] {
    const { model, access, state } = this.#plan;
    if (came.no !== null && !entry) return [rowIssue('no-entry', { no: came.no })];
    if (entry?.mergedIntoNo) return [rowIssue('merged', { no: entry.no, into: entry.mergedIntoNo })];
    const scope = (entry?.state ?? state) === 'proposed' ? access.propose : access.keep;
    const regions = [...(entry ? [entry.region] : []), ...(data ? [regionOf(model, data)] : [])];
    return regions.every((region) => reaches(scope, region)) ? [] : [rowIssue('not-yours')];
  }

  /** The row that spoke of the same entry before, or null. */
  #speak({ entry, number }: Row, data: Record<string, unknown>): number | null {
    const key = keyOf(this.#plan.model, data)?.key;
    const names = [...(entry ? [`#${entry.id}`] : []), ...(key === undefined ? [] : [key])];
    for (const name of names) {
      const before = this.#spoken.get(name);
      if (before !== undefined) return before;
    }
    for (const name of names) this.#spoken.set(name, number);
    return null;
  }

  /** Refuses changes that would give an entry what tells another one apart. */
  async #refuseTaken(planned: PlannedRow[], rows: readonly Row[]): Promise<void> {
    const { platform, model } = this.#plan;
    const entries = new Map(rows.map((r) => [r.number, r.entry]));
    const moved = planned.flatMap((row) => {
      const entry = entries.get(row.row);
      const key = row.kind === 'changed' && row.data && entry ? keyOf(model, row.data)?.key : undefined;
      return key !== undefined && key !== entry?.key ? [{ row, key, id: entry?.id }] : [];
    });
    const { byKey } = await standing(platform.records, model, { keys: moved.map((m) => m.key) });
    for (const { row, key, id } of moved) {
      const holder = byKey.get(key);
      if (!holder || holder.id === id) continue;
      row.kind = 'rejected';
      row.issues = [rowIssue('key-taken', { no: holder.no, title: holder.title })];
    }
  }
}

/** The values that may refer to something, and those that stand inside a longer text. */
function mentioned(input: Record<string, unknown>): Record<string, unknown>[] {
  const inner: Record<string, unknown>[] = [];
  for (const [key, value] of Object.entries(input)) {
    const text = typeof value === 'string' ? value : Array.isArray(value) ? JSON.stringify(value) : '';
    const found = text.length > 8 ? text.match(INSIDE) : null;
    for (const piece of found ?? []) inner.push({ [key]: piece });
  }
  return [input, ...inner];
}

function sameOrder(a: readonly { key: string }[], b: readonly { key: string }[]): boolean {
  return a.length === b.length && a.every((column, i) => column.key === b[i]?.key);
}

const CUT = /…（已截断，全文 \d+ 字）$/;

function saysTheSame(cell: string, exported: string): boolean {
  const came = unguard(cell.replace(/\r\n?/g, '\n')).trim();
  if (came === exported.trim()) return true;
  return CUT.test(came) && exported.startsWith(came.replace(CUT, ''));
}

function versionIssue(file: number, entry: Standing): RowIssue {
  const values = { file, version: entry.version, by: entry.changedBy, at: cityTime(entry.changedAt) };
  return rowIssue(file > entry.version ? 'version-ahead' : 'changed-since', values);
}

function refused(row: number, no: string | null, title: string, issues: RowIssue[]): PlannedRow {
  return { row, kind: 'rejected', no, version: null, title, data: null, before: null, changed: [], issues };
}

function added(row: number, title: string, data: Record<string, unknown>): PlannedRow {
  return {
    row,
    kind: 'added',
    no: null,
    version: null,
    title,
    data,
    before: {},
    changed: Object.keys(data),
    issues: [],
  };
}

/** A row that would give an entry other content. */
export function changedRow(
  row: number,
  entry: Standing,
  title: string,
  data: Record<string, unknown>,
  keys: readonly string[],
): PlannedRow {
  const before = Object.fromEntries(keys.map((key) => [key, entry.data[key] ?? null]));
  return {
    row,
    kind: 'changed',
    no: entry.no,
    version: entry.version,
    title,
    data,
    before,
    changed: [...keys],
    issues: [],
  };
}
