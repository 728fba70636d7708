import { Input } from 'antd';
import { FormField } from '#shell/components/form.tsx';
import { readDate } from '#shell/components/read-date';
import { type PlacedIssue, placeId } from './issues.ts';
import css from './parties.module.css';

interface InputProps {
  /** Place inside the record, e.g. `names/0/zh`. */
  place: string;
  label: string;
  issues: readonly PlacedIssue[];
  required?: boolean;
  help?: string;
}

const at = (issues: readonly PlacedIssue[], place: string) =>
  issues.filter((i) => i.place === place || i.place.startsWith(`${place}/`)).map((i) => i.message);

/** A line of text. */
export function TextInput({
  value,
  onChange,
  ...field
}: InputProps & { value: string | undefined; onChange: (value: string) => void }) {
  return (
    <FormField
      id={placeId(field.place)}
      label={field.label}
      help={field.help}
      required={field.required}
      issues={at(field.issues, field.place)}
    >
      {(control) => <Input {...control} value={value ?? ''} onChange={(e) => onChange(e.target.value)} />}
    </FormField>
  );
}

/** A calendar date, typed in any usual way and written 2019-06-30; empty is null. */
export function DateInput({
  value,
  onChange,
  ...field
}: InputProps & { value: string | null; onChange: (value: string | null) => void }) {
  return (
    <FormField
      id={placeId(field.place)}
      label={field.label}
      help={field.help}
      required={field.required}
      issues={at(field.issues, field.place)}
    >
      {(control) => (
        <Input
          {...control}
          inputMode="numeric"
          placeholder="2019-01-01"
          value={value ?? ''}
          onChange={(e) => onChange(e.target.value.trim() || null)}
          onBlur={() => {
            const date = value && readDate(value);
            if (date && date !== value) onChange(date);
          }}
        />
      )}
    </FormField>
  );
}

/** One of a list; the browser's own. */
export function ChoiceInput({
  value,
  choices,
  none,
  onChange,
  ...field
}: InputProps & {
  value: string | null | undefined;
  choices: readonly { value: string; label: string }[];
  /** Word for "none chosen"; absent where one is always chosen. */
  none?: string;
  onChange: (value: string) => void;
}) {
  return (
    <FormField
      id={placeId(field.place)}
      label={field.label}
      help={field.help}
      required={field.required}
      issues={at(field.issues, field.place)}
    >
      {(control) => (
        <select
          {...control}
          className={css.select}
          value={value ?? ''}
          onChange={(e) => onChange(e.target.value)}
        >
          {none !== undefined && <option value="">{none}</option>}
          {choices.map((c) => (
            <option key={c.value} value={c.value}>
              {c.label}
            </option>
          ))}
        </select>
      )}
    </FormField>
  );
}
