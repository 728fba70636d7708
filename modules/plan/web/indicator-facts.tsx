import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { EndpointResponse } from '#kernel/http/contract';
import { type IndicatorDetail, listFacts } from '#modules/plan/contract';
import { type ApiError, call } from '#shell/api';
import { DataTable } from '#shell/components/data-table.tsx';
import { PlainButton } from '#shell/components/fields.tsx';
import { formatMoment, formatNumber } from '#shell/format';
import css from './indicator.module.css';
import { type RowsChoice, rowsKey } from './rows.ts';
import { useText } from './text.ts';

type Page = EndpointResponse<typeof listFacts>;
type Row = Page['rows'][number];

const pageSize = 20;

/** One thing whose rows can be looked at. */
interface Side extends RowsChoice {
  key: string;
  label: string;
  count: number;
}

/** The rows behind the measured figures, page by page; each leads to its own record. */
export function IndicatorFacts({
  no,
  place,
  detail,
  rows,
}: {
  no: string;
  place: { asOf?: string; region?: string };
  detail: IndicatorDetail;
  /** Key of the rows to show; else the first. */
  rows: string | undefined;
}) {
  const t = useText();
  const sides = sidesOf(detail, (title) => t('facts.known', { title }));
  const chosen = sides.find((s) => s.key === rows) ?? sides[0];
  if (!chosen) return null;
  return (
    <section className={css.section} aria-labelledby="facts">
      <h2 id="facts">{t('facts.title')}</h2>
      {sides.length > 1 && (
        <nav className={css.sides} aria-label={t('facts.choose')}>
          {sides.map((s) => (
            <Link
              key={s.key}
              to="."
              search={((before: object) => ({ ...before, rows: s.key })) as never}
              replace
              resetScroll={false}
              aria-current={s === chosen ? 'true' : undefined}
            >
              {s.label}
              <span className={css.unit}>{formatNumber(s.count)}</span>
            </Link>
          ))}
        </nav>
      )}
      <FactRows no={no} place={place} side={chosen} />
    </section>
  );
}

/** Everything that has rows: of each measured number its measure, what it is divided by, and what is known now. */
function sidesOf(detail: IndicatorDetail, knownNow: (title: string) => string): Side[] {
  return detail.measures.flatMap((m) => {
    const part = detail.parts?.find((p) => p.id === m.part);
    const measured = m.part === null ? detail.measured : part?.measured;
    if (!measured) return [];
    const side = (choice: Omit<RowsChoice, 'part'>, title: string, count: number): Side => ({
      ...choice,
      part: m.part,
      key: rowsKey({ ...choice, part: m.part }),
      label: part ? `${part.title} · ${title}` : title,
      count,
    });
    return [
      side({ side: 'of', known: 'then' }, m.of.title, measured.facts),
      ...(m.per ? [side({ side: 'per', known: 'then' }, m.per.title, measured.ratio?.per.facts ?? 0)] : []),
      ...(measured.now ? [side({ side: 'of', known: 'now' }, knownNow(m.of.title), measured.now.facts)] : []),
      ...(measured.now && m.per
        ? [side({ side: 'per', known: 'now' }, knownNow(m.per.title), measured.now.perFacts ?? 0)]
        : []),
    ];
  });
}

function FactRows({
  no,
  place,
  side,
}: {
  no: string;
  place: { asOf?: string; region?: string };
  side: Side;
}) {
  const t = useText();
  const asked = {
    ...place,
    side: side.side,
    known: side.known,
    ...(side.part !== null && { part: side.part }),
  };
  const facts = useInfiniteQuery<Page, ApiError>({
    queryKey: [listFacts.path, no, asked, 'pages'],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      call(listFacts, {
        params: { no },
        query: { ...asked, limit: pageSize, cursor: pageParam as string | undefined },
        signal,
      }),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const first = facts.data?.pages[0];
  const there = first !== undefined;
  // An address with #facts that was opened from elsewhere: there is something to go to only now.
  useEffect(() => {
    if (there && window.location.hash === '#facts') document.getElementById('facts')?.scrollIntoView();
  }, [there]);
  const rows = facts.data?.pages.flatMap((p) => p.rows);
  return (
    <>
      {first && (
        <p>
          <strong>{first.title}</strong> {first.rule}
          {first.knownAt && (
            <span className={css.sub}>{t('measured.knownAt', { at: formatMoment(first.knownAt) })}</span>
          )}
        </p>
      )}
      <DataTable<Row>
        caption={t('facts.title')}
        rows={rows}
        rowKey={(r) => r.id}
        total={first?.total ?? side.count}
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
    </>
  );
}
