import type { CalendarDate } from '#kernel/calendar/date';
import { readDate } from '#shell/components/read-date';
import type { Translate } from '../text.ts';
import type { CheckedField } from './fields.ts';

/** What criteria and schemes have in common, as it is typed. */
export interface HeadDraft {
  name: string;
  from: string;
  source: string;
  verified: boolean;
}

/** Limits of the server for what is typed. */
export const MOST = { title: 120, source: 500, guidance: 1000, grade: 4 } as const;

/**
 * Where a new version begins: as the one that holds, from today on. Whether its text was compared with the source its maker
 * says anew, since he changes it.
 */
export function headDraftOf(base: { name: string; source: string }, today: CalendarDate): HeadDraft {
  return { name: base.name, from: today, source: base.source, verified: false };
}

/** The fields of the head with what is wrong with them. */
export function headFields(head: HeadDraft, t: Translate): CheckedField[] {
  const filled = (text: string) => (text.trim() === '' ? t('rules.fill') : null);
  return [
    { path: '/name', label: t('rules.name'), fault: filled(head.name) },
    { path: '/from', label: t('rules.from'), fault: readDate(head.from) ? null : t('rules.needDay') },
    { path: '/source', label: t('rules.source'), fault: filled(head.source) },
  ];
}

/** The head to be sent. */
export function headOf(head: HeadDraft): HeadDraft {
  return {
    name: head.name.trim(),
    from: readDate(head.from) ?? head.from,
    source: head.source.trim(),
    verified: head.verified,
  };
}

/** A key for something new: a word with the first number that none has yet. */
export function freshKey(word: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const key = n === 1 ? word : `${word}-${n}`;
    if (!taken.has(key)) return key;
  }
}
