import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, type RefObject, Suspense, useContext, useMemo, useState } from 'react';
import { type DataColumn, DataTable } from '#shell/components/data-table.tsx';
import { Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { Pager } from '#shell/components/pager.tsx';
import { download } from '#shell/csv';
import { formatNumber } from '#shell/format';
import { type BatchLine, MOST_NAMED } from '../../contract/export.ts';
import { asAddressPart } from '../search/long-query.ts';
import { PatentSlots } from '../slots.ts';
import { cityDay } from '../stats/models.ts';
import { useText } from '../text.ts';
import {
  type BatchAnswer,
  batchCsv,
  foundNumbers,
  MOST_IN_QUERY,
  OUTCOMES,
  queryOfNumbers,
} from './batch.ts';
import css from './numbers.module.css';

const ExportDialog = lazy(() =>
  import('../results/export-dialog.tsx').then((m) => ({ default: m.ExportDialog })),
);

/** Lines on a page. */
const SIZE = 100;
/** The query of an export that names its publications. */
const NO_QUERY = { sort: 'newest', page: 1, size: 20 } as const;

/** What came of each line, with totals that narrow the list, and what can be done with the publications found. */
export function BatchResult({
  ref,
  answer,
  show,
  page,
  onShow,
}: {
  ref: RefObject<HTMLElement | null>;
  answer: BatchAnswer;
  show: BatchLine['state'] | undefined;
  page: number;
  onShow: (show: BatchLine['state'] | undefined) => void;
}) {
  const t = useText();
  const { counts } = answer;
  const lines = useMemo(
    () => (show ? answer.lines.filter((line) => line.state === show) : answer.lines),
    [answer, show],
  );
  const found = useMemo(() => foundNumbers(answer.lines), [answer]);
  const columns: DataColumn<BatchLine>[] = [
    { id: 'line', title: t('batch.line'), align: 'right', width: 64, cell: (row) => formatNumber(row.line) },
    {
      id: 'input',
      title: t('batch.input'),
      width: 210,
      cell: (row) => <span className={css.typed}>{row.input}</span>,
    },
    {
      id: 'state',
      title: t('batch.state'),
      width: 90,
      cell: (row) => (
        <span className={css.state} data-state={row.state}>
          {t(`batch.${row.state}`)}
        </span>
      ),
    },
    {
      id: 'readAs',
      title: t('batch.readAs'),
      width: 170,
      cell: (row) =>
        row.readAs.length === 0 ? (
          <span className={css.muted}>—</span>
        ) : (
          <Numbers>
            {row.readAs.map((one) => (
              <span key={one}>{one}</span>
            ))}
          </Numbers>
        ),
    },
    {
      id: 'records',
      title: t('batch.records'),
      width: 170,
      cell: (row) =>
        row.records.length === 0 ? (
          <span className={css.muted}>—</span>
        ) : (
          <Numbers>
            {row.records.map((number) => (
              <Link key={number} to="/patents/$number" params={{ number }} preload={false}>
                {number}
              </Link>
            ))}
          </Numbers>
        ),
    },
    {
      id: 'reason',
      title: t('batch.reason'),
      cell: (row) => <span className={css.reason}>{row.reason || '—'}</span>,
    },
  ];
  return (
    <section ref={ref} tabIndex={-1} className={css.result} aria-labelledby="batch-result">
      <h2 id="batch-result">{t('batch.title')}</h2>
      <p role="status">
        {t('batch.summary', {
          count: counts.lines,
          lines: formatNumber(counts.lines),
          found: formatNumber(counts.found),
          ambiguous: formatNumber(counts.ambiguous),
          missing: formatNumber(counts.missing),
          unreadable: formatNumber(counts.unreadable),
        })}
      </p>
      <FoundActions found={found} lines={lines} />
      <div className={`${css.filter} no-print`}>
        <ToggleGroup>
          <Toggle pressed={show === undefined} onChange={() => onShow(undefined)}>
            {t('batch.all', { lines: formatNumber(counts.lines) })}
          </Toggle>
          {OUTCOMES.map((state) => (
            <Toggle
              key={state}
              pressed={show === state}
              onChange={() => onShow(show === state ? undefined : state)}
            >
              {t(`batch.${state}`)} {formatNumber(counts[state])}
            </Toggle>
          ))}
        </ToggleGroup>
      </div>
      <DataTable<BatchLine>
        caption={t('batch.title')}
        columns={columns}
        rows={lines.slice((page - 1) * SIZE, page * SIZE)}
        rowKey={(row) => String(row.line)}
        total={lines.length}
        empty={t('batch.noneSuch')}
        foot={<Pager page={page} size={SIZE} total={lines.length} />}
      />
    </section>
  );
}

function Numbers({ children }: { children: React.ReactNode }) {
  return <span className={css.numbers}>{children}</span>;
}

/** Downloads the lines as shown, and goes on with the publications that were found. */
function FoundActions({ found, lines }: { found: readonly string[]; lines: readonly BatchLine[] }) {
  const t = useText();
  const { Selection } = useContext(PatentSlots);
  const [exporting, setExporting] = useState(false);
  const count = { count: found.length, total: formatNumber(found.length) };
  const heads = (['line', 'input', 'state', 'readAs', 'records', 'reason'] as const).map((key) =>
    t(`batch.${key}`),
  );
  return (
    <>
      <div className={`${css.tools} no-print`}>
        <Button
          disabled={lines.length === 0}
          onClick={() =>
            download(
              `${t('numbers.title')} ${cityDay()}.csv`,
              batchCsv(lines, heads, (state) => t(`batch.${state}`)),
            )
          }
        >
          {t('batch.csv', { count: lines.length, lines: formatNumber(lines.length) })}
        </Button>
        {found.length > 0 && (
          <>
            {found.length <= MOST_NAMED && (
              <Button onClick={() => setExporting(true)}>{t('batch.export', count)}</Button>
            )}
            {found.length <= MOST_IN_QUERY && (
              <Link
                to="/patents"
                search={() => asAddressPart(queryOfNumbers(found)) as never}
                preload={false}
              >
                {t('batch.search', count)}
              </Link>
            )}
            {Selection && <Selection numbers={found} />}
          </>
        )}
      </div>
      {found.length > MOST_IN_QUERY && (
        <p className={css.note}>
          {t(found.length > MOST_NAMED ? 'batch.tooManyToExport' : 'batch.tooManyForQuery', {
            ...count,
            most: formatNumber(MOST_IN_QUERY),
            export: formatNumber(MOST_NAMED),
          })}
        </p>
      )}
      {exporting && (
        <Suspense>
          <ExportDialog
            query={NO_QUERY}
            total={found.length}
            numbers={found}
            onClose={() => setExporting(false)}
          />
        </Suspense>
      )}
    </>
  );
}
