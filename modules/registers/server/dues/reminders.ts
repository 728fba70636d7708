import { sql } from 'kysely';
import { addDays, type CalendarDate, diffDays } from '#kernel/calendar/date';
import { upgrade } from '#kernel/fields/upgrade';
import type { Platform } from '#kernel/module';
import { type Message, notify } from '#kernel/notify/notify';
import { catalogueOf } from '../catalogue.ts';
import { duesOf } from '../domain/due.ts';
import type { RegisterModel } from '../fields/model.ts';
import type { EntryData } from '../tables.ts';
import { keepersOf } from './keepers.ts';

/** Something that comes up and of which nobody was told at this distance. */
interface Reached {
  entry: string;
  no: string;
  title: string;
  region: string | null;
  kind: string;
  on: CalendarDate;
  /** Threshold that was reached, in days. */
  days: number;
}

/** Entries looked at in one piece. */
const STEP = 2000;

/** Tells the keepers, and the counties whose entries they are, of what comes up: once for each threshold that was reached. */
export async function remind(platform: Platform): Promise<void> {
  for (const model of catalogueOf(platform.pack).values()) {
    const reached = await reachedIn(platform, model);
    if (reached.length === 0) continue;
    const { keepers, ofRegion } = await keepersOf(platform, model);
    const users = new Map<string, Reached[]>();
    for (const due of reached)
      for (const userId of new Set([...keepers, ...ofRegion(due.region)]))
        users.set(userId, [...(users.get(userId) ?? []), due]);
    await platform.records.transaction().execute(async (trx) => {
      await sql`
        insert into register_reminder (entry, kind, due_on, days, sent_at)
        select x.entry, x.kind, x."on", x.days, ${platform.clock.now()}
        from jsonb_to_recordset(${JSON.stringify(reached)}::jsonb) as x(entry uuid, kind text, "on" date, days int)
        on conflict do nothing`.execute(trx);
      const today = platform.clock.today();
      await notify(
        trx,
        [...users].map(([userId, list]) => message(model, userId, list, today)),
      );
    });
  }
}

/**
 * What lies within a threshold. An entry may wait for several things at once, and one that is late must not hide another
 * that comes up: so all of them are computed, for every entry of which the earliest is late or near.
 */
async function reachedIn(platform: Platform, model: RegisterModel): Promise<Reached[]> {
  const today = platform.clock.today();
  const thresholds = [...model.decl.validity.remind].sort((a, b) => a - b);
  const farthest = thresholds.at(-1) ?? 0;
  const found: Reached[] = [];
  for (let after = 0; ; ) {
    const { rows } = await sql<{
      serial: number;
      entry: string;
      no: string;
      title: string;
      region: string | null;
      validFrom: string | null;
      validTo: string | null;
      data: EntryData;
      told: { kind: string; on: string; days: number }[] | null;
    }>`
      select s.serial, s.entry, s.no, s.title, s.region, s.valid_from as "validFrom", s.valid_to as "validTo", s.data,
        (select jsonb_agg(jsonb_build_object('kind', r.kind, 'on', r.due_on, 'days', r.days))
           from register_reminder r where r.entry = s.entry) as told
        from register_slice s
       where s.register = ${model.decl.id} and s.last and s.recorded_to is null and s.state = 'published'
         and s.due_on <= ${addDays(today, farthest)}::date and s.serial > ${after}
       order by s.serial limit ${STEP}`.execute(platform.records);
    for (const row of rows)
      for (const due of duesOf(model, upgrade(model, row.data).data, 'published', row)) {
        const left = diffDays(today, due.on);
        const days = left < 0 ? undefined : thresholds.find((t) => left <= t);
        const told = row.told?.some((t) => t.kind === due.kind && t.on === due.on && t.days <= (days ?? 0));
        if (days !== undefined && !told)
          found.push({ entry: row.entry, no: row.no, title: row.title, region: row.region, ...due, days });
      }
    const last = rows.at(-1);
    if (!last || rows.length < STEP) return found.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
    after = last.serial;
  }
}

function message(
  model: RegisterModel,
  userId: string,
  list: readonly Reached[],
  today: CalendarDate,
): Message {
  const { id, title } = model.decl;
  const first = list[0] as Reached;
  const one = list.length === 1;
  const names = list.slice(0, 5).map((e) => `${e.no} ${e.title} ${e.on}`);
  return {
    userId,
    kind: 'registers.due',
    title: one
      ? { zh: `“${first.title}”将于 ${first.on} 到期或须复核`, en: `“${first.title}” is due on ${first.on}` }
      : {
          zh: `${title.zh}有 ${list.length} 个条目即将到期或须复核，最早 ${first.on}`,
          en: `${list.length} entries of “${title.en}” are due soon, the first on ${first.on}`,
        },
    body: { zh: names.join('；'), en: names.join('; ') },
    href: one ? `/registers/${id}/${first.no}` : `/registers/dues?register=${id}`,
    dedupKey: `registers.due ${userId} ${id} ${today} ${first.no} ${first.days} ${list.length}`,
  };
}
