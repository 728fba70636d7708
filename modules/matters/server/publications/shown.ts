import { sql } from 'kysely';
import type * as z from 'zod';
import { AppError } from '#kernel/errors';
import type { EndpointResponse } from '#kernel/http/contract';
import { directory } from '#modules/parties/server/index';
import type { listPublications, readPublication } from '../../contract.ts';
import type { MatterContext } from '../matters/context.ts';
import { withMatters } from '../matters/tables.ts';
import { type PublicationRow, stateOf } from './publication.ts';

type Listed = EndpointResponse<typeof listPublications>['publications'][number];

/** What is public now, newest first. */
export async function publicationsOf(
  ctx: MatterContext,
  { q, item, page, pageSize }: z.output<(typeof listPublications)['query']>,
): Promise<EndpointResponse<typeof listPublications>> {
  const { records, clock } = ctx.platform;
  const today = clock.today();
  const words = q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  let found = withMatters(records)
    .selectFrom('matterPublication')
    .where('released', 'is not', null)
    .where('down', 'is', null)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', today)]));
  for (const word of words.slice(0, 10)) found = found.where(sql<boolean>`position(${word} in search) > 0`);
  const [counted, rows] = await Promise.all([
    found
      .select((eb) => ['item', eb.fn.countAll<string>().as('count')])
      .groupBy('item')
      .orderBy('item')
      .execute(),
    (item === undefined ? found : found.where('item', '=', item))
      .selectAll()
      .orderBy('releasedOn', 'desc')
      .orderBy('id', 'desc')
      .limit(pageSize)
      .offset((page - 1) * pageSize)
      .execute(),
  ]);
  const counts = counted.map(({ item: id, count }) => ({ ...titled(ctx, id), count: Number(count) }));
  const shown = counts.filter(({ id }) => item === undefined || id === item);
  return {
    publications: await Promise.all(rows.map((row) => listed(ctx, row))),
    total: shown.reduce((sum, { count }) => sum + count, 0),
    items: counts,
  };
}

/** One publication; of one that stands no more only when and why. Throws `not_found`. */
export async function readPublicationOf(
  ctx: MatterContext,
  id: string,
): Promise<EndpointResponse<typeof readPublication>> {
  const row = await withMatters(ctx.platform.records)
    .selectFrom('matterPublication')
    .selectAll()
    .where('id', '=', id)
    .where('released', 'is not', null)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', { what: '这条公示', what_en: 'this publication' });
  const state = stateOf(row, ctx.platform.clock.today()) as 'public' | 'over' | 'down' | 'replaced';
  return {
    state,
    shown: state === 'public' ? { ...(await listed(ctx, row)), summary: row.summary, body: row.body } : null,
    down: state === 'down' ? { on: row.downOn!, reason: row.reason! } : null,
    replacedBy: row.replacedBy,
  };
}

function titled({ catalog, platform }: MatterContext, id: string) {
  return { id, title: catalog.find(id, platform.clock.today())?.title ?? { zh: id, en: id } };
}

async function listed(ctx: MatterContext, row: PublicationRow): Promise<Listed> {
  const lookup = await directory(ctx.platform).lookup();
  const name = lookup.departmentName(row.department, row.releasedOn!);
  return {
    ...{ id: row.id, item: titled(ctx, row.item), title: row.title },
    office: name ? { zh: name.zh, en: name.en } : { zh: row.department, en: row.department },
    ...{ on: row.releasedOn!, until: row.until },
  };
}
