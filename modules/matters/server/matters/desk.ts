import type * as z from 'zod';
import { addDays } from '#kernel/calendar/date';
import type { EndpointResponse } from '#kernel/http/contract';
import type { Actor } from '#kernel/policy/policy';
import type { Records } from '#kernel/records';
import { directory } from '#modules/parties/server/index';
import type { listMatters, myMatters } from '../../contract.ts';
import { officeName } from '../catalog/portals.ts';
import type { MatterContext } from './context.ts';
import { type Away, awayFrom, awayOn } from './cover.ts';
import { officersOf, officesOf } from './officers.ts';
import { internalOf } from './seen.ts';
import { itemsOf, portalsOf, shownOf } from './shown.ts';
import { applicantRole } from './standing.ts';
import { type MatterRow, withMatters } from './tables.ts';

type Query = z.output<(typeof listMatters)['query']>;
type Row = EndpointResponse<typeof myMatters>['matters'][number];

/** Where a matter stands for an office that handed it on. */
const HANDED_ON = { zh: '已移送', en: 'Handed on' };

/** The matters of the offices to which somebody belongs: a page of one view, and how many each view shows. */
export async function deskOf(
  ctx: MatterContext,
  actor: Actor,
  { view, item, portal, q, page, pageSize }: Query,
): Promise<EndpointResponse<typeof listMatters>> {
  const { records, clock } = ctx.platform;
  const today = clock.today();
  const offices = officesOf(ctx, actor);
  const account = actor.id ?? '';
  const without = await recusedFrom(records, account);
  const away = await awayOn(records, offices, today);
  const covers = away.filter(({ cover }) => cover.id === account);
  const asked = { offices: offices.length > 0 ? offices : [''], account, covers, without, today };
  const { portals: all } = ctx.platform.pack;
  const [{ ids, counts }, items, portals, officers] = await Promise.all([
    shownOf(records, { ...asked, view, item, portal, q, page, pageSize }),
    itemsOf(records, asked.offices),
    portalsOf(
      records,
      asked.offices,
      all.map(({ id }) => id),
    ),
    officersOf(ctx, records, offices),
  ]);
  return {
    today,
    matters: await rowsOf(ctx, await inOrder(records, ids), { as: 'office', offices, away }),
    ...{ total: counts[view], counts },
    items: items
      .map((id) => ({ id, title: ctx.catalog.find(id, today)?.title ?? { zh: id, en: id } }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    portals: portals.map((id) => ctx.catalog.portals.named(id)!),
    officers,
  };
}

/** Matters from which somebody was recused. */
async function recusedFrom(records: Records, account: string): Promise<string[]> {
  const rows = await withMatters(records)
    .selectFrom('matterSeat')
    .select('matter')
    .where('account', '=', account)
    .where('part', '=', 'recused')
    .where('until', 'is', null)
    .execute();
  return rows.map(({ matter }) => matter);
}

/** Matters by their ids, in that order. */
async function inOrder(records: Records, ids: readonly string[]): Promise<MatterRow[]> {
  if (ids.length === 0) return [];
  const rows = await withMatters(records)
    .selectFrom('matter')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Matters in which an account is a party, latest first. */
export async function mattersOfAccount(ctx: MatterContext, account: string): Promise<Row[]> {
  const db = withMatters(ctx.platform.records);
  const as = await db
    .selectFrom('matterParty')
    .select(['matter', 'role'])
    .where('account', '=', account)
    .where('until', 'is', null)
    .orderBy('matter', 'desc')
    .limit(500)
    .execute();
  const roles = new Map(as.map(({ matter, role }) => [matter, role]));
  const rows = await inOrder(ctx.platform.records, [...roles.keys()]);
  const shown = await rowsOf(ctx, rows, { as: 'party' });
  return Promise.all(
    rows.map(async ({ id, definition }, i) => {
      const { item } = await ctx.definitions.of(ctx.platform.records, definition);
      const role = item.roles.find((one) => one.id === roles.get(id))!;
      // A party learns the office, not the officer.
      // Nor does the other side learn who applied.
      const applies = role.id === applicantRole(item);
      return { ...shown[i]!, ...(!applies && { name: '' }), handler: null, as: role.title };
    }),
  );
}

/** An absence as a row shows it. */
const awayShown = (away: Away | undefined): Row['away'] =>
  away ? { until: away.until, cover: away.cover.name } : null;

async function rowsOf(
  ctx: MatterContext,
  rows: readonly MatterRow[],
  forWhom: { as: 'office'; offices: readonly string[]; away: readonly Away[] } | { as: 'party' },
): Promise<Row[]> {
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
  const people = new Map(handlers.map((one) => [one.id, one]));
  const names = await directory(ctx.platform).lookup();
  const transfers = await db
    .selectFrom('matterTransfer')
    .selectAll()
    .where(
      'matter',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('seq')
    .execute();
  return Promise.all(
    rows.map(async (row): Promise<Row> => {
      const { item } = await ctx.definitions.of(ctx.platform.records, row.definition);
      const due = (clock: (typeof clocks)[number]) =>
        clock.whose === 'party' ? addDays(clock.due!, 1) : clock.due!;
      const internal = internalOf([item]);
      const mine = clocks.filter(
        ({ matter, clock }) => matter === row.id && (forWhom.as === 'office' || !internal.clock(clock)),
      );
      const first = mine.sort((a, b) => (due(a) < due(b) ? -1 : 1))[0];
      const moves = transfers.filter(({ matter }) => matter === row.id);
      // What the office handed on is shown as it went: where it stands now is the other one's.
      const gone = forWhom.as === 'office' && !forWhom.offices.includes(row.department);
      const transfer = gone
        ? moves.findLast((one) => forWhom.offices.includes(one.fromDepartment))
        : moves.at(-1);
      return {
        away: forWhom.as === 'office' ? awayShown(awayFrom(forWhom.away, row)) : null,
        askedOn: forWhom.as === 'office' && !gone ? row.askedOn : null,
        portal: ctx.catalog.portals.named(row.portal),
        past: gone,
        transfer: transfer
          ? {
              from: officeName(names, transfer.fromDepartment, transfer.onDay),
              to: officeName(names, transfer.toDepartment, transfer.onDay),
              on: transfer.onDay,
            }
          : null,
        ...{ number: row.number, version: row.version, item: { id: item.id, title: item.title } },
        ...{ name: row.name, subject: row.subject, openedOn: row.openedOn },
        endedOn: gone ? null : row.endedOn,
        state: gone ? HANDED_ON : item.states.find(({ id }) => id === row.state)!.title,
        handler: !gone && row.handler ? (people.get(row.handler) ?? null) : null,
        as: null,
        clock:
          first && !gone
            ? {
                ...{ step: ctx.catalog.limit(first.limitId).step, whose: first.whose, due: first.due! },
                ...{
                  provisional: first.provisional,
                  over: first.due! < today,
                  late: first.whose !== 'party' && first.due! < today,
                },
              }
            : null,
      };
    }),
  );
}
