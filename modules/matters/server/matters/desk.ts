import { type ExpressionBuilder, sql } from 'kysely';
import type * as z from 'zod';
import { addDays } from '#kernel/calendar/date';
import type { EndpointResponse } from '#kernel/http/contract';
import type { Actor } from '#kernel/policy/policy';
import { DESK_VIEWS, type listMatters, type myMatters } from '../../contract.ts';
import type { MatterContext } from './context.ts';
import { officersOf, officesOf } from './officers.ts';
import { type MatterRow, type MatterTables, withMatters } from './tables.ts';

type Query = z.output<(typeof listMatters)['query']>;
type Row = EndpointResponse<typeof myMatters>['matters'][number];
type View = (typeof DESK_VIEWS)[number];
type Where = ExpressionBuilder<MatterTables, 'matter'>;

/** Natural days ahead that count as soon. */
const SOON = 7;

/** The matters of the offices to which somebody belongs: a page of one view, and how many each view shows. */
export async function deskOf(
  ctx: MatterContext,
  actor: Actor,
  query: Query,
): Promise<EndpointResponse<typeof listMatters>> {
  const { platform } = ctx;
  const db = withMatters(platform.records);
  const today = platform.clock.today();
  const offices = officesOf(ctx, actor);
  const { view, item, q, page, pageSize } = query;
  const narrowed = (e: Where) =>
    e.and([
      e('department', 'in', offices.length > 0 ? offices : ['']),
      ...(item ? [e('item', '=', item)] : []),
      ...wordsOf(q).map((word) =>
        e.or((['number', 'name', 'subject'] as const).map((column) => e(column, 'ilike', `%${word}%`))),
      ),
    ]);
  const shows: Record<View, (e: Where) => ReturnType<Where['and']>> = {
    open: (e) => e.and([e('endedOn', 'is', null)]),
    mine: (e) => e.and([e('endedOn', 'is', null), e('handler', '=', actor.id ?? '')]),
    unassigned: (e) => e.and([e('endedOn', 'is', null), e('handler', 'is', null)]),
    late: (e) => e.and([e('endedOn', 'is', null), e('nextOn', '<', today)]),
    soon: (e) =>
      e.and([e('endedOn', 'is', null), e('nextOn', '>=', today), e('nextOn', '<=', addDays(today, SOON))]),
    ended: (e) => e.and([e('endedOn', 'is not', null)]),
  };
  const [rows, counted, items, officers] = await Promise.all([
    db
      .selectFrom('matter')
      .selectAll()
      .where((e) => narrowed(e))
      .where((e) => shows[view](e))
      .$if(view === 'ended', (list) => list.orderBy('endedOn', 'desc'))
      .$if(view !== 'ended', (list) => list.orderBy(sql`next_on asc nulls last`))
      .orderBy('id')
      .limit(pageSize)
      .offset((page - 1) * pageSize)
      .execute(),
    db
      .selectFrom('matter')
      .select((e) =>
        DESK_VIEWS.map((one) =>
          e.fn
            .countAll<number>()
            .filterWhere((inner) => shows[one](inner as Where) as never)
            .as(one),
        ),
      )
      .where((e) => narrowed(e))
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('matter')
      .select('item')
      .distinct()
      .where('department', 'in', offices.length > 0 ? offices : [''])
      .execute(),
    officersOf(ctx, platform.records, offices),
  ]);
  const counts = Object.fromEntries(DESK_VIEWS.map((one) => [one, Number(counted[one])])) as Record<
    View,
    number
  >;
  return {
    today,
    matters: await rowsOf(ctx, rows),
    total: counts[view],
    counts,
    items: items
      .map(({ item: id }) => ({ id, title: ctx.catalog.find(id, today)?.title ?? { zh: id, en: id } }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    officers,
  };
}

/** Matters that an account opened, latest first. */
export async function matterRowsOfApplicant(ctx: MatterContext, account: string): Promise<Row[]> {
  const rows = await withMatters(ctx.platform.records)
    .selectFrom('matter')
    .selectAll()
    .where('applicant', '=', account)
    .orderBy('id', 'desc')
    .limit(500)
    .execute();
  return rowsOf(ctx, rows);
}

/** What is typed into the search box, as words that must all be there. */
function wordsOf(q: string): string[] {
  return q
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => word.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`));
}

async function rowsOf(ctx: MatterContext, rows: readonly MatterRow[]): Promise<Row[]> {
  if (rows.length === 0) return [];
  const db = withMatters(ctx.platform.records);
  const today = ctx.platform.clock.today();
  const clocks = await db
    .selectFrom('matterClock')
    .selectAll()
    .where(
      'matter',
      'in',
      rows.map(({ id }) => id),
    )
    .where('endedOn', 'is', null)
    .where('ifUsed', '=', false)
    .where('due', 'is not', null)
    .orderBy('due')
    .execute();
  const handlers = await db
    .selectFrom('auth.user')
    .select(['id', 'name'])
    .where(
      'id',
      'in',
      rows.map(({ handler }) => handler ?? ''),
    )
    .execute();
  const names = new Map(handlers.map((one) => [one.id, one]));
  return Promise.all(
    rows.map(async (row): Promise<Row> => {
      const { item } = await ctx.definitions.of(ctx.platform.records, row.definition);
      const due = (clock: (typeof clocks)[number]) =>
        clock.whose === 'party' ? addDays(clock.due!, 1) : clock.due!;
      const mine = clocks.filter(({ matter }) => matter === row.id);
      const first = mine.sort((a, b) => (due(a) < due(b) ? -1 : 1))[0];
      return {
        ...{ number: row.number, item: { id: item.id, title: item.title } },
        ...{ name: row.name, subject: row.subject, openedOn: row.openedOn, endedOn: row.endedOn },
        state: item.states.find(({ id }) => id === row.state)!.title,
        handler: row.handler ? (names.get(row.handler) ?? null) : null,
        clock: first
          ? {
              ...{ step: ctx.catalog.limit(first.limitId).step, whose: first.whose, due: first.due! },
              ...{ provisional: first.provisional, late: first.whose !== 'party' && first.due! < today },
            }
          : null,
      };
    }),
  );
}
