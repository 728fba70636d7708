import { sql } from 'kysely';
import { audit } from '#kernel/audit/audit';
import type { CalendarDate } from '#kernel/calendar/date';
import type { AppError } from '#kernel/errors';
import { upgrade } from '#kernel/fields/upgrade';
import { newId } from '#kernel/ids';
import type { Platform } from '#kernel/module';
import { lockInTrx, type Trx } from '#kernel/records';
import type { Text } from '#kernel/text';
import { lockOrganisations } from '#modules/organisations/server/index';
import type { EntryAction, EntryState } from '../../contract.ts';
import { reaches, seesEntry } from '../access.ts';
import { changedFrom, claimedSpan, corrected, type Segment } from '../domain/segments.ts';
import { OTHER_STEPS, STATES, STEPS } from '../domain/states.ts';
import { registerError } from '../errors.ts';
import type { RegisterModel } from '../fields/model.ts';
import { type EntryData, withRegisters } from '../tables.ts';
import { keyOf, regionOf, titleOf } from './project.ts';
import { type Head, type Item, type KeyHolder, keyHolders, loadHeads, storeItems } from './store.ts';
import { findCycle } from './targets.ts';
import type { Writing } from './writing.ts';

/** Why it is done. */
interface Why {
  reason?: string | null | undefined;
  /** Document on which it rests. */
  basis?: string | null | undefined;
}

/** One intended step. `data` is whole and canonical (`readRecord`), its references checked (`targetsOf`). */
export type Intent = Why &
  (
    | { kind: 'create'; data: EntryData; state: 'proposed' | 'verified' | 'published'; submitKey?: string }
    | { kind: 'correct'; no: string; version: number; data: EntryData; segment?: number | undefined }
    | { kind: 'change'; no: string; version: number; data: EntryData; from: CalendarDate }
    | {
        kind: 'act';
        no: string;
        version: number;
        action: EntryAction;
        on?: CalendarDate | undefined;
        void?: boolean;
      }
  );

/** What became of an intent. Refused ones change nothing and do not disturb the others. */
export type Outcome = { ok: true; id: string; no: string; version: number } | { ok: false; error: AppError };

/**
 * Does what is intended, as far as rights, states, versions and keys allow, in a few statements for up to some thousand
 * intents. Writers of one register wait for each other, so that nothing is decided by luck. One line in the audit log.
 */
export async function write(trx: Trx, w: Writing, intents: readonly Intent[]): Promise<Outcome[]> {
  await lockRegister(trx, w.model.decl.id);
  // A batch writes several times in one transaction, the second time after a line of the audit log: locks come in one order.
  if (w.batch !== undefined) await lockOrganisations(trx);
  const heads = await loadHeads(
    trx,
    w.model,
    intents.flatMap((i) => (i.kind === 'create' ? [] : [i.no])),
  );
  const repeated = await submitted(trx, intents);
  const outcomes: Outcome[] = [];
  const items: { item: Item; at: number }[] = [];
  const touched = new Set<string>();
  for (const [at, intent] of intents.entries()) {
    outcomes.push({ ok: false, error: registerError('registers_invalid', { count: 1 }) });
    const before = intent.kind === 'create' ? repeated.get(intent.submitKey ?? '') : undefined;
    if (before) {
      outcomes[at] = before;
      continue;
    }
    const head = intent.kind === 'create' ? undefined : heads.get(intent.no);
    const planned = planItem(w, intent, head);
    if ('code' in planned) outcomes[at] = { ok: false, error: planned };
    else if (head && touched.has(head.id))
      outcomes[at] = { ok: false, error: changedError(w, head, head.version + 1) };
    else {
      if (head) touched.add(head.id);
      items.push({ item: planned, at });
    }
  }
  const free = await refuseTakenKeys(trx, w, items, outcomes);
  const sound = await refuseCycles(trx, w, free, outcomes);
  const stored = await storeItems(
    trx,
    w,
    sound.map((s) => s.item),
  );
  for (const [i, { at }] of sound.entries()) {
    const done = stored[i];
    if (done) outcomes[at] = { ok: true, ...done };
  }
  const first = sound[0];
  if (first) await trace(trx, w, sound.length, first.item, stored[0]?.no ?? '');
  return outcomes;
}

async function trace(trx: Trx, w: Writing, count: number, item: Item, no: string): Promise<void> {
  const single = w.batch === undefined && count === 1;
  await audit(trx, w.platform.clock.now(), {
    actor: w.actor,
    action: single ? `registers.entry.${item.action}` : 'registers.entries',
    objectType: single ? 'register-entry' : 'register',
    objectId: single ? no : w.model.decl.id,
    detail: single
      ? { title: titleOf(w.model, item.segments.at(-1)?.data ?? {}), state: item.state, reason: item.reason }
      : { batch: w.batch ?? null, step: item.action, entries: count },
    requestId: w.requestId,
  });
}

/** Entries that an earlier call with the same key made. */
async function submitted(trx: Trx, intents: readonly Intent[]): Promise<Map<string, Outcome>> {
  const keys = intents.flatMap((i) =>
    i.kind === 'create' && i.submitKey !== undefined ? [i.submitKey] : [],
  );
  if (keys.length === 0) return new Map();
  const rows = await withRegisters(trx)
    .selectFrom('registerEntry')
    .select(['id', 'no', 'version', 'submitKey'])
    .where('submitKey', 'in', keys)
    .execute();
  return new Map(rows.map((r) => [r.submitKey ?? '', { ok: true, id: r.id, no: r.no, version: r.version }]));
}

function planItem(w: Writing, intent: Intent, head: Head | undefined): Item | AppError {
  const why = { reason: intent.reason || null, basis: intent.basis || null };
  if (intent.kind === 'create') {
    const scope = intent.state === 'proposed' ? w.access.propose : w.access.keep;
    const region = regionOf(w.model, intent.data);
    if (!reaches(scope, region)) return notYours(w, region, 'propose');
    return {
      ...why,
      head: null,
      id: newId(),
      action: 'create',
      state: intent.state,
      segments: [{ fromDay: null, data: intent.data }],
      endedOn: null,
      void: false,
      mergedInto: null,
      onDay: null,
      submitKey: intent.submitKey ?? null,
      key: keyOf(w.model, intent.data)?.key ?? null,
    };
  }
  if (!head) return registerError('registers_changed', { by: '—', at: '—', version: 0 });
  if (head.mergedInto !== null) return registerError('registers_merged', { into: head.mergedIntoNo ?? '' });
  if (head.version !== intent.version) return changedError(w, head, head.version);
  const last = head.segments.at(-1) as Segment;
  const base = { ...why, head, id: head.id, mergedInto: null, submitKey: null };
  if (intent.kind === 'act') return planAction(w, intent, head, last, base);
  const scope = head.state === 'proposed' ? w.access.propose : w.access.keep;
  if (head.state === 'removed') {
    const { zh, en } = OTHER_STEPS[intent.kind] as Text;
    return registerError('registers_step', { ...stateWords(head), action: zh, action_en: en });
  }
  const index =
    intent.kind === 'correct'
      ? (intent.segment ?? head.segments.length - 1)
      : head.segments.findLastIndex((s) => s.fromDay === null || s.fromDay <= intent.from);
  const old = head.segments[index];
  // Where it lies now, where it lay in the stretch of time that is touched, and where it is to lie.
  for (const data of [last.data, old?.data ?? {}, intent.data]) {
    const region = regionOf(w.model, data);
    if (!reaches(scope, region)) return notYours(w, region, 'change');
  }
  if (!old) return registerError('registers_segment', { segment: index + 1 });
  // What fields of earlier schemas hold is not the asker's to see or lose.
  const data = { ...upgrade(w.model, old.data).retired, ...intent.data };
  const segments =
    intent.kind === 'change'
      ? changedFrom(head.segments, intent.from, data)
      : corrected(head.segments, index, data);
  const newest = segments.at(-1) as Segment;
  return {
    ...base,
    action: intent.kind,
    state: head.state,
    segments,
    endedOn: head.endedOn,
    void: head.void,
    onDay: intent.kind === 'change' ? intent.from : null,
    key: keyOf(w.model, newest.data)?.key ?? null,
  };
}

function planAction(
  w: Writing,
  intent: Extract<Intent, { kind: 'act' }>,
  head: Head,
  last: Segment,
  base: Pick<Item, 'head' | 'id' | 'mergedInto' | 'submitKey' | 'reason' | 'basis'>,
): Item | AppError {
  const step = STEPS[intent.action];
  const words = { action: step.label.zh, action_en: step.label.en };
  const region = regionOf(w.model, last.data);
  if (!reaches(w.access.keep, region)) return notYours(w, region, 'change');
  if (!step.from.includes(head.state))
    return registerError('registers_step', { ...stateWords(head), ...words });
  if (step.reason && !intent.reason) return registerError('registers_needs_reason', words);
  const asVoid = intent.action === 'remove' && (intent.void ?? false);
  // What was never published held on no day: there is no day to name.
  const counted = head.state === 'published' || head.state === 'expired';
  const needsDay = step.day && !asVoid && counted;
  if (needsDay && intent.on === undefined) return registerError('registers_needs_day', words);
  const begun = claimedSpan(w.model.decl.validity, head.segments[0]?.data ?? {}).validFrom;
  if (needsDay && intent.on !== undefined && begun !== null && intent.on < begun)
    return registerError('registers_day_too_early', { on: intent.on, from: begun });
  const ends = intent.action === 'expire' || intent.action === 'remove';
  // What has ended does not hold again because it is removed later.
  const end = earlierOf(head.endedOn, asVoid || !counted ? null : (intent.on ?? null));
  const endedOn = ends ? end : null;
  return {
    ...base,
    action: intent.action,
    state: step.to,
    segments: head.segments,
    endedOn,
    void: intent.action === 'remove' ? asVoid || !counted : false,
    onDay: intent.on ?? null,
    key: step.to === 'removed' ? null : (keyOf(w.model, last.data)?.key ?? null),
  };
}

function stateWords({ state }: Head) {
  return { state: STATES[state].zh, state_en: STATES[state].en };
}

function earlierOf(a: CalendarDate | null, b: CalendarDate | null): CalendarDate | null {
  return a === null || (b !== null && b < a) ? b : a;
}

function notYours(w: Writing, region: string | null, what: 'propose' | 'change'): AppError {
  const { title, keeper } = w.model.decl;
  return registerError('registers_not_yours', {
    what: what === 'propose' ? '新增' : '修改',
    what_en: what === 'propose' ? 'propose or enter' : 'change',
    register: title.zh,
    register_en: title.en,
    where: region === null ? '' : `（${region}）`,
    where_en: region === null ? '' : `of ${region}`,
    keeper: keeper.department,
  });
}

function changedError(w: Writing, head: Head, version: number): AppError {
  return registerError('registers_changed', {
    no: head.no,
    by: head.changedBy,
    at: head.updatedAt.toISOString(),
    version,
    register: w.model.decl.id,
  });
}

interface Placed {
  item: Item;
  at: number;
}

/** Refuses what would share its key with a living entry, or with another item of this call. */
async function refuseTakenKeys(
  trx: Trx,
  w: Writing,
  items: readonly Placed[],
  outcomes: Outcome[],
): Promise<Placed[]> {
  const wanted = items.flatMap(({ item }) => (item.key === null ? [] : [item.key]));
  const holders = await keyHolders(trx, w.model, wanted);
  const leaving = new Map(items.map(({ item }) => [item.id, item.key]));
  const taken = new Map<string, Omit<KeyHolder, 'key'>>();
  for (const holder of holders)
    if (!leaving.has(holder.id) || leaving.get(holder.id) === holder.key) taken.set(holder.key, holder);
  return items.filter(({ item, at }) => {
    if (item.key === null) return true;
    const holder = taken.get(item.key);
    const data = item.segments.at(-1)?.data ?? {};
    if (holder && holder.id !== item.id) {
      const seen = seesEntry(w.access, w.model, holder);
      outcomes[at] = { ok: false, error: seen ? keyTaken(w.model, data, holder) : keyHidden(w.model, data) };
      return false;
    }
    taken.set(item.key, {
      region: regionOf(w.model, data),
      id: item.id,
      no: item.head?.no ?? '',
      title: titleOf(w.model, data),
      state: item.state,
    });
    return true;
  });
}

/** What tells an entry apart, in words. */
function keyWords(model: RegisterModel, data: EntryData) {
  const fields = keyOf(model, data)?.fields ?? [];
  const labels = fields.map((f) => model.byKey.get(f)?.label);
  return {
    fields: labels.map((l) => l?.zh).join('、'),
    fields_en: labels.map((l) => l?.en).join(', '),
    value: fields.map((f) => String(data[f])).join('，'),
  };
}

/** The error for a key of an entry that the asker may not see: that there is one is all they learn. */
function keyHidden(model: RegisterModel, data: EntryData): AppError {
  return registerError('registers_key_hidden', keyWords(model, data));
}

/** The error for a key that another entry has. */
export function keyTaken(
  model: RegisterModel,
  data: EntryData,
  holder: { no: string; title: string; state: EntryState },
): AppError {
  return registerError('registers_key_taken', {
    ...keyWords(model, data),
    no: holder.no,
    title: holder.title,
    state: STATES[holder.state].zh,
    state_en: STATES[holder.state].en,
  });
}

/** The error for a reference that leads back to the entry itself. */
export function cycleError(model: RegisterModel, cycle: { field: string; no: string }): AppError {
  const label = model.byKey.get(cycle.field)?.label;
  return registerError('registers_cycle', { label: label?.zh, label_en: label?.en, to: cycle.no }, [
    { path: `/data/${cycle.field}`, code: 'cycle', message: cycle.no },
  ]);
}

/** Refuses references that lead back to the entry itself. Only entries that exist can be led back to. */
async function refuseCycles(
  trx: Trx,
  w: Writing,
  items: readonly Placed[],
  outcomes: Outcome[],
): Promise<Placed[]> {
  const kept: Placed[] = [];
  for (const placed of items) {
    const { item, at } = placed;
    const content = item.action === 'correct' || item.action === 'change';
    const cycle = content ? await findCycle(trx, w.model, item.id, item.segments.at(-1)?.data ?? {}) : null;
    if (cycle === null) kept.push(placed);
    else {
      outcomes[at] = { ok: false, error: cycleError(w.model, cycle) };
    }
  }
  return kept;
}

/** Waits for writers of a register and keeps others out until the transaction ends. */
export async function lockRegister(trx: Trx, register: string): Promise<void> {
  await lockInTrx(trx, `register ${register}`);
}

/** The moment of the latest write to a register, or null. */
export async function lastWrite(platform: Platform, register: string): Promise<Date | null> {
  const { rows } = await sql<{
    at: Date | null;
  }>`select max(updated_at) as at from register_entry where register = ${register}`.execute(platform.records);
  return rows[0]?.at ?? null;
}
