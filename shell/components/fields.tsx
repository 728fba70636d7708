import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useShellText } from '../i18n.ts';
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

/**
 * A labelled date, typed or picked from the browser's calendar. The browser's own date field shows dates in the language of
 * the computer; here they read 2019-06-30 everywhere.
 */
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
  const id = useId();
  const calendar = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    setTyped(value);
    setWrong(false);
  }, [value]);

  function commit(text: string) {
    const date = readDate(text);
    const fits = date !== null && date >= min && (!max || date <= max);
    setWrong(!fits);
    if (!fits) return;
    setTyped(date);
    if (date !== value) onChange(date);
  }

  return (
    <span className={css.field}>
      <label htmlFor={id}>{label}</label>
      <span className={css.date}>
        <input
          id={id}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          size={10}
          value={typed}
          aria-invalid={wrong}
          aria-describedby={wrong ? `${id}-wrong` : undefined}
          onChange={(e) => setTyped(e.target.value)}
          onBlur={() => commit(typed)}
          onKeyDown={(e) => {
            if (e.key === 'Enter') commit(typed);
            if (e.key === 'Escape') {
              setTyped(value);
              setWrong(false);
            }
          }}
        />
        <button type="button" onClick={() => calendar.current?.showPicker()}>
          <span className="visually-hidden">{t('date.pick')}</span>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3" />
          </svg>
        </button>
        <input
          ref={calendar}
          type="date"
          tabIndex={-1}
          aria-hidden="true"
          value={value}
          min={min}
          max={max}
          onChange={(e) => commit(e.target.value)}
        />
      </span>
      {wrong && (
        <span id={`${id}-wrong`} role="alert" className={css.wrong}>
          {t('date.wrong', { min })}
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
