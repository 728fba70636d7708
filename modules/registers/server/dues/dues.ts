import { sql } from 'kysely';
import * as z from 'zod';
import { addDays, type CalendarDate } from '#kernel/calendar/date';
import { type JobDef, job } from '#kernel/jobs/jobs';
import type { Platform } from '#kernel/module';
import { system } from '#kernel/policy/policy';
import { directory } from '#modules/parties/server/index';
import type { listDues } from '../../contract.ts';
import { accessTo, mayOpen, somewhere, visible } from '../access.ts';
import { catalogueOf } from '../catalogue.ts';
import type { Asker } from '../entries/entry-view.ts';
import { dueView } from '../entries/rows.ts';
import { write } from '../entries/write.ts';
import { schemaState } from '../schemas.ts';
import { allOf, anyOf, type Condition } from '../sql.ts';
import { remind } from './reminders.ts';

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
    // Whatever is refused, because somebody changes it right now, is left to the next run and stops nothing else.
    for (let after = 0; ; ) {
      // Where the newest content ends before the first one began, the entry held on no day: it ends where it was to begin.
      const { rows } = await sql<{ serial: number; no: string; version: number; on: CalendarDate }>`
        select s.serial, s.no, s.version, greatest(s.valid_to + 1, first.valid_from) as "on" from register_slice s
          join register_slice first on first.entry = s.entry and first.recorded_to is null and first.segment = 0
         where s.register = ${register} and s.last and s.recorded_to is null and s.state = 'published'
           and s.valid_to < ${today}::date and s.serial > ${after} order by s.serial limit ${STEP}`.execute(
        platform.records,
      );
      const last = rows.at(-1);
      if (!last) break;
      after = last.serial;
      await platform.records.transaction().execute((trx) =>
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
            on: row.on,
            reason: '有效期满，系统自动置为已到期',
          })),
        ),
      );
    }
  }
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
