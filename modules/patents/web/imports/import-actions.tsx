import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { ApiError, call } from '#shell/api';
import { cancelImport, type PatentImport, pauseImport, resumeImport } from '../../contract.ts';
import { useText } from '../text.ts';
import css from './imports.module.css';

const ConfirmDialog = lazy(() =>
  import('#shell/components/confirm-dialog.tsx').then((m) => ({ default: m.ConfirmDialog })),
);

/** Pause, go on, cancel: as far as the server allows it now. */
export function ImportActions({
  one,
  onChanged,
}: {
  one: PatentImport;
  onChanged: (changed: PatentImport) => void;
}) {
  const t = useText();
  const [asking, setAsking] = useState(false);
  const params = { id: one.id };
  const pause = useMutation({ mutationFn: () => call(pauseImport, { params }), onSuccess: onChanged });
  const resume = useMutation({ mutationFn: () => call(resumeImport, { params }), onSuccess: onChanged });
  const cancel = useMutation({ mutationFn: () => call(cancelImport, { params }), onSuccess: onChanged });
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
        <Button danger onClick={() => setAsking(true)}>
          {t('import.cancel')}
        </Button>
      )}
      {failure && (
        <span role="alert" className={css.wrong}>
          {failure instanceof ApiError && failure.message ? failure.message : t('upload.network')}
        </span>
      )}
      {asking && (
        <Suspense>
          <ConfirmDialog
            open
            danger
            title={t('import.cancelTitle')}
            action={t('import.cancelAction')}
            onConfirm={() => cancel.mutateAsync()}
            onClose={() => setAsking(false)}
          >
            <p>{t('import.cancelText')}</p>
          </ConfirmDialog>
        </Suspense>
      )}
    </>
  );
}
