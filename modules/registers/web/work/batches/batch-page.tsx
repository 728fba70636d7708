import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect } from 'react';
import { call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { PageWait } from '#shell/components/skeleton.tsx';
import { formatMoment } from '#shell/format';
import { keyOf, queries, queryOf } from '#shell/query';
import {
  type Batch,
  entryHistory,
  getBatch,
  getEntry,
  listBatches,
  listDues,
  listDuplicates,
  listEntries,
  listFigures,
  listRegisters,
} from '../../../contract.ts';
import { useText } from '../../text.ts';
import { Way } from '../register-frame.tsx';
import { useWorkText } from '../text.ts';
import css from '../work.module.css';
import { BatchActions } from './batch-actions.tsx';
import { BatchStateMark } from './batch-list.tsx';
import { BatchRows } from './batch-rows.tsx';
import { Columns } from './columns.tsx';
import { Outcome } from './outcome.tsx';
import { isMoving, sizeText } from './standing.ts';

const EVERY = 1000;

/** One import or bulk change: what it would do, and after applying what it did. Everything stands on the server. */
export function BatchPage() {
  const t = useWorkText();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = queryOf(getBatch, { params: { id } }, { interactive: false });
  const { data, error, refetch } = useQuery({
    ...query,
    staleTime: 0,
    // Asked again only while the server works on it, and not after a refusal.
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) && !state.error ? EVERY : false),
  });
  const state = data?.state;
  useEffect(() => {
    // What was written shows in lists and figures that this browser still keeps.
    if (state === 'done') forget();
  }, [state]);
  if (!data)
    return error ? (
      <article>
        <PageHeader title={t('batch.title')} before={<Way />} />
        {error.status === 404 ? (
          <p className={css.empty}>{t('batch.notHere')}</p>
        ) : (
          <ErrorPanel error={error} what={t('batch.title')} onRetry={() => void refetch()} />
        )}
      </article>
    ) : (
      <PageWait />
    );
  const onChanged = (changed: Batch) => queries.setQueryData(query.queryKey, changed);
  return (
    <article key={id}>
      <Head batch={data} onChanged={onChanged} />
      {error && (
        <Notice
          tone="attention"
          title={t(error.status === 401 ? 'batch.signedOut' : 'batch.stale')}
          actions={
            <Button onClick={() => void call(getBatch, { params: { id } }).then(onChanged, () => {})}>
              {t('batch.watch')}
            </Button>
          }
        >
          {error.status !== 401 && error.message && <p>{error.message}</p>}
        </Notice>
      )}
      <Outcome batch={data} onChanged={onChanged} />
      {data.state !== 'preparing' && data.counts.rows > 0 && <BatchRows batch={data} />}
      <Columns batch={data} />
    </article>
  );
}

const SHOWING = [
  listEntries,
  getEntry,
  entryHistory,
  listRegisters,
  listDues,
  listFigures,
  listDuplicates,
  listBatches,
];

function forget(): void {
  for (const endpoint of SHOWING) void queries.invalidateQueries({ queryKey: keyOf(endpoint) });
}

function Head({ batch, onChanged }: { batch: Batch; onChanged: (changed: Batch) => void }) {
  const t = useWorkText();
  const own = useText();
  return (
    <>
      <PageHeader
        title={batch.file?.name ?? t('batch.bulkTitle', { summary: batch.summary })}
        before={
          <>
            <Way register={{ id: batch.register, title: batch.registerTitle }} />
            {batch.kind === 'import' && (
              <>
                {' / '}
                <Link to="/registers/$register/import" params={{ register: batch.register }}>
                  {t('import.title')}
                </Link>
              </>
            )}
          </>
        }
        subtitle={
          <>
            {batch.kind === 'import' && `${t('batch.kind.import')} · `}
            <BatchStateMark batch={batch} />
          </>
        }
        // While it waits for a decision, the buttons stand beside the numbers that are decided on.
        actions={
          batch.state === 'ready' || batch.state === 'failed' ? undefined : (
            <BatchActions batch={batch} onChanged={onChanged} />
          )
        }
      />
      <Facts
        layout="strip"
        items={[
          { name: t('batch.by'), value: batch.by },
          { name: t('batch.created'), value: formatMoment(batch.createdAt) },
          {
            name: t('batch.finished'),
            value: batch.finishedAt && formatMoment(batch.finishedAt),
          },
          {
            name: t('batch.file'),
            value: batch.file && [sizeText(batch.file.size), batch.file.sheet].filter(Boolean).join(' · '),
          },
          { name: t('batch.summary'), value: batch.file && batch.summary },
          { name: own('why.reason'), value: batch.reason },
          { name: own('why.basis'), value: batch.basis },
        ]}
      />
    </>
  );
}
