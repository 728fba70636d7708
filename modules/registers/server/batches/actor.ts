import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';

/** The person for whom a batch is worked on, with the rights of this moment: they may have changed since it was begun. */
export async function actorOf(
  platform: Platform,
  batch: { actorId: string; actorName: string },
): Promise<Actor> {
  const grants = await platform.records
    .selectFrom('accountGrant')
    .select(['role', 'organisation', 'region'])
    .where('userId', '=', batch.actorId)
    .execute();
  return { kind: 'user', id: batch.actorId, name: batch.actorName, grants, via: null };
}
