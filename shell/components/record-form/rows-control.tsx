import { type ClipboardEvent, type KeyboardEvent, memo, useEffect, useRef } from 'react';
import type { FieldView } from '#kernel/fields/view';
import { useShellText } from '../../i18n.ts';
import { useRegions } from '../../regions.ts';
import { ScrollBox } from '../scroll-box.tsx';
import { type FieldContext, PREFIX } from './control.ts';
import { InternalMark, useFieldTitle } from './marks.tsx';
import { pasted } from './paste.ts';
import { cellId, type PlacedIssue } from './places.ts';
import css from './record-form.module.css';
import { SimpleInput } from './simple-input.tsx';
import { emptyRow, type FormRow, type FormValue, moved } from './values.ts';

/**
 * A list as a small table: rows are added, removed and moved by buttons or by Alt with the arrow keys; cells copied from a
 * spreadsheet fill rows from where they are pasted.
 */
export const RowsControl = memo(function RowsControl({
  field,
  rows,
  issues,
  context,
  onChange,
}: {
  field: FieldView;
  rows: readonly FormRow[];
  issues: readonly PlacedIssue[];
  context: FieldContext;
  onChange: (key: string, value: FormValue) => void;
}) {
  const t = useShellText();
  const title = useFieldTitle();
  const regions = useRegions();
  /** Where the focus belongs once the rows are drawn anew. */
  const focus = useRef<string | null>(null);
  useEffect(() => {
    if (focus.current) document.getElementById(focus.current)?.focus();
    focus.current = null;
  });
  /** Two changes at one press (name and code) both count. */
  const newest = useRef(rows);
  newest.current = rows;
  const set = (next: readonly FormRow[], then?: string) => {
    focus.current = then ?? null;
    newest.current = next;
    onChange(field.key, next);
  };
  const { items } = field;
  const id = `${context.prefix ?? PREFIX}-${field.key}`;
  const idOf = (row: number, column: string) => cellId(field.key, row, column, context.prefix);
  const firstColumn = items[0]?.key ?? '';
  const addId = `${id}-add`;
  const single = field.type === 'values';
  const full = field.maxItems !== null && rows.length >= field.maxItems;

  const add = () => set([...rows, emptyRow(field)], idOf(rows.length, firstColumn));
  const move = (from: number, to: number, then: string) => {
    if (to >= 0 && to < rows.length) set(moved(rows, from, to), then);
  };
  function onKeyDown(event: KeyboardEvent, row: number, column: string) {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    const to = event.key === 'ArrowUp' ? row - 1 : row + 1;
    move(row, to, idOf(to, column));
  }
  function onPaste(event: ClipboardEvent, row: number, column: number) {
    const text = event.clipboardData.getData('text/plain');
    const next = pasted(field, rows, text, { row, column, regions: regions.choices });
    if (!next) return;
    event.preventDefault();
    set(next, idOf(row, items[column]?.key ?? ''));
  }
  /** The code of a chosen organisation belongs into the row's column for it, unless one was typed there. */
  function setCode(row: number, code: string) {
    const column = items.find((item) => item.type === 'uscc');
    const at = newest.current[row];
    if (column && at && !at[column.key])
      set(newest.current.map((r, k) => (k === row ? { ...r, [column.key]: code } : r)));
  }
  const own = issues.filter((i) => i.place === field.key).map((i) => i.message);

  return (
    <fieldset
      id={id}
      tabIndex={-1}
      className={css.rows}
      data-invalid={issues.length > 0}
      data-wide={!single || undefined}
    >
      <legend className={single ? undefined : 'visually-hidden'}>
        {field.label}
        {field.required && <span className={css.required}>{t('field.required')}</span>}
        {field.internal && <InternalMark />}
      </legend>
      {(field.help || !single) && (
        <p className={css.help}>
          {!single && field.required && (
            <span className={css.requiredFirst} aria-hidden="true">
              {t('field.required')}
            </span>
          )}
          {[field.help, !single && t('rows.help')].filter(Boolean).join(' ')}
        </p>
      )}
      {own.map((message) => (
        <p key={message} className={css.issue}>
          {message}
        </p>
      ))}
      {rows.length === 0 ? (
        <p className={css.help}>{t('rows.empty')}</p>
      ) : (
        <ScrollBox label={field.label}>
          <table className={css.rowsTable} data-single={single} aria-label={field.label}>
            <thead className={single ? 'visually-hidden' : undefined}>
              <tr>
                <th scope="col">
                  <span className="visually-hidden">{t('rows.number')}</span>
                </th>
                {items.map((item) => (
                  <th key={item.key} scope="col" title={item.help ?? undefined}>
                    {single ? field.label : title(item)}
                    {item.required && <span className={css.required}>{t('field.required')}</span>}
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">{t('rows.order')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no key of their own, and their controls hold no state that matters.
                <tr key={i}>
                  <th scope="row">{i + 1}</th>
                  {items.map((item, column) => {
                    const cell = idOf(i, item.key);
                    const place = single ? `${field.key}/${i}` : `${field.key}/${i}/${item.key}`;
                    const wrong = issues.filter(
                      (issue) =>
                        issue.place === place || (column === 0 && issue.place === `${field.key}/${i}`),
                    );
                    return (
                      <td
                        key={item.key}
                        data-type={item.type}
                        onKeyDown={(event) => onKeyDown(event, i, item.key)}
                        onPaste={(event) => onPaste(event, i, column)}
                      >
                        <SimpleInput
                          field={item}
                          compact
                          context={context}
                          control={{
                            id: cell,
                            'aria-label': t('rows.cell', {
                              label: single ? field.label : title(item),
                              n: i + 1,
                            }),
                            'aria-invalid': wrong.length > 0 || undefined,
                            'aria-describedby': wrong.length > 0 ? `${cell}-issue` : undefined,
                            'aria-required': item.required || undefined,
                          }}
                          value={row[item.key] ?? ''}
                          onChange={(text) =>
                            set(newest.current.map((r, k) => (k === i ? { ...r, [item.key]: text } : r)))
                          }
                          onCode={(code) => setCode(i, code)}
                        />
                        {wrong.length > 0 && (
                          <span id={`${cell}-issue`} className={css.issue}>
                            {wrong.map((w) => w.message).join(' ')}
                          </span>
                        )}
                      </td>
                    );
                  })}
                  <td className={css.order}>
                    <button
                      type="button"
                      id={`${id}-${i}.up`}
                      disabled={i === 0}
                      aria-label={t('rows.up', { n: i + 1 })}
                      title={t('rows.up', { n: i + 1 })}
                      onClick={() => move(i, i - 1, `${id}-${i - 1}.${i - 1 === 0 ? 'down' : 'up'}`)}
                    >
                      ↑
                    </button>
                    <button
                      type="button"
                      id={`${id}-${i}.down`}
                      disabled={i === rows.length - 1}
                      aria-label={t('rows.down', { n: i + 1 })}
                      title={t('rows.down', { n: i + 1 })}
                      onClick={() =>
                        move(i, i + 1, `${id}-${i + 1}.${i + 1 === rows.length - 1 ? 'up' : 'down'}`)
                      }
                    >
                      ↓
                    </button>
                    <button
                      type="button"
                      id={`${id}-${i}.remove`}
                      aria-label={t('rows.remove', { n: i + 1 })}
                      title={t('rows.remove', { n: i + 1 })}
                      onClick={() =>
                        set(
                          rows.filter((_, k) => k !== i),
                          rows.length === 1 ? addId : `${id}-${Math.min(i, rows.length - 2)}.remove`,
                        )
                      }
                    >
                      ✕
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      <p className={css.rowsFoot}>
        <button type="button" id={addId} className={css.add} disabled={full} onClick={add}>
          {t(single ? 'rows.addValue' : 'rows.add')}
        </button>
        {field.maxItems !== null && rows.length > 0 && (
          <span>{t('rows.limit', { count: rows.length, most: field.maxItems })}</span>
        )}
      </p>
    </fieldset>
  );
});
