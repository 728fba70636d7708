import { useEffect, useId, useState } from 'react';
import { useText } from '../text.ts';
import { readSpanEnd } from './days.ts';
import css from './search.module.css';

/**
 * First or last day of publication: a date, or only a year or month. `onRead` gets every readable content, `''` for none,
 * and null while it is no date.
 */
export function SpanEndField({
  end,
  value,
  onRead,
  onCommit,
}: {
  end: 'from' | 'to';
  value: string;
  onRead: (day: string | null) => void;
  onCommit: () => void;
}) {
  const t = useText();
  const id = useId();
  const [typed, setTyped] = useState(value);
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    setTyped(value);
    setWrong(false);
  }, [value]);

  return (
    <span className={css.spanEnd}>
      <input
        id={id}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        size={10}
        value={typed}
        placeholder={t(end === 'from' ? 'search.anyStart' : 'search.anyEnd')}
        aria-label={t(end === 'from' ? 'search.from' : 'search.to')}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onChange={(event) => {
          setTyped(event.target.value);
          const day = readSpanEnd(event.target.value, end);
          if (day !== null) setWrong(false);
          onRead(day);
        }}
        onBlur={() => {
          const day = readSpanEnd(typed, end);
          setWrong(day === null);
          if (day === null) return;
          setTyped(day);
          onCommit();
        }}
      />
      {wrong && (
        <span id={`${id}-wrong`} role="alert" className={css.wrong}>
          {t('search.dayWrong')}
        </span>
      )}
    </span>
  );
}
