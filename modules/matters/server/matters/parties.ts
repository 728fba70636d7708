import type * as z from 'zod';
import { audit } from '#kernel/audit/audit';
import { notify } from '#kernel/notify/notify';
import type { Trx } from '#kernel/records';
import { newReceipt } from '#kernel/secrets';
import type { Text } from '#kernel/text';
import { type admitParty, MATTERS_APPROVE } from '../../contract.ts';
import type { MatterContext } from './context.ts';
import { type By, enter } from './entry.ts';
import { matterError } from './errors.ts';
import { type FoundMatter, findFile } from './file.ts';
import { matterMessage } from './messages.ts';
import { officersOf } from './officers.ts';
import { applicantRole, keepsNames } from './standing.ts';
import { type PartyRow, withMatters } from './tables.ts';
import { noteWaiting } from './waiting.ts';

/** Parties that were ever let in to one matter. */
const MOST = 200;

/** A matter with the code that goes to the party. */
export interface WithCode {
  found: FoundMatter;
  code: string;
}

function demandOffice({ row, standing }: FoundMatter): void {
  if (!standing.handles) throw matterError('matters_none', { number: row.number });
}

/** A party that is let in. Throws `matters_party`. */
export function partyOf({ parties }: FoundMatter, no: number): PartyRow {
  const party = parties.find((one) => one.no === no && one.until === null);
  if (!party) throw matterError('matters_party', { no });
  return party;
}

/**
 * Lets a party in, or somebody who acts for one, with a code of their own. Throws `matters_role` for what is no party's role,
 * `matters_parties` where there are too many, `matters_changed`, `matters_none`.
 */
export async function admit(
  ctx: MatterContext,
  by: By,
  number: string,
  { version, role: named, name, actsFor, reason }: z.output<(typeof admitParty)['body']>,
): Promise<WithCode> {
  const code = newReceipt();
  const found = await enter(ctx, by, number, version, async (trx, before) => {
    demandOffice(before);
    const { row, parties, definition } = before;
    const principal = actsFor === null ? null : partyOf(before, actsFor);
    const role = principal?.role ?? named ?? '';
    const known = definition.item.roles.some(({ id, side }) => id === role && side === 'party');
    // An agent of an agent acts for nobody.
    if (!known || (principal && principal.actsFor !== null))
      throw matterError('matters_role', { role: role.slice(0, 60) });
    // A name beside a sealed one would say whose it is.
    if (keepsNames(definition) && role === applicantRole(definition.item))
      throw matterError('matters_no_name');
    if (parties.length >= MOST) throw matterError('matters_parties', { most: MOST });
    const no = parties.length + 1;
    return {
      says: { kind: 'admitted', note: reason, party: no },
      write: (since) =>
        withMatters(trx)
          .insertInto('matterParty')
          .values({ matter: row.id, no, role, name, actsFor, code, account: null, since, until: null })
          .execute(),
    };
  });
  return { found, code };
}

/** Gives a party another code: the one before is no longer good, nor the account that joined with it. Throws `matters_party`, `matters_changed`, `matters_none`. */
export async function renewCode(
  ctx: MatterContext,
  by: By,
  number: string,
  no: number,
  { version, reason }: { version: number; reason: string },
): Promise<WithCode> {
  const code = newReceipt();
  const found = await enter(ctx, by, number, version, async (trx, before) => {
    demandOffice(before);
    const party = partyOf(before, no);
    return {
      says: { kind: 'recoded', note: reason, party: no },
      tell: (after) =>
        tellAccess(ctx, trx, after, by, party.account, {
          zh: '查询码已经更换，原查询码和关联的账号失效',
          en: 'A code was replaced: the one before, and its account, are no longer good',
        }),
      write: () =>
        withMatters(trx)
          .updateTable('matterParty')
          // Whoever joined with the code before may be the one who should not have had it.
          .set({ code, account: null })
          .where('matter', '=', before.row.id)
          .where('no', '=', no)
          .execute(),
    };
  });
  return { found, code };
}

/**
 * Ends the access of a party or agent; what they did stays. Whoever applied stays as long as the matter does: a lost code is
 * replaced. Throws `matters_party`, `matters_applicant`, `matters_changed`, `matters_none`.
 */
export function dismiss(
  ctx: MatterContext,
  by: By,
  number: string,
  no: number,
  { version, reason }: { version: number; reason: string },
): Promise<FoundMatter> {
  return enter(ctx, by, number, version, async (trx, before) => {
    demandOffice(before);
    const party = partyOf(before, no);
    if (no === 1) throw matterError('matters_applicant');
    return {
      says: { kind: 'dismissed', note: reason, party: no },
      tell: (after) =>
        tellAccess(ctx, trx, after, by, party.account, {
          zh: '当事人或者代理人已移出办件',
          en: 'A party or an agent was dismissed',
        }),
      write: async (until) => {
        await withMatters(trx)
          .updateTable('matterParty')
          .set({ until })
          .where('matter', '=', before.row.id)
          .where('no', '=', no)
          .execute();
        // Nobody of a side that has left waits for an answer.
        await noteWaiting(trx, before.row.id);
      },
    };
  });
}

/** Can whoever has the code put the matter among those of an account? */
export function mayJoin({ definition, standing }: FoundMatter): boolean {
  const { party, reads } = standing;
  return party !== null && !reads && party.account === null && !keepsNames(definition);
}

/** Tells whoever lost their access, and the heads of the office: with a code somebody can act as a party. */
async function tellAccess(
  ctx: MatterContext,
  trx: Trx,
  after: FoundMatter,
  by: By,
  account: string | null,
  title: Text,
): Promise<void> {
  const heads = await officersOf(ctx, trx, [after.row.department], MATTERS_APPROVE);
  const ids = [...heads.map(({ id }) => id), ...(account ? [account] : [])];
  await notify(
    trx,
    ids.filter((id) => id !== by.actor.id).map((id) => matterMessage(id, after, 'matters.access', title)),
  );
}

/**
 * Ties a matter to the account of whoever has the code. It is nothing that happens in the matter, so it stands in the audit log alone.
 * Throws `matters_account` where another account has it, `matters_no_account` where identities are kept in the vault, `matters_none`.
 */
export async function join(ctx: MatterContext, by: By, number: string): Promise<FoundMatter> {
  const now = ctx.platform.clock.now();
  return ctx.platform.records.transaction().execute(async (trx) => {
    const found = await findFile(ctx, trx, number, by, 'lock');
    const { row, standing } = found;
    const { party } = standing;
    // An officer who saw a code is no party by that.
    if (!party || standing.reads) throw matterError('matters_none', { number: row.number });
    if (keepsNames(found.definition)) throw matterError('matters_no_account');
    if (party.account === by.actor.id) return found;
    if (party.account !== null) throw matterError('matters_account');
    await withMatters(trx)
      .updateTable('matterParty')
      .set({ account: by.actor.id })
      .where('matter', '=', row.id)
      .where('no', '=', party.no)
      .execute();
    await audit(trx, now, {
      ...{ actor: by.actor, requestId: by.requestId, action: 'matters.joined' },
      ...{ objectType: 'matter', objectId: row.number, detail: { party: party.no } },
    });
    return { ...found, standing: { ...standing, party: { ...party, account: by.actor.id } } };
  });
}
