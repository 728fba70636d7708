import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useId, useState } from 'react';
import type { EndpointResponse } from '#kernel/http/contract';
import { listAudit, verifyAuditLog } from '#modules/accounts/contract';
import { useAct, useFailureText } from '#shell/act';
import { call } from '#shell/api';
import { DataTable } from '#shell/components/data-table.tsx';
import { FieldRow, PlainButton } from '#shell/components/fields.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { SearchField } from '#shell/components/search-field.tsx';
import { formatMoment, formatNumber } from '#shell/format';
import { usePageSearch } from '#shell/page-search';
import { keyOf } from '#shell/query';
import css from '../accounts.module.css';
import { AuditSearch } from '../search.ts';
import { useText } from '../text.ts';

type Entry = EndpointResponse<typeof listAudit>['entries'][number];
type Verdict = EndpointResponse<typeof verifyAuditLog>;

/** What was done by whom, newest first; every entry opens to its detail, and the chain of hashes can be recomputed. */
export function AuditPage() {
  const t = useText();
  const words = useFailureText();
  const [search, setSearch] = usePageSearch(AuditSearch);
  const act = useAct();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const query = useInfiniteQuery({
    queryKey: [...keyOf(listAudit), search],
    queryFn: ({ pageParam, signal }) =>
      call(listAudit, { query: { ...search, before: pageParam, limit: 50 }, signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
  const entries = query.data?.pages.flatMap((p) => p.entries);
  const filtered = Object.values(search).some(Boolean);
  return (
    <article>
      <PageHeader
        title={t('audit.title')}
        subtitle={t('audit.subtitle')}
        actions={
          <Button
            loading={act.busy}
            onClick={() => {
              setVerdict(null);
              void act.run(async () => setVerdict(await call(verifyAuditLog, {})));
            }}
          >
            {t('audit.verify')}
          </Button>
        }
        scope={
          <FieldRow label={t('filters')}>
            <SearchField
              label={t('audit.actor')}
              value={search.actor}
              onChange={(actor) => setSearch({ actor })}
            />
            <SearchField
              label={t('audit.action')}
              value={search.action}
              onChange={(action) => setSearch({ action })}
            />
            <SearchField
              label={t('audit.objectType')}
              value={search.objectType}
              onChange={(objectType) => setSearch({ objectType })}
            />
            <SearchField
              label={t('audit.objectId')}
              value={search.objectId}
              onChange={(objectId) => setSearch({ objectId })}
            />
            <DayField label={t('audit.from')} value={search.from} onChange={(from) => setSearch({ from })} />
            <DayField label={t('audit.to')} value={search.to} onChange={(to) => setSearch({ to })} />
            {filtered && (
              <PlainButton
                onClick={() =>
                  setSearch({
                    actor: undefined,
                    action: undefined,
                    objectType: undefined,
                    objectId: undefined,
                    from: undefined,
                    to: undefined,
                  })
                }
              >
                {t('clearFilters')}
              </PlainButton>
            )}
          </FieldRow>
        }
      />
      {act.failure && <Notice tone="wrong" title={words(act.failure)} />}
      {verdict && (
        <Notice
          tone={verdict.ok ? 'done' : 'wrong'}
          title={
            verdict.ok
              ? t('audit.intact', { rows: formatNumber(verdict.rows) })
              : t('audit.broken', { at: formatNumber(verdict.brokenAt), rows: formatNumber(verdict.rows) })
          }
        >
          <p>
            {t('audit.head')} <code className={css.code}>{verdict.head}</code>
          </p>
        </Notice>
      )}
      <DataTable<Entry>
        caption={t('audit.title')}
        rows={entries}
        rowKey={(e) => String(e.seq)}
        loading={query.isFetching && !query.isFetchingNextPage}
        error={query.error}
        onRetry={() => void query.refetch()}
        empty={<p>{filtered ? t('audit.emptyFiltered') : t('audit.empty')}</p>}
        columns={[
          { id: 'seq', title: t('audit.seq'), align: 'right', cell: (e) => formatNumber(e.seq) },
          { id: 'at', title: t('audit.at'), cell: (e) => formatMoment(e.at, { seconds: true }) },
          {
            id: 'actor',
            title: t('audit.actor'),
            cell: (e) => (
              <button
                type="button"
                className={css.inlineButton}
                onClick={() => setSearch({ actor: e.actor.id ?? e.actor.name })}
              >
                {e.actor.name}
              </button>
            ),
          },
          {
            id: 'action',
            title: t('audit.action'),
            cell: (e) => (
              <button
                type="button"
                className={css.inlineButton}
                onClick={() => setSearch({ action: e.action })}
              >
                {e.action}
              </button>
            ),
          },
          {
            id: 'object',
            title: t('audit.object'),
            cell: (e) => (
              <button
                type="button"
                className={css.inlineButton}
                onClick={() => setSearch({ objectType: e.objectType, objectId: e.objectId })}
              >
                {e.objectType} <span className={css.objectId}>{e.objectId}</span>
              </button>
            ),
          },
          { id: 'detail', title: t('audit.detail'), cell: (e) => <Detail entry={e} /> },
        ]}
        foot={
          query.hasNextPage && (
            <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('audit.older')}
            </Button>
          )
        }
      />
    </article>
  );
}

function Detail({ entry }: { entry: Entry }) {
  const t = useText();
  return (
    <details className={css.detail}>
      <summary>{t('audit.show')}</summary>
      <pre>{JSON.stringify({ ...entry.detail, requestId: entry.requestId, hash: entry.hash }, null, 2)}</pre>
    </details>
  );
}

/** A date that may be left open; passed on when it is complete. */
function DayField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState(value ?? '');
  useEffect(() => setTyped(value ?? ''), [value]);
  // While a year is being typed the browser reports dates such as 0002-06-30.
  const usable = typed === '' || typed >= '2000-01-01';
  const pass = () => {
    if (usable && typed !== (value ?? '')) onChange(typed || undefined);
  };
  return (
    <span className={css.dayField}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="date"
        className={css.select}
        value={typed}
        onChange={(e) => setTyped(e.target.value)}
        onBlur={pass}
        onKeyDown={(e) => {
          if (e.key === 'Enter') pass();
        }}
      />
    </span>
  );
}
