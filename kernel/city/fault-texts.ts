import { FEED_FAULTS } from './fault-texts-feeds.ts';
import { FILE_FAULTS } from './fault-texts-files.ts';
import { GUIDE_FAULTS } from './fault-texts-guide.ts';
import { ITEM_FAULTS } from './fault-texts-items.ts';
import { LIMIT_FAULTS } from './fault-texts-limits.ts';
import { PLACE_FAULTS } from './fault-texts-places.ts';
import { PLAN_FAULTS } from './fault-texts-plan.ts';
import { PORTAL_FAULTS } from './fault-texts-portals.ts';
import { REGISTER_FAULTS } from './fault-texts-registers.ts';
import { REWARD_FAULTS } from './fault-texts-rewards.ts';

/** Every fault the checker can find. */
export const FAULT_TEXTS = {
  ...FILE_FAULTS,
  ...PLAN_FAULTS,
  ...PLACE_FAULTS,
  ...LIMIT_FAULTS,
  ...ITEM_FAULTS,
  ...PORTAL_FAULTS,
  ...REGISTER_FAULTS,
  ...REWARD_FAULTS,
  ...FEED_FAULTS,
  ...GUIDE_FAULTS,
};

/** Stable names of faults. */
export type FaultCode = keyof typeof FAULT_TEXTS;

/** Faults that do not keep a pack from loading. */
export const WARNINGS: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'crs-unverified',
  'population-not-reliable',
  'population-sum',
  'ends-without-successor',
]);
