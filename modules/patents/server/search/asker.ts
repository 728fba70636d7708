import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import { PATENTS_PERSONAL } from '../../contract.ts';
import type { Groups } from '../applicants/groups.ts';
import type { ClassTree } from '../classes/tree.ts';
import type { Places } from '../places.ts';
import type { Asker } from './compile.ts';

/** What one reader's queries may know and see. */
export function askerOf(
  platform: Platform,
  actor: Actor,
  places: Places,
  schemes: Readonly<Record<'ipc' | 'cpc', ClassTree>>,
  groups: Groups,
): Asker {
  return {
    personal: platform.policy.can(actor, PATENTS_PERSONAL),
    regions(text) {
      if (text === '' || text === '-' || text === '无') return [''];
      const region = places.resolve(text);
      return region === null ? null : places.within(region, platform.clock.today());
    },
    below(system, symbol) {
      const tree = schemes[system];
      const { below, related } = tree.expand(symbol);
      return { symbols: below.symbols, depthKnown: below.depthKnown, former: related.map((r) => r.symbol) };
    },
    above: (system, symbol) => schemes[system].path(symbol).map((node) => node.symbol),
    applicants: (text) => groups.members(text),
    names: (ids) => groups.names(ids),
  };
}
