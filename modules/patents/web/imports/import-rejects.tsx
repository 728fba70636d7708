import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { EndpointResponse } from '#kernel/http/contract';
import { type ApiError, call } from '#shell/api';
import { DataTable } from '#shell/components/data-table.tsx';
import { PlainButton } from '#shell/components/fields.tsx';
import { formatNumber } from '#shell/format';
import { type ImportReject, listRejects, type PatentImport } from '../../contract.ts';
import { useText } from '../text.ts';
import css from './imports.module.css';

type Page = EndpointResponse<typeof listRejects>;

const PAGE = 50;

/** Rejected rows with field, value and reason, and all of them as a file. */
export function ImportRejects({ one }: { one: PatentImport }) {
  const t = useText();
  const { rejected } = one.counts;
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery<Page, ApiError>({
    queryKey: [listRejects.path, one.id],
    initialPageParam: undefined,
    enabled: rejected > 0,
    queryFn: ({ pageParam, signal }) =>
      call(listRejects, {
        params: { id: one.id },
        query: { limit: PAGE, cursor: pageParam as string | undefined },
        signal,
        interactive: false,
      }),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const loaded = data?.pages.length ?? 0;
  const known = data?.pages.at(-1)?.rows ?? 0;
  useEffect(() => {
    // More was rejected since: one page is asked again, many are left in peace until somebody asks for more.
    if (loaded === 1 && rejected > known && !isFetching) void refetch();
  }, [rejected, known, loaded, isFetching, refetch]);
  if (rejected === 0) return null;
  const rows = data?.pages
    .flatMap((page) => page.rejects)
    .map((reject, i) => ({ ...reject, key: `${i} ${reject.row}` }));
  return (
    <section className={css.section} aria-labelledby="rejects">
      <h2 id="rejects">{t('rejects.title', { count: rejected, rows: formatNumber(rejected) })}</h2>
      <p>{t('rejects.how')}</p>
      {one.rejectFile && (
        <p className={css.buttons}>
          <a className={css.download} href={one.rejectFile.xlsx} download>
            {t('rejects.xlsx')}
          </a>
          <a className={css.download} href={one.rejectFile.csv} download>
            {t('rejects.csv')}
          </a>
        </p>
      )}
      <DataTable<ImportReject & { key: string }>
        caption={t('rejects.title', { count: rejected, rows: formatNumber(rejected) })}
        rows={rows}
        rowKey={(row) => row.key}
        error={error}
        onRetry={() => void refetch()}
        empty={t('rejects.loading')}
        columns={[
          { id: 'row', title: t('rejects.row'), align: 'right', cell: (r) => formatNumber(r.row) },
          { id: 'field', title: t('rejects.field'), cell: (r) => r.field || t('rejects.wholeRow') },
          {
            id: 'value',
            title: t('rejects.value'),
            cell: (r) =>
              r.value === '' ? (
                <span className={css.muted}>{t('rejects.noValue')}</span>
              ) : (
                <span className={css.value}>{r.value}</span>
              ),
          },
          {
            id: 'reason',
            title: t('rejects.reason'),
            cell: (r) => <span className={css.reason}>{r.reason}</span>,
          },
        ]}
        foot={
          hasNextPage && (
            <PlainButton onClick={() => void fetchNextPage()}>
              {t('rejects.more', { count: PAGE })}
            </PlainButton>
          )
        }
      />
    </section>
  );
}
