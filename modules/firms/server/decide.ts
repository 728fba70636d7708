import type * as z from 'zod';
import { audit } from '#kernel/audit/audit';
import { newId } from '#kernel/ids';
import type { Platform } from '#kernel/module';
import { resolveOrganisations } from '#modules/organisations/server/index';
import type { Application, Firm, GrantTerms, grantApplication, OneTimePassword } from '../contract.ts';
import { FIRM_ROLES } from '../contract.ts';
import { applicationRows, applicationView, lockWaiting } from './applications.ts';
import { firmError } from './errors.ts';
import { handOver, makePerson } from './people.ts';
import { type By, type FirmRow, firmView } from './read.ts';
import { withFirms } from './tables.ts';

/** A grant ends today or later. @throws AppError `firms_until` */
export function demandFuture(platform: Platform, { validUntil }: Pick<GrantTerms, 'validUntil'>): void {
  const today = platform.clock.today();
  if (validUntil < today) throw firmError('firms_until', { until: validUntil, today });
}

/**
 * Grants an application: organisation, firm and the manager's account are made together or not at all. Throws `firms_until`,
 * `firms_decided`, `firms_changed`, `firms_exists`, and `account_exists` for a user name or address that is taken.
 */
export async function grant(
  platform: Platform,
  by: By,
  id: string,
  body: z.output<(typeof grantApplication)['body']>,
): Promise<{ firm: Firm; manager: OneTimePassword }> {
  demandFuture(platform, body);
  const { username, version, features, seats, validUntil } = body;
  const now = platform.clock.now();
  const done = await exists(platform, () =>
    platform.auth.changing(async (trx, accounts) => {
      const asked = await lockWaiting(trx, id, version);
      const { name, code, email } = asked;
      const [organisation] = await resolveOrganisations(trx, now, [{ name, code }], by.actor);
      const firm: FirmRow = {
        ...{ id: newId(), application: id, organisation: organisation!, name, code, features, seats },
        ...{ validUntil, state: 'active', stateReason: '', grantedAt: now, version: 1 },
      };
      await withFirms(trx)
        .insertInto('firm')
        .values({ ...firm, features: JSON.stringify(features) })
        .execute();
      const person = { username, name: asked.contact, email, role: FIRM_ROLES.manager };
      const manager = await makePerson(platform, { trx, accounts }, by, firm, person);
      await settle(platform, trx, by, id, 'granted', '');
      await audit(trx, now, {
        actor: by.actor,
        requestId: by.requestId,
        action: 'firms.grant',
        objectType: 'firm',
        objectId: firm.id,
        detail: { name, code, application: id, organisation, features, seats, validUntil, manager: username },
      });
      return { firm, manager, email };
    }),
  );
  return {
    firm: await firmView(platform, done.firm),
    manager: await handOver(platform, done.manager, done.firm.name, done.email),
  };
}

/** Turns the second grant of one code into `firms_exists`. */
async function exists<T>(platform: Platform, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const e = error as { code?: unknown; constraint?: unknown; detail?: unknown };
    if (e.code !== '23505' || e.constraint !== 'firm_code') throw error;
    const code = /=\((.*)\)/.exec(String(e.detail))?.[1] ?? '';
    const other = await withFirms(platform.records)
      .selectFrom('firm')
      .select('name')
      .where('code', '=', code)
      .where('state', '!=', 'ended')
      .executeTakeFirst();
    throw firmError('firms_exists', { code, name: other?.name ?? '' });
  }
}

async function settle(
  platform: Platform,
  trx: Parameters<typeof withFirms>[0],
  by: By,
  id: string,
  state: 'granted' | 'declined',
  decisionReason: string,
): Promise<void> {
  await withFirms(trx)
    .updateTable('firmApplication')
    .set((e) => ({
      state,
      decisionReason,
      decidedAt: platform.clock.now(),
      decidedBy: by.actor.id,
      decidedByName: by.actor.name,
      version: e('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}

/** Declines an application. Throws `firms_decided`, `firms_changed`. */
export async function decline(
  platform: Platform,
  by: By,
  id: string,
  { version, reason }: { version: number; reason: string },
): Promise<Application> {
  return platform.records.transaction().execute(async (trx) => {
    const asked = await lockWaiting(trx, id, version);
    await settle(platform, trx, by, id, 'declined', reason);
    await audit(trx, platform.clock.now(), {
      actor: by.actor,
      requestId: by.requestId,
      action: 'firms.decline',
      objectType: 'firm-application',
      objectId: id,
      detail: { name: asked.name, code: asked.code, reason },
    });
    return applicationView(await applicationRows(trx).where('a.id', '=', id).executeTakeFirstOrThrow());
  });
}
