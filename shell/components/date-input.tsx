import { type KeyboardEvent, useRef } from 'react';
import { useShellText } from '../i18n.ts';
import css from './date-input.module.css';
import { readDate } from './read-date.ts';

/** What belongs to the text field, so that label, help and what is wrong are told to everybody. */
export interface DateControl {
  id: string;
  'aria-label'?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: true | undefined;
  'aria-required'?: true | undefined;
}

/**
 * A date without a label, typed in any usual way and written 2019-06-30, or picked from the browser's calendar. The browser's
 * own date field shows dates in the language of the computer; here they read 2019-06-30 everywhere.
 */
export function DateInput({
  control,
  value,
  min,
  max,
  size,
  tabStop = false,
  onChange,
  onPick,
  onLeave,
  onKeyDown,
}: {
  control: DateControl;
  /** What is typed; a date or not yet one. */
  value: string;
  /** Limits of the calendar; what is typed beyond them is for the caller to refuse. */
  min?: string | undefined;
  max?: string | undefined;
  /** Width in letters; without it the field takes the room there is, up to 14em. */
  size?: number;
  /** The calendar is a stop of its own on the way of the Tab key; in a long form that would double the way. */
  tabStop?: boolean;
  onChange: (value: string) => void;
  /** Picked from the calendar; beside `onChange`. */
  onPick?: (day: string) => void;
  onLeave?: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
}) {
  const t = useShellText();
  const calendar = useRef<HTMLInputElement>(null);
  return (
    <span className={css.date}>
      <input
        {...control}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        size={size}
        placeholder={t('date.example')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onBlur={() => {
          const date = readDate(value);
          if (date && date !== value) onChange(date);
          onLeave?.();
        }}
        onKeyDown={onKeyDown}
      />
      <button
        type="button"
        tabIndex={tabStop ? undefined : -1}
        onClick={() => calendar.current?.showPicker()}
      >
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
        min={min}
        max={max}
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
