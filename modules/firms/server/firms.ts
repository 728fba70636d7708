import type * as z from 'zod';
import { audit } from '#kernel/audit/audit';
import { AppError } from '#kernel/errors';
import type { Platform } from '#kernel/module';
import { lockInTrx, type Trx } from '#kernel/records';
import type { changeFirm, FirmDetail, FirmState, setFirmState } from '../contract.ts';
import { demandFuture } from './decide.ts';
import { firmError } from './errors.ts';
import { activeOf, type By, type FirmRow, firmView, lockFirm, peopleOf, personView } from './read.ts';
import { mayBecome, STATE_TEXT, stateOn } from './rules.ts';
import { withFirms } from './tables.ts';

const gone = () => new AppError('not_found', { what: '企业' });

/** A page of firms by name, in a state on this day. */
export async function listFirms(
  platform: Platform,
  { state, page, pageSize }: { state?: FirmState | undefined; page: number; pageSize: number },
) {
  const today = platform.clock.today();
  let all = withFirms(platform.records).selectFrom('firm');
  if (state === 'active') all = all.where('state', '=', 'active').where('validUntil', '>=', today);
  else if (state === 'expired') all = all.where('state', '=', 'active').where('validUntil', '<', today);
  else if (state) all = all.where('state', '=', state);
  const rows = await all
    .selectAll()
    .orderBy('name')
    .orderBy('id')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  const { n } = await all.select((e) => e.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  return { firms: await Promise.all(rows.map((row) => firmView(platform, row))), total: Number(n) };
}

/** One firm with its people. */
export async function readFirm(platform: Platform, id: string): Promise<FirmDetail> {
  const row = await firmRow(platform, id);
  const open = row.state !== 'ended';
  return {
    firm: await firmView(platform, row),
    people: (await peopleOf(platform.records, id)).map((person) => {
      const view = personView(person, false);
      const password = open && view.active && person.manager && !person.beyond;
      return { ...view, abilities: { ...view.abilities, password } };
    }),
    abilities: {
      change: open,
      suspend: row.state === 'active',
      resume: row.state === 'suspended',
      end: open,
    },
  };
}

/** A stored firm. @throws AppError `not_found` */
export async function firmRow(platform: Platform, id: string): Promise<FirmRow> {
  const row = await withFirms(platform.records)
    .selectFrom('firm')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw gone();
  return row;
}

async function locked(trx: Trx, id: string, version: number): Promise<FirmRow> {
  const row = await lockFirm(trx, id);
  if (!row) throw gone();
  if (row.version !== version) throw firmError('firms_changed', { name: row.name, version: row.version });
  return row;
}

const wrongState = (row: FirmRow, platform: Platform) => {
  const { zh, en } = STATE_TEXT[stateOn(row, platform.clock.today())];
  return firmError('firms_state', { name: row.name, state_zh: zh, state_en: en });
};

async function trace(platform: Platform, trx: Trx, by: By, firm: FirmRow, verb: string, detail: object) {
  await audit(trx, platform.clock.now(), {
    actor: by.actor,
    requestId: by.requestId,
    action: `firms.${verb}`,
    objectType: 'firm',
    objectId: firm.id,
    detail: { name: firm.name, ...detail },
  });
}

/** Changes what was granted. Throws `firms_until`, `firms_changed`, `firms_state`, `firms_seats_below`. */
export async function changeTerms(
  platform: Platform,
  by: By,
  id: string,
  { version, reason, ...terms }: z.output<(typeof changeFirm)['body']>,
): Promise<FirmDetail> {
  demandFuture(platform, terms);
  await platform.records.transaction().execute(async (trx) => {
    const row = await locked(trx, id, version);
    if (row.state === 'ended') throw wrongState(row, platform);
    const active = await activeOf(trx, id);
    if (terms.seats < active) throw firmError('firms_seats_below', { name: row.name, active });
    await withFirms(trx)
      .updateTable('firm')
      .set({ ...terms, features: JSON.stringify(terms.features), version: version + 1 })
      .where('id', '=', id)
      .execute();
    const { features, seats, validUntil } = row;
    await trace(platform, trx, by, row, 'change', {
      before: { features, seats, validUntil },
      after: terms,
      reason,
    });
  });
  return readFirm(platform, id);
}

/** Suspends, resumes or ends a grant. Ending disables the firm's accounts. Throws `firms_changed`, `firms_state`. */
export async function setState(
  platform: Platform,
  by: By,
  id: string,
  { version, state, reason }: z.output<(typeof setFirmState)['body']>,
): Promise<FirmDetail> {
  await platform.auth.changing(async (trx, accounts) => {
    const row = await locked(trx, id, version);
    if (!mayBecome(row.state, state)) throw wrongState(row, platform);
    let disabled = 0;
    if (state === 'ended') {
      // Before the first line of the audit log, as every change of accounts locks them.
      await lockInTrx(trx, 'accounts');
      for (const person of await peopleOf(trx, id)) {
        // An officer's account lives on, whoever made it.
        if (person.disabledAt !== null || person.beyond) continue;
        await accounts.disableAccount(by, person.account);
        disabled += 1;
      }
    }
    await withFirms(trx)
      .updateTable('firm')
      .set({ state, stateReason: state === 'active' ? '' : reason, version: version + 1 })
      .where('id', '=', id)
      .execute();
    const verb = { active: 'resume', suspended: 'suspend', ended: 'end' }[state];
    await trace(platform, trx, by, row, verb, { reason, ...(state === 'ended' && { disabled }) });
  });
  return readFirm(platform, id);
}
