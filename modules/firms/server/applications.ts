import { type Selectable, sql } from 'kysely';
import type * as z from 'zod';
import { audit } from '#kernel/audit/audit';
import { Throttle } from '#kernel/auth/throttle';
import { AppError } from '#kernel/errors';
import { checkUscc } from '#kernel/identifiers/uscc';
import { canonicalJson, newId } from '#kernel/ids';
import type { Platform } from '#kernel/module';
import type { Records } from '#kernel/records';
import { newReceipt, tidyReceipt } from '#kernel/secrets';
import type { Lang } from '#kernel/text';
import {
  bearersOfNames,
  normalName,
  organisationNames,
  resolveOrganisations,
} from '#modules/organisations/server/index';
import type { Application, ApplicationState, applyForFirm, Receipt } from '../contract.ts';
import { firmError } from './errors.ts';
import { type By, firmView } from './read.ts';
import { type FirmTables, withFirms } from './tables.ts';

/** A stored application. */
export type ApplicationRow = Selectable<FirmTables['firmApplication']>;

/** Applications, and receipts that were not found, from one address within the window of the sign-in's limit. */
const PER_ADDRESS = 20;

async function slow(platform: Platform, what: string, address: string): Promise<void> {
  const key = `firms ${what} ${address}`;
  const seconds = await new Throttle(platform.records).count(key, PER_ADDRESS, platform.clock.now());
  if (seconds > 0) throw new AppError('too_many', { seconds });
}

function receiptView(row: ApplicationRow): Receipt {
  return {
    receipt: row.receipt,
    name: row.name,
    sentAt: row.sentAt.toISOString(),
    state: row.state,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    reason: row.state === 'declined' ? row.decisionReason : '',
  };
}

/** An application for those who decide; `firm` is what it became. */
export function applicationView(row: ApplicationRow & { firm: string | null }): Application {
  const { key: _key, receipt: _receipt, decidedBy: _by, decidedByName, sentAt, decidedAt, ...rest } = row;
  return {
    ...rest,
    sentAt: sentAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
    decidedBy: decidedByName,
  };
}

/** Applications with the firms that they became. */
export function applicationRows(db: Records) {
  return withFirms(db)
    .selectFrom('firmApplication as a')
    .leftJoin('firm as f', 'f.application', 'a.id')
    .selectAll('a')
    .select('f.id as firm');
}

/**
 * Takes an application in, once per key. Throws `firms_code` with what is wrong, `firms_key` for the same key with other
 * content, `too_many`.
 */
export async function apply(
  platform: Platform,
  by: By & { address: string; lang: Lang },
  body: z.output<(typeof applyForFirm)['body']>,
): Promise<Receipt> {
  const { key, consent: _consent, ...said } = body;
  const { normalized: code, reason: why } = checkUscc(said.code);
  if (code === null)
    throw firmError('firms_code', { why_zh: why?.zh, why_en: why?.en }, [
      { path: '/body/code', code: `uscc.${why?.code}`, message: why?.[by.lang] ?? '' },
    ]);
  await slow(platform, 'apply', by.address);
  const wanted = { ...said, code };
  const now = platform.clock.now();
  return platform.records.transaction().execute(async (trx) => {
    const db = withFirms(trx);
    const made = await db
      .insertInto('firmApplication')
      .values({
        ...wanted,
        ...{ id: newId(), key, receipt: newReceipt(), state: 'waiting', decisionReason: '', version: 1 },
        features: JSON.stringify(wanted.features),
        sentAt: now,
      })
      .onConflict((c) => c.column('key').doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!made) {
      const before = await db
        .selectFrom('firmApplication')
        .selectAll()
        .where('key', '=', key)
        .executeTakeFirstOrThrow();
      const { name, contact, phone, email, features, seats, reason } = before;
      const then = { name, code: before.code, contact, phone, email, features, seats, reason };
      if (canonicalJson(then) !== canonicalJson(wanted)) throw firmError('firms_key');
      return receiptView(before);
    }
    // Who asked for what; persons stay in the table, where they can be looked up by those who decide alone.
    await audit(trx, now, {
      actor: by.actor,
      requestId: by.requestId,
      action: 'firms.apply',
      objectType: 'firm-application',
      objectId: made.id,
      detail: { name: made.name, code, features: made.features, seats: made.seats },
    });
    return receiptView(made);
  });
}

/** Where an application stands. Guessing is slowed down. Throws `firms_receipt`, `too_many`. */
export async function receiptOf(platform: Platform, address: string, typed: string): Promise<Receipt> {
  const row = await withFirms(platform.records)
    .selectFrom('firmApplication')
    .selectAll()
    .where('receipt', '=', tidyReceipt(typed))
    .executeTakeFirst();
  if (row) return receiptView(row);
  await slow(platform, 'receipt', address);
  throw firmError('firms_receipt', { receipt: typed.slice(0, 40) });
}

/** A page of applications, latest first, with the numbers of all states. */
export async function listAll(
  platform: Platform,
  { state, page, pageSize }: { state?: ApplicationState | undefined; page: number; pageSize: number },
) {
  let rows = applicationRows(platform.records)
    .orderBy('a.id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  if (state) rows = rows.where('a.state', '=', state);
  const [found, groups] = await Promise.all([
    rows.execute(),
    withFirms(platform.records)
      .selectFrom('firmApplication')
      .select((e) => ['state', e.fn.countAll<number>().as('n')])
      .groupBy('state')
      .execute(),
  ]);
  const counts = { waiting: 0, granted: 0, declined: 0 };
  for (const group of groups) counts[group.state] = Number(group.n);
  const total = state ? counts[state] : counts.waiting + counts.granted + counts.declined;
  return { applications: found.map(applicationView), total, counts };
}

/** One application with everything that is known under its name and code. */
export async function readApplication(platform: Platform, id: string) {
  const { records } = platform;
  const row = await applicationRows(records).where('a.id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not_found', { what: '申请' });
  const organisation = await resolvesTo(platform, row);
  const bearers = await bearersOfNames(records, [normalName(row.name)]);
  const codes = await organisationNames(
    records,
    bearers.map((b) => b.id),
  );
  const firms = await withFirms(records)
    .selectFrom('firm')
    .selectAll()
    .where('code', '=', row.code)
    .orderBy('id', 'desc')
    .execute();
  const others = await withFirms(records)
    .selectFrom('firmApplication')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('code', '=', row.code)
    .where('state', '=', 'waiting')
    .where('id', '!=', id)
    .executeTakeFirstOrThrow();
  return {
    application: applicationView(row),
    organisation,
    sameName: bearers
      .filter((b) => b.id !== organisation?.id)
      .map(({ id: other, name, kind }) => ({ id: other, name, kind, code: codes.get(other)?.code ?? null })),
    firms: await Promise.all(firms.map((firm) => firmView(platform, firm))),
    others: Number(others.n),
    abilities: { decide: row.state === 'waiting' },
  };
}

/** Carries an answer out of a transaction that is to leave nothing behind. */
class TakenBack extends Error {
  constructor(readonly id: string) {
    super('taken back');
  }
}

/**
 * The organisation that a grant would go to, found by the organisations' own rule, which also makes records: it is tried and
 * taken back. Null where a grant would make a new record.
 */
async function resolvesTo(platform: Platform, { name, code }: { name: string; code: string }) {
  const { records, clock } = platform;
  const id = await records
    .transaction()
    .execute(async (trx): Promise<string> => {
      const [found] = await resolveOrganisations(trx, clock.now(), [{ name, code }]);
      throw new TakenBack(found!);
    })
    .catch((error: unknown) => {
      if (error instanceof TakenBack) return error.id;
      throw error;
    });
  const known = (await organisationNames(records, [id])).get(id);
  return known ? { id: known.id, name: known.name, code: known.code } : null;
}

/** The application, locked and still to be decided. Throws `not_found`, `firms_decided`, `firms_changed`. */
export async function lockWaiting(trx: Records, id: string, version: number): Promise<ApplicationRow> {
  const row = await withFirms(trx)
    .selectFrom('firmApplication')
    .selectAll()
    .where('id', '=', sql<string>`${id}::uuid`)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', { what: '申请' });
  if (row.state !== 'waiting')
    throw firmError('firms_decided', {
      by: row.decidedByName,
      state_zh: row.state === 'granted' ? '已开通' : '未通过',
      state_en: row.state,
    });
  if (row.version !== version) throw firmError('firms_changed', { name: row.name, version: row.version });
  return row;
}
