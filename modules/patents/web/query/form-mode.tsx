import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Notice } from '#shell/components/form.tsx';
import { useLang } from '#shell/i18n';
import { FIELDS, type FieldKind, fieldOf } from '../../query/fields.ts';
import { useText } from '../text.ts';
import css from './form-mode.module.css';
import { conditionsOf, emptyRow, type FormRow, isFilled, queryOfRows, rowsOfQuery } from './form-rows.ts';
import { RowValue } from './form-value.tsx';
import type { LocalReading } from './read.ts';

const START: readonly FormRow[] = [
  emptyRow('TA'),
  emptyRow('PA'),
  emptyRow('IPC'),
  emptyRow('AD'),
  emptyRow('LS'),
];
const KINDS: readonly FieldKind[] = ['text', 'name', 'number', 'class', 'date', 'value', 'count'];

/** A row with a name of its own, so that rows can be taken away from the middle. */
interface Row extends FormRow {
  key: number;
}

/** The query as a table of conditions. It writes the same language as the box, which is always shown below it. */
export function FormMode({
  reading,
  onText,
  onSubmit,
}: {
  reading: LocalReading;
  /** Tells the query whenever a row changes. */
  onText: (text: string) => void;
  onSubmit: (text: string) => void;
}) {
  const t = useText();
  const next = useRef(0);
  const named = (rows: readonly FormRow[]): Row[] =>
    rows.map((row) => {
      next.current += 1;
      return { ...row, key: next.current };
    });
  const shown = reading.state === 'good' ? rowsOfQuery(reading.parsed.expr) : null;
  const [rows, setRows] = useState<Row[]>(() => named(shown ?? START));
  // A query that the form cannot show is left as it is until the first row is filled.
  const foreign = reading.state !== 'empty' && shown === null;
  const text = queryOfRows(rows);
  const written = useRef<string | null>(null);
  const current = reading.state === 'good' ? reading.parsed.expr : null;
  // The query was changed from outside, by "back" or by leaving out a condition: the rows follow.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the query is another one.
  useEffect(() => {
    if (!current || !shown || queryOfRows(shown) === (written.current ?? text)) return;
    written.current = null;
    setRows(named(shown));
  }, [current && queryOfRows(shown ?? [])]);

  function change(changed: Row[]) {
    setRows(changed);
    const made = queryOfRows(changed);
    written.current = made;
    if (made !== '' || !foreign) onText(made);
  }
  const set = (key: number, values: Partial<FormRow>) =>
    change(rows.map((row) => (row.key === key ? { ...row, ...values } : row)));

  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(text);
      }}
    >
      {foreign && text === '' && <Notice tone="attention">{t('form.foreign')}</Notice>}
      <ol className={css.rows}>
        {rows.map((row, i) => (
          <li key={row.key} className={css.row}>
            {i === 0 ? (
              <span className={css.join} aria-hidden="true" />
            ) : (
              <select
                className={css.join}
                aria-label={t('form.join', { row: i + 1 })}
                value={row.join}
                onChange={(event) => set(row.key, { join: event.target.value as FormRow['join'] })}
              >
                <option value="and">{t('form.and')}</option>
                <option value="or">{t('form.or')}</option>
                <option value="not">{t('form.not')}</option>
              </select>
            )}
            <FieldChoice
              label={t('form.field', { row: i + 1 })}
              value={row.field}
              onChange={(field) => {
                const allowed = conditionsOf(field);
                const same = fieldOf(field).kind === fieldOf(row.field).kind;
                set(row.key, {
                  field,
                  condition: allowed.includes(row.condition) ? row.condition : allowed[0]!,
                  ...(!same && { value: '', to: '' }),
                });
              }}
            />
            {conditionsOf(row.field).length > 1 ? (
              <select
                className={css.condition}
                aria-label={t('form.condition', { row: i + 1 })}
                value={row.condition}
                onChange={(event) => set(row.key, { condition: event.target.value as FormRow['condition'] })}
              >
                {conditionsOf(row.field).map((condition) => (
                  <option key={condition} value={condition}>
                    {t(`condition.${condition}`)}
                  </option>
                ))}
              </select>
            ) : (
              <span className={css.condition}>{t(`condition.${row.condition}`)}</span>
            )}
            <RowValue row={row} number={i + 1} onChange={(values) => set(row.key, values)} />
            <button
              type="button"
              className={css.remove}
              aria-label={t('form.remove', { row: i + 1 })}
              title={t('form.remove', { row: i + 1 })}
              disabled={rows.length === 1 && !isFilled(row)}
              onClick={() =>
                change(rows.length === 1 ? named([emptyRow('TA')]) : rows.filter((r) => r.key !== row.key))
              }
            >
              <span aria-hidden="true">✕</span>
            </button>
          </li>
        ))}
      </ol>
      <div className={css.foot}>
        <Button onClick={() => setRows([...rows, ...named([emptyRow('TA')])])}>{t('form.add')}</Button>
        <Button type="primary" htmlType="submit">
          {t('search.submit')}
        </Button>
        <Button type="text" onClick={() => change(named(START))}>
          {t('form.clear')}
        </Button>
      </div>
      <p className={css.written}>
        <span>{t('form.written')}</span>
        <code>{text || (foreign ? t('form.asBefore') : t('form.nothing'))}</code>
      </p>
    </form>
  );
}

function FieldChoice({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (field: string) => void;
}) {
  const t = useText();
  const lang = useLang();
  return (
    <select
      className={css.fieldChoice}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {KINDS.map((kind) => (
        <optgroup key={kind} label={t(`kind.${kind}`)}>
          {FIELDS.filter((field) => field.kind === kind).map((field) => (
            <option key={field.id} value={field.id}>
              {`${field[lang]} ${field.id}`}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
