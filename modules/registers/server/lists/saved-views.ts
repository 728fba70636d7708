import { AppError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { SavedView } from '../../contract.ts';
import { accessTo, demandOpen } from '../access.ts';
import { registerOf } from '../catalogue.ts';
import { withRegisters } from '../tables.ts';

/** Views that one person may keep in one register. */
const MOST = 100;

async function open(platform: Platform, actor: Actor, register: string): Promise<string> {
  const model = registerOf(platform.pack, register);
  demandOpen(await accessTo(platform, actor, model), model);
  if (actor.id === null) throw new AppError('not_signed_in');
  return actor.id;
}

/** Own views and those that others share, by name. */
export async function savedViews(platform: Platform, actor: Actor, register: string): Promise<SavedView[]> {
  const owner = await open(platform, actor, register);
  const rows = await withRegisters(platform.records)
    .selectFrom('registerView')
    .selectAll()
    .where('register', '=', register)
    .where((e) => e.or([e('owner', '=', owner), e('shared', '=', true)]))
    .orderBy('name')
    .orderBy('id')
    .limit(500)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    query: row.query,
    shared: row.shared,
    own: row.owner === owner,
    by: row.ownerName,
  }));
}

/** Keeps a view under a name; one of the same name is replaced. */
export async function saveView(
  platform: Platform,
  actor: Actor,
  register: string,
  body: { name: string; query: string; shared: boolean },
): Promise<SavedView> {
  const owner = await open(platform, actor, register);
  const own = (await savedViews(platform, actor, register)).filter((v) => v.own);
  if (own.length >= MOST && !own.some((v) => v.name === body.name))
    throw new AppError('too_large', { limit: String(MOST) });
  const row = await withRegisters(platform.records)
    .insertInto('registerView')
    .values({ id: newId(), register, owner, ownerName: actor.name, ...body, at: platform.clock.now() })
    .onConflict((c) =>
      c
        .columns(['register', 'owner', 'name'])
        .doUpdateSet({ query: body.query, shared: body.shared, at: platform.clock.now() }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id: row.id, ...body, own: true, by: actor.name };
}

/** Forgets an own view. */
export async function deleteView(
  platform: Platform,
  actor: Actor,
  register: string,
  id: string,
): Promise<{ id: string }> {
  const owner = await open(platform, actor, register);
  const done = await withRegisters(platform.records)
    .deleteFrom('registerView')
    .where('id', '=', id)
    .where('register', '=', register)
    .where('owner', '=', owner)
    .executeTakeFirst();
  if (Number(done.numDeletedRows) === 0) throw new AppError('not_found', { what: '保存的视图' });
  return { id };
}
