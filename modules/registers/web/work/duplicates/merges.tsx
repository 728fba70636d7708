import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { call } from '#shell/api';
import { DataTable } from '#shell/components/data-table.tsx';
import { formatMoment } from '#shell/format';
import { queryOf } from '#shell/query';
import { listMerges, type MergeView, type RegisterView, undoMerge } from '../../../contract.ts';
import shared from '../../registers.module.css';
import { useWorkText } from '../text.ts';
import css from '../work.module.css';
import { forgetEntries } from './pair.tsx';

const ConfirmDialog = lazy(() =>
  import('#shell/components/confirm-dialog.tsx').then((m) => ({ default: m.ConfirmDialog })),
);

/** Merges that were made, latest first, each with the way back as long as nothing was changed since. */
export function Merges({ register }: { register: RegisterView }) {
  const t = useWorkText();
  const [asked, setAsked] = useState<MergeView | null>(null);
  const list = useQuery({
    ...queryOf(listMerges, { params: { register: register.id } }),
    staleTime: 0,
  });
  const entry = ({ no, title }: MergeView['survivor']) => (
    <>
      <Link to="/registers/$register/$no" params={{ register: register.id, no }}>
        {title || no}
      </Link>
      <span className={shared.sub}>{no}</span>
    </>
  );
  return (
    <>
      <DataTable<MergeView>
        caption={t('duplicates.merges')}
        rows={list.data?.merges}
        rowKey={(m) => m.id}
        total={list.data?.merges.length}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={t('merges.none')}
        columns={[
          { id: 'loser', title: t('merges.loser'), cell: (m) => entry(m.loser) },
          { id: 'survivor', title: t('merges.survivor'), cell: (m) => entry(m.survivor) },
          {
            id: 'reason',
            title: t('merges.reason'),
            cell: (m) => <span className={css.wrap}>{m.reason}</span>,
          },
          {
            id: 'when',
            title: t('merges.when'),
            cell: (m) => (
              <>
                {formatMoment(m.at)}
                <span className={shared.sub}>{m.by}</span>
              </>
            ),
          },
          {
            id: 'undo',
            title: t('merges.back'),
            cell: (m) =>
              m.undoneAt ? (
                <span className={css.muted}>
                  {t('merges.undone', { at: formatMoment(m.undoneAt), by: m.undoneBy ?? '' })}
                </span>
              ) : m.abilities.undo ? (
                <Button size="small" onClick={() => setAsked(m)}>
                  {t('merges.undo')}
                </Button>
              ) : (
                <span className={css.muted}>{t('merges.cannot')}</span>
              ),
          },
        ]}
      />
      <Suspense>
        {asked && (
          <ConfirmDialog
            open
            title={t('merges.undoTitle')}
            action={t('merges.undo')}
            onConfirm={async () => {
              try {
                await call(undoMerge, { params: { id: asked.id } });
              } finally {
                forgetEntries();
              }
            }}
            onClose={() => setAsked(null)}
          >
            <p>{t('merges.undoText', { loser: asked.loser.no, survivor: asked.survivor.no })}</p>
          </ConfirmDialog>
        )}
      </Suspense>
    </>
  );
}
