import type { FieldView } from '#kernel/fields/view';
import type { FieldContext } from './control.ts';
import { FieldControl } from './field-control.tsx';
import type { PlacedIssue } from './places.ts';
import css from './record-form.module.css';
import { RowsControl } from './rows-control.tsx';
import { type FormValue, type FormValues, isList } from './values.ts';

interface Around {
  /** Of this field and of others: each takes its own. */
  issues: readonly PlacedIssue[];
  context: FieldContext;
  onChange: (key: string, value: FormValue) => void;
}

/** Fields of a record, side by side where there is room; small tables and long texts are as wide as the form. */
export function RecordFields({
  fields,
  values,
  ...around
}: Around & { fields: readonly FieldView[]; values: FormValues }) {
  return (
    <div className={css.fields}>
      {fields.map((field) => (
        <RecordField key={field.key} field={field} value={values[field.key]} {...around} />
      ))}
    </div>
  );
}

/** One field of any type. */
export function RecordField({
  field,
  value,
  issues,
  context,
  onChange,
}: Around & { field: FieldView; value: FormValue | undefined }) {
  const mine = issues.filter((i) => i.place === field.key || i.place.startsWith(`${field.key}/`));
  return isList(field) ? (
    <RowsControl
      field={field}
      rows={Array.isArray(value) ? value : []}
      issues={mine}
      context={context}
      onChange={onChange}
    />
  ) : (
    <FieldControl
      field={field}
      value={typeof value === 'string' ? value : ''}
      issues={mine.map((i) => i.message)}
      context={context}
      onChange={onChange}
    />
  );
}
