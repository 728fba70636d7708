import type { FaultCode } from '#kernel/city/faults';
import { type FaultCase, type Path, set } from './fault-cases.ts';

const R = 'rewards.yaml';
const I = 'items/leads.yaml';
const rule = (...path: Path): Path => ['rules', 0, ...path];

/** Faults of rules on rewards, and of the item that uses one. */
export const REWARD_CASES = {
  'reward-floor': set(R, rule('grades', 0, 'floor'), 6000, 'floor: 6000'),
  'item-unknown-reward': set(I, ['reward', 'rules', 0], 'lead-2021', 'lead-2021'),
  'item-reward-overlap': set(I, ['reward', 'rules', 1], 'leads-2021', 'leads-2021'),
  'item-reward-step': set(I, ['reward', 'grant'], 'propose', 'grant: propose'),
} satisfies Partial<Record<FaultCode, FaultCase>>;
