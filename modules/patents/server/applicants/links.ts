import { sql } from 'kysely';
import { audit } from '#kernel/audit/audit';
import { AppError } from '#kernel/errors';
import type { Platform } from '#kernel/module';
import { lockInTrx } from '#kernel/records';
import { patentError } from '../errors.ts';
import type { By } from '../imports/imports.ts';
import { kernelTrx, type PatentRecords, type PatentTrx, withPatents } from '../tables.ts';

/** One name of an applicant: identity and words. */
export interface Named {
  id: string;
  name: string;
}

/** Tells everybody who keeps the links in memory that they changed. */
export async function changed(trx: PatentTrx): Promise<void> {
  await sql`insert into patent_corpus (applicants) values (gen_random_uuid())
      on conflict (id) do update set applicants = excluded.applicants`.execute(trx);
}

/** Which name stands for which at once, by the links in force. */
export async function leaders(db: PatentRecords | PatentTrx): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('patentApplicantLink')
    .select(['member', 'head'])
    .where('state', '=', 'active')
    .execute();
  return new Map(rows.map((row) => [row.member, row.head]));
}

/** Lets one name (with all that stand behind it) stand for another. @throws AppError `patents_applicant_same` */
export function merge(platform: Platform, by: By, member: Named, head: Named, reason: string): Promise<void> {
  return inLock(platform, async (trx) => {
    const heads = await leaders(trx);
    const [from, to] = [chainOf(heads, member.id).at(-1)!, chainOf(heads, head.id).at(-1)!];
    if (from === to) throw patentError('patents_applicant_same', { name: member.name, other: head.name });
    await trx
      .insertInto('patentApplicantLink')
      .values({
        // The whole group goes, whichever of its names was pointed at.
        member: from,
        memberName: from === member.id ? member.name : await nameOf(trx, from, member.name),
        head: to,
        headName: to === head.id ? head.name : await nameOf(trx, to, head.name),
        rule: 'person',
        state: 'active',
        detail: JSON.stringify({ reason }),
        madeAt: platform.clock.now(),
        madeBy: by.actor.id,
        madeByName: by.actor.name,
      })
      .execute();
    await trace(platform, trx, by, 'patents.applicants.merge', from, { into: to, reason });
  });
}

/** Takes a link back; the names stand for themselves again. @throws AppError `not_found`, `patents_applicant_state` */
export function undo(platform: Platform, by: By, id: string, reason: string): Promise<void> {
  return decide(platform, by, id, ['active'], 'undone', reason);
}

/** Accepts or declines what a rule proposes. @throws AppError `not_found`, `patents_applicant_state`, `patents_applicant_same` */
export function answer(
  platform: Platform,
  by: By,
  id: string,
  accept: boolean,
  reason: string,
): Promise<void> {
  return decide(platform, by, id, ['proposed'], accept ? 'active' : 'declined', reason);
}

function decide(
  platform: Platform,
  by: By,
  id: string,
  from: readonly ('active' | 'proposed')[],
  to: 'active' | 'undone' | 'declined',
  reason: string,
): Promise<void> {
  return inLock(platform, async (trx) => {
    const link = await trx
      .selectFrom('patentApplicantLink')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (!link) throw new AppError('not_found', { what: '申请人合并记录' });
    if (!from.some((state) => state === link.state))
      throw patentError('patents_applicant_state', { name: link.memberName, by: link.decidedByName ?? '' });
    if (to === 'active') {
      const heads = await leaders(trx);
      if (heads.has(link.member) || chainOf(heads, link.head).includes(link.member))
        throw patentError('patents_applicant_same', { name: link.memberName, other: link.headName });
    }
    await trx
      .updateTable('patentApplicantLink')
      .set({
        state: to,
        decidedAt: platform.clock.now(),
        decidedBy: by.actor.id,
        decidedByName: by.actor.name,
        decisionReason: reason,
      })
      .where('id', '=', id)
      .execute();
    await trace(platform, trx, by, `patents.applicants.${to}`, link.member, { head: link.head, reason });
  });
}

/** The name and those it stands for one after the other, itself first; a circle ends it. */
export function chainOf(heads: ReadonlyMap<string, string>, id: string): string[] {
  const chain = [id];
  for (let next = heads.get(id); next !== undefined && !chain.includes(next); next = heads.get(next))
    chain.push(next);
  return chain;
}

async function nameOf(trx: PatentTrx, id: string, otherwise: string): Promise<string> {
  const row = await trx
    .selectFrom('patentApplicantLink')
    .select('headName')
    .where('head', '=', id)
    .limit(1)
    .executeTakeFirst();
  return row?.headName ?? otherwise;
}

function inLock(platform: Platform, work: (trx: PatentTrx) => Promise<void>): Promise<void> {
  return withPatents(platform.records)
    .transaction()
    .execute(async (trx) => {
      await lockInTrx(kernelTrx(trx), 'patents.applicants');
      await work(trx);
      await changed(trx);
    });
}

function trace(
  platform: Platform,
  trx: PatentTrx,
  { actor, requestId }: By,
  action: string,
  objectId: string,
  detail: Record<string, unknown>,
): Promise<void> {
  return audit(kernelTrx(trx), platform.clock.now(), {
    actor,
    action,
    objectType: 'patent-applicant',
    objectId,
    detail,
    requestId,
  });
}
