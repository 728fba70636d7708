import type { FaultCode } from '#kernel/city/faults';
import { type FaultCase, set } from './fault-cases.ts';

/** Lets the item propose an entry of a register, as `more` has it. */
const feed = (more: object, at: string): FaultCase =>
  set(
    'items/leads.yaml',
    ['registers'],
    [
      {
        ...{ register: 'alliances', step: 'grant' },
        entry: { name: { from: 'about' }, industry: { value: 'textiles' }, foundedOn: { day: true } },
        ...more,
      },
    ],
    at,
  );
const whole = { name: { from: 'about' }, industry: { value: 'textiles' }, foundedOn: { day: true } };

/** Faults of entries of registers that follow from an item. */
export const FEED_CASES = {
  'item-unknown-register': feed({ register: 'alliance' }, 'register: alliance'),
  'item-register-step': feed({ step: 'tell' }, 'step: tell'),
  'item-register-field': feed({ entry: { ...whole, nam: { day: true } } }, 'day: true'),
  'item-register-sort': feed({ entry: { ...whole, industry: { value: 'shoes' } } }, 'value: shoes'),
  'item-register-missing': feed({ entry: { name: whole.name, industry: whole.industry } }, 'entry:'),
} satisfies Partial<Record<FaultCode, FaultCase>>;
