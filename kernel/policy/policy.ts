import { AppError } from '#kernel/errors';
import type { Text } from '#kernel/text';

/** A role that accounts are given; `scope` says what the grant must name besides the role. */
export interface RoleDef {
  id: string;
  title: Text;
  scope: 'platform' | 'organisation' | 'region';
}

/** A permission that a module declares, with the roles that hold it. */
export interface PermissionDef {
  id: string;
  title: Text;
  roles: readonly string[];
}

/** One role given to an account, limited to an organisation (department id) or region (region id) where its scope says so. */
export interface Grant {
  role: string;
  organisation: string | null;
  region: string | null;
}

/** Who asks. `anonymous` is a visitor; `system` is the platform itself (jobs, seeding). */
export interface Actor {
  kind: 'anonymous' | 'user' | 'system';
  id: string | null;
  name: string;
  grants: readonly Grant[];
  /** How a user proved who they are; null for visitors and the system. */
  via: 'session' | 'token' | null;
}

/** A visitor without an account. */
export const anonymous: Actor = { kind: 'anonymous', id: null, name: '访客', grants: [], via: null };

/** The platform itself. */
export const system: Actor = { kind: 'system', id: null, name: '系统', grants: [], via: null };

/** What a permission is asked about: something of that organisation, of that region, or (both absent) anything at all. */
export interface Scope {
  organisation?: string;
  region?: string;
}

/** Decides by permission and scope. Built once from all modules' declarations; throws on an unknown role or a double id. */
export class Policy {
  readonly roles: ReadonlyMap<string, RoleDef>;
  readonly permissions: ReadonlyMap<string, PermissionDef>;

  constructor(roles: readonly RoleDef[], permissions: readonly PermissionDef[]) {
    this.roles = unique(roles, 'role');
    this.permissions = unique(permissions, 'permission');
    for (const p of permissions)
      for (const role of p.roles)
        if (!this.roles.has(role)) throw new Error(`permission ${p.id} names the unknown role ${role}`);
  }

  /**
   * May the actor do this? Without a scope: does any grant carry the permission. With one: platform roles reach
   * everything; a grant of a role scoped to organisations reaches what belongs to its organisation, and nothing of which
   * only the region was named; the same the other way round.
   */
  can(actor: Actor, permission: string, scope: Scope = {}): boolean {
    if (actor.kind === 'system') return true;
    const grants = this.grantsOf(actor, permission);
    if (scope.organisation === undefined && scope.region === undefined) return grants.length > 0;
    return grants.some((grant) => {
      const side = this.roles.get(grant.role)!.scope;
      return side === 'platform' || (scope[side] !== undefined && grant[side] === scope[side]);
    });
  }

  /** Like {@link can}, but throws 401 or 403. */
  demand(actor: Actor, permission: string, scope: Scope = {}): void {
    if (this.can(actor, permission, scope)) return;
    if (actor.kind === 'anonymous') throw new AppError('not_signed_in');
    const { zh, en } = this.permissions.get(permission)!.title;
    throw new AppError('forbidden', { permission: zh, permission_en: en });
  }

  /** The grants through which the actor holds a permission. */
  grantsOf(actor: Actor, permission: string): Grant[] {
    const def = this.permissions.get(permission);
    if (!def) throw new Error(`unknown permission ${permission}`);
    return actor.grants.filter((g) => def.roles.includes(g.role) && this.roles.has(g.role));
  }

  /** Ids of all permissions that the actor holds in some scope: what the web shows in the navigation. */
  held(actor: Actor): string[] {
    return [...this.permissions.keys()].filter((id) => this.can(actor, id));
  }
}

function unique<T extends { id: string }>(defs: readonly T[], what: string): Map<string, T> {
  const map = new Map<string, T>();
  for (const def of defs) {
    if (map.has(def.id)) throw new Error(`${what} ${def.id} is declared twice`);
    map.set(def.id, def);
  }
  return map;
}
