import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { PlainButton } from '#shell/components/fields.tsx';
import { Notice } from '#shell/components/form.tsx';
import { useLang } from '#shell/i18n';
import { actOnMatter, endPublication } from '../../contract.ts';
import { Failure } from '../matter/failure.tsx';
import { useEntering } from '../matter/use-entering.ts';
import css from '../matters.module.css';
import { type Matter, type Publication, useText } from '../text.ts';

/** For the head: release what was prepared with the step of the procedure, send it back, or take down what is public. */
export function Release({
  matter,
  seen,
  onDone,
}: {
  matter: Matter;
  seen: Publication;
  onDone: (matter: Matter) => void;
}) {
  const t = useText();
  const lang = useLang();
  const enter = useEntering();
  const [ending, setEnding] = useState(false);
  // One key for one intended press: sent again after a failure it does nothing twice.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const current = seen.current!;
  const waits = current.state === 'prepared';
  const step = matter.next.find(({ id }) => seen.steps.includes(id));
  const release = useMutation({
    mutationFn: () =>
      enter(actOnMatter, {
        params: { number: matter.number, action: step!.id },
        body: { version: matter.version, idempotencyKey: key },
      }),
    onSuccess: (next) => {
      setKey(crypto.randomUUID());
      onDone(next);
    },
  });
  if (!seen.mayRelease) return null;
  return (
    <section className={`${css.act} no-print`}>
      {waits && current.left.length > 0 && (
        <Notice tone="attention" title={t('publication.left')}>
          <ul>
            {current.left.map(({ rule, was }) => (
              <li key={`${rule} ${was}`}>{t('publication.leftPlace', { rule: t(`mask.${rule}`), was })}</li>
            ))}
          </ul>
        </Notice>
      )}
      {waits && !step && <p>{t('publication.notNow')}</p>}
      <Failure error={release.error} />
      <p>
        {waits && step && (
          <Button type="primary" loading={release.isPending} onClick={() => release.mutate()}>
            {t('publication.release', { step: step.title[lang] })}
          </Button>
        )}
        <PlainButton onClick={() => setEnding(true)}>
          {t(waits ? 'publication.sendBack' : 'publication.takeDown')}
        </PlainButton>
      </p>
      <ConfirmDialog
        open={ending}
        title={t(waits ? 'publication.sendBack' : 'publication.takeDown')}
        action={t(waits ? 'publication.sendBack' : 'publication.takeDown')}
        danger={!waits}
        reason={{ label: t(waits ? 'publication.sendBackReason' : 'publication.takeDownReason'), min: 2 }}
        onConfirm={async (reason) =>
          onDone(
            await enter(endPublication, {
              params: { number: matter.number },
              body: { version: matter.version, reason },
            }),
          )
        }
        onClose={() => setEnding(false)}
      >
        <p>{t(waits ? 'publication.sendBackText' : 'publication.takeDownText')}</p>
      </ConfirmDialog>
    </section>
  );
}
