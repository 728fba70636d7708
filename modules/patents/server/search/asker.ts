import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import { PATENTS_PERSONAL } from '../../contract.ts';
import type { Places } from '../places.ts';
import type { Groups } from './applicants.ts';
import type { Asker } from './compile.ts';

/** What the query language needs of the loaded schemes. */
export interface Scheme {
  below(symbol: string): { symbols: readonly string[]; depthKnown: boolean };
  above(symbol: string): readonly string[];
}

/** What one reader's queries may know and see. */
export function askerOf(
  platform: Platform,
  actor: Actor,
  places: Places,
  scheme: Scheme,
  groups: Groups,
): Asker {
  return {
    personal: platform.policy.can(actor, PATENTS_PERSONAL),
    regions(text) {
      if (text === '' || text === '-') return [''];
      const region = places.resolve(text);
      return region === null ? null : places.within(region, platform.clock.today());
    },
    below: (symbol) => scheme.below(symbol),
    above: (symbol) => scheme.above(symbol),
    applicants: (text) => groups.members(text),
  };
}
