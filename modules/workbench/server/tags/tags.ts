import { type Kysely, sql } from 'kysely';
import { AppError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { lockInTrx } from '#kernel/records';
import { LIMITS, type Tag, type TagColour } from '../../contract.ts';
import {
  accountOf,
  type Bench,
  type By,
  demandOrganisation,
  organisationNames,
  organisationsOf,
  readable,
  records,
  trace,
  unique,
} from '../bench.ts';
import { workbenchError } from '../errors.ts';
import { hitsByNumber } from '../objects/numbers.ts';
import type { WorkbenchTables } from '../tables.ts';

interface Row {
  id: string;
  owner: string | null;
  organisation: string | null;
  name: string;
  colour: string;
  version: number;
  createdAt: Date;
  createdByName: string;
}

const gone = () => workbenchError('workbench_gone', { what: '标签', what_en: 'The tag' });
const taken = (name: string) => () =>
  workbenchError('workbench_name_taken', { name, what: '标签', what_en: 'tag' });

/** A tag that the asker may use and change: an own one, or one of their organisation. */
async function openTag(
  db: Kysely<WorkbenchTables>,
  by: By,
  id: string,
  options: { version?: number; lock?: 'update' | 'share' } = {},
): Promise<Row> {
  let query = db.selectFrom('workbenchTag').selectAll().where('id', '=', id);
  if (options.lock === 'update') query = query.forUpdate();
  if (options.lock === 'share') query = query.forShare();
  const row = await query.executeTakeFirst();
  const usable =
    row &&
    (row.owner === accountOf(by) ||
      (row.organisation !== null && organisationsOf(by.actor).includes(row.organisation)));
  if (!usable) throw gone();
  if (options.version !== undefined && options.version !== row.version)
    throw workbenchError('workbench_changed', {
      by: row.createdByName,
      at: readable(row.createdAt),
      name: row.name,
      version: row.version,
    });
  return row;
}

async function views(bench: Bench, rows: readonly Row[]): Promise<Tag[]> {
  const ids = rows.map((row) => row.id);
  const counted =
    ids.length === 0
      ? []
      : await records(bench)
          .selectFrom('workbenchTagged')
          .select(['tag', (e) => e.fn.countAll<number>().as('n')])
          .where('tag', 'in', ids)
          .groupBy('tag')
          .execute();
  const counts = new Map(counted.map(({ tag, n }) => [tag, Number(n)]));
  const organisations = await organisationNames(bench, [
    ...new Set(rows.flatMap((row) => (row.organisation === null ? [] : [row.organisation]))),
  ]);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    colour: row.colour as TagColour,
    organisation: organisations.find((o) => o.id === row.organisation) ?? null,
    records: counts.get(row.id) ?? 0,
    version: row.version,
    createdBy: row.createdByName,
  }));
}

/** Own tags and those of the asker's organisations. */
export async function listTags(bench: Bench, by: By) {
  const own = organisationsOf(by.actor);
  const rows = await records(bench)
    .selectFrom('workbenchTag')
    .selectAll()
    .where((e) =>
      e.or([e('owner', '=', accountOf(by)), ...(own.length > 0 ? [e('organisation', 'in', own)] : [])]),
    )
    .orderBy((e) => e.fn<string>('lower', ['name']))
    .orderBy('id')
    .execute();
  return { tags: await views(bench, rows), organisations: await organisationNames(bench, own) };
}

/** A new tag. @throws AppError `workbench_name_taken`, `workbench_limit` */
export async function createTag(
  bench: Bench,
  by: By,
  { name, colour, organisation }: { name: string; colour: TagColour; organisation: string | null },
): Promise<Tag> {
  await demandOrganisation(bench, by, organisation);
  const owner = organisation === null ? accountOf(by) : null;
  const row = await unique(
    'workbench_tag_name',
    () =>
      records(bench)
        .transaction()
        .execute(async (trx) => {
          await lockInTrx(trx as never, `workbench tags ${owner ?? organisation}`);
          const { n } = await trx
            .selectFrom('workbenchTag')
            .select((e) => e.fn.countAll<number>().as('n'))
            .where('owner', 'is not distinct from', owner)
            .where('organisation', 'is not distinct from', organisation)
            .executeTakeFirstOrThrow();
          if (Number(n) >= LIMITS.tags)
            throw workbenchError('workbench_limit', {
              what: '标签',
              what_en: 'tags',
              most: LIMITS.tags,
              now: Number(n) + 1,
            });
          const made = await trx
            .insertInto('workbenchTag')
            .values({
              id: newId(),
              owner,
              organisation,
              name,
              colour,
              createdAt: bench.platform.clock.now(),
              createdByName: by.actor.name,
            })
            .returningAll()
            .executeTakeFirstOrThrow();
          await trace(bench, trx, by, traced(made, 'create', { name, colour, organisation }));
          return made;
        }),
    taken(name),
  );
  return (await views(bench, [row]))[0]!;
}

function traced(row: Pick<Row, 'id'>, action: string, detail: Record<string, unknown>) {
  return { action: `workbench.tag.${action}`, objectType: 'workbench-tag', objectId: row.id, detail };
}

/** Renames or recolours. Two tags of one scope never share a name: they are merged instead. */
export async function changeTag(
  bench: Bench,
  by: By,
  id: string,
  { name, colour, version }: { name: string; colour: TagColour; version: number },
): Promise<Tag> {
  const row = await unique(
    'workbench_tag_name',
    () =>
      records(bench)
        .transaction()
        .execute(async (trx) => {
          const old = await openTag(trx, by, id, { version, lock: 'update' });
          const made = await trx
            .updateTable('workbenchTag')
            .set({ name, colour, version: version + 1 })
            .where('id', '=', id)
            .returningAll()
            .executeTakeFirstOrThrow();
          await trace(bench, trx, by, traced(made, 'change', { name, colour, was: old.name }));
          return made;
        }),
    taken(name),
  );
  return (await views(bench, [row]))[0]!;
}

/** Gives the publications of one tag to another of the same scope, and deletes the first. */
export async function mergeTag(bench: Bench, by: By, id: string, into: string): Promise<Tag> {
  if (id === into) throw gone();
  const row = await records(bench)
    .transaction()
    .execute(async (trx) => {
      const both = new Map<string, Row>();
      for (const one of [id, into].sort()) both.set(one, await openTag(trx, by, one, { lock: 'update' }));
      const [from, to] = [both.get(id)!, both.get(into)!];
      if (from.owner !== to.owner || from.organisation !== to.organisation)
        throw new AppError('conflict', {
          why: `“${from.name}”和“${to.name}”不属于同一范围（个人/单位），不能合并`,
        });
      await sql`insert into workbench_tagged (tag, number, account, account_name, at)
        select ${into}::uuid, number, account, account_name, at from workbench_tagged where tag = ${id}::uuid
        on conflict do nothing`.execute(trx);
      await trx.deleteFrom('workbenchTag').where('id', '=', id).execute();
      const made = await trx
        .updateTable('workbenchTag')
        .set({ version: to.version + 1 })
        .where('id', '=', into)
        .returningAll()
        .executeTakeFirstOrThrow();
      await trace(
        bench,
        trx,
        by,
        traced(from, 'merge', { name: from.name, into: { id: into, name: to.name } }),
      );
      return made;
    });
  return (await views(bench, [row]))[0]!;
}

/** Deletes a tag; publications lose it. */
export async function deleteTag(bench: Bench, by: By, id: string, version: number) {
  await records(bench)
    .transaction()
    .execute(async (trx) => {
      const row = await openTag(trx, by, id, { version, lock: 'update' });
      const lost = await trx.selectFrom('workbenchTagged').select('number').where('tag', '=', id).execute();
      await trx.deleteFrom('workbenchTag').where('id', '=', id).execute();
      const numbers = lost.map((r) => r.number);
      // So that nothing is lost for good: the trace holds what carried it.
      await trace(bench, trx, by, traced(row, 'delete', { name: row.name, numbers: numbers.slice(0, 5000) }));
    });
  return { id };
}

/** Puts a tag on publications or takes it off. Gives how many changed. */
export async function setTag(
  bench: Bench,
  trx: Kysely<WorkbenchTables>,
  by: By,
  id: string,
  numbers: readonly string[],
  on: boolean,
): Promise<number> {
  await openTag(trx, by, id, { lock: 'share' });
  const list = [...new Set(numbers)].sort();
  if (!on) {
    const done = await trx
      .deleteFrom('workbenchTagged')
      .where('tag', '=', id)
      .where('number', '=', sql<string>`any(${list}::text[])`)
      .executeTakeFirst();
    return Number(done.numDeletedRows);
  }
  const { numAffectedRows } = await sql`insert into workbench_tagged (tag, number, account, account_name, at)
    select ${id}::uuid, number, ${accountOf(by)}, ${by.actor.name}, ${bench.platform.clock.now()}
      from unnest(${list}::text[]) as n (number)
    on conflict do nothing`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

/** The same in a transaction of its own. */
export async function tagRecords(
  bench: Bench,
  by: By,
  id: string,
  { numbers, remove }: { numbers: readonly string[]; remove: boolean },
): Promise<{ changed: number }> {
  const changed = await records(bench)
    .transaction()
    .execute((trx) => setTag(bench, trx, by, id, numbers, !remove));
  return { changed };
}

/** Publications that carry a tag, by number. */
export async function listTagged(
  bench: Bench,
  by: By,
  id: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
) {
  const tag = await openTag(records(bench), by, id);
  const rows = await records(bench)
    .selectFrom('workbenchTagged')
    .select(['number', 'accountName', 'at'])
    .where('tag', '=', id)
    .where('number', '>', cursor ?? '')
    .orderBy('number')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const hits = await hitsByNumber(
    bench,
    page.map((row) => row.number),
  );
  return {
    tag: (await views(bench, [tag]))[0]!,
    records: page.map((row) => ({
      number: row.number,
      hit: hits.get(row.number) ?? null,
      by: row.accountName,
      at: row.at.toISOString(),
    })),
    next: rows.length > limit ? page.at(-1)!.number : null,
  };
}
