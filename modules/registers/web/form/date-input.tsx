import { useRef } from 'react';
import { readDate } from '#shell/components/read-date';
import { useShellText } from '#shell/i18n';
import { useText } from '../text.ts';
import type { InputControl } from './control.ts';
import css from './form.module.css';

/** A calendar date, typed in any usual way and written 2019-06-30, or picked from the browser's calendar. */
export function DateInput({
  control,
  value,
  onChange,
  onPick,
}: {
  control: InputControl;
  value: string;
  onChange: (value: string) => void;
  /** Picked from the calendar; beside `onChange`. */
  onPick?: (day: string) => void;
}) {
  const t = useShellText();
  const text = useText();
  const calendar = useRef<HTMLInputElement>(null);
  return (
    <span className={css.date}>
      <input
        {...control}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        className={css.input}
        placeholder={text('input.date')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onBlur={() => {
          const date = readDate(value);
          if (date && date !== value) onChange(date);
        }}
      />
      <button type="button" tabIndex={-1} onClick={() => calendar.current?.showPicker()}>
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
        value={readDate(value) ?? ''}
        onChange={(event) => {
          const day = event.target.value;
          if (!day) return;
          onChange(day);
          onPick?.(day);
        }}
      />
    </span>
  );
}
