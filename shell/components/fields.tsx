import { type ReactNode, useEffect, useId, useState } from 'react';
import { useShellText } from '../i18n.ts';
import { DateInput } from './date-input.tsx';
import css from './fields.module.css';
import { readDate } from './read-date.ts';

/** One choice of a {@link SelectField}. */
export interface Choice {
  value: string;
  label: string;
}

/** A labelled list to choose from; the browser's own, so that keyboards and phones handle it as they always do. */
export function SelectField({
  label,
  value,
  choices,
  all,
  onChange,
}: {
  label: string;
  value: string | undefined;
  choices: readonly Choice[];
  /** Word for "no choice made", e.g. 全部; absent where one must be chosen. */
  all?: string;
  onChange: (value: string | undefined) => void;
}) {
  const id = useId();
  return (
    <span className={css.field}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value ?? ''}
        data-set={value !== undefined && all !== undefined}
        onChange={(e) => onChange(e.target.value || undefined)}
      >
        {all !== undefined && <option value="">{all}</option>}
        {choices.map((c) => (
          <option key={c.value} value={c.value}>
            {c.label}
          </option>
        ))}
      </select>
    </span>
  );
}

/** A labelled line of text: to search by (`search`), to name something. */
export function TextField({
  label,
  value,
  search = false,
  size,
  placeholder,
  maxLength,
  onChange,
}: {
  label: string;
  value: string;
  search?: boolean;
  /** Width in letters. */
  size: number;
  placeholder?: string;
  maxLength?: number;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <span className={css.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={css.text}
        type={search ? 'search' : 'text'}
        autoComplete="off"
        size={size}
        placeholder={placeholder}
        maxLength={maxLength}
        value={value}
        onChange={(e) => onChange(e.target.value)}
      />
    </span>
  );
}

/** A labelled date; what is typed counts once the field is left or Enter is pressed, Escape takes it back. */
export function DateField({
  label,
  value,
  min,
  max,
  onChange,
}: {
  label: string;
  value: string;
  min: string;
  max?: string;
  onChange: (value: string) => void;
}) {
  const t = useShellText();
  return (
    <Day
      label={label}
      value={value}
      min={min}
      max={max}
      wrong={t('date.wrong', { min })}
      onChange={onChange}
    />
  );
}

/** A labelled date that may be left empty; what is no date is told apart and not taken over. */
export function DayField({
  label,
  value,
  stacked,
  onChange,
}: {
  label: string;
  value: string | undefined;
  /** Label above the field. */
  stacked?: boolean;
  onChange: (day: string | undefined) => void;
}) {
  const t = useShellText();
  return (
    <Day
      label={label}
      value={value ?? ''}
      mayBeEmpty
      stacked={stacked ?? false}
      wrong={t('date.noDate')}
      onChange={(day) => onChange(day || undefined)}
    />
  );
}

function Day({
  label,
  value,
  min,
  max,
  mayBeEmpty = false,
  stacked = false,
  wrong: words,
  onChange,
}: {
  label: string;
  value: string;
  min?: string;
  max?: string | undefined;
  mayBeEmpty?: boolean;
  stacked?: boolean;
  /** Said of what cannot be taken over. */
  wrong: string;
  onChange: (value: string) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState(value);
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    setTyped(value);
    setWrong(false);
  }, [value]);

  function commit(text: string) {
    const date = mayBeEmpty && text.trim() === '' ? '' : readDate(text);
    const fits = date === '' || (date !== null && (!min || date >= min) && (!max || date <= max));
    setWrong(!fits);
    if (date === null || !fits) return;
    setTyped(date);
    if (date !== value) onChange(date);
  }
  return (
    <span className={`${css.field} ${css.day}`} data-stacked={stacked}>
      <label htmlFor={id}>{label}</label>
      <DateInput
        control={{
          id,
          'aria-invalid': wrong || undefined,
          'aria-describedby': wrong ? `${id}-wrong` : undefined,
        }}
        value={typed}
        min={min}
        max={max}
        // Room for the example in an empty one.
        size={mayBeEmpty ? 14 : 10}
        tabStop
        onChange={setTyped}
        onPick={commit}
        onLeave={() => commit(typed)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit(typed);
          if (event.key === 'Escape') {
            setTyped(value);
            setWrong(false);
          }
        }}
      />
      {wrong && (
        <span id={`${id}-wrong`} role="alert" className={css.wrong}>
          {words}
        </span>
      )}
    </span>
  );
}

/** A button that stays pressed. */
export function Toggle({
  pressed,
  onChange,
  children,
}: {
  pressed: boolean;
  onChange: (pressed: boolean) => void;
  children: ReactNode;
}) {
  return (
    <button type="button" className={css.toggle} aria-pressed={pressed} onClick={() => onChange(!pressed)}>
      {children}
    </button>
  );
}

/** A quiet button among fields: clear, quick choices. */
export function PlainButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className={css.plain} onClick={onClick}>
      {children}
    </button>
  );
}

/** Toggles side by side without gaps. */
export function ToggleGroup({ children }: { children: ReactNode }) {
  return <span className={css.group}>{children}</span>;
}

/** A line of fields that belong together. */
export function FieldRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className={css.row}>
      <legend className="visually-hidden">{label}</legend>
      {children}
    </fieldset>
  );
}
