import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { EndpointResponse } from '#kernel/http/contract';
import { type IndicatorDetail, listFacts } from '#modules/plan/contract';
import { type ApiError, call } from '#shell/api';
import { DataTable } from '#shell/components/data-table.tsx';
import { PlainButton } from '#shell/components/fields.tsx';
import { formatNumber } from '#shell/format';
import css from './indicator.module.css';
import { useText } from './text.ts';

type Page = EndpointResponse<typeof listFacts>;
type Row = Page['rows'][number];

const pageSize = 20;

/** The rows behind the measured figure, page by page; each leads to its own record. */
export function IndicatorFacts({
  no,
  query,
  measured,
}: {
  no: string;
  query: { asOf?: string; region?: string };
  measured: NonNullable<IndicatorDetail['measured']>;
}) {
  const t = useText();
  const facts = useInfiniteQuery<Page, ApiError>({
    queryKey: [listFacts.path, no, query, 'pages'],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      call(listFacts, {
        params: { no },
        query: { ...query, limit: pageSize, cursor: pageParam as string | undefined },
        signal,
      }),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const first = facts.data?.pages[0];
  const rows = facts.data?.pages.flatMap((p) => p.rows);
  return (
    <section className={css.section} aria-labelledby="facts">
      <h2 id="facts">{t('facts.title')}</h2>
      {first && <p>{first.rule}</p>}
      <DataTable<Row>
        caption={t('facts.title')}
        rows={rows}
        rowKey={(r) => r.id}
        total={first?.total ?? measured.facts}
        loading={facts.isFetching}
        error={facts.error}
        onRetry={() => void facts.refetch()}
        empty={t('facts.empty')}
        columns={(first?.columns ?? []).map((c, i) => ({
          id: c.id,
          title: c.title,
          align: c.kind === 'number' ? ('right' as const) : undefined,
          cell: (row) => {
            const value = row.cells[c.id] ?? null;
            const text =
              typeof value === 'number' ? formatNumber(value, Number.isInteger(value) ? 0 : 2) : value;
            return i === 0 && row.href ? <Link to={row.href}>{text}</Link> : text;
          },
        }))}
        foot={
          facts.hasNextPage && (
            <PlainButton onClick={() => void facts.fetchNextPage()}>
              {t('facts.more', { count: pageSize })}
            </PlainButton>
          )
        }
      />
    </section>
  );
}
