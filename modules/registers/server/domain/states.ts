import type { Text } from '#kernel/text';
import type { EntryAction, EntryState } from '../../contract.ts';

/** One step between states. `needs`: what must be given with it. */
interface Step {
  from: readonly EntryState[];
  to: EntryState;
  label: Text;
  /** Must a reason be given? */
  reason: boolean;
  /** Must a day be given from which it takes effect? (Not for what was void from the beginning.) */
  day: boolean;
}

/** The states of an entry, in order. */
export const STATES: Record<EntryState, Text> = {
  proposed: { zh: '待核实', en: 'Proposed' },
  verified: { zh: '已核实', en: 'Verified' },
  published: { zh: '已公布', en: 'Published' },
  expired: { zh: '已到期', en: 'Expired' },
  removed: { zh: '已移出', en: 'Removed' },
};

/** States that count: an entry in one of them held on the days of its validity. */
export const COUNTED: readonly EntryState[] = ['published', 'expired', 'removed'];

/** States that everybody may see in a public register. */
export const SEEN_BY_ALL: readonly EntryState[] = ['published', 'expired'];

/** What may be done in which state. */
export const STEPS: Record<EntryAction, Step> = {
  verify: {
    from: ['proposed'],
    to: 'verified',
    label: { zh: '核实', en: 'Verify' },
    reason: false,
    day: false,
  },
  publish: {
    from: ['proposed', 'verified'],
    to: 'published',
    label: { zh: '公布', en: 'Publish' },
    reason: false,
    day: false,
  },
  return: {
    from: ['proposed', 'verified'],
    to: 'proposed',
    label: { zh: '退回', en: 'Return' },
    reason: true,
    day: false,
  },
  expire: { from: ['published'], to: 'expired', label: { zh: '到期', en: 'End' }, reason: false, day: true },
  remove: {
    from: ['proposed', 'verified', 'published', 'expired'],
    to: 'removed',
    label: { zh: '移出', en: 'Remove' },
    reason: true,
    day: true,
  },
  restore: {
    from: ['expired', 'removed'],
    to: 'published',
    label: { zh: '恢复', en: 'Restore' },
    reason: true,
    day: false,
  },
};

/** Names of the steps that are no {@link EntryAction}. */
export const OTHER_STEPS: Record<string, Text> = {
  create: { zh: '新增', en: 'Create' },
  correct: { zh: '更正', en: 'Correct' },
  change: { zh: '变更', en: 'Change' },
  merge: { zh: '合并', en: 'Merge' },
  unmerge: { zh: '撤销合并', en: 'Undo merge' },
};

/** Name of any recorded step. */
export function stepLabel(action: string): Text {
  return (
    (STEPS as Record<string, Step | undefined>)[action]?.label ??
    OTHER_STEPS[action] ?? { zh: action, en: action }
  );
}

/** What may follow on a state. */
export function stepsFrom(state: EntryState): EntryAction[] {
  return (Object.keys(STEPS) as EntryAction[]).filter((action) => STEPS[action].from.includes(state));
}
