import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { FormField, Notice } from '#shell/components/form.tsx';
import { Select } from '#shell/components/record-form/simple-input.tsx';
import { useLang } from '#shell/i18n';
import { uuid } from '#shell/uuid';
import { transferMatter } from '../../contract.ts';
import { Failure } from '../matter/failure.tsx';
import { ReasonFields, useReason } from '../matter/reason-fields.tsx';
import { useEntering } from '../matter/use-entering.ts';
import css from '../matters.module.css';
import { type Matter, useText } from '../text.ts';

/** Hands the matter to another body. What follows is said before the press, since the office can do nothing afterwards. */
export function TransferForm({ matter, onDone }: { matter: Matter; onDone: (matter: Matter) => void }) {
  const t = useText();
  const lang = useLang();
  const enter = useEntering();
  const [key] = useState(uuid);
  const [open, setOpen] = useState(false);
  const [to, setTo] = useState('');
  const why = useReason();
  const [tried, setTried] = useState(false);
  const send = useMutation({
    mutationFn: () =>
      enter(transferMatter, {
        params: { number: matter.number },
        body: {
          ...{ version: matter.version, idempotencyKey: key, to },
          ...why.said,
        },
      }),
    onSuccess: onDone,
  });
  if (!open) return <Button onClick={() => setOpen(true)}>{t('transfer.begin')}</Button>;
  const chosen = matter.transferTo.find(({ id }) => id === to);
  const ready = chosen && why.ready;
  return (
    <div className={css.act}>
      <FormField
        id="transfer-to"
        label={t('transfer.to')}
        help={t('transfer.toHelp')}
        issues={tried && !chosen ? [t('apply.fill')] : []}
        required
        {...(chosen && {
          aside: t(`transfer.${chosen.why}`, {
            source: chosen.source ?? '',
            mark: chosen.verified ? '' : t('bracket', { text: t('unverifiedMark') }),
          }),
        })}
      >
        {(control) => (
          <Select
            control={control}
            value={to}
            none={t('choose')}
            onChange={setTo}
            choices={matter.transferTo.map(({ id, name }) => ({ value: id, label: name[lang] }))}
          />
        )}
      </FormField>
      <ReasonFields
        id="transfer"
        of={why}
        most={500}
        tried={tried}
        labels={{
          reason: t('transfer.reason'),
          basis: t('transfer.basis'),
          basisHelp: t('transfer.basisHelp'),
        }}
      />
      <Notice title={t('transfer.follows')} />
      <Failure error={send.error} />
      <Button
        type="primary"
        loading={send.isPending}
        onClick={() => {
          setTried(true);
          if (ready) send.mutate();
        }}
      >
        {chosen ? t('transfer.do', { to: chosen.name[lang] }) : t('transfer.title')}
      </Button>{' '}
      <Button onClick={() => setOpen(false)}>{t('cancel')}</Button>
    </div>
  );
}
