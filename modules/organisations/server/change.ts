import type * as z from 'zod';
import { audit } from '#kernel/audit/audit';
import { addDays, type CalendarDate, shanghaiToday } from '#kernel/calendar/date';
import { AppError } from '#kernel/errors';
import { checkUscc } from '#kernel/identifiers/uscc';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import { lockInTrx, type Trx } from '#kernel/records';
import type { Lang } from '#kernel/text';
import { directory } from '#modules/parties/server/index';
import type { editOrganisation, renameOrganisation } from '../contract.ts';
import { organisationError } from './errors.ts';
import { organisationNames } from './names.ts';
import { normalName } from './normal-name.ts';
import { withOrganisations } from './tables.ts';
import { docOf, type Live, writeVersions } from './versions.ts';

/** Who changes something, in which request, in which language refusals are worded. */
export interface By {
  actor: Actor;
  requestId: string;
  lang: Lang;
}

/** A moment as it is written in messages: minutes of Shanghai. */
export function momentText(at: Date): string {
  const time = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).format(at);
  return `${shanghaiToday(at)} ${time}`;
}

/**
 * An organisation as it may be changed, looked at under the lock `organisations`. Throws `not_found`,
 * `organisations_changed` when somebody was faster, `organisations_merged` when it is no organisation of its own any more.
 */
export async function liveForChange(trx: Trx, id: string, version: number): Promise<Live> {
  const row = await withOrganisations(trx)
    .selectFrom('organisation')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', { what: '这个单位 / this organisation' });
  if (row.mergedInto) {
    const survivor = (await organisationNames(trx, [row.mergedInto])).get(row.mergedInto)!;
    throw organisationError('organisations_merged', {
      ...{ name: row.name, survivor: survivor.name, survivorId: survivor.id },
    });
  }
  if (row.version !== version)
    throw organisationError('organisations_changed', {
      ...{ name: row.name, by: row.updatedByName, at: momentText(row.updatedAt), version: row.version },
    });
  return { ...docOf(row), id, version, nameNormal: row.nameNormal };
}

type Rename = z.output<(typeof renameOrganisation)['body']>;

/**
 * Gives an organisation another name and keeps the old one to be found under: with its days where it was borne, as a spelling
 * where it was a slip. The same name again changes nothing. Throws what {@link liveForChange} throws,
 * `organisations_nameless`, `organisations_future`, `organisations_early`.
 */
export async function rename(platform: Platform, by: By, id: string, body: Rename): Promise<void> {
  const now = platform.clock.now();
  const today = platform.clock.today();
  const { name, from } = body;
  if (normalName(name) === '') throw organisationError('organisations_nameless');
  if (from && from > today) throw organisationError('organisations_future', { from, today });
  await platform.records.transaction().execute(async (trx) => {
    await lockInTrx(trx, 'organisations');
    const before = await liveForChange(trx, id, body.version);
    const renamed = body.kind === 'renamed';
    const nameSince = renamed ? from : (from ?? before.nameSince);
    if (name === before.name && nameSince === before.nameSince) return;
    if (renamed && from && before.nameSince && from <= before.nameSince)
      throw organisationError('organisations_early', { from, since: before.nameSince });
    if (name !== before.name)
      await withOrganisations(trx)
        .insertInto('organisationName')
        .values({
          ...{ organisationId: id, name: before.name, nameNormal: before.nameNormal, createdAt: now },
          kind: renamed ? 'former' : 'spelling',
          validFrom: renamed ? before.nameSince : null,
          validTo: renamed && from ? addDays(from as CalendarDate, -1) : null,
        })
        .execute();
    const live = { ...before, name, nameSince };
    const action = renamed ? 'rename' : 'correct-name';
    await writeVersions(trx, { now, by: by.actor }, [{ live, action, reason: body.reason ?? null }]);
    await audit(trx, now, {
      ...by,
      action: `organisations.${action}`,
      objectType: 'organisation',
      objectId: id,
      detail: { before: before.name, after: name, from, reason: body.reason ?? null },
    });
  });
}

type Edit = z.output<(typeof editOrganisation)['body']>;

/**
 * Corrects code, address and region. The same again changes nothing. Throws what {@link liveForChange} throws,
 * `organisations_code`, `organisations_code_taken`, `organisations_region`.
 */
export async function edit(platform: Platform, by: By, id: string, body: Edit): Promise<void> {
  const now = platform.clock.now();
  const given = body.code || null;
  const check = given === null ? null : checkUscc(given);
  if (check && !check.valid)
    throw organisationError('organisations_code', { why_zh: check.reason!.zh, why_en: check.reason!.en }, [
      { path: '/body/code', code: check.reason!.code, message: check.reason![by.lang] },
    ]);
  const code = check?.normalized ?? null;
  const address = body.address || null;
  const region = body.region || null;
  const places = await directory(platform).lookup();
  await platform.records.transaction().execute(async (trx) => {
    await lockInTrx(trx, 'organisations');
    const before = await liveForChange(trx, id, body.version);
    // A region that stands there already may stay, even if nobody knows it any more.
    if (region !== null && region !== before.region && !places.region(region))
      throw organisationError('organisations_region', { region });
    if (code === before.code && address === before.address && region === before.region) return;
    if (code !== null && code !== before.code) await demandFree(trx, code, id, by.lang);
    const live = { ...before, code, address, region };
    await writeVersions(trx, { now, by: by.actor }, [{ live, action: 'edit', reason: body.reason ?? null }]);
    await audit(trx, now, {
      ...by,
      action: 'organisations.edit',
      objectType: 'organisation',
      objectId: id,
      detail: {
        name: before.name,
        before: { code: before.code, address: before.address, region: before.region },
        after: { code, address, region },
        reason: body.reason ?? null,
      },
    });
  });
}

async function demandFree(trx: Trx, code: string, id: string, lang: Lang): Promise<void> {
  const holder = await withOrganisations(trx)
    .selectFrom('organisation')
    .select(['id', 'name'])
    .where('code', '=', code)
    .where('mergedInto', 'is', null)
    .where('id', '<>', id)
    .executeTakeFirst();
  if (!holder) return;
  const taken = { zh: `该代码已属于“${holder.name}”`, en: `This code belongs to ${holder.name}` };
  throw organisationError('organisations_code_taken', { code, name: holder.name, id: holder.id }, [
    { path: '/body/code', code: 'taken', message: taken[lang] },
  ]);
}
