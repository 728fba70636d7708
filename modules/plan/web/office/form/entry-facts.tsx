import type { ReportForm } from '#modules/plan/contract';
import { Facts } from '#shell/components/facts.tsx';
import css from '../office.module.css';
import { type FieldName, type FormEntry, fieldsOf } from './entry.ts';
import { useFieldLabel, useFieldWords } from './words.ts';

/** What a form says, field by field, in words. */
export function EntryFacts({
  form,
  entry,
  only,
}: {
  form: Pick<ReportForm, 'asks' | 'parts' | 'stages' | 'unit'>;
  entry: FormEntry;
  /** Only these fields. */
  only?: readonly FieldName[];
}) {
  const label = useFieldLabel(form);
  const words = useFieldWords(form);
  const fields = only ?? ([...fieldsOf(form), 'explanation', 'files'] as FieldName[]);
  return (
    <Facts
      items={fields
        // One number instead of a range: no upper end to show.
        .filter((f) => f !== 'max' || entry.max.trim() !== '')
        .map((f) => ({
          name: label(f),
          value: <span className={f === 'explanation' ? css.longText : undefined}>{words(entry, f)}</span>,
        }))}
    />
  );
}
