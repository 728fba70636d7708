import { useId, useState } from 'react';
import type { Exclusion } from '#kernel/calendar/due';
import { readExclusions, writeExclusions } from '#kernel/calendar/exclusions';
import { DayField, PlainButton } from '#shell/components/fields.tsx';
import css from './deadlines.module.css';
import { useText } from './text.ts';

/** One time being entered: without a first day it does not count yet. */
interface Row {
  key: number;
  from: string | undefined;
  to: string | undefined;
  reason: string;
}

function rowsOf(written: string): Row[] {
  try {
    return readExclusions(written).map((time, key) => ({ ...time, to: time.to ?? undefined, key }));
  } catch {
    // An address that somebody changed by hand; the answer says what is wrong with it.
    return [];
  }
}

const timesOf = (rows: readonly Row[]): Exclusion[] =>
  rows.flatMap(({ from, to, reason }) => (from ? [{ from, to: to ?? null, reason }] : []));

/** The times that the law does not count. Rows are kept here while they are entered; whole ones go into the address. */
export function ExcludedTimes({
  written,
  reasons,
  onChange,
}: {
  written: string;
  /** What the law names. */
  reasons: readonly string[];
  onChange: (written: string | undefined) => void;
}) {
  const t = useText();
  const [kept, setKept] = useState(() => ({
    rows: rowsOf(written),
    next: 1000,
    seen: written,
    sent: written,
  }));
  // The address also changes by itself: back, a link. What was entered here arrives there a moment later.
  if (kept.seen !== written)
    setKept({ ...kept, seen: written, rows: written === kept.sent ? kept.rows : rowsOf(written) });
  const change = (rows: Row[]) => {
    const sent = writeExclusions(timesOf(rows));
    setKept({ ...kept, rows, next: kept.next + 1, sent });
    if (sent !== written) onChange(sent || undefined);
  };
  return (
    <fieldset className={css.group}>
      <legend>{t('excluded')}</legend>
      {reasons.length > 0 && (
        <p className={css.help}>{t('excludedLaw', { reasons: reasons.join(t('comma')) })}</p>
      )}
      {kept.rows.map((row) => (
        <TimeRow
          key={row.key}
          row={row}
          reasons={reasons}
          onChange={(value) => change(kept.rows.map((one) => (one === row ? { ...row, ...value } : one)))}
          onRemove={() => change(kept.rows.filter((one) => one !== row))}
        />
      ))}
      <PlainButton
        onClick={() =>
          change([...kept.rows, { key: kept.next, from: undefined, to: undefined, reason: reasons[0] ?? '' }])
        }
      >
        {t('excludedAdd')}
      </PlainButton>
    </fieldset>
  );
}

function TimeRow({
  row,
  reasons,
  onChange,
  onRemove,
}: {
  row: Row;
  reasons: readonly string[];
  onChange: (value: Partial<Row>) => void;
  onRemove: () => void;
}) {
  const t = useText();
  const id = useId();
  return (
    <div className={css.time}>
      <span className={css.reason}>
        <label htmlFor={id}>{t('excludedReason')}</label>
        <input
          id={id}
          list={`${id}-reasons`}
          maxLength={60}
          autoComplete="off"
          defaultValue={row.reason}
          onBlur={(event) => event.target.value !== row.reason && onChange({ reason: event.target.value })}
        />
        <datalist id={`${id}-reasons`}>
          {reasons.map((reason) => (
            <option key={reason} value={reason} />
          ))}
        </datalist>
      </span>
      <DayField label={t('excludedFrom')} stacked value={row.from} onChange={(from) => onChange({ from })} />
      <DayField label={t('excludedTo')} stacked value={row.to} onChange={(to) => onChange({ to })} />
      <PlainButton onClick={onRemove}>{t('remove')}</PlainButton>
    </div>
  );
}
