import { newId } from '#kernel/ids';
import { lockInTrx } from '#kernel/records';
import { type Kept, LIMITS, type SavedQuery, WORKBENCH_PUBLISH } from '../../contract.ts';
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
import type { WorkbenchTables } from '../tables.ts';
import { feedOfQuery } from '../watches/feed-watch.ts';
import { readKept } from './kept.ts';

interface Row {
  id: string;
  owner: string;
  ownerName: string;
  organisation: string | null;
  public: boolean;
  name: string;
  note: string;
  q: string;
  dialect: WorkbenchTables['workbenchQuery']['dialect'];
  filter: string;
  reading: string;
  version: number;
  updatedAt: Date;
}

/** What a saved query is made of. */
export interface QueryBody extends Kept {
  name: string;
  note: string;
  organisation: string | null;
  public: boolean;
}

const shown = [
  ...(['id', 'owner', 'ownerName', 'organisation', 'public', 'name', 'note'] as const),
  ...(['q', 'dialect', 'filter', 'reading', 'version', 'updatedAt'] as const),
];

async function view(bench: Bench, by: By, row: Row): Promise<SavedQuery> {
  const { owner, ownerName, organisation, updatedAt, ...rest } = row;
  const own = owner === by.actor.id;
  return {
    ...rest,
    owner: by.actor.kind === 'user' ? { id: owner, name: ownerName } : { id: '', name: '' },
    own,
    organisation:
      organisation === null ? null : ((await organisationNames(bench, [organisation]))[0] ?? null),
    updatedAt: updatedAt.toISOString(),
    abilities: { change: own },
  };
}

/** Queries that an account may use, by name; or those open to everybody. */
export async function listSaved(bench: Bench, by: By, show: 'mine' | 'public') {
  const own = organisationsOf(by.actor);
  const account = by.actor.kind === 'user' ? by.actor.id : null;
  let query = records(bench)
    .selectFrom('workbenchQuery')
    .select(shown)
    .where('deletedAt', 'is', null)
    .orderBy((e) => e.fn<string>('lower', ['name']))
    .orderBy('id')
    .limit(LIMITS.queries * 2);
  query =
    show === 'public'
      ? query.where('public', '=', true)
      : query.where((e) =>
          e.or([e('owner', '=', account ?? ''), ...(own.length > 0 ? [e('organisation', 'in', own)] : [])]),
        );
  const rows = await query.execute();
  return {
    queries: await Promise.all(rows.map((row) => view(bench, by, row))),
    organisations: await organisationNames(bench, own),
    publish: account !== null && bench.platform.policy.can(by.actor, WORKBENCH_PUBLISH),
  };
}

/** A query that the asker may see. @throws AppError `workbench_gone` */
export async function openSaved(bench: Bench, by: By, id: string): Promise<Row> {
  const row = await records(bench)
    .selectFrom('workbenchQuery')
    .select(shown)
    .where('id', '=', id)
    .where('deletedAt', 'is', null)
    .executeTakeFirst();
  const own = row && by.actor.kind === 'user' && row.owner === by.actor.id;
  const seen =
    row &&
    (own ||
      row.public ||
      (row.organisation !== null && organisationsOf(by.actor).includes(row.organisation)));
  if (!seen) throw workbenchError('workbench_gone', { what: '保存的检索式', what_en: 'The saved query' });
  return row;
}

/** One saved query. */
export async function getSaved(bench: Bench, by: By, id: string): Promise<SavedQuery> {
  return view(bench, by, await openSaved(bench, by, id));
}

async function prepared(bench: Bench, by: By, body: QueryBody) {
  await demandOrganisation(bench, by, body.organisation);
  const { name, note, organisation } = body;
  const others = organisation !== null || body.public;
  const kept = await readKept(bench, by, body, !others);
  return { name, note, organisation, public: body.public, ...kept };
}

const taken = (name: string) => () =>
  workbenchError('workbench_name_taken', { name, what: '检索式', what_en: 'query' });

/** Saves a query under a name that the account does not use yet. */
export async function saveQuery(bench: Bench, by: By, body: QueryBody): Promise<SavedQuery> {
  const owner = accountOf(by);
  if (body.public) bench.platform.policy.demand(by.actor, WORKBENCH_PUBLISH);
  const values = await prepared(bench, by, body);
  const now = bench.platform.clock.now();
  const from = await bench.corpus.version();
  const row = await unique(
    'workbench_query_name',
    () =>
      records(bench)
        .transaction()
        .execute(async (trx) => {
          await lockInTrx(trx as never, `workbench queries ${owner}`);
          const { n } = await trx
            .selectFrom('workbenchQuery')
            .select((e) => e.fn.countAll<number>().as('n'))
            .where('owner', '=', owner)
            .where('deletedAt', 'is', null)
            .executeTakeFirstOrThrow();
          if (Number(n) >= LIMITS.queries) throw tooMany(Number(n) + 1);
          const made = await trx
            .insertInto('workbenchQuery')
            .values({
              id: newId(),
              owner,
              ownerName: by.actor.name,
              ...values,
              createdAt: now,
              updatedAt: now,
            })
            .returning(shown)
            .executeTakeFirstOrThrow();
          await feedOfQuery(trx, made, from, now);
          await trace(bench, trx, by, {
            action: 'workbench.query.save',
            objectType: 'workbench-query',
            objectId: made.id,
            detail: { name: made.name, organisation: made.organisation, public: made.public },
          });
          return made;
        }),
    taken(body.name),
  );
  return view(bench, by, row);
}

const tooMany = (now: number) =>
  workbenchError('workbench_limit', {
    what: '保存的检索式',
    what_en: 'saved queries',
    most: LIMITS.queries,
    now,
  });

/** The row for a change by its owner, locked and compared with the version that was looked at. */
async function lockOwn(trx: ReturnType<typeof records>, by: By, id: string, version: number): Promise<Row> {
  const row = await trx
    .selectFrom('workbenchQuery')
    .select(shown)
    .where('id', '=', id)
    .where('deletedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw workbenchError('workbench_gone', { what: '保存的检索式', what_en: 'The saved query' });
  if (row.owner !== accountOf(by))
    throw workbenchError('workbench_read_only', {
      name: row.name,
      owner: row.ownerName,
      what: '检索式',
      what_en: 'query',
    });
  if (row.version !== version)
    throw workbenchError('workbench_changed', {
      by: row.ownerName,
      at: readable(row.updatedAt),
      name: row.name,
      version: row.version,
    });
  return row;
}

/** Changes a query of one's own. Watches of it follow at their next run. */
export async function changeQuery(
  bench: Bench,
  by: By,
  id: string,
  body: QueryBody & { version: number },
): Promise<SavedQuery> {
  const before = await openSaved(bench, by, id);
  if (body.public && !before.public) bench.platform.policy.demand(by.actor, WORKBENCH_PUBLISH);
  const values = before.owner === by.actor.id ? await prepared(bench, by, body) : null;
  const now = bench.platform.clock.now();
  const from = await bench.corpus.version();
  const row = await unique(
    'workbench_query_name',
    () =>
      records(bench)
        .transaction()
        .execute(async (trx) => {
          const old = await lockOwn(trx, by, id, body.version);
          const made = await trx
            .updateTable('workbenchQuery')
            .set({ ...values!, version: old.version + 1, updatedAt: now, ownerName: by.actor.name })
            .where('id', '=', id)
            .returning(shown)
            .executeTakeFirstOrThrow();
          await feedOfQuery(trx, made, from, now);
          await trace(bench, trx, by, {
            action: 'workbench.query.change',
            objectType: 'workbench-query',
            objectId: id,
            detail: {
              name: made.name,
              organisation: made.organisation,
              public: made.public,
              was: { name: old.name, q: old.q.slice(0, 2000) },
            },
          });
          return made;
        }),
    taken(body.name),
  );
  return view(bench, by, row);
}

/** Deletes a query of one's own. */
export async function deleteQuery(bench: Bench, by: By, id: string, version: number) {
  await openSaved(bench, by, id);
  const now = bench.platform.clock.now();
  await records(bench)
    .transaction()
    .execute(async (trx) => {
      const old = await lockOwn(trx, by, id, version);
      await trx.updateTable('workbenchQuery').set({ deletedAt: now }).where('id', '=', id).execute();
      await feedOfQuery(trx, { ...old, public: false }, 0, now);
      await trace(bench, trx, by, {
        action: 'workbench.query.delete',
        objectType: 'workbench-query',
        objectId: id,
        detail: { name: old.name },
      });
    });
  return { id };
}
