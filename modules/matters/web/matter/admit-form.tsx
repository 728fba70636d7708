import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { FormField } from '#shell/components/form.tsx';
import { useLang } from '#shell/i18n';
import { admitParty } from '../../contract.ts';
import css from '../matters.module.css';
import { type Matter, useText } from '../text.ts';
import { Failure } from './failure.tsx';

/** Lets a party in, or somebody who acts for one. */
export function AdmitForm({
  matter,
  onDone,
  onClose,
}: {
  matter: Matter;
  onDone: (answer: { matter: Matter; code: string }, name: string) => void;
  onClose: () => void;
}) {
  const t = useText();
  const lang = useLang();
  const [role, setRole] = useState(matter.admits.at(-1)!.id);
  const [name, setName] = useState('');
  const [agent, setAgent] = useState(matter.admits.length === 1);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const admit = useMutation({
    mutationFn: () =>
      call(admitParty, {
        params: { number: matter.number },
        body: { version: matter.version, role, name: name.trim(), agent, reason: reason.trim() },
      }),
    onSuccess: (answer) => onDone(answer, name.trim()),
  });
  const short = (text: string, least: number) =>
    tried && text.trim().length < least ? [t('apply.fill')] : [];
  return (
    <div className={css.act}>
      <FormField id="party-role" label={t('party.role')} required>
        {(control) => (
          <Select
            {...control}
            value={role}
            onChange={setRole}
            options={matter.admits.map(({ id, title }) => ({ value: id, label: title[lang] }))}
          />
        )}
      </FormField>
      <FormField id="party-agent" label={t('party.agentLabel')} help={t('party.agentHelp')}>
        {({ id }) => (
          <Checkbox id={id} checked={agent} onChange={(event) => setAgent(event.target.checked)}>
            {t('party.agentText')}
          </Checkbox>
        )}
      </FormField>
      <FormField id="party-name" label={t('party.name')} issues={short(name, 1)} required>
        {(control) => (
          <Input
            {...control}
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </FormField>
      <FormField
        id="party-reason"
        label={t('party.reason')}
        help={t('party.reasonHelp')}
        issues={short(reason, 2)}
        required
      >
        {(control) => (
          <Input
            {...control}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </FormField>
      <Failure error={admit.error} />
      <Button
        type="primary"
        loading={admit.isPending}
        onClick={() => {
          setTried(true);
          if (name.trim().length > 0 && reason.trim().length > 1) admit.mutate();
        }}
      >
        {t('party.admit')}
      </Button>{' '}
      <Button onClick={onClose}>{t('cancel')}</Button>
    </div>
  );
}
