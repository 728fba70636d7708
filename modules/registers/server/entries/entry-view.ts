import { sql } from 'kysely';
import type { CalendarDate } from '#kernel/calendar/date';
import { AppError } from '#kernel/errors';
import { changedKeys } from '#kernel/fields/diff';
import { type FieldModel, fieldView, shownView } from '#kernel/fields/model';
import { upgrade } from '#kernel/fields/upgrade';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { Lang } from '#kernel/text';
import { canonicalIds, organisationNames } from '#modules/organisations/server/index';
import type { Entry, EntryLink } from '../../contract.ts';
import { type Access, accessTo, demandOpen, reaches, seesEntry, visible } from '../access.ts';
import { catalogueOf, registerOf } from '../catalogue.ts';
import { isClosed, namesClosed, refersClosed } from '../closed.ts';
import { duesOf } from '../domain/due.ts';
import { STATES, stepsFrom } from '../domain/states.ts';
import { computedView } from '../fields/computed.ts';
import type { RegisterModel } from '../fields/model.ts';
import { ROW } from '../lists/list.ts';
import { endOfDay } from '../lists/narrow.ts';
import { schemaState } from '../schemas.ts';
import { knownAt } from '../sql.ts';
import { type EntryTable, withRegisters } from '../tables.ts';
import { ladderOf } from './ladder.ts';
import { cellsOf, dataFor, dueView, rowView, type SliceRow } from './rows.ts';
import { showContext } from './show-context.ts';

/** Who asks, in which language. */
export interface Asker {
  actor: Actor;
  lang: Lang;
}

/** An entry that the asker may see, with its segments as known now or at the end of a day. */
export interface Opened {
  model: RegisterModel;
  access: Access;
  entry: EntryTable;
  slices: (SliceRow & { fromDay: string | null; segment: number })[];
  /** The segment with the newest content. */
  head: SliceRow;
}

/** Opens an entry by its number. Throws `not_found` also for what the asker may not see. */
export async function openEntry(
  platform: Platform,
  actor: Actor,
  register: string,
  no: string,
  known?: CalendarDate,
): Promise<Opened> {
  const model = registerOf(platform.pack, register);
  const access = await accessTo(platform, actor, model);
  demandOpen(access, model);
  const missing = () => new AppError('not_found', { what: `条目 ${no}` });
  const entry = await withRegisters(platform.records)
    .selectFrom('registerEntry')
    .selectAll()
    .where('register', '=', register)
    .where('no', '=', no.toUpperCase())
    .executeTakeFirst();
  if (!entry) throw missing();
  const { rows: slices } = await sql<Opened['slices'][number]>`
    select ${ROW}, s.from_day as "fromDay", s.segment from register_slice s
     where s.entry = ${entry.id} and ${knownAt(known === undefined ? null : endOfDay(known))}
     order by s.segment`.execute(platform.records);
  const head = slices.at(-1);
  // What was taken away is not shown as it once was.
  const now = head && { state: entry.state, region: head.region };
  if (!now || !seesEntry(access, model, head) || !seesEntry(access, model, now)) throw missing();
  return { model, access, entry, slices, head };
}

/** One entry with everything about it that the asker may see. */
export async function entryView(
  platform: Platform,
  asker: Asker,
  register: string,
  no: string,
  known?: CalendarDate,
): Promise<Entry> {
  const opened = await openEntry(platform, asker.actor, register, no, known);
  const { model, access, entry, slices, head } = opened;
  const { lang } = asker;
  const today = platform.clock.today();
  const reader = { access, lang, today };
  const internal = reaches(access.inside, head.region);
  const ctx = await showContext(
    platform,
    model,
    slices.map((s) => upgrade(model, s.data).data),
    today,
  );
  const newest = upgrade(model, head.data);
  const retired = internal ? newest.retired : {};
  const labels = schemaState(platform, register).retired;
  const row = rowView(model, head, ctx, reader);
  const span = { validFrom: head.validFrom, validTo: head.validTo };
  const latest = known === undefined;
  const then = await standingThen(platform, opened);
  const mayEdit =
    latest &&
    entry.mergedInto === null &&
    reaches(head.state === 'proposed' ? access.propose : access.keep, head.region);
  const keeps = latest && entry.mergedInto === null && reaches(access.keep, head.region);
  return {
    ...row,
    ...lifetime(opened),
    cells: {
      ...row.cells,
      ...Object.fromEntries(
        Object.entries(retired).map(([key, value]) => [
          key,
          { value, text: typeof value === 'string' ? value : JSON.stringify(value), href: null, rows: null },
        ]),
      ),
    },
    fields: [
      ...model.fields
        .filter((f) => internal || !f.internal)
        .map((f) => ({ ...fieldView(openItems(f, internal), lang), retired: false })),
      ...(model.decl.computed ?? []).map((c) => ({ ...computedView(c, lang), retired: false })),
      ...Object.keys(retired).map((key) => ({
        ...shownView(key, labels.get(key)?.[lang] ?? key, { internal: true }),
        retired: true,
      })),
    ],
    data: dataFor(model, head.data, internal),
    segments: slices.map((slice, index) => ({
      index,
      validFrom: slice.validFrom,
      validTo: slice.validTo,
      cells: cellsOf(model, slice.data, ctx, lang, {
        no: entry.no,
        internal,
        organisation: slice.organisation,
      }),
      changed: changedKeys(model, slices[index - 1]?.data ?? slice.data, slice.data).filter(
        (key) => internal || (model.byKey.has(key) && !isClosed(model, key)),
      ),
      data: dataFor(model, slice.data, internal),
    })),
    organisations: await organisationsOf(platform, opened, internal, lang),
    links: await linksOf(platform, asker, opened, 'links'),
    linkedFrom: await linksOf(platform, asker, opened, 'linkedFrom'),
    ladder: await ladderOf({
      platform,
      model,
      data: newest.data,
      organisation: head.organisation,
      day: today,
      lang,
      ctx,
      internal,
      actor: asker.actor,
    }),
    dues: head.void
      ? []
      : duesOf(model, newest.data, head.state, span).map((d) => dueView(model, d.kind, d.on, reader)),
    endedOn: then.endedOn,
    void: head.void,
    mergedInto: await numberOf(platform, then.mergedInto),
    versions: head.version,
    createdAt: entry.createdAt.toISOString(),
    abilities: {
      edit: mayEdit && head.state !== 'removed',
      actions: keeps ? stepsFrom(head.state) : [],
      merge: keeps && head.state !== 'removed',
      history: internal,
    },
  };
}

/** From when until when the entry held as a whole: from its first segment on until its last one ends. */
function lifetime({ slices, head }: Opened): { validFrom: string | null; validTo: string | null } {
  return { validFrom: slices[0]?.validFrom ?? null, validTo: head.validTo };
}

/** Its end and what it was merged into, as known in the version that is looked at. */
async function standingThen(
  platform: Platform,
  { entry, head }: Opened,
): Promise<Pick<EntryTable, 'endedOn' | 'mergedInto'>> {
  if (head.version === entry.version) return entry;
  const mergedInto = head.state === 'removed' ? entry.mergedInto : null;
  if (head.state !== 'expired' && head.state !== 'removed') return { endedOn: null, mergedInto };
  const { rows } = await sql<{ endedOn: string | null }>`
    select min(on_day) as "endedOn" from register_change c
     where c.entry = ${entry.id} and c.version <= ${head.version} and c.action in ('expire', 'remove')
       and c.version > coalesce((select max(version) from register_change r
         where r.entry = c.entry and r.version <= ${head.version} and r.action = 'restore'), 0)`.execute(
    platform.records,
  );
  return { endedOn: head.void ? null : (rows[0]?.endedOn ?? null), mergedInto };
}

function openItems(field: FieldModel, internal: boolean): FieldModel {
  return internal ? field : { ...field, items: field.items.filter((i) => !i.internal) };
}

async function numberOf(platform: Platform, id: string | null): Promise<string | null> {
  if (id === null) return null;
  const row = await withRegisters(platform.records)
    .selectFrom('registerEntry')
    .select('no')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.no ?? null;
}

async function organisationsOf(
  platform: Platform,
  { model, entry }: Opened,
  internal: boolean,
  lang: Lang,
): Promise<Entry['organisations']> {
  const rows = await withRegisters(platform.records)
    .selectFrom('registerMention')
    .selectAll()
    .where('entry', '=', entry.id)
    .orderBy('own', 'desc')
    .orderBy('field')
    .execute();
  const canonical = await canonicalIds(
    platform.records,
    rows.map((r) => r.organisation),
  );
  const names = await organisationNames(platform.records, new Set(canonical.values()));
  return rows.flatMap((row) => {
    const field = model.byKey.get(row.field);
    const id = canonical.get(row.organisation) ?? row.organisation;
    const known = names.get(id);
    if (!field || !known || (namesClosed(model, row.field) && !internal)) return [];
    return [{ id, name: known.name, code: known.code, field: field.label[lang], own: row.own }];
  });
}

/** Entries that this one names, or that name it, as far as the asker may see them. */
async function linksOf(
  platform: Platform,
  asker: Asker,
  { model, access, entry, head }: Opened,
  way: 'links' | 'linkedFrom',
): Promise<EntryLink[]> {
  // What points to an entry that was merged away points to the one that remained.
  const { rows } = await (way === 'links'
    ? sql<SliceRow & { register: string; field: string }>`
        select distinct ${ROW}, s.register, l.field from register_link l
          join register_entry t on t.id = l.target
          join register_slice s on s.entry = coalesce(t.merged_into, t.id) and s.last and s.recorded_to is null
         where l.entry = ${entry.id} and s.state <> 'removed' order by s.register, s.serial limit 500`
    : sql<SliceRow & { register: string; field: string }>`
        select distinct ${ROW}, s.register, l.field from register_link l
          join register_entry t on t.id = l.target
          join register_slice s on s.entry = l.entry and s.last and s.recorded_to is null
         where ${entry.id} in (t.id, t.merged_into) and s.state <> 'removed' order by s.register, s.serial limit 500`
  ).execute(platform.records);
  const found: EntryLink[] = [];
  for (const row of rows) {
    const other = catalogueOf(platform.pack).get(row.register);
    const owner = way === 'links' ? model : other;
    const field = owner?.byKey.get(row.field);
    if (!other || !owner || !field) continue;
    const there = await accessTo(platform, asker.actor, other);
    // The field belongs to the entry that refers: to this one, or to the one that names it.
    const inside = way === 'links' ? reaches(access.inside, head.region) : reaches(there.inside, row.region);
    if (!seesEntry(there, other, row) || (refersClosed(owner, row.field) && !inside)) continue;
    found.push(linkView(other, row, field.label[asker.lang], asker.lang));
  }
  return found;
}

/** An entry as others point to it. */
export function linkView(model: RegisterModel, row: SliceRow, field: string, lang: Lang): EntryLink {
  return {
    register: model.decl.id,
    registerTitle: model.decl.title[lang],
    no: row.no,
    title: row.title,
    state: row.state,
    stateLabel: STATES[row.state][lang],
    field,
    validFrom: row.validFrom,
    validTo: row.validTo,
  };
}

/** Entries of all registers that name one of these organisations, own ones first. */
export async function mentionsOf(
  platform: Platform,
  asker: Asker,
  family: readonly string[],
): Promise<(EntryLink & { own: boolean; due: Entry['due'] })[]> {
  const today = platform.clock.today();
  const found: (EntryLink & { own: boolean; due: Entry['due'] })[] = [];
  for (const model of catalogueOf(platform.pack).values()) {
    const access = await accessTo(platform, asker.actor, model);
    const { rows } = await sql<SliceRow & { field: string; own: boolean }>`
      select ${ROW}, m.field, m.own from register_mention m
        join register_slice s on s.entry = m.entry and s.last and s.recorded_to is null
       where m.organisation = any(${family}::uuid[]) and s.register = ${model.decl.id}
         and s.state <> 'removed' and ${visible(access, model)}
       order by m.own desc, s.serial limit 200`.execute(platform.records);
    const seen = new Set<string>();
    for (const row of rows) {
      const field = model.byKey.get(row.field);
      const closed = namesClosed(model, row.field) && !reaches(access.inside, row.region);
      if (!field || seen.has(row.no) || closed) continue;
      seen.add(row.no);
      const due =
        row.dueOn === null || row.dueKind === null
          ? null
          : dueView(model, row.dueKind, row.dueOn, { lang: asker.lang, today });
      found.push({ ...linkView(model, row, field.label[asker.lang], asker.lang), own: row.own, due });
    }
  }
  return found;
}
