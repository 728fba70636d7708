import type { useText } from '../text.ts';

/** Days until due, in words; negative when overdue. */
export function daysWord(t: ReturnType<typeof useText>, days: number): string {
  if (days < 0) return t('due.overdue', { count: -days });
  return days === 0 ? t('due.today') : t('due.left', { count: days });
}
