import { sql } from 'kysely';
import type { CalendarDate } from '#kernel/calendar/date';
import { upgrade } from '#kernel/fields/upgrade';
import type { Trx } from '#kernel/records';
import { makeNotPublic, makePublic, resolveOrganisations } from '#modules/organisations/server/index';
import type { EntryState } from '../../contract.ts';
import { catalogueOf } from '../catalogue.ts';
import { namesClosed } from '../closed.ts';
import type { Segment } from '../domain/segments.ts';
import { SEEN_BY_ALL } from '../domain/states.ts';
import type { RegisterModel } from '../fields/model.ts';
import { type EntryData, type EntryTable, withRegisters } from '../tables.ts';
import { namedOrganisations, namedTargets, slicesOf } from './project.ts';
import type { Writing } from './writing.ts';

/** An entry as it stands, with its content by segment. */
export interface Head
  extends Pick<
    EntryTable,
    'id' | 'no' | 'serial' | 'state' | 'version' | 'endedOn' | 'void' | 'mergedInto' | 'updatedAt' | 'key'
  > {
  mergedIntoNo: string | null;
  /** Who made the last version. */
  changedBy: string;
  segments: Segment[];
}

/** What is to be stored as the next version of an entry, or as a new one (`head` null). */
export interface Item {
  head: Head | null;
  id: string;
  action: string;
  state: EntryState;
  segments: Segment[];
  endedOn: CalendarDate | null;
  void: boolean;
  mergedInto: string | null;
  key: string | null;
  onDay: CalendarDate | null;
  reason: string | null;
  basis: string | null;
  submitKey: string | null;
}

/** Entries with these numbers, locked until the transaction ends, by number. */
export async function loadHeads(
  trx: Trx,
  model: RegisterModel,
  nos: readonly string[],
): Promise<Map<string, Head>> {
  if (nos.length === 0) return new Map();
  const db = withRegisters(trx);
  const entries = await db
    .selectFrom('registerEntry as e')
    .leftJoin('registerEntry as m', 'm.id', 'e.mergedInto')
    .leftJoin('registerChange as c', (j) =>
      j.onRef('c.entry', '=', 'e.id').onRef('c.version', '=', 'e.version'),
    )
    .selectAll('e')
    .select(['m.no as mergedIntoNo', 'c.actorName as changedBy'])
    .where('e.register', '=', model.decl.id)
    .where('e.no', 'in', [...new Set(nos)])
    // Writers wait for the register's lock; whoever refers to one of these from another register is not to wait for them.
    .forNoKeyUpdate('e')
    .execute();
  if (entries.length === 0) return new Map();
  const slices = await db
    .selectFrom('registerSlice')
    .select(['entry', 'fromDay', 'data'])
    .where(
      'entry',
      'in',
      entries.map((e) => e.id),
    )
    .where('recordedTo', 'is', null)
    .orderBy('entry')
    .orderBy('segment')
    .execute();
  const segments = new Map<string, Segment[]>();
  for (const slice of slices) {
    const list = segments.get(slice.entry) ?? [];
    const { data, retired } = upgrade(model, slice.data);
    list.push({ fromDay: slice.fromDay, data: { ...data, ...retired } });
    segments.set(slice.entry, list);
  }
  return new Map(
    entries.map((e) => [
      e.no,
      { ...e, changedBy: e.changedBy ?? '', segments: segments.get(e.id) ?? [] } satisfies Head,
    ]),
  );
}

/** A living entry that holds a key. */
export interface KeyHolder {
  id: string;
  no: string;
  key: string;
  state: EntryState;
  title: string;
  region: string | null;
}

/** Living entries that hold one of these keys. */
export async function keyHolders(
  trx: Trx,
  model: RegisterModel,
  keys: readonly string[],
): Promise<KeyHolder[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<KeyHolder>`
    select e.id, e.no, e.key, e.state, s.title, s.region
      from register_entry e
      join register_slice s on s.entry = e.id and s.recorded_to is null and s.last
     where e.register = ${model.decl.id} and e.key = any(${[...new Set(keys)]}::text[])`.execute(trx);
  return rows;
}

/** The next free numbers of a register. */
async function nextSerials(trx: Trx, register: string, count: number): Promise<number> {
  const { rows } = await sql<{ serial: number }>`
    insert into register_counter (register, serial) values (${register}, ${count})
    on conflict (register) do update set serial = register_counter.serial + ${count}
    returning serial`.execute(trx);
  return (rows[0]?.serial ?? count) - count + 1;
}

/** Readable number of an entry, e.g. LM-0001. */
export function numberOfEntry(prefix: string, serial: number): string {
  return `${prefix}-${String(serial).padStart(4, '0')}`;
}

/**
 * Stores the next version of each item: closes what was known, writes the new segments, who did it and why, which
 * organisations and entries it names. Rights, keys and states were asked before.
 */
export async function storeItems(
  trx: Trx,
  w: Writing,
  items: readonly Item[],
): Promise<{ id: string; no: string; version: number }[]> {
  if (items.length === 0) return [];
  const { model } = w;
  const { id: register, prefix } = model.decl;
  const now = notBefore(w.recordedAt ?? w.platform.clock.now(), items);
  const fresh = items.filter((i) => i.head === null).length;
  let serial = fresh > 0 ? await nextSerials(trx, register, fresh) : 0;
  const placed = items.map((item) => {
    const own = item.head?.serial ?? serial++;
    const no = item.head?.no ?? numberOfEntry(prefix, own);
    const version = (item.head?.version ?? 0) + 1;
    return { item, serial: own, no, version, slices: slicesOf(model, { ...item, no }, item.segments) };
  });
  const named = placed.map(({ item }) => namedOrganisations(model, item.segments.at(-1)?.data ?? {}));
  const organisations = await resolveOrganisations(trx, now, named.flat());
  let next = 0;
  const mentions = named.map((list) => list.map((m) => ({ ...m, id: organisations[next++] as string })));

  await storeEntries(trx, w, placed, now);
  await sql`
    update register_slice set recorded_to = greatest(${now}, recorded_from)
     where recorded_to is null and entry = any(${items.filter((i) => i.head).map((i) => i.id)}::uuid[])`.execute(
    trx,
  );
  await sql`
    insert into register_slice (entry, register, serial, no, version, segment, last, from_day, valid_from, valid_to,
      recorded_from, state, void, schema_version, region, c1, c2, c3, c4, c5, c6, due_on, due_kind, organisation, title,
      search, data)
    select x.entry, ${register}, x.serial, x.no, x.version, x.segment, x.last, x.from_day, x.valid_from, x.valid_to,
      ${now}, x.state, x.void, ${w.schemaVersion}, x.region, x.c1, x.c2, x.c3, x.c4, x.c5, x.c6, x.due_on, x.due_kind,
      x.organisation, x.title, x.search, x.data
    from jsonb_to_recordset(${JSON.stringify(
      placed.flatMap(({ item, serial: s, no, version, slices }, i) =>
        slices.map(({ slots, fromDay, validFrom, validTo, dueOn, dueKind, ...rest }) => ({
          ...rest,
          ...slots,
          entry: item.id,
          serial: s,
          no,
          version,
          from_day: fromDay,
          valid_from: validFrom,
          valid_to: validTo,
          due_on: dueOn,
          due_kind: dueKind,
          state: item.state,
          void: item.void,
          organisation: mentions[i]?.find((m) => m.own)?.id ?? null,
        })),
      ),
    )}::jsonb) as x(entry uuid, serial int, no text, version int, segment int, last boolean, from_day date,
      valid_from date, valid_to date, state text, void boolean, region text, c1 text, c2 text, c3 text, c4 text, c5 text,
      c6 text, due_on date, due_kind text, organisation uuid, title text, search text, data jsonb)`.execute(
    trx,
  );
  await sql`
    insert into register_change (entry, version, at, actor_id, actor_name, action, from_state, to_state, reason, basis,
      on_day, batch, schema_version)
    select x.entry, x.version, ${now}, ${w.actor.id}, ${w.actor.name}, x.action, x.from_state, x.to_state, x.reason,
      x.basis, x.on_day, ${w.batch ?? null}::uuid, ${w.schemaVersion}
    from jsonb_to_recordset(${JSON.stringify(
      placed.map(({ item, version }) => ({
        entry: item.id,
        version,
        action: item.action,
        from_state: item.head?.state ?? null,
        to_state: item.state,
        reason: item.reason,
        basis: item.basis,
        on_day: item.onDay,
      })),
    )}::jsonb) as x(entry uuid, version int, action text, from_state text, to_state text, reason text, basis text,
      on_day date)`.execute(trx);
  await storeNamed(
    trx,
    w,
    placed.map(({ item }, i) => ({ item, mentions: mentions[i] ?? [] })),
  );
  return placed.map(({ item, no, version }) => ({ id: item.id, no, version }));
}

/** A clock that was put back must not let two versions be known at one moment. */
function notBefore(now: Date, items: readonly Item[]): Date {
  return new Date(Math.max(now.getTime(), ...items.map((i) => i.head?.updatedAt.getTime() ?? 0)));
}

async function storeEntries(
  trx: Trx,
  w: Writing,
  placed: readonly { item: Item; serial: number; no: string; version: number }[],
  now: Date,
): Promise<void> {
  const { id: register } = w.model.decl;
  const rows = placed.map(({ item, serial, no, version }) => ({
    id: item.id,
    serial,
    no,
    state: item.state,
    version,
    key: item.key,
    ended_on: item.endedOn,
    void: item.void,
    merged_into: item.mergedInto,
    submit_key: item.submitKey,
  }));
  const shape = sql`x(id uuid, serial int, no text, state text, version int, key text, ended_on date, void boolean,
    merged_into uuid, submit_key uuid)`;
  const made = rows.filter((_, i) => placed[i]?.item.head === null);
  const kept = rows.filter((_, i) => placed[i]?.item.head !== null);
  if (kept.length > 0) {
    // Keys may pass from one entry to another within one call: all are let go before any is taken.
    await sql`update register_entry set key = null where id = any(${kept.map((r) => r.id)}::uuid[])`.execute(
      trx,
    );
    await sql`
      update register_entry e set state = x.state, version = x.version, key = x.key, ended_on = x.ended_on,
        void = x.void, merged_into = x.merged_into, updated_at = ${now}
      from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as ${shape} where e.id = x.id`.execute(trx);
  }
  if (made.length > 0)
    await sql`
      insert into register_entry (id, register, serial, no, state, version, key, ended_on, void, merged_into, submit_key,
        created_at, updated_at)
      select x.id, ${register}, x.serial, x.no, x.state, x.version, x.key, x.ended_on, x.void, x.merged_into,
        x.submit_key, ${now}, ${now}
      from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as ${shape}`.execute(trx);
}

/** Which organisations and entries an entry names now, and which organisations everybody may therefore see. */
async function storeNamed(
  trx: Trx,
  w: Writing,
  placed: readonly { item: Item; mentions: readonly { id: string; field: string; own: boolean }[] }[],
): Promise<void> {
  const { model } = w;
  const known = placed.filter(({ item }) => item.head !== null).map(({ item }) => item.id);
  const shown = placed.flatMap(({ item: { head } }) =>
    head && SEEN_BY_ALL.includes(head.state) ? [head.id] : [],
  );
  const left = model.decl.public ? await openMentions(trx, model, shown) : [];
  if (known.length > 0) {
    await sql`delete from register_mention where entry = any(${known}::uuid[])`.execute(trx);
    await sql`delete from register_link where entry = any(${known}::uuid[])`.execute(trx);
  }
  const mentions = placed.flatMap(({ item, mentions: list }) =>
    list.map((m) => ({ entry: item.id, organisation: m.id, field: m.field, own: m.own })),
  );
  if (mentions.length > 0)
    await sql`
      insert into register_mention (entry, organisation, field, own)
      select x.entry, x.organisation, x.field, bool_or(x.own)
      from jsonb_to_recordset(${JSON.stringify(mentions)}::jsonb) as x(entry uuid, organisation uuid, field text, own boolean)
      group by 1, 2, 3`.execute(trx);
  const links = placed.flatMap(({ item }) =>
    namedTargets(model, (item.segments.at(-1)?.data ?? {}) as EntryData).map((t) => ({
      entry: item.id,
      ...t,
    })),
  );
  if (links.length > 0)
    await sql`
      insert into register_link (entry, target, field)
      select distinct x.entry, e.id, x.field
      from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as x(entry uuid, register text, no text, field text)
      join register_entry e on e.register = x.register and e.no = x.no`.execute(trx);
  if (!model.decl.public) return;
  const open = placed.filter(({ item }) => SEEN_BY_ALL.includes(item.state));
  const seen = open.flatMap(({ mentions: list }) => list.filter((m) => !namesClosed(model, m.field)));
  const named = new Set(seen.map((m) => m.id));
  const perhaps = left.filter((id) => !named.has(id));
  if (named.size + perhaps.length === 0) return;
  // Marking comes first: it takes the lock under which nobody else names one of them while we look who still does.
  await makePublic(trx, named);
  const still = await stillNamed(trx, w, perhaps);
  await makeNotPublic(
    trx,
    perhaps.filter((id) => !still.has(id)),
  );
}

/** Organisations that these entries name openly, as stored. */
async function openMentions(trx: Trx, model: RegisterModel, entries: readonly string[]): Promise<string[]> {
  if (entries.length === 0) return [];
  const { rows } = await sql<{ organisation: string; field: string }>`
    select distinct organisation, field from register_mention where entry = any(${entries}::uuid[])`.execute(
    trx,
  );
  return [...new Set(rows.filter((r) => !namesClosed(model, r.field)).map((r) => r.organisation))];
}

/** Which of these organisations an open field of an entry that everybody sees names, in any register. */
async function stillNamed(trx: Trx, w: Writing, organisations: readonly string[]): Promise<Set<string>> {
  if (organisations.length === 0) return new Set();
  const { rows } = await sql<{ organisation: string; register: string; field: string }>`
    select distinct m.organisation, e.register, m.field from register_mention m join register_entry e on e.id = m.entry
     where m.organisation = any(${organisations}::uuid[]) and e.state in (${sql.join(SEEN_BY_ALL)})`.execute(
    trx,
  );
  const catalogue = catalogueOf(w.platform.pack);
  const open = rows.filter((r) => {
    const model = catalogue.get(r.register);
    return model?.decl.public && !namesClosed(model, r.field);
  });
  return new Set(open.map((r) => r.organisation));
}
