import type { EntryAction, EntryState } from '../contract.ts';
import { useText } from './text.ts';

/** Shapes of the states: told apart without colour. */
export const stateShapes: Record<EntryState, string> = {
  proposed: '◇',
  verified: '◆',
  published: '●',
  expired: '○',
  removed: '✕',
};

/** All states in the order of an entry's life. */
export const STATES = ['proposed', 'verified', 'published', 'expired', 'removed'] as const;

/** Words of states and actions in the language of the page. */
export function useWords() {
  const t = useText();
  return {
    state: (state: EntryState) => t(`state.${state}`),
    action: (action: EntryAction) => t(`action.${action}`),
    /** `2017-05-01 至 2020-04-30`, with words where an end is open. */
    validity: (from: string | null, to: string | null) =>
      from === null && to === null
        ? t('validity.none')
        : t('validity.span', { from: from ?? t('validity.ever'), to: to ?? t('validity.open') }),
    /** `还有 12 天`, `今天`, `已过 3 天`. */
    days: (days: number) =>
      days === 0
        ? t('due.today')
        : days > 0
          ? t('due.left', { count: days, days })
          : t('due.past', { count: -days, days: -days }),
  };
}
