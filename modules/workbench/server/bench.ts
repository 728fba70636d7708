import { audit } from '#kernel/audit/audit';
import type { AccountUseCases } from '#kernel/auth/accounts';
import { AppError } from '#kernel/errors';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { Trx } from '#kernel/records';
import type { Lang } from '#kernel/text';
import { directory } from '#modules/parties/server/index';
import type { PatentCorpus } from '#modules/patents/server/index';
import { workbenchError } from './errors.ts';
import { withWorkbench } from './tables.ts';

/** What everything in this module stands on. */
export interface Bench {
  platform: Platform;
  corpus: PatentCorpus;
}

/** Who asks, in which language, under which request. A handler's call fits as it is. */
export interface By {
  actor: Actor;
  lang: Lang;
  requestId: string;
}

/** The record store with this module's tables. */
export function records(bench: Bench) {
  return withWorkbench(bench.platform.records);
}

/** The asker's account. @throws AppError `not_signed_in` */
export function accountOf({ actor }: Pick<By, 'actor'>): string {
  if (actor.kind !== 'user' || actor.id === null) throw new AppError('not_signed_in');
  return actor.id;
}

/** The account as it may act now, for work that runs without it; null where there is none. */
export async function actorOf(
  auth: Pick<AccountUseCases, 'findAccount'>,
  account: string,
): Promise<Actor | null> {
  const found = await auth.findAccount(account);
  return found ? { kind: 'user', id: found.id, name: found.name, grants: found.grants, via: null } : null;
}

/** Ids of the organisations that an account belongs to by its grants. */
export function organisationsOf(actor: Actor): string[] {
  return [...new Set(actor.grants.flatMap((g) => (g.organisation === null ? [] : [g.organisation])))].sort();
}

/** Names of organisations today. */
export async function organisationNames(bench: Bench, ids: readonly string[]) {
  const asOf = bench.platform.clock.today();
  return Promise.all(
    ids.map(async (id) => ({ id, name: await directory(bench.platform).departmentName(id, asOf) })),
  );
}

/** @throws AppError `workbench_organisation` for one that the account does not belong to */
export async function demandOrganisation(bench: Bench, by: By, organisation: string | null): Promise<void> {
  const own = organisationsOf(by.actor);
  if (organisation === null || own.includes(organisation)) return;
  const names = (await organisationNames(bench, own)).map((o) => o.name).join('、');
  throw workbenchError('workbench_organisation', { organisation, own: names || '—' });
}

/** A moment as people in the city read it. */
export function readable(at: Date): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at);
}

/** The line of the audit log for a change. */
export async function trace(
  bench: Bench,
  trx: unknown,
  by: Pick<By, 'actor' | 'requestId'>,
  entry: { action: string; objectType: string; objectId: string; detail?: Record<string, unknown> },
): Promise<void> {
  const { actor, requestId } = by;
  await audit(trx as Trx, bench.platform.clock.now(), { actor, requestId, ...entry });
}

/** The violation of a unique index as something a person can act on. */
export async function unique<T>(index: string, work: () => Promise<T>, taken: () => AppError): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const e = error as { code?: unknown; constraint?: unknown };
    if (e.code === '23505' && e.constraint === index) throw taken();
    throw error;
  }
}

/** Cuts a list into pieces of at most `size`. */
export function pieces<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) =>
    list.slice(i * size, (i + 1) * size),
  );
}
