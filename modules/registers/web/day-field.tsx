import { useEffect, useId, useState } from 'react';
import { readDate } from '#shell/components/read-date';
import { DateInput } from './form/date-input.tsx';
import css from './registers.module.css';
import { useText } from './text.ts';

/** A labelled day that may be left empty; taken over once it is a date, told apart from what is half typed. */
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
  const t = useText();
  const id = useId();
  const [typed, setTyped] = useState(value ?? '');
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    setTyped(value ?? '');
    setWrong(false);
  }, [value]);

  function settle(text: string) {
    const day = readDate(text);
    const empty = text.trim() === '';
    setWrong(!day && !empty);
    if (day && day !== value) onChange(day);
    if (empty && value !== undefined) onChange(undefined);
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter and leaving the field inside it both settle what was typed.
    <span
      className={css.day}
      data-stacked={stacked ?? false}
      onBlur={() => settle(typed)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle(typed);
      }}
    >
      <label htmlFor={id}>{label}</label>
      <DateInput
        control={{
          id,
          'aria-invalid': wrong || undefined,
          'aria-describedby': wrong ? `${id}-wrong` : undefined,
        }}
        value={typed}
        onChange={setTyped}
        onPick={onChange}
      />
      {wrong && (
        <span id={`${id}-wrong`} role="alert" className={css.wrong}>
          {t('day.wrong')}
        </span>
      )}
    </span>
  );
}
