import type { Kysely } from 'kysely';
import { withAuth } from '#kernel/auth/tables';
import type { Actor } from '#kernel/policy/policy';
import type { Records } from '#kernel/records';
import { WORKBENCH_PUBLISH, type WorkbenchObject } from '../../contract.ts';
import { type Bench, type By, organisationNames, organisationsOf, readable, records } from '../bench.ts';
import { workbenchError } from '../errors.ts';
import type { WorkbenchTables } from '../tables.ts';

/** A collection or tree as stored, with what was shared with the asker. */
export interface ObjectRow {
  id: string;
  kind: 'collection' | 'tree';
  name: string;
  note: string;
  owner: string;
  ownerName: string;
  organisation: string | null;
  public: boolean;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  updatedByName: string;
  deletedAt: Date | null;
}

/** What an account may do with an object; each includes those before it. */
export type Right = 'none' | 'read' | 'edit' | 'manage';
const ORDER: readonly Right[] = ['none', 'read', 'edit', 'manage'];

/** How objects and their like are called. */
export const OBJECT_WORDS = {
  collection: { what: '专利集', what_en: 'collection' },
  tree: { what: '分类导航', what_en: 'classification tree' },
} as const;

/**
 * The rule: owner and members of the object's organisation do everything, accounts it is shared with read or edit, everybody
 * reads what is public. `share` is what stands in the list of shares for this account.
 */
export function rightOf(
  actor: Actor,
  object: Pick<ObjectRow, 'owner' | 'organisation' | 'public'>,
  share: boolean | null,
): Right {
  if (actor.kind === 'user' && actor.id !== null) {
    if (object.owner === actor.id) return 'manage';
    if (object.organisation !== null && organisationsOf(actor).includes(object.organisation)) return 'manage';
    if (share !== null) return share ? 'edit' : 'read';
  }
  return object.public ? 'read' : 'none';
}

/** Is this right at least that one? */
export function reaches(right: Right, wanted: Right): boolean {
  return ORDER.indexOf(right) >= ORDER.indexOf(wanted);
}

/** An object that was opened, and what the asker may do with it. */
export interface Opened {
  row: ObjectRow;
  right: Right;
}

/** How an object is opened. */
export interface Opening {
  kind?: 'collection' | 'tree' | undefined;
  /** The version that was looked at; the row is compared with it. */
  version?: number;
  /** Holds the row until the transaction ends: `update` for changes of itself, `share` for changes of its content. */
  lock?: 'update' | 'share';
  deleted?: boolean;
}

/**
 * Opens an object for an asker. What is not open to them is not there.
 * @throws AppError `workbench_gone`, `workbench_read_only`, `workbench_changed`
 */
export async function openObject(
  db: Kysely<WorkbenchTables>,
  by: Pick<By, 'actor'>,
  id: string,
  wanted: Right,
  { kind, version, lock, deleted = false }: Opening = {},
): Promise<Opened> {
  let query = db.selectFrom('workbenchObject').selectAll().where('id', '=', id);
  if (lock === 'update') query = query.forUpdate();
  if (lock === 'share') query = query.forShare();
  const row: ObjectRow | undefined = await query.executeTakeFirst();
  const share =
    row && by.actor.id !== null
      ? await db
          .selectFrom('workbenchShare')
          .select('edit')
          .where('object', '=', id)
          .where('account', '=', by.actor.id)
          .executeTakeFirst()
      : undefined;
  const right = row ? rightOf(by.actor, row, share?.edit ?? null) : 'none';
  const there = row && (kind === undefined || row.kind === kind) && (row.deletedAt !== null) === deleted;
  if (!there || !reaches(right, deleted ? 'manage' : 'read')) {
    const words = OBJECT_WORDS[kind ?? row?.kind ?? 'collection'];
    throw workbenchError('workbench_gone', { what: words.what, what_en: `The ${words.what_en}` });
  }
  if (!reaches(right, wanted))
    throw workbenchError('workbench_read_only', {
      name: row.name,
      owner: row.ownerName,
      ...OBJECT_WORDS[row.kind],
    });
  if (version !== undefined && row.version !== version)
    throw workbenchError('workbench_changed', {
      by: row.updatedByName,
      at: readable(row.updatedAt),
      name: row.name,
      version: row.version,
    });
  return { row, right };
}

/** How many things objects hold: items of collections, nodes of trees. */
async function sizes(bench: Bench, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const db = records(bench);
  const [items, nodes] = await Promise.all([
    db
      .selectFrom('workbenchItem')
      .select(['collection as id', (e) => e.fn.countAll<number>().as('n')])
      .where('collection', 'in', [...ids])
      .where('removedAt', 'is', null)
      .groupBy('collection')
      .execute(),
    db
      .selectFrom('workbenchNode')
      .select(['tree as id', (e) => e.fn.countAll<number>().as('n')])
      .where('tree', 'in', [...ids])
      .where('deletedAt', 'is', null)
      .groupBy('tree')
      .execute(),
  ]);
  return new Map([...items, ...nodes].map(({ id, n }) => [id, Number(n)]));
}

/** Who objects are shared with. */
async function sharesOf(bench: Bench, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return withAuth(records(bench) as unknown as Records)
    .withTables<Pick<WorkbenchTables, 'workbenchShare'>>()
    .selectFrom('workbenchShare as s')
    .innerJoin('auth.user as u', 'u.id', 's.account')
    .select(['s.object', 's.edit', 'u.id', 'u.name', 'u.username'])
    .where('s.object', 'in', [...ids])
    .orderBy('u.username')
    .execute();
}

/** Objects as they are answered. Visitors learn nothing of the persons behind them. */
export async function objectViews(
  bench: Bench,
  by: By,
  opened: readonly Opened[],
): Promise<WorkbenchObject[]> {
  const ids = opened.map((o) => o.row.id);
  const [size, shares] = await Promise.all([sizes(bench, ids), sharesOf(bench, ids)]);
  const signedIn = by.actor.kind === 'user';
  const publish = signedIn && bench.platform.policy.can(by.actor, WORKBENCH_PUBLISH);
  const organisations = new Map(
    (
      await organisationNames(bench, [
        ...new Set(opened.flatMap(({ row }) => (row.organisation === null ? [] : [row.organisation]))),
      ])
    ).map((o) => [o.id, o]),
  );
  return opened.map(({ row, right }) => {
    const { owner, ownerName, organisation, createdAt, updatedAt, updatedByName, deletedAt, ...rest } = row;
    return {
      ...rest,
      owner: signedIn ? { id: owner, name: ownerName } : { id: '', name: '' },
      own: signedIn && owner === by.actor.id,
      organisation: organisation === null ? null : (organisations.get(organisation) ?? null),
      shares: reaches(right, 'edit')
        ? shares.flatMap((s) =>
            s.object === row.id
              ? [{ person: { id: s.id, name: s.name }, username: s.username ?? '', edit: s.edit }]
              : [],
          )
        : [],
      size: size.get(row.id) ?? 0,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
      updatedBy: signedIn ? updatedByName : '',
      deletedAt: deletedAt?.toISOString() ?? null,
      abilities: { edit: reaches(right, 'edit'), manage: reaches(right, 'manage'), publish },
    };
  });
}

/** One of them. */
export async function objectView(bench: Bench, by: By, opened: Opened): Promise<WorkbenchObject> {
  return (await objectViews(bench, by, [opened]))[0]!;
}
