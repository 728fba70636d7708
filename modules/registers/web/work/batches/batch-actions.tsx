import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { call } from '#shell/api';
import { formatNumber } from '#shell/format';
import { queries, queryOf } from '#shell/query';
import { applyBatch, type Batch, cancelBatch, getBatch } from '../../../contract.ts';
import { useWorkText } from '../text.ts';
import { leftOf, toWrite } from './standing.ts';

const ConfirmDialog = lazy(() =>
  import('#shell/components/confirm-dialog.tsx').then((m) => ({ default: m.ConfirmDialog })),
);

/** Write it or throw it away, as far as the server allows; both are asked about with the numbers. */
export function BatchActions({ batch, onChanged }: { batch: Batch; onChanged: (changed: Batch) => void }) {
  const t = useWorkText();
  const [asked, setAsked] = useState<'apply' | 'cancel' | null>(null);
  const params = { id: batch.id };
  const { counts, abilities } = batch;
  const left = leftOf(batch);
  async function settle(endpoint: typeof applyBatch | typeof cancelBatch) {
    try {
      onChanged(await call(endpoint, { params }));
    } catch (error) {
      // Somebody else may have decided meanwhile: show what holds now.
      void queries.invalidateQueries(queryOf(getBatch, { params }));
      throw error;
    }
  }
  return (
    <>
      {abilities.apply && toWrite(batch) > 0 && (
        <Button type="primary" onClick={() => setAsked('apply')}>
          {t(left > 0 ? 'action.goOn' : 'action.apply')}
        </Button>
      )}
      {abilities.cancel && <Button onClick={() => setAsked('cancel')}>{t('action.cancel')}</Button>}
      <Suspense>
        {asked === 'apply' && (
          <ConfirmDialog
            open
            title={t('apply.title', { count: formatNumber(left || toWrite(batch)) })}
            action={t(left > 0 ? 'action.goOn' : 'action.apply')}
            onConfirm={() => settle(applyBatch)}
            onClose={() => setAsked(null)}
          >
            <p>
              {t(left > 0 ? 'apply.left' : batch.kind === 'import' ? 'apply.numbers' : 'apply.numbersBulk', {
                added: formatNumber(counts.added),
                changed: formatNumber(counts.changed),
                register: batch.registerTitle,
                written: formatNumber(toWrite(batch) - left),
                left: formatNumber(left),
              })}
            </p>
            <p>{t('apply.summary', { summary: batch.summary })}</p>
            {counts.rejected > 0 && <p>{t('apply.rejected', { count: formatNumber(counts.rejected) })}</p>}
          </ConfirmDialog>
        )}
        {asked === 'cancel' && (
          <ConfirmDialog
            open
            danger
            title={t('cancel.title')}
            action={t('action.cancel')}
            onConfirm={() => settle(cancelBatch)}
            onClose={() => setAsked(null)}
          >
            <p>{t(batch.kind === 'import' ? 'cancel.import' : 'cancel.bulk')}</p>
          </ConfirmDialog>
        )}
      </Suspense>
    </>
  );
}
