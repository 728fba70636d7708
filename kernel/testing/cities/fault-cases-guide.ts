import type { FaultCode } from '#kernel/city/faults';
import { type FaultCase, set } from './fault-cases.ts';

const GOOD = { type: 'promised', channels: ['window', 'online'], visits: 0, depth: 4 };
/** The letters, which have a duration and are free, conducted with `more`. */
const conduct = (more: object, at: string): FaultCase =>
  set('items/letters.yaml', ['conduct'], { ...GOOD, ...more }, at);

/** Faults of how an item is conducted. */
export const GUIDE_CASES = {
  'item-conduct-type': conduct({ type: 'immediate' }, 'type: immediate'),
  'item-conduct-visits': conduct({ visits: 1, depth: 3 }, 'visits: 1'),
  'item-conduct-post': conduct({ channels: ['window'], depth: undefined }, 'visits: 0'),
  'item-conduct-depth': conduct({ channels: ['post'], postIn: true }, 'depth: 4'),
  'item-conduct-payment': conduct({ payment: true }, 'payment: true'),
} satisfies Partial<Record<FaultCode, FaultCase>>;
