import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { FormField, Notice } from '#shell/components/form.tsx';
import { Select } from '#shell/components/record-form/simple-input.tsx';
import { useLang } from '#shell/i18n';
import { uuid } from '#shell/uuid';
import { transferMatter } from '../../contract.ts';
import { Failure } from '../matter/failure.tsx';
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
  const [reason, setReason] = useState('');
  const [basis, setBasis] = useState('');
  const [tried, setTried] = useState(false);
  const send = useMutation({
    mutationFn: () =>
      enter(transferMatter, {
        params: { number: matter.number },
        body: {
          ...{ version: matter.version, idempotencyKey: key, to },
          ...{ reason: reason.trim(), basis: basis.trim() },
        },
      }),
    onSuccess: onDone,
  });
  if (!open) return <Button onClick={() => setOpen(true)}>{t('transfer.begin')}</Button>;
  const chosen = matter.transferTo.find(({ id }) => id === to);
  const short = (text: string, least: number) =>
    tried && text.trim().length < least ? [t('transfer.least', { least })] : [];
  const ready = chosen && reason.trim().length >= 5 && basis.trim().length >= 2;
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
      <FormField
        id="transfer-reason"
        label={t('transfer.reason')}
        help={t('transfer.reasonHelp')}
        issues={short(reason, 5)}
        required
      >
        {(control) => (
          <Input.TextArea
            {...control}
            rows={3}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </FormField>
      <FormField
        id="transfer-basis"
        label={t('transfer.basis')}
        help={t('transfer.basisHelp')}
        issues={short(basis, 2)}
        required
      >
        {(control) => (
          <Input
            {...control}
            maxLength={500}
            value={basis}
            onChange={(event) => setBasis(event.target.value)}
          />
        )}
      </FormField>
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
