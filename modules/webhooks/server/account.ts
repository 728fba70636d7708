import { AppError } from '#kernel/errors';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';

/** Who asks, under which request. A handler's call fits as it is. */
export interface By {
  actor: Actor;
  requestId: string;
}

/** The asker's account. @throws AppError `not_signed_in` */
export function accountOf({ actor }: Pick<By, 'actor'>): string {
  if (actor.kind !== 'user' || actor.id === null) throw new AppError('not_signed_in');
  return actor.id;
}

/** The account as it may act now; null where it is gone or disabled. */
export async function actorOf({ auth }: Pick<Platform, 'auth'>, account: string): Promise<Actor | null> {
  const found = await auth.findAccount(account);
  if (!found || found.disabledAt !== null) return null;
  return { kind: 'user', id: found.id, name: found.name, grants: found.grants, via: null };
}
