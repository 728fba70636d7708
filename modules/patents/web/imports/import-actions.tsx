import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { ApiError, call } from '#shell/api';
import { formatNumber } from '#shell/format';
import { queries } from '#shell/query';
import {
  cancelImport,
  compareImport,
  listImports,
  type PatentImport,
  pauseImport,
  resumeImport,
  withdrawImport,
} from '../../contract.ts';
import { useText } from '../text.ts';
import css from './imports.module.css';

const ConfirmDialog = lazy(() =>
  import('#shell/components/confirm-dialog.tsx').then((m) => ({ default: m.ConfirmDialog })),
);

/** Pause, go on, cancel, take back: as far as the server allows it now. */
export function ImportActions({
  one,
  onChanged,
}: {
  one: PatentImport;
  onChanged: (changed: PatentImport) => void;
}) {
  const t = useText();
  const [asking, setAsking] = useState<'cancel' | 'withdraw' | null>(null);
  const params = { id: one.id };
  const pause = useMutation({ mutationFn: () => call(pauseImport, { params }), onSuccess: onChanged });
  const resume = useMutation({ mutationFn: () => call(resumeImport, { params }), onSuccess: onChanged });
  const cancel = useMutation({ mutationFn: () => call(cancelImport, { params }), onSuccess: onChanged });
  const withdraw = useMutation({
    mutationFn: () => call(withdrawImport, { params }),
    onSuccess: (changed) => {
      onChanged(changed);
      for (const { path } of [listImports, compareImport])
        void queries.invalidateQueries({ queryKey: [path] });
    },
  });
  const failure = pause.error ?? resume.error;
  const { abilities } = one;
  return (
    <>
      {abilities.pause && (
        <Button loading={pause.isPending} onClick={() => pause.mutate()}>
          {t('import.pause')}
        </Button>
      )}
      {abilities.resume && (
        <Button type="primary" loading={resume.isPending} onClick={() => resume.mutate()}>
          {t('import.resume')}
        </Button>
      )}
      {abilities.cancel && (
        <Button danger onClick={() => setAsking('cancel')}>
          {t('import.cancel')}
        </Button>
      )}
      {abilities.withdraw && (
        <Button danger onClick={() => setAsking('withdraw')}>
          {t('withdraw.open')}
        </Button>
      )}
      {failure && (
        <span role="alert" className={css.wrong}>
          {failure instanceof ApiError && failure.message ? failure.message : t('upload.network')}
        </span>
      )}
      {asking === 'withdraw' && (
        <Suspense>
          <ConfirmDialog
            open
            danger
            title={t('withdraw.title')}
            action={t('withdraw.action')}
            onConfirm={() => withdraw.mutateAsync()}
            onClose={() => setAsking(null)}
          >
            <p>
              {t('withdraw.text', {
                file: one.file,
                source: one.source.name,
                accepted: formatNumber(one.counts.accepted),
                updated: formatNumber(one.counts.updated),
              })}
            </p>
            <ul>
              <li>{t('withdraw.only')}</li>
              <li>{t('withdraw.others')}</li>
              <li>{t('withdraw.figures')}</li>
            </ul>
            <p>{t('withdraw.noWay')}</p>
          </ConfirmDialog>
        </Suspense>
      )}
      {asking === 'cancel' && (
        <Suspense>
          <ConfirmDialog
            open
            danger
            title={t('import.cancelTitle')}
            action={t('import.cancelAction')}
            onConfirm={() => cancel.mutateAsync()}
            onClose={() => setAsking(null)}
          >
            <p>{t('import.cancelText')}</p>
          </ConfirmDialog>
        </Suspense>
      )}
    </>
  );
}
