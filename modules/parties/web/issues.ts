import { ApiError } from '#shell/api';
import type { FormIssue } from '#shell/components/form.tsx';
import type { Translate } from '#shell/i18n';
import type { zh } from './locales/zh.ts';

/** What the server finds wrong, by the place inside the record: `names/0/to`; empty for the record as a whole. */
export interface PlacedIssue {
  place: string;
  message: string;
}

const rules = ['calendar-date', 'id', 'blank', 'adcode'] as const;
type Rule = (typeof rules)[number];

/** Issues of a refused record. */
export function placedIssues(error: unknown, t: Translate<typeof zh>): PlacedIssue[] {
  if (!(error instanceof ApiError) || error.status !== 400) return [];
  if (error.issues.length === 0) return [{ place: '', message: error.message }];
  return error.issues.map((i) => ({
    place: i.path.replace(/^\/body\/doc\/?/, '').replace(/^\/body$/, ''),
    // The shape's own checks answer with the name of the rule alone.
    message: rules.some((r) => r === i.message) ? t(`issue.${i.message as Rule}`) : i.message,
  }));
}

/** Places that have a control of their own: fields of a group, and the record's own fields. */
export function ownPlace(place: string): string {
  const [head, index, field] = place.split('/');
  if (head === undefined || index === undefined) return head ?? '';
  return field === undefined ? `${head}/${index}` : `${head}/${index}/${field}`;
}

/** The id of the control or group of a place. */
export function placeId(place: string): string {
  return `party-${(ownPlace(place) || 'record').replaceAll('/', '-')}`;
}

/** The issues for the list on top of the form, with words for each place. */
export function summed(issues: readonly PlacedIssue[], t: Translate<typeof zh>): FormIssue[] {
  const groups = { names: 'edit.nameN', codes: 'edit.codeN', successors: 'edit.successorN' } as const;
  const fields: Record<string, string> = {
    zh: t('edit.zh'),
    en: t('edit.en'),
    short: t('edit.short'),
    from: t('edit.from'),
    to: t('edit.to'),
    code: t('edit.code'),
    id: t('edit.id'),
    note: t('edit.note'),
  };
  return issues.map(({ place, message }) => {
    const [head = '', index, field] = place.split('/');
    const group = groups[head as keyof typeof groups];
    const label =
      group && index !== undefined
        ? `${t(group, { n: Number(index) + 1 })} ${head === 'successors' && field === 'to' ? t('edit.successorTo') : (fields[field ?? ''] ?? '')}`.trim()
        : (fields[head] ?? t('edit.record'));
    return { field: placeId(place), label, message };
  });
}
