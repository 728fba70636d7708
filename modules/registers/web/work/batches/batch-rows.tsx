import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { EndpointResponse } from '#kernel/http/contract';
import { type ApiError, call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { PlainButton } from '#shell/components/fields.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatNumber } from '#shell/format';
import { usePageSearch } from '#shell/page-search';
import { type Batch, type BatchRow, listBatchRows } from '../../../contract.ts';
import shared from '../../registers.module.css';
import { BatchSearch } from '../search.ts';
import { useWorkText } from '../text.ts';
import css from '../work.module.css';
import { Differences, Issues } from './row-parts.tsx';
import { kindShown, kindsOf } from './standing.ts';

type Page = EndpointResponse<typeof listBatchRows>;

const PAGE = 100;

/** The rows by what becomes of them; the tabs carry the exact counts. */
export function BatchRows({ batch }: { batch: Batch }) {
  const t = useWorkText();
  const [search, change] = usePageSearch(BatchSearch);
  const shown = kindShown(batch, search.kind);
  return (
    <section className={shared.section} aria-labelledby="rows">
      <h2 id="rows" className="visually-hidden">
        {t('rows.title')}
      </h2>
      <fieldset className={css.tabs}>
        <legend className="visually-hidden">{t('rows.kinds')}</legend>
        {kindsOf(batch).map((kind) => (
          <button
            key={kind}
            type="button"
            aria-pressed={kind === shown}
            data-kind={kind}
            data-some={batch.counts[kind] > 0}
            onClick={() => change({ kind })}
          >
            <span>{t(`kind.${kind}`)}</span>
            <strong>{formatNumber(batch.counts[kind])}</strong>
          </button>
        ))}
        <p className={css.sum}>
          {t(batch.kind === 'import' ? 'rows.sum' : 'rows.sumBulk', {
            rows: formatNumber(batch.counts.rows),
          })}
        </p>
      </fieldset>
      <p className={css.muted}>{t(`rows.${shown}Help`)}</p>
      <Rows key={shown} batch={batch} kind={shown} />
    </section>
  );
}

function Rows({ batch, kind }: { batch: Batch; kind: BatchRow['kind'] }) {
  const t = useWorkText();
  const list = useInfiniteQuery<Page, ApiError>({
    // The rows of a batch change when it is applied, and only then.
    queryKey: [listBatchRows.path, batch.id, kind, batch.state],
    initialPageParam: 0,
    enabled: batch.counts[kind] > 0,
    queryFn: ({ pageParam, signal }) =>
      call(listBatchRows, {
        params: { id: batch.id },
        query: { kind, after: pageParam as number, limit: PAGE },
        signal,
        interactive: false,
      }),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  if (batch.counts[kind] === 0) return <p className={css.empty}>{t(`rows.${kind}None`)}</p>;
  if (!list.data)
    return list.error ? (
      <ErrorPanel error={list.error} what={t('rows.title')} onRetry={() => void list.refetch()} />
    ) : (
      <Skeleton rows={8} />
    );
  const rows = list.data.pages.flatMap((page) => page.rows);
  // While it is being written nobody can say it row by row without asking again and again.
  const written = batch.state === 'done' || batch.state === 'failed';
  const rowHead = t(batch.kind === 'import' ? 'rows.row' : 'rows.place');
  const tells = kind === 'added' || kind === 'changed' || kind === 'rejected';
  return (
    <>
      <p role="status" className={css.muted}>
        {t('rows.shown', {
          shown: formatNumber(rows.length),
          total: formatNumber(list.data.pages.at(-1)?.total ?? rows.length),
        })}
      </p>
      <table className={`${shared.table} ${css.rows}`} data-kind={kind} aria-label={t(`kind.${kind}`)}>
        <thead>
          <tr>
            <th scope="col" data-figure="true">
              {rowHead}
            </th>
            <th scope="col">{t('rows.entry')}</th>
            {tells && <th scope="col">{t(kind === 'rejected' ? 'rows.why' : 'rows.what')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.row}>
              <td data-figure="true" data-label={rowHead}>
                {formatNumber(row.row)}
              </td>
              <th scope="row">
                <Name batch={batch} row={row} />
                {written && (kind === 'added' || kind === 'changed') && (
                  <span className={css.written} data-written={row.applied}>
                    {t(row.applied ? 'rows.written' : 'rows.notWritten')}
                  </span>
                )}
              </th>
              {kind === 'rejected' && (
                <td>
                  <Issues row={row} />
                  {row.diff.length > 0 && <Differences row={row} folded />}
                </td>
              )}
              {(kind === 'added' || kind === 'changed') && (
                <td>
                  <Differences row={row} folded={false} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {list.hasNextPage && (
        <PlainButton onClick={() => void list.fetchNextPage()}>{t('rows.more', { count: PAGE })}</PlainButton>
      )}
    </>
  );
}

function Name({ batch, row }: { batch: Batch; row: BatchRow }) {
  const t = useWorkText();
  const title = row.title || t('rows.untitled');
  if (row.no === null) return <span className={css.untitled}>{title}</span>;
  return (
    <>
      <Link to="/registers/$register/$no" params={{ register: batch.register, no: row.no }}>
        {title}
      </Link>
      <span className={shared.sub}>{row.no}</span>
    </>
  );
}
