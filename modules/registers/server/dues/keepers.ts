import type { Platform } from '#kernel/module';
import { directory } from '#modules/parties/server/index';
import { REGISTERS_COUNTY, REGISTERS_KEEP } from '../../contract.ts';
import type { RegisterModel } from '../fields/model.ts';
import { regionsAnswered } from '../regions.ts';

/** Accounts that have to do with a register: those of its keeper, and those of a region where counties take part. */
export interface Keepers {
  keepers: readonly string[];
  /** Accounts of officers of a region; empty where the register leaves counties out. */
  ofRegion(region: string | null): readonly string[];
}

/** Who keeps a register today. Whoever moves to another office takes nothing along: grants decide, not persons. */
export async function keepersOf(platform: Platform, model: RegisterModel): Promise<Keepers> {
  const { keeper } = model.decl;
  const today = platform.clock.today();
  const lookup = await directory(platform).lookup();
  const departments = [keeper.department, ...lookup.currentDepartments(keeper.department, today)];
  const grants = await platform.records
    .selectFrom('accountGrant')
    .select(['userId', 'role', 'organisation', 'region'])
    .execute();
  const holders = (permission: string) => {
    const roles = platform.policy.permissions.get(permission)?.roles ?? [];
    return grants.filter((g) => roles.includes(g.role));
  };
  const own = holders(REGISTERS_KEEP).filter(
    (g) => g.organisation !== null && departments.includes(g.organisation),
  );
  const counties = (keeper.counties === 'none' ? [] : holders(REGISTERS_COUNTY)).flatMap((g) =>
    (g.region === null ? [] : regionsAnswered(lookup, g.region, today)).map((region) => ({ ...g, region })),
  );
  return {
    keepers: [...new Set(own.map((g) => g.userId))],
    ofRegion: (region) =>
      region === null ? [] : [...new Set(counties.filter((g) => g.region === region).map((g) => g.userId))],
  };
}
