import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DataTable } from '#shell/components/data-table.tsx';
import { formatMoment, formatNumber } from '#shell/format';
import { queryOf } from '#shell/query';
import { type Batch, listBatches, type RegisterView } from '../../../contract.ts';
import shared from '../../registers.module.css';
import { useWorkText } from '../text.ts';
import css from '../work.module.css';
import { isMoving, KINDS } from './standing.ts';

const EVERY = 3000;

/** Imports and bulk changes of a register, latest first. */
export function BatchList({ register }: { register: RegisterView }) {
  const t = useWorkText();
  const list = useQuery({
    ...queryOf(listBatches, { params: { register: register.id } }, { interactive: false }),
    staleTime: 0,
    refetchInterval: ({ state }) => (!state.error && state.data?.batches.some(isMoving) ? EVERY : false),
  });
  return (
    <section className={shared.section} aria-labelledby="batches">
      <h2 id="batches">{t('batches.title')}</h2>
      <DataTable<Batch>
        caption={t('batches.title')}
        rows={list.data?.batches}
        rowKey={(one) => one.id}
        total={list.data?.batches.length}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={t('batches.empty')}
        columns={[
          {
            id: 'what',
            title: t('batches.what'),
            cell: (one) => (
              <>
                <Link to="/registers/batches/$id" params={{ id: one.id }} className={css.fileName}>
                  {one.file?.name ?? one.summary}
                </Link>
                <span className={shared.sub}>{t(`batch.kind.${one.kind}`)}</span>
              </>
            ),
          },
          { id: 'state', title: t('batches.state'), cell: (one) => <BatchStateMark batch={one} /> },
          ...KINDS.map((kind) => ({
            id: kind,
            title: t(`kind.${kind}`),
            align: 'right' as const,
            cell: (one: Batch) => formatNumber(one.counts[kind]),
          })),
          {
            id: 'when',
            title: t('batches.when'),
            cell: (one) => (
              <>
                {formatMoment(one.createdAt)}
                <span className={shared.sub}>{one.by}</span>
              </>
            ),
          },
        ]}
      />
    </section>
  );
}

/** Where a batch stands, as a word. */
export function BatchStateMark({ batch }: { batch: Pick<Batch, 'state'> }) {
  const t = useWorkText();
  return (
    <span className={css.state} data-state={batch.state}>
      {t(`batch.state.${batch.state}`)}
    </span>
  );
}
