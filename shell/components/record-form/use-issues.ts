import type { FieldView } from '#kernel/fields/view';
import { useShellText } from '../../i18n.ts';
import type { FormIssue } from '../form.tsx';
import { type PlacedIssue, placedIssues, placeId, placeLabel } from './places.ts';
import type { ValueProblem } from './values.ts';

/**
 * What is wrong with a form: what was typed and cannot be sent, else what the server says of what was sent. `content` is
 * the name under which the record stands in the request, `data` unless given.
 */
export function usePlacedIssues(
  problems: readonly ValueProblem[],
  error: unknown,
  content?: string,
): PlacedIssue[] {
  const t = useShellText();
  return problems.length > 0
    ? problems.map((p) => ({ place: p.place, message: t(`number.${p.problem}`) }))
    : placedIssues(error, content);
}

/** The same as `FormIssues` sums it up: with label, and the id of the control to which it leads. */
export function useIssueList(
  issues: readonly PlacedIssue[],
  fields: readonly FieldView[],
  words: {
    /** Names the record as a whole. */
    whole: string;
    /** Labels of what stands beside the content, by name. */
    beside?: Readonly<Record<string, string>>;
  },
  prefix?: string,
): FormIssue[] {
  const t = useShellText();
  const all = { beside: {}, ...words, row: (n: number) => t('rows.row', { n }) };
  return issues.map((i) => ({
    field: placeId(i.place, fields, prefix),
    label: placeLabel(i.place, fields, all),
    message: i.message,
  }));
}
