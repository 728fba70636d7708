import { randomBytes } from 'node:crypto';
import ical, { ICalAlarmType, ICalCalendarMethod } from 'ical-generator';
import { audit } from '#kernel/audit/audit';
import { addDays } from '#kernel/calendar/date';
import { sha256 } from '#kernel/ids';
import type { Actor } from '#kernel/policy/policy';
import type { Lang } from '#kernel/text';
import type { MatterContext } from './context.ts';
import { matterError } from './errors.ts';
import { hrefOf } from './messages.ts';
import { officesOf } from './officers.ts';
import { withMatters } from './tables.ts';

interface By {
  actor: Actor;
  requestId: string | null;
}

/** Makes a secret address for the account, or with null takes it back; only its hash is kept. */
async function setAddress({ platform }: MatterContext, { actor, requestId }: By, hash: string | null) {
  const now = platform.clock.now();
  const account = actor.id!;
  await platform.records.transaction().execute(async (trx) => {
    const set = { hash, madeAt: hash === null ? null : now };
    await withMatters(trx)
      .insertInto('matterCalendar')
      .values({ account, ...set })
      .onConflict((c) => c.column('account').doUpdateSet(set))
      .execute();
    await audit(trx, now, {
      ...{ actor, requestId, objectType: 'account', objectId: account },
      action: hash === null ? 'matters.calendar.drop' : 'matters.calendar.make',
    });
  });
  return now.toISOString();
}

/** Since when the account has an address; null where it has none. */
export async function calendarSince({ platform }: MatterContext, { actor }: By): Promise<string | null> {
  const row = await withMatters(platform.records)
    .selectFrom('matterCalendar')
    .select('madeAt')
    .where('account', '=', actor.id!)
    .executeTakeFirst();
  return row?.madeAt?.toISOString() ?? null;
}

/** A new secret address; the former is useless from now on. */
export async function makeAddress(ctx: MatterContext, by: By): Promise<{ path: string; madeAt: string }> {
  const token = randomBytes(32).toString('base64url');
  const madeAt = await setAddress(ctx, by, sha256(token));
  return { path: `/api/matters/calendar/${token}/due.ics`, madeAt };
}

/** Makes the address useless. */
export async function dropAddress(ctx: MatterContext, by: By): Promise<{ madeAt: null }> {
  await setAddress(ctx, by, null);
  return { madeAt: null };
}

/**
 * Last days of the office's clocks as iCalendar: of the matters that the officer has, and of those of the office that nobody has
 * yet. Throws `matters_calendar` for an address that was taken back, or whose account is disabled.
 */
export async function calendarOf(ctx: MatterContext, token: string, lang: Lang): Promise<string> {
  const { platform } = ctx;
  const db = withMatters(platform.records);
  const row = await db
    .selectFrom('matterCalendar')
    .select('account')
    .where('hash', '=', sha256(token))
    .executeTakeFirst();
  const account = row && (await platform.auth.findAccount(row.account));
  if (!account || account.disabledAt !== null) throw matterError('matters_calendar');
  const grants = account.grants;
  const offices = officesOf(ctx, { kind: 'user', id: account.id, name: account.name, grants, via: null });
  const clocks = await db
    .selectFrom('matterClock as c')
    .innerJoin('matter as m', 'm.id', 'c.matter')
    .select([
      'm.id',
      'm.number',
      'm.definition',
      'm.openedAt',
      'c.run',
      'c.limitId',
      'c.due',
      'c.provisional',
    ])
    .where('m.department', 'in', offices.length > 0 ? offices : [''])
    .where('m.doneOn', 'is', null)
    .where((e) => e.or([e('m.handler', '=', account.id), e('m.handler', 'is', null)]))
    .where('c.endedOn', 'is', null)
    .where('c.ifUsed', '=', false)
    .where('c.whose', '!=', 'party')
    .where('c.due', 'is not', null)
    .orderBy('c.due')
    .orderBy('m.id')
    .execute();
  const origin = platform.config.ZC_ORIGIN ?? 'http://localhost';
  const feed = ical({
    name: lang === 'zh' ? '办件期限' : 'Last days of matters',
    method: ICalCalendarMethod.PUBLISH,
    timezone: 'Asia/Shanghai',
    prodId: { company: 'zhicheng', product: 'matters', language: lang === 'zh' ? 'ZH' : 'EN' },
    ttl: 3600,
  });
  for (const clock of clocks) {
    const { item } = await ctx.definitions.of(platform.records, clock.definition);
    const { step, basis } = ctx.catalog.limit(clock.limitId);
    feed.createEvent({
      id: `${clock.id}-${clock.run}@${new URL(origin).hostname}`,
      // A day of the city, whatever zone the calendar is in.
      start: new Date(`${clock.due}T00:00:00Z`),
      end: new Date(`${addDays(clock.due!, 1)}T00:00:00Z`),
      allDay: true,
      timezone: null,
      stamp: clock.openedAt,
      summary: `${step[lang]}${clock.provisional ? (lang === 'zh' ? '（暂定）' : ' (provisional)') : ''} ${clock.number}`,
      description: `${item.title[lang]}\n${basis.law[lang]} ${basis.article}`,
      url: new URL(hrefOf(clock.number), origin).href,
      alarms: [{ type: ICalAlarmType.display, trigger: 86_400, description: step[lang] }],
    });
  }
  return feed.toString();
}
