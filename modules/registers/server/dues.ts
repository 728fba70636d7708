import { sql } from 'kysely';
import * as z from 'zod';
import { addDays } from '#kernel/calendar/date';
import { type JobDef, job } from '#kernel/jobs/jobs';
import type { Platform } from '#kernel/module';
import { notify } from '#kernel/notify/notify';
import { system } from '#kernel/policy/policy';
import { directory } from '#modules/parties/server/index';
import { type listDues, REGISTERS_KEEP } from '../contract.ts';
import { accessTo, mayOpen, somewhere, visible } from './access.ts';
import { catalogueOf } from './catalogue.ts';
import type { Asker } from './entry-view.ts';
import type { RegisterModel } from './fields/model.ts';
import { dueView } from './rows.ts';
import { schemaState } from './schemas.ts';
import { allOf, anyOf, type Condition } from './sql.ts';
import { write } from './write.ts';

type Query = z.output<typeof listDues.query>;

/** What ends or is to be re-checked soon, over all registers the asker may see. */
export async function duesOver(
  platform: Platform,
  asker: Asker,
  query: Query,
): Promise<z.output<typeof listDues.response>> {
  const today = platform.clock.today();
  const catalogue = catalogueOf(platform.pack);
  const scopes: Condition[] = [];
  for (const model of catalogue.values()) {
    if (query.register !== undefined && query.register !== model.decl.id) continue;
    const access = await accessTo(platform, asker.actor, model);
    if (!mayOpen(access, model)) continue;
    const mine: Condition[] = [];
    if (query.mine) {
      if (!somewhere(access.propose)) continue;
      if (access.propose !== 'all') mine.push(sql<boolean>`s.region in (${sql.join(access.propose)})`);
    }
    scopes.push(allOf([sql<boolean>`s.register = ${model.decl.id}`, visible(access, model), ...mine]));
  }
  const where = allOf([
    anyOf(scopes),
    sql<boolean>`s.last and s.recorded_to is null and s.due_on is not null`,
    sql<boolean>`s.due_on <= ${addDays(today, query.within)}::date`,
    ...(query.region === undefined ? [] : [sql<boolean>`s.region = ${query.region}`]),
  ]);
  const { rows } = await sql<{
    register: string;
    no: string;
    title: string;
    region: string | null;
    dueOn: string;
    dueKind: string;
    total: number;
  }>`
    select s.register, s.no, s.title, s.region, s.due_on as "dueOn", s.due_kind as "dueKind", count(*) over ()::int as total
      from register_slice s where ${where} order by s.due_on, s.register, s.serial
     limit ${query.limit} offset ${(query.page - 1) * query.limit}`.execute(platform.records);
  const lookup = await directory(platform).lookup();
  return {
    total: rows[0]?.total ?? 0,
    entries: rows.flatMap((row) => {
      const model = catalogue.get(row.register);
      if (!model) return [];
      const name = row.region === null ? null : lookup.regionAt(row.region, today)?.at.name[asker.lang];
      return [
        {
          register: row.register,
          registerTitle: model.decl.title[asker.lang],
          no: row.no,
          title: row.title,
          region: row.region === null ? null : { id: row.region, name: name ?? row.region },
          due: dueView(model, row.dueKind, row.dueOn, { lang: asker.lang, today }),
        },
      ];
    }),
  };
}

/** Entries ended at once in one transaction. */
const STEP = 500;

/** Ends what is over, in registers that say so: the last day is past, so the first day on which it no longer holds is known. */
export async function endWhatIsOver(platform: Platform): Promise<void> {
  const today = platform.clock.today();
  for (const model of catalogueOf(platform.pack).values()) {
    if (!model.decl.validity.expires) continue;
    const register = model.decl.id;
    for (;;) {
      const { rows } = await sql<{ no: string; version: number; validTo: string }>`
        select s.no, s.version, s.valid_to as "validTo" from register_slice s
         where s.register = ${register} and s.last and s.recorded_to is null and s.state = 'published'
           and s.valid_to < ${today}::date order by s.serial limit ${STEP}`.execute(platform.records);
      if (rows.length === 0) break;
      const outcomes = await platform.records.transaction().execute((trx) =>
        write(
          trx,
          {
            platform,
            model,
            actor: system,
            access: { keep: 'all', propose: 'all', inside: 'all' },
            requestId: null,
            schemaVersion: schemaState(platform, register).version,
          },
          rows.map((row) => ({
            kind: 'act' as const,
            no: row.no,
            version: row.version,
            action: 'expire' as const,
            on: addDays(row.validTo, 1),
            reason: '有效期满，系统自动置为已到期',
          })),
        ),
      );
      // Nothing more can be done about entries that somebody else is changing right now: the next run sees them.
      if (outcomes.every((o) => !o.ok)) break;
    }
  }
}

/** Tells the keepers, and the counties whose entries they are, of what comes up: once for each threshold that was reached. */
async function remind(platform: Platform): Promise<void> {
  const today = platform.clock.today();
  const lookup = await directory(platform).lookup();
  const roles = platform.policy.permissions.get(REGISTERS_KEEP)?.roles ?? [];
  for (const model of catalogueOf(platform.pack).values()) {
    const due = await reached(platform, model, today);
    if (due.length === 0) continue;
    const departments = [
      model.decl.keeper.department,
      ...lookup.currentDepartments(model.decl.keeper.department, today),
    ];
    const grants = await platform.records
      .selectFrom('accountGrant')
      .select(['userId', 'role', 'organisation', 'region'])
      .execute();
    const keepers = grants.filter(
      (g) => roles.includes(g.role) && g.organisation !== null && departments.includes(g.organisation),
    );
    const users = new Map<string, typeof due>();
    for (const entry of due) {
      const counties =
        model.decl.keeper.counties === 'none'
          ? []
          : grants.filter((g) => g.region !== null && g.region === entry.region);
      for (const userId of new Set([...keepers, ...counties].map((g) => g.userId)))
        users.set(userId, [...(users.get(userId) ?? []), entry]);
    }
    await platform.records.transaction().execute(async (trx) => {
      await sql`
        insert into register_reminder (entry, kind, due_on, days, sent_at)
        select x.entry, x.kind, x.due_on, x.days, ${platform.clock.now()}
        from jsonb_to_recordset(${JSON.stringify(
          due.map((d) => ({ entry: d.entry, kind: d.dueKind, due_on: d.dueOn, days: d.days })),
        )}::jsonb) as x(entry uuid, kind text, due_on date, days int)
        on conflict do nothing`.execute(trx);
      await notify(
        trx,
        [...users].map(([userId, list]) => message(model, userId, list, today)),
      );
    });
  }
}

interface Reached {
  entry: string;
  no: string;
  title: string;
  region: string | null;
  dueOn: string;
  dueKind: string;
  /** Threshold that was reached, in days. */
  days: number;
}

/** Entries whose end or re-check is at most a threshold away and of which nobody was told at that threshold or a nearer one. */
async function reached(platform: Platform, model: RegisterModel, today: string): Promise<Reached[]> {
  const { remind: thresholds } = model.decl.validity;
  const { rows } = await sql<Reached>`
    select s.entry, s.no, s.title, s.region, s.due_on as "dueOn", s.due_kind as "dueKind",
      (select min(t) from unnest(${[...thresholds]}::int[]) t where s.due_on - ${today}::date <= t) as days
    from register_slice s
   where s.register = ${model.decl.id} and s.last and s.recorded_to is null and s.state = 'published'
     and s.due_on between ${today}::date and ${addDays(today, Math.max(...thresholds))}::date
     and not exists (select 1 from register_reminder r where r.entry = s.entry and r.kind = s.due_kind
       and r.due_on = s.due_on
       and r.days <= (select min(t) from unnest(${[...thresholds]}::int[]) t where s.due_on - ${today}::date <= t))
   order by s.due_on, s.serial limit 5000`.execute(platform.records);
  return rows;
}

function message(model: RegisterModel, userId: string, list: readonly Reached[], today: string) {
  const { id, title } = model.decl;
  const first = list[0] as Reached;
  const one = list.length === 1;
  const names = list.slice(0, 5).map((e) => `${e.no} ${e.title} ${e.dueOn}`);
  return {
    userId,
    kind: 'registers.due',
    title: one
      ? {
          zh: `“${first.title}”将于 ${first.dueOn} 到期或须复核`,
          en: `“${first.title}” is due on ${first.dueOn}`,
        }
      : {
          zh: `${title.zh}有 ${list.length} 条记录即将到期或须复核，最早 ${first.dueOn}`,
          en: `${list.length} entries of “${title.en}” are due soon, the first on ${first.dueOn}`,
        },
    body: { zh: names.join('；'), en: names.join('; ') },
    href: one ? `/registers/${id}/${first.no}` : `/registers/dues?register=${id}`,
    dedupKey: `registers.due ${userId} ${id} ${today} ${first.no} ${first.days} ${list.length}`,
  };
}

/** The daily work: ends what is over, then reminds. */
export function dueJobs(platform: Platform): JobDef<never>[] {
  return [
    job({
      name: 'registers.daily',
      schema: z.object({}),
      cron: '20 6 * * *',
      retries: 3,
      run: async () => {
        await endWhatIsOver(platform);
        await remind(platform);
      },
    }) as unknown as JobDef<never>,
  ];
}
