import type * as z from 'zod';
import { Throttle } from '#kernel/auth/throttle';
import { AppError } from '#kernel/errors';
import { jsonSchema } from '#kernel/fields/json-schema';
import { fieldView } from '#kernel/fields/model';
import type { EndpointResponse } from '#kernel/http/contract';
import { canonicalJson } from '#kernel/ids';
import type { Actor } from '#kernel/policy/policy';
import { directory } from '#modules/parties/server/index';
import type { itemForm, myDrafts, readDraft, saveDraft } from '../../contract.ts';
import type { MatterContext } from './context.ts';
import { matterError } from './errors.ts';
import { Form } from './form.ts';
import { keepsNames } from './standing.ts';
import { withMatters } from './tables.ts';

/** Drafts of one account, and new ones from one address within the window of the sign-in's limit. */
const MOST = 50;

/** Largest draft, in characters. */
const LARGEST = 200_000;

/** Days after which a draft that nobody touched is thrown away; the page says so. */
export const DRAFT_DAYS = 90;

/** The form of an item, as a page shows it. Throws `not_found`. */
export async function formOf(
  { platform, catalog }: MatterContext,
  id: string,
  { lang, portal: through }: z.output<(typeof itemForm)['query']>,
): Promise<EndpointResponse<typeof itemForm>> {
  const today = platform.clock.today();
  const item = catalog.find(id, today);
  if (!item) throw new AppError('not_found', { what: `事项“${id}”`, what_en: `service item “${id}”` });
  const form = new Form(item);
  const { model } = form;
  const { portals } = catalog;
  const portal = portals.find(through);
  portals.demand(portal, item);
  const names = await directory(platform).lookup();
  return {
    item: { id: item.id, title: item.title, from: item.from, to: item.to },
    opens: item.opens,
    portal: portal && portals.show(portal, today, names),
    routing: portals.routing(portal, item, today, names),
    schema: jsonSchema(model, { title: item.title, description: item.summary }, { internal: true, lang }),
    fields: model.fields.map((field) => fieldView(field, lang)),
    asks: { ...item.form.asks },
    secret: [...form.secret],
    materials: form.materials(form.opening, {}).map(({ material }) => ({
      ...{ id: material.id, title: material.title, required: material.necessity === 'required' },
      ...{ when: material.when ?? null, if: material.if ?? null, standard: material.standard },
    })),
    conditions: item.conditions.map(({ text, otherwise }) => ({ text, otherwise: otherwise ?? null })),
  };
}

/** A draft by its key. Throws `matters_draft`. */
export async function draftOf(
  { platform }: MatterContext,
  key: string,
): Promise<EndpointResponse<typeof readDraft>> {
  const row = await withMatters(platform.records)
    .selectFrom('matterDraft')
    .selectAll()
    .where('key', '=', key)
    .executeTakeFirst();
  if (!row) throw matterError('matters_draft');
  const { item, portal, form, materials, version, savedAt } = row;
  return { item, portal, form, materials, version, savedAt: savedAt.toISOString() };
}

/**
 * Keeps a draft. Throws `matters_draft_changed` where another window saved meanwhile, `matters_draft` where it was sent,
 * `matters_draft_limit`, `too_many`.
 */
export async function keepDraft(
  { platform, catalog }: MatterContext,
  { actor, address }: { actor: Actor; address: string },
  key: string,
  body: z.output<(typeof saveDraft)['body']>,
): Promise<EndpointResponse<typeof saveDraft>> {
  const now = platform.clock.now();
  const db = withMatters(platform.records);
  const item = catalog.find(body.item, platform.clock.today());
  if (!item)
    throw new AppError('not_found', { what: `事项“${body.item}”`, what_en: `service item “${body.item}”` });
  catalog.portals.find(body.portal);
  if (JSON.stringify(body).length > LARGEST)
    throw new AppError('too_large', { limit: `${LARGEST / 1000} kB` });
  // What is to be sealed lies in no draft, nor does the account of whoever writes it.
  const hidden = keepsNames(item);
  body = hidden ? { ...body, form: new Form(item).parted(body.form).open } : body;
  const content = {
    item: body.item,
    portal: body.portal,
    form: JSON.stringify(body.form),
    materials: JSON.stringify(body.materials),
    savedAt: now,
  };
  if (body.version > 0) {
    const saved = await db
      .updateTable('matterDraft')
      .set({ ...content, version: body.version + 1 })
      .where('key', '=', key)
      .where('version', '=', body.version)
      .returning('version')
      .executeTakeFirst();
    if (saved) return { version: saved.version, savedAt: now.toISOString() };
  }
  const known = await db.selectFrom('matterDraft').selectAll().where('key', '=', key).executeTakeFirst();
  // The answer to the same save was lost on the way: it was kept.
  const same = (at: { form: unknown; materials: unknown; item: string; portal: string | null }) =>
    canonicalJson([at.item, at.portal, at.form, at.materials]);
  if (known && known.version === body.version + 1 && same(known) === same(body))
    return { version: known.version, savedAt: known.savedAt.toISOString() };
  if (known)
    throw matterError('matters_draft_changed', {
      at: known.savedAt.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, 16),
    });
  // It was there and is no more: sent, or thrown away in another window.
  if (body.version > 0) throw matterError('matters_draft');
  if (actor.id === null || hidden) {
    const throttle = new Throttle(platform.records);
    const seconds = await throttle.count(`matters draft ${address}`, MOST, now);
    if (seconds > 0) throw new AppError('too_many', { seconds });
  } else {
    const { n } = await db
      .selectFrom('matterDraft')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('account', '=', actor.id)
      .executeTakeFirstOrThrow();
    if (Number(n) >= MOST) throw matterError('matters_draft_limit', { limit: MOST });
  }
  const made = await db
    .insertInto('matterDraft')
    .values({ ...content, key, account: hidden ? null : actor.id, version: 1 })
    .onConflict((c) => c.column('key').doNothing())
    .returning('version')
    .executeTakeFirst();
  if (!made) throw matterError('matters_draft_changed', { at: '' });
  return { version: 1, savedAt: now.toISOString() };
}

/** Throws a draft away. */
export async function forgetDraft({ platform }: MatterContext, key: string): Promise<{ ok: boolean }> {
  const gone = await withMatters(platform.records)
    .deleteFrom('matterDraft')
    .where('key', '=', key)
    .executeTakeFirst();
  return { ok: Number(gone.numDeletedRows) > 0 };
}

/** Drafts of an account, latest first. */
export async function draftsOf(
  { platform, catalog }: MatterContext,
  account: string,
): Promise<EndpointResponse<typeof myDrafts>> {
  const rows = await withMatters(platform.records)
    .selectFrom('matterDraft')
    .select(['key', 'item', 'portal', 'savedAt'])
    .where('account', '=', account)
    .orderBy('savedAt', 'desc')
    .execute();
  const today = platform.clock.today();
  return {
    drafts: rows.map(({ key, item, portal, savedAt }) => ({
      ...{ key, savedAt: savedAt.toISOString() },
      item: { id: item, title: catalog.find(item, today)?.title ?? { zh: item, en: item } },
      portal: catalog.portals.named(portal),
    })),
  };
}

/** Throws away what nobody has touched for a long time. */
export async function tidyDrafts({ platform }: MatterContext): Promise<number> {
  const before = new Date(platform.clock.now().getTime() - DRAFT_DAYS * 86_400_000);
  const gone = await withMatters(platform.records)
    .deleteFrom('matterDraft')
    .where('savedAt', '<', before)
    .executeTakeFirst();
  return Number(gone.numDeletedRows);
}
