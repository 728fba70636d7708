import type * as z from 'zod';
import { audit } from '#kernel/audit/audit';
import type { EndpointResponse } from '#kernel/http/contract';
import { notify } from '#kernel/notify/notify';
import type { Actor } from '#kernel/policy/policy';
import { lockInTrx, type Trx } from '#kernel/records';
import { directory } from '#modules/parties/server/index';
import { type enterAbsence, type listAbsences, MATTERS_READ } from '../../contract.ts';
import type { MatterContext } from './context.ts';
import type { By } from './entry.ts';
import { matterError } from './errors.ts';
import { type Officer, officersOf, officesOf } from './officers.ts';
import { officeStanding } from './standing.ts';
import { withMatters } from './tables.ts';

type Answer = EndpointResponse<typeof listAbsences>;

/** May somebody enter or end the absence of an officer? Officers their own, heads those of all. */
function mayEnter({ platform }: MatterContext, actor: Actor, office: string, account: string): boolean {
  const { handles, approves } = officeStanding(platform.policy, office, actor);
  return approves || (handles && account === actor.id);
}

/** Absences of the offices of somebody that are not over, first to begin first, and for whom they may enter one. */
export async function absencesOf(ctx: MatterContext, actor: Actor): Promise<Answer> {
  const { records, clock } = ctx.platform;
  const today = clock.today();
  const names = await directory(ctx.platform).lookup();
  const called = (id: string) => {
    const name = names.departmentName(id, today);
    return name ? { zh: name.zh, en: name.en } : { zh: id, en: id };
  };
  const ids = officesOf(ctx, actor);
  const offices = await Promise.all(
    ids.map(async (id) => {
      const officers = await officersOf(ctx, records, [id]);
      const enters = officers.filter((one) => mayEnter(ctx, actor, id, one.id)).map((one) => one.id);
      return { id, name: called(id), officers, enters };
    }),
  );
  const rows = await withMatters(records)
    .selectFrom('matterAbsence as a')
    .innerJoin('auth.user as u', 'u.id', 'a.account')
    .innerJoin('auth.user as c', 'c.id', 'a.cover')
    .select(['a.id', 'a.department', 'a.account', 'a.cover', 'a.fromOn', 'a.toOn'])
    .select(['u.name as whoName', 'c.name as coverName'])
    .where('a.department', 'in', [...ids, ''])
    .where('a.endedAt', 'is', null)
    .where('a.toOn', '>=', today)
    .orderBy('a.fromOn')
    .orderBy('a.id')
    .execute();
  return {
    ...{ today, offices },
    absences: rows.map((row) => ({
      ...{ id: row.id, office: called(row.department), from: row.fromOn, to: row.toOn },
      who: { id: row.account, name: row.whoName },
      cover: { id: row.cover, name: row.coverName },
      now: row.fromOn <= today,
      ends: mayEnter(ctx, actor, row.department, row.account),
    })),
  };
}

/** Refuses where somebody is away, or covers for somebody, on one of the days. Throws `matters_absence_overlap`. */
async function demandFree(
  trx: Trx,
  office: string,
  { id, name }: Officer,
  as: readonly ('account' | 'cover')[],
  { from, to }: { from: string; to: string },
): Promise<void> {
  const other = await withMatters(trx)
    .selectFrom('matterAbsence')
    .selectAll()
    .where('department', '=', office)
    .where('endedAt', 'is', null)
    .where('fromOn', '<=', to)
    .where('toOn', '>=', from)
    .where((e) => e.or(as.map((column) => e(column, '=', id))))
    .orderBy('fromOn')
    .executeTakeFirst();
  if (!other) return;
  const away = other.account === id;
  throw matterError('matters_absence_overlap', {
    ...{ name, from: other.fromOn, to: other.toOn },
    ...{ what: away ? '已登记外出' : '已登记为他人代管', what_en: away ? 'is away' : 'covers for somebody' },
  });
}

/**
 * Enters that an officer is away, and who covers, and tells these two. Throws `matters_absence_days`, `matters_absence_self`,
 * `matters_absence_overlap` where the officer is away or covers already on one of the days, or the one who covers is away,
 * `matters_absence_yours` for others than the officer and the heads, `matters_officer` for who is none of the office.
 */
export async function enterAbsenceOf(
  ctx: MatterContext,
  by: By,
  { office, account, cover, from, to }: z.output<(typeof enterAbsence)['body']>,
): Promise<Answer> {
  const { records, clock } = ctx.platform;
  const today = clock.today();
  const now = clock.now();
  if (!mayEnter(ctx, by.actor, office, account)) throw matterError('matters_absence_yours');
  if (from < today || to < from) throw matterError('matters_absence_days', { today });
  if (account === cover) throw matterError('matters_absence_self');
  await records.transaction().execute(async (trx) => {
    // Of two that overlap and come at once one waits, and is refused.
    await lockInTrx(trx, `matter absences ${office}`);
    const officers = await officersOf(ctx, trx, [office]);
    const named = (id: string) => {
      const officer = officers.find((one) => one.id === id);
      if (!officer) throw matterError('matters_officer', { account: id.slice(0, 60) });
      return officer;
    };
    const [who, covering] = [named(account), named(cover)];
    await demandFree(trx, office, who, ['account', 'cover'], { from, to });
    await demandFree(trx, office, covering, ['account'], { from, to });
    const { id } = await withMatters(trx)
      .insertInto('matterAbsence')
      .values({ department: office, account, cover, fromOn: from, toOn: to, enteredAt: now, endedAt: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(trx, now, {
      ...{ actor: by.actor, requestId: by.requestId, action: 'matters.absence' },
      ...{ objectType: 'absence', objectId: id, detail: { office, account, cover, from, to } },
    });
    await tell(trx, by, [who, covering], {
      zh: `${who.name} ${from} 至 ${to} 外出，由 ${covering.name} 代管其办件`,
      en: `${who.name} is away from ${from} to ${to}; ${covering.name} covers`,
    });
  });
  return absencesOf(ctx, by.actor);
}

async function tell(
  trx: Trx,
  by: By,
  to: readonly { id: string }[],
  title: { zh: string; en: string },
): Promise<void> {
  await notify(
    trx,
    to
      .filter(({ id }) => id !== by.actor.id)
      .map(({ id }) => ({ userId: id, kind: 'matters.absence', title, href: '/desk?view=mine' })),
  );
}

/** Ends an absence at once, and tells these two. The same again changes nothing. Throws `matters_absence_none`, `matters_absence_yours`. */
export async function endAbsenceOf(ctx: MatterContext, by: By, id: string): Promise<Answer> {
  const { records, clock, policy } = ctx.platform;
  const now = clock.now();
  await records.transaction().execute(async (trx) => {
    const row = await withMatters(trx)
      .selectFrom('matterAbsence')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!row || !policy.can(by.actor, MATTERS_READ, { organisation: row.department }))
      throw matterError('matters_absence_none');
    if (!mayEnter(ctx, by.actor, row.department, row.account)) throw matterError('matters_absence_yours');
    if (row.endedAt !== null || row.toOn < clock.today()) return;
    await withMatters(trx).updateTable('matterAbsence').set({ endedAt: now }).where('id', '=', id).execute();
    await audit(trx, now, {
      ...{ actor: by.actor, requestId: by.requestId, action: 'matters.absence-ended' },
      ...{ objectType: 'absence', objectId: id, detail: { office: row.department, account: row.account } },
    });
    await tell(trx, by, [{ id: row.account }, { id: row.cover }], {
      zh: `${row.fromOn} 至 ${row.toOn} 的外出代管已提前结束`,
      en: `The absence from ${row.fromOn} to ${row.toOn} was ended`,
    });
  });
  return absencesOf(ctx, by.actor);
}
