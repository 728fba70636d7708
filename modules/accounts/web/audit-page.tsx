import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { EndpointResponse } from '#kernel/http/contract';
import { call } from '#shell/api';
import { DataTable } from '#shell/components/data-table.tsx';
import { FieldRow, PlainButton } from '#shell/components/fields.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { readDate } from '#shell/components/read-date';
import { formatMoment, formatNumber } from '#shell/format';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { listAudit, verifyAuditLog } from '../contract.ts';
import css from './accounts.module.css';
import { Failure } from './failure.tsx';
import { FilterText } from './field.tsx';
import { AuditSearch } from './search.ts';
import { useText } from './text.ts';

type Entry = EndpointResponse<typeof listAudit>['entries'][number];

/** Who did what and when, newest first; and the proof that nothing was changed afterwards. */
export function AuditPage() {
  const t = useText();
  const [search, setSearch] = usePageSearch(AuditSearch);
  const [open, setOpen] = useState<string[]>([]);
  const list = useQuery({
    ...queryOf(listAudit, { query: { ...search, limit: 100 } }),
    placeholderData: (before) => before,
  });
  const verify = useMutation({ mutationFn: () => call(verifyAuditLog, {}) });
  const change = (part: Partial<AuditSearch>) => setSearch({ before: undefined, ...part });
  const next = list.data?.next;
  const verdict = verify.data;
  return (
    <article>
      <PageHeader
        title={t('audit.title')}
        subtitle={t('audit.subtitle')}
        actions={
          <Button loading={verify.isPending} onClick={() => verify.mutate()}>
            {t('audit.verify')}
          </Button>
        }
        scope={
          <FieldRow label={t('filters')}>
            <FilterText
              label={t('audit.actor')}
              value={search.actor}
              onChange={(actor) => change({ actor })}
            />
            <FilterText
              label={t('audit.action')}
              value={search.action}
              onChange={(action) => change({ action })}
            />
            <FilterText
              label={t('audit.objectType')}
              value={search.objectType}
              onChange={(objectType) => change({ objectType })}
            />
            <FilterText
              label={t('audit.objectId')}
              value={search.objectId}
              onChange={(objectId) => change({ objectId })}
            />
            <FilterText
              label={t('audit.from')}
              placeholder="2026-01-01"
              value={search.from}
              onChange={(text) => {
                const from = text ? readDate(text) : undefined;
                if (from !== null) change({ from });
              }}
            />
            <FilterText
              label={t('audit.to')}
              placeholder="2026-12-31"
              value={search.to}
              onChange={(text) => {
                const to = text ? readDate(text) : undefined;
                if (to !== null) change({ to });
              }}
            />
            {Object.values(search).some((v) => v !== undefined) && (
              <PlainButton
                onClick={() =>
                  change({
                    actor: undefined,
                    action: undefined,
                    objectType: undefined,
                    objectId: undefined,
                    from: undefined,
                    to: undefined,
                  })
                }
              >
                {t('clear')}
              </PlainButton>
            )}
          </FieldRow>
        }
      />
      <Failure error={verify.error} />
      {verdict && (
        <Notice
          tone={verdict.ok ? 'done' : 'wrong'}
          title={
            verdict.ok
              ? t('audit.ok', { rows: formatNumber(verdict.rows) })
              : t('audit.broken', { seq: String(verdict.brokenAt), rows: formatNumber(verdict.rows) })
          }
        >
          <p>{t('audit.head')}</p>
          <code className={css.secret}>{verdict.head}</code>
        </Notice>
      )}
      <DataTable<Entry>
        caption={t('audit.title')}
        rows={list.data?.entries}
        rowKey={(e) => String(e.seq)}
        loading={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<p>{t('audit.empty')}</p>}
        foot={
          (search.before || next) && (
            <nav className={css.pager} aria-label={t('pages')}>
              {search.before && (
                <PlainButton onClick={() => setSearch({ before: undefined })}>
                  {t('audit.newest')}
                </PlainButton>
              )}
              {next && (
                <PlainButton onClick={() => setSearch({ before: next }, { push: true })}>
                  {t('audit.older')}
                </PlainButton>
              )}
            </nav>
          )
        }
        columns={[
          { id: 'seq', title: t('audit.seq'), align: 'right', cell: (e) => formatNumber(e.seq) },
          { id: 'at', title: t('audit.at'), cell: (e) => formatMoment(e.at, { seconds: true }) },
          { id: 'actor', title: t('audit.actor'), cell: (e) => e.actor.name },
          { id: 'action', title: t('audit.action'), cell: (e) => <code>{e.action}</code> },
          {
            id: 'object',
            title: t('audit.object'),
            cell: (e) => (
              <>
                {e.objectType}
                <span className={css.sub}>{e.objectId}</span>
              </>
            ),
          },
          {
            id: 'detail',
            title: t('audit.detail'),
            cell: (e) => {
              const key = String(e.seq);
              const shown = open.includes(key);
              return (
                <details
                  className={css.detail}
                  open={shown}
                  onToggle={(event) => {
                    const now = event.currentTarget.open;
                    setOpen((before) =>
                      now ? [...new Set([...before, key])] : before.filter((k) => k !== key),
                    );
                  }}
                >
                  <summary>{t('audit.show')}</summary>
                  {shown && (
                    <pre>
                      {JSON.stringify({ ...e.detail, requestId: e.requestId, hash: e.hash }, null, 2)}
                    </pre>
                  )}
                </details>
              );
            },
          },
        ]}
      />
    </article>
  );
}
