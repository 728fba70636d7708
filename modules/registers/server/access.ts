import { sql } from 'kysely';
import { AppError } from '#kernel/errors';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import { directory } from '#modules/parties/server/index';
import { REGISTERS_COUNTY, REGISTERS_KEEP, REGISTERS_READ, type RegisterAbilities } from '../contract.ts';
import { SEEN_BY_ALL } from './domain/states.ts';
import type { RegisterModel } from './fields/model.ts';
import { regionsAnswered } from './regions.ts';
import { anyOf, type Condition } from './sql.ts';

/** What somebody may do with a register. `'all'`: everywhere; a list: only with entries of these regions. */
export interface Access {
  keep: 'all' | readonly string[];
  propose: 'all' | readonly string[];
  /** Whose unpublished entries and internal fields may be seen. */
  inside: 'all' | readonly string[];
}

const NOWHERE: readonly string[] = [];

/** What the actor may do with a register today. Departments that took over from the keeper keep it. */
export async function accessTo(platform: Platform, actor: Actor, model: RegisterModel): Promise<Access> {
  const { policy } = platform;
  const { keeper } = model.decl;
  const today = platform.clock.today();
  const lookup = await directory(platform).lookup();
  const departments = [keeper.department, ...lookup.currentDepartments(keeper.department, today)];
  if (departments.some((organisation) => policy.can(actor, REGISTERS_KEEP, { organisation })))
    return { keep: 'all', propose: 'all', inside: 'all' };
  const regions = policy
    .grantsOf(actor, REGISTERS_COUNTY)
    .flatMap((grant) => (grant.region === null ? [] : regionsAnswered(lookup, grant.region, today)));
  const own = model.decl.entry.region === undefined || keeper.counties === 'none' ? NOWHERE : regions;
  const reads = policy.can(actor, REGISTERS_READ);
  return {
    keep: keeper.counties === 'keep' ? own : NOWHERE,
    propose: own,
    inside: reads ? 'all' : own,
  };
}

/** Does a permission reach this region? An entry without a region is reached only by those who reach everything. */
export function reaches(scope: Access[keyof Access], region: string | null): boolean {
  return scope === 'all' || (region !== null && scope.includes(region));
}

/** Does it reach anything? */
export function somewhere(scope: Access[keyof Access]): boolean {
  return scope === 'all' || scope.length > 0;
}

/** May the register be seen at all? */
export function mayOpen(access: Access, model: RegisterModel): boolean {
  return model.decl.public || somewhere(access.inside);
}

/** Throws 404 where the register may not be seen: its name alone may say too much. */
export function demandOpen(access: Access, model: RegisterModel): void {
  if (!mayOpen(access, model)) throw new AppError('not_found', { what: '名册' });
}

/** The slices `s` that the asker may see. */
export function visible(access: Access, model: RegisterModel): Condition {
  if (access.inside === 'all') return sql<boolean>`true`;
  const conditions: Condition[] = [];
  if (model.decl.public) conditions.push(sql<boolean>`s.state in (${sql.join(SEEN_BY_ALL)})`);
  if (access.inside.length > 0) conditions.push(sql<boolean>`s.region in (${sql.join(access.inside)})`);
  return anyOf(conditions);
}

/** Of slices of a past, those of entries that the asker may see today: what was taken away is not shown as it once was. */
export function visibleNow(access: Access): Condition {
  if (access.inside === 'all') return sql<boolean>`true`;
  const today = sql<boolean>`(select e.state from register_entry e where e.id = s.entry) in (${sql.join(SEEN_BY_ALL)})`;
  return access.inside.length === 0
    ? today
    : anyOf([today, sql<boolean>`s.region in (${sql.join(access.inside)})`]);
}

/** The same as {@link visible} for one entry. */
export function seesEntry(
  access: Access,
  model: RegisterModel,
  entry: { state: string; region: string | null },
): boolean {
  if (reaches(access.inside, entry.region)) return true;
  return model.decl.public && (SEEN_BY_ALL as readonly string[]).includes(entry.state);
}

/** As pages are told. */
export function abilitiesOf(access: Access): RegisterAbilities {
  const regions = access.propose === 'all' ? null : [...access.propose];
  return { propose: somewhere(access.propose), keep: somewhere(access.keep), regions };
}
