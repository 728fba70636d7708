import { Checkbox, Table } from 'antd';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef } from 'react';
import { formatNumber } from '../format.ts';
import { useShellText } from '../i18n.ts';
import { useMedia } from '../media.ts';
import { usePrefs } from '../prefs.ts';
import css from './data-table.module.css';
import { ErrorPanel } from './error-panel.tsx';
import { Skeleton } from './skeleton.tsx';

/** One column. */
export interface DataColumn<R> {
  id: string;
  title: string;
  cell: (row: R) => ReactNode;
  /** Figures stand right. */
  align?: 'right';
  width?: number;
  /** Stays in sight while the table scrolls sideways. */
  fixed?: boolean;
  /** Offers sorting; the page does it (`onSort`). */
  sortable?: boolean;
}

/** By which column and which way. */
export interface Sorting {
  column: string;
  descending: boolean;
}

/**
 * A list of records: head that stays in sight, exact count, rows that open by Enter or press and are walked by the arrow keys,
 * density as the person set it. Rows that can be selected have a box each, named by `rowLabel`. Narrow screens show each row as a block. An empty list says why and what to do.
 */
export function DataTable<R>({
  caption,
  columns,
  rows,
  rowKey,
  total,
  loading,
  error,
  onRetry,
  empty,
  onOpen,
  selected,
  onSelect,
  rowLabel = rowKey,
  sorting,
  onSort,
  foot,
}: {
  /** What the list is, for screen readers. */
  caption: string;
  columns: readonly DataColumn<R>[];
  rows: readonly R[] | undefined;
  rowKey: (row: R) => string;
  /** How many there are in all; shown exactly. */
  total?: number;
  loading?: boolean;
  error?: unknown;
  onRetry?: () => void;
  /** Why it is empty and what to do. */
  empty: ReactNode;
  onOpen?: (row: R) => void;
  selected?: readonly string[];
  onSelect?: (keys: string[]) => void;
  /** What a row is called where it is selected, for screen readers; its key without it. */
  rowLabel?: (row: R) => string;
  sorting?: Sorting;
  onSort?: (sorting: Sorting | undefined) => void;
  /** Below the rows: paging. */
  foot?: ReactNode;
}) {
  const t = useShellText();
  const { density } = usePrefs();
  const narrow = useMedia('screen and (max-width: 720px)');
  const box = useRef<HTMLDivElement>(null);

  if (error && !rows) return <ErrorPanel error={error} what={caption} onRetry={onRetry} />;
  if (!rows) return <Skeleton rows={8} />;

  function onKeyDown(event: KeyboardEvent<HTMLElement>, row: R) {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter') onOpen?.(row);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const all = [...(box.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    all[all.indexOf(event.currentTarget) + step]?.focus();
  }
  const rowProps = (row: R, index: number) => ({
    'data-row': rowKey(row),
    tabIndex: index === 0 ? 0 : -1,
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => onKeyDown(event, row),
    ...(onOpen && { onClick: () => onOpen(row) }),
  });

  // A press beside the box opens nothing.
  const stay = { onClick: (event: MouseEvent) => event.stopPropagation() };
  const pick = (key: string, on: boolean) =>
    onSelect?.(on ? [...(selected ?? []), key] : (selected ?? []).filter((one) => one !== key));

  const count = total !== undefined && (
    <p className={css.count} role="status">
      {rows.length < total
        ? t('table.shown', { shown: formatNumber(rows.length), total: formatNumber(total) })
        : t('table.total', { total: formatNumber(total) })}
    </p>
  );

  return (
    <div
      ref={box}
      className={css.box}
      data-density={density}
      data-openable={Boolean(onOpen)}
      aria-busy={loading}
    >
      {count}
      {rows.length === 0 ? (
        <div className={css.empty}>{empty}</div>
      ) : narrow ? (
        <ul className={css.stack} aria-label={caption}>
          {rows.map((row, index) => (
            <li key={rowKey(row)} {...rowProps(row, index)}>
              {onSelect && (
                <div {...stay}>
                  <Checkbox
                    checked={selected?.includes(rowKey(row)) ?? false}
                    onChange={(event) => pick(rowKey(row), event.target.checked)}
                  >
                    {t('table.select', { name: rowLabel(row) })}
                  </Checkbox>
                </div>
              )}
              <dl>
                {columns.map((c) => (
                  <div key={c.id}>
                    <dt>{c.title}</dt>
                    <dd>{c.cell(row)}</dd>
                  </div>
                ))}
              </dl>
            </li>
          ))}
        </ul>
      ) : (
        <Table<R>
          aria-label={caption}
          size={density === 'compact' ? 'small' : 'medium'}
          pagination={false}
          sticky={{ offsetHeader: 55 }}
          scroll={{ x: 'max-content' }}
          dataSource={rows}
          rowKey={rowKey}
          onRow={(row, index) => rowProps(row, index ?? 0)}
          showSorterTooltip={false}
          rowSelection={
            onSelect && {
              selectedRowKeys: [...(selected ?? [])],
              onChange: (keys) => onSelect(keys.map(String)),
              onCell: () => stay,
              getTitleCheckboxProps: () => ({ 'aria-label': t('table.selectAll') }),
              getCheckboxProps: (row) => ({ 'aria-label': t('table.select', { name: rowLabel(row) }) }),
            }
          }
          onChange={(_, __, sorter) => {
            const one = Array.isArray(sorter) ? sorter[0] : sorter;
            onSort?.(
              one?.order ? { column: String(one.columnKey), descending: one.order === 'descend' } : undefined,
            );
          }}
          columns={columns.map((c) => ({
            key: c.id,
            title: c.title,
            width: c.width,
            align: c.align,
            fixed: c.fixed ? ('left' as const) : undefined,
            sorter: c.sortable ?? false,
            sortOrder:
              sorting?.column === c.id
                ? sorting.descending
                  ? ('descend' as const)
                  : ('ascend' as const)
                : null,
            render: (_: unknown, row: R) => c.cell(row),
          }))}
        />
      )}
      {foot && <div className={css.foot}>{foot}</div>}
    </div>
  );
}
