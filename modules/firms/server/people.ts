import { audit } from '#kernel/audit/audit';
import type { AccountUseCases } from '#kernel/auth/accounts';
import { withAuth } from '#kernel/auth/tables';
import { sha256 } from '#kernel/ids';
import type { Platform } from '#kernel/module';
import type { Trx } from '#kernel/records';
import { newPassword } from '#kernel/secrets';
import { FIRM_ROLES, FIRMS_PEOPLE, type OneTimePassword, type OwnFirm } from '../contract.ts';
import { firmError } from './errors.ts';
import { mailPassword } from './letter.ts';
import {
  activeOf,
  type By,
  type FirmRow,
  firmOf,
  firmView,
  hasOneTime,
  lockFirm,
  type PersonRow,
  peopleOf,
  personOf,
  personView,
} from './read.ts';
import { STATE_TEXT, stateOn } from './rules.ts';
import { withFirms } from './tables.ts';

/** What a new account of a firm is made of. */
export interface NewPerson {
  username: string;
  name: string;
  email: string | null;
  role: (typeof FIRM_ROLES)[keyof typeof FIRM_ROLES];
}

/**
 * Makes an account of a firm with a one-time password. The caller holds the firm's lock and has looked at its seats; the
 * line in the audit log stands in the same transaction.
 */
export async function makePerson(
  platform: Platform,
  { trx, accounts }: { trx: Trx; accounts: AccountUseCases },
  by: By,
  firm: Pick<FirmRow, 'id'>,
  person: NewPerson,
): Promise<OneTimePassword> {
  const password = newPassword();
  const grants = [{ role: person.role, organisation: null, region: null }];
  const { username, name, email } = person;
  const account = await accounts.createAccount(by, { username, name, email, password, grants });
  await withFirms(trx)
    .insertInto('firmPerson')
    .values({
      account: account.id,
      firm: firm.id,
      addedAt: platform.clock.now(),
      oneTime: await markOf(trx, account.id),
    })
    .execute();
  return { account: account.id, username: account.username, name: account.name, password, mailed: null };
}

/** By what a one-time password is known again: a hash of its stored hash. */
async function markOf(trx: Trx, account: string): Promise<string> {
  const row = await withAuth(trx)
    .selectFrom('auth.account')
    .select('password')
    .where('userId', '=', account)
    .where('providerId', '=', 'credential')
    .executeTakeFirstOrThrow();
  return sha256(row.password ?? '');
}

/** Hands a one-time password over by mail, once everything is stored. */
export async function handOver(
  platform: Platform,
  made: OneTimePassword,
  firm: string,
  to: string | null,
): Promise<OneTimePassword> {
  const { username, password } = made;
  return { ...made, mailed: await mailPassword(platform, { to, firm, username, password }) };
}

/** Demands a free seat. The caller holds the firm's lock. @throws AppError `firms_seats_used` */
async function demandSeat(trx: Trx, firm: FirmRow): Promise<void> {
  const active = await activeOf(trx, firm.id);
  if (active >= firm.seats)
    throw firmError('firms_seats_used', { name: firm.name, seats: firm.seats, active });
}

/**
 * One change of the asker's own firm under its lock. Refused without a firm, while the grant does not hold, and as long as
 * the asker has the one-time password.
 */
async function within<T>(
  platform: Platform,
  by: By,
  work: (firm: FirmRow, trx: Trx, accounts: AccountUseCases) => Promise<T>,
): Promise<T> {
  return platform.auth.changing(async (trx, accounts) => {
    const own = await firmOf(trx, by.actor.id);
    const firm = own && (await lockFirm(trx, own.id));
    if (!firm) throw firmError('firms_none');
    const state = stateOn(firm, platform.clock.today());
    if (state !== 'active')
      throw firmError('firms_state', {
        name: firm.name,
        state_zh: STATE_TEXT[state].zh,
        state_en: STATE_TEXT[state].en,
      });
    if (by.actor.id !== null && (await hasOneTime(trx, by.actor.id))) throw firmError('firms_one_time');
    return work(firm, trx, accounts);
  });
}

async function trace(platform: Platform, trx: Trx, by: By, firm: FirmRow, verb: string, detail: object) {
  await audit(trx, platform.clock.now(), {
    actor: by.actor,
    requestId: by.requestId,
    action: `firms.person.${verb}`,
    objectType: 'firm',
    objectId: firm.id,
    detail: { firm: firm.name, ...detail },
  });
}

/** Adds a person where a seat is free; two at once never share one. */
export async function addPerson(
  platform: Platform,
  by: By,
  person: Omit<NewPerson, 'role'>,
): Promise<OneTimePassword> {
  const done = await within(platform, by, async (firm, trx, accounts) => {
    await demandSeat(trx, firm);
    const made = await makePerson(platform, { trx, accounts }, by, firm, {
      ...person,
      role: FIRM_ROLES.user,
    });
    await trace(platform, trx, by, firm, 'add', { account: made.account, username: made.username });
    return { made, firm };
  });
  return handOver(platform, done.made, done.firm.name, person.email);
}

const BEYOND = {
  manager: { zh: '它是本单位的管理员账号', en: 'it is a manager’s account' },
  roles: { zh: '它还有平台的其他角色', en: 'it has other roles of the platform' },
  off: { zh: '它是由平台停用的', en: 'it was disabled by the platform' },
} as const;

function beyond(row: PersonRow, why: keyof typeof BEYOND) {
  const { zh, en } = BEYOND[why];
  return firmError('firms_person_beyond', { name: row.name, why_zh: zh, why_en: en });
}

/** A person whom the firm's manager may act on: never a manager, never somebody with other roles of the platform. */
async function ordinary(trx: Trx, firm: FirmRow, account: string): Promise<PersonRow> {
  const row = await personOf(trx, firm.id, account);
  if (row.beyond) throw beyond(row, 'roles');
  if (row.manager) throw beyond(row, 'manager');
  return row;
}

/** Disables a person; once disabled it stays so. */
export async function disablePerson(platform: Platform, by: By, account: string): Promise<OwnFirm> {
  await within(platform, by, async (firm, trx, accounts) => {
    const row = await ordinary(trx, firm, account);
    if (row.disabledAt !== null) return;
    await accounts.disableAccount(by, account);
    await setOff(trx, account, platform.clock.now());
    await trace(platform, trx, by, firm, 'disable', { account, username: row.username });
  });
  return ownFirm(platform, by);
}

/** Lets a person in again, where a seat is free; not one whom the platform disabled. */
export async function enablePerson(platform: Platform, by: By, account: string): Promise<OwnFirm> {
  await within(platform, by, async (firm, trx, accounts) => {
    const row = await ordinary(trx, firm, account);
    if (row.disabledAt === null) return;
    if (row.offAt === null) throw beyond(row, 'off');
    await demandSeat(trx, firm);
    await accounts.enableAccount(by, account);
    await setOff(trx, account, null);
    await trace(platform, trx, by, firm, 'enable', { account, username: row.username });
  });
  return ownFirm(platform, by);
}

async function setOff(trx: Trx, account: string, offAt: Date | null): Promise<void> {
  await withFirms(trx).updateTable('firmPerson').set({ offAt }).where('account', '=', account).execute();
}

/** A new one-time password for a person of the asker's firm. */
export async function resetPerson(platform: Platform, by: By, account: string): Promise<OneTimePassword> {
  const done = await within(platform, by, async (firm, trx, accounts) => {
    const row = await ordinary(trx, firm, account);
    return { firm, ...(await renew(platform, { trx, accounts }, by, firm, row)) };
  });
  return handOver(platform, done.made, done.firm.name, done.to);
}

/** A new one-time password for a manager, given by whoever decides on firms. */
export async function resetManager(
  platform: Platform,
  by: By,
  id: string,
  account: string,
): Promise<OneTimePassword> {
  const done = await platform.auth.changing(async (trx, accounts) => {
    const firm = await lockFirm(trx, id);
    if (!firm) throw firmError('firms_person');
    const row = await personOf(trx, id, account);
    if (row.beyond) throw beyond(row, 'roles');
    if (!row.manager) throw firmError('firms_person');
    return { firm, ...(await renew(platform, { trx, accounts }, by, firm, row)) };
  });
  return handOver(platform, done.made, done.firm.name, done.to);
}

async function renew(
  platform: Platform,
  { trx, accounts }: { trx: Trx; accounts: AccountUseCases },
  by: By,
  firm: FirmRow,
  row: PersonRow,
): Promise<{ made: OneTimePassword; to: string | null }> {
  const { account } = row;
  const password = newPassword();
  const { username, name, email } = await accounts.resetPassword(by, account, password);
  await withFirms(trx)
    .updateTable('firmPerson')
    .set({ oneTime: await markOf(trx, account) })
    .where('account', '=', account)
    .execute();
  await trace(platform, trx, by, firm, 'password', { account, username });
  return { made: { account, username, name, password, mailed: null }, to: email };
}

/** The asker's own firm. @throws AppError `firms_none` */
export async function ownFirm(platform: Platform, { actor }: Pick<By, 'actor'>): Promise<OwnFirm> {
  const { records, policy } = platform;
  const row = await firmOf(records, actor.id);
  if (!row || actor.id === null) throw firmError('firms_none');
  const manages = policy.can(actor, FIRMS_PEOPLE);
  const firm = await firmView(platform, row);
  const oneTime = await hasOneTime(records, actor.id);
  const acts = manages && firm.state === 'active' && !oneTime;
  const people = manages ? await peopleOf(records, row.id) : [];
  return {
    firm,
    people: people.map((person) => personView(person, acts)),
    oneTime,
    abilities: { people: acts, add: acts && firm.active < firm.seats },
  };
}
