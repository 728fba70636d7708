import { type Kysely, type Selectable, sql } from 'kysely';
import { realEmail } from '#kernel/auth/account';
import type { CalendarDate } from '#kernel/calendar/date';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { Records } from '#kernel/records';
import { holdingsOf } from '#kernel/usage';
import { type Feature, type FeatureState, FIRM_ROLES, type Firm, type FirmPerson } from '../contract.ts';
import { firmError } from './errors.ts';
import { periodOf, stateOn } from './rules.ts';
import { type FirmTables, withFirms } from './tables.ts';

/** A stored firm. */
export type FirmRow = Selectable<FirmTables['firm']>;

/** Who acts, under which request. A handler's call fits as it is. */
export interface By {
  actor: Actor;
  requestId: string;
}

/** The firm that an account belongs to, or undefined. */
export async function firmOf(db: Records, account: string | null): Promise<FirmRow | undefined> {
  if (account === null) return undefined;
  return withFirms(db)
    .selectFrom('firm as f')
    .innerJoin('firmPerson as p', 'p.firm', 'f.id')
    .selectAll('f')
    .where('p.account', '=', account)
    .executeTakeFirst();
}

/** The firm, locked to the end of the transaction: whoever changes seats, people or quotas waits here. */
export async function lockFirm(trx: Records, id: string): Promise<FirmRow | undefined> {
  return withFirms(trx).selectFrom('firm').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Accounts of a firm with what is known of their passwords and roles. */
function personRows(db: Records, firm: string) {
  return withFirms(db)
    .selectFrom('firmPerson as p')
    .innerJoin('auth.user as u', 'u.id', 'p.account')
    .select(['p.account', 'u.username', 'u.name', 'u.email', 'u.disabledAt', 'u.lastSignInAt', 'p.offAt'])
    .select([
      hasRole(sql`g.role = ${FIRM_ROLES.manager}`).as('manager'),
      hasRole(sql`g.role not in (${FIRM_ROLES.manager}, ${FIRM_ROLES.user})`).as('beyond'),
      isOneTime.as('oneTime'),
    ])
    .where('p.firm', '=', firm);
}

const hasRole = (which: ReturnType<typeof sql>) =>
  sql<boolean>`exists (select 1 from account_grant g where g.user_id = p.account and ${which})`;

const isOneTime = sql<boolean>`exists (
  select 1 from auth.account a where a.user_id = p.account and a.provider_id = 'credential'
     and p.one_time = encode(sha256(convert_to(a.password, 'UTF8')), 'hex'))`;

/** One row of {@link peopleOf}. */
export type PersonRow = Awaited<ReturnType<typeof peopleOf>>[number];

/** All accounts of a firm, managers first, then by name. */
export async function peopleOf(db: Records, firm: string) {
  return personRows(db, firm).orderBy(sql`manager`, 'desc').orderBy('u.name').orderBy('p.account').execute();
}

/** One account of a firm. @throws AppError `firms_person` also for an account of another firm */
export async function personOf(db: Records, firm: string, account: string): Promise<PersonRow> {
  const row = await personRows(db, firm).where('p.account', '=', account).executeTakeFirst();
  if (!row) throw firmError('firms_person');
  return row;
}

/** Whether the account still has the one-time password that it was given. */
export async function hasOneTime(db: Records, account: string): Promise<boolean> {
  const row = await withFirms(db)
    .selectFrom('firmPerson as p')
    .select(isOneTime.as('oneTime'))
    .where('p.account', '=', account)
    .executeTakeFirst();
  return row?.oneTime ?? false;
}

/** A person for the pages; `manages` for whoever may act on the firm's people. */
export function personView(row: PersonRow, manages: boolean): FirmPerson {
  const active = row.disabledAt === null;
  const may = manages && !row.manager && !row.beyond;
  return {
    account: row.account,
    username: row.username ?? '',
    name: row.name,
    email: realEmail(row.email),
    manager: row.manager,
    active,
    oneTime: row.oneTime,
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
    abilities: {
      disable: may && active,
      enable: may && !active && row.offAt !== null,
      password: may && active,
    },
  };
}

/** People of a firm who can sign in. */
export async function activeOf(db: Records, firm: string): Promise<number> {
  const row = await withFirms(db)
    .selectFrom('firmPerson as p')
    .innerJoin('auth.user as u', 'u.id', 'p.account')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('p.firm', '=', firm)
    .where('u.disabledAt', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** Names of the managers who can sign in, for a sentence that says whom to ask. */
export async function managersOf(db: Records, firm: string): Promise<string> {
  const people = await peopleOf(db, firm);
  const names = people.filter((p) => p.manager && p.disabledAt === null).map((p) => p.name);
  return names.join('、') || '—';
}

/** What was used of a feature since a day, that day included. */
export async function usedSince(
  db: Kysely<FirmTables>,
  firm: string,
  feature: Feature,
  from: CalendarDate,
): Promise<number> {
  const row = await db
    .selectFrom('firmUsage')
    .select((e) => e.fn.sum<number | string | null>('amount').as('n'))
    .where('firm', '=', firm)
    .where('feature', '=', feature)
    .where('day', '>=', from)
    .executeTakeFirstOrThrow();
  return Number(row.n ?? 0);
}

/** Accounts of a firm. */
export async function accountsOf(db: Records, firm: string): Promise<string[]> {
  const rows = await withFirms(db)
    .selectFrom('firmPerson')
    .select('account')
    .where('firm', '=', firm)
    .execute();
  return rows.map((row) => row.account);
}

/** What all people of a firm have at once. */
export async function heldBy(platform: Platform, db: Records, firm: string): Promise<number> {
  const held = await holdingsOf(platform, 'watches')(db, await accountsOf(db, firm));
  return [...held.values()].reduce((sum, n) => sum + n, 0);
}

/** A firm with what is used of each feature today. */
export async function firmView(platform: Platform, row: FirmRow): Promise<Firm> {
  const { records, clock } = platform;
  const today = clock.today();
  const features: FeatureState[] = [];
  for (const { feature, limit } of row.features) {
    const period = periodOf(feature, today);
    const used = period
      ? await usedSince(withFirms(records), row.id, feature, period.from)
      : await heldBy(platform, records, row.id);
    const left = limit === null ? null : Math.max(0, limit - used);
    features.push({ feature, limit, used, left, resetsOn: period?.resetsOn ?? null });
  }
  return {
    id: row.id,
    name: row.name,
    code: row.code,
    organisation: row.organisation,
    state: stateOn(row, today),
    stateReason: row.stateReason,
    features,
    seats: row.seats,
    active: await activeOf(records, row.id),
    validUntil: row.validUntil,
    grantedAt: row.grantedAt.toISOString(),
    version: row.version,
  };
}
