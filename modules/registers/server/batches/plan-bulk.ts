import { changedKeys } from '#kernel/fields/diff';
import { type ReadContext, readRecord } from '#kernel/fields/read';
import type { Platform } from '#kernel/module';
import type { EntryAction } from '../../contract.ts';
import { type Access, reaches } from '../access.ts';
import { STATES, STEPS } from '../domain/states.ts';
import { keyOf, regionOf } from '../entries/project.ts';
import { targetsOf } from '../entries/targets.ts';
import type { RegisterModel } from '../fields/model.ts';
import type { EntryData } from '../tables.ts';
import { rowIssue, valueIssues } from './issues.ts';
import { changedRow } from './plan-import.ts';
import { type Standing, standing } from './standing.ts';
import type { PlannedRow } from './store.ts';

/** Field name under which a row's change of state is shown. */
export const STATE_KEY = '@state';

/** What a bulk change stands on. */
export interface BulkPlan {
  platform: Platform;
  model: RegisterModel;
  access: Access;
  change: { set: EntryData } | { action: EntryAction; on: string | null };
  reading: ReadContext;
}

/** Says of entries, by number, what a bulk change would do to each. `first` is the place of the first one. */
export async function planBulk(plan: BulkPlan, nos: readonly string[], first: number): Promise<PlannedRow[]> {
  const { platform, model, change } = plan;
  const { byNo } = await standing(platform.records, model, { nos });
  const set = 'set' in change ? change.set : {};
  const targets = await targetsOf(platform.records, platform.pack, model, [set]);
  const reading = { ...plan.reading, ...targets };
  const rows = nos.map((no, i): PlannedRow => {
    const entry = byNo.get(no);
    const empty = { row: first + i, no, version: null, title: '', data: null, before: null, changed: [] };
    if (!entry) return { ...empty, kind: 'rejected', issues: [rowIssue('no-entry', { no })] };
    const refused = { ...empty, kind: 'rejected' as const, title: entry.title };
    if (entry.mergedIntoNo)
      return { ...refused, issues: [rowIssue('merged', { no, into: entry.mergedIntoNo })] };
    return 'set' in change
      ? planSet(plan, reading, entry, change.set, refused)
      : planStep(plan, entry, change.action, refused);
  });
  await refuseTaken(plan, rows, byNo);
  return rows;
}

type Refused = Omit<PlannedRow, 'issues'>;

function planSet(
  { model, access }: BulkPlan,
  reading: ReadContext,
  entry: Standing,
  set: EntryData,
  refused: Refused,
): PlannedRow {
  const { data, issues } = readRecord(model, set, { ...reading, base: entry.data });
  if (issues.length > 0) return { ...refused, issues: valueIssues(issues) };
  const scope = entry.state === 'proposed' ? access.propose : access.keep;
  for (const region of [entry.region, regionOf(model, data)])
    if (!reaches(scope, region)) return { ...refused, issues: [rowIssue('not-yours')] };
  const keys = changedKeys(model, entry.data, data);
  if (keys.length === 0) return { ...refused, kind: 'unchanged', version: entry.version, issues: [] };
  if (entry.state === 'removed') return { ...refused, issues: [rowIssue('removed', { no: entry.no })] };
  return changedRow(refused.row, entry, entry.title, data, keys);
}

function planStep({ access }: BulkPlan, entry: Standing, action: EntryAction, refused: Refused): PlannedRow {
  const step = STEPS[action];
  if (!reaches(access.keep, entry.region)) return { ...refused, issues: [rowIssue('not-yours')] };
  if (entry.state === step.to) return { ...refused, kind: 'unchanged', version: entry.version, issues: [] };
  if (!step.from.includes(entry.state)) {
    const [state, label] = [STATES[entry.state], step.label];
    const words = { state: state.zh, state_en: state.en, action: label.zh, action_en: label.en };
    return { ...refused, issues: [rowIssue('step', words)] };
  }
  return {
    ...refused,
    kind: 'changed',
    version: entry.version,
    before: { [STATE_KEY]: entry.state },
    changed: [STATE_KEY],
    issues: [],
  };
}

/** Refuses what would give two entries the same key: one that is there, or one before it in the same change. */
async function refuseTaken(
  { platform, model }: BulkPlan,
  rows: PlannedRow[],
  byNo: ReadonlyMap<string, Standing>,
): Promise<void> {
  const moved = rows.flatMap((row) => {
    const key = row.kind === 'changed' && row.data ? keyOf(model, row.data)?.key : undefined;
    return key !== undefined && key !== byNo.get(row.no ?? '')?.key ? [{ row, key }] : [];
  });
  const { byKey } = await standing(platform.records, model, { keys: moved.map((m) => m.key) });
  const given = new Map<string, Pick<Standing, 'no' | 'title'>>();
  for (const { row, key } of moved) {
    const holder = byKey.get(key) ?? given.get(key);
    if (!holder || holder.no === row.no) {
      given.set(key, { no: row.no ?? '', title: row.title });
      continue;
    }
    row.kind = 'rejected';
    row.issues = [rowIssue('key-taken', { no: holder.no, title: holder.title })];
  }
}
