import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { FormField } from '#shell/components/form.tsx';
import { Select } from '#shell/components/record-form/simple-input.tsx';
import { useLang } from '#shell/i18n';
import { admitParty } from '../../contract.ts';
import css from '../matters.module.css';
import { type Matter, useText } from '../text.ts';
import { Failure } from './failure.tsx';
import { useEntering } from './use-entering.ts';

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
  const enter = useEntering();
  const lang = useLang();
  const principals = matter.parties.filter(({ agent, until }) => !agent && until === null);
  const [agent, setAgent] = useState(false);
  const [role, setRole] = useState('');
  const [actsFor, setActsFor] = useState('');
  const [name, setName] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const admit = useMutation({
    mutationFn: () =>
      enter(admitParty, {
        params: { number: matter.number },
        body: {
          ...{ version: matter.version, name: name.trim(), reason: reason.trim() },
          ...(agent ? { actsFor: Number(actsFor) } : { role }),
        },
      }),
    onSuccess: (answer) => onDone(answer, name.trim()),
  });
  const short = (text: string, least: number) =>
    tried && text.trim().length < least ? [t('apply.fill')] : [];
  const chosen = (value: string) => (tried && value === '' ? [t('apply.fill')] : []);
  const ready = (agent ? actsFor : role) !== '' && name.trim().length > 0 && reason.trim().length > 1;
  return (
    <div className={css.act}>
      <FormField id="party-agent" label={t('party.agentLabel')} help={t('party.agentHelp')}>
        {({ id }) => (
          <Checkbox id={id} checked={agent} onChange={(event) => setAgent(event.target.checked)}>
            {t('party.agentText')}
          </Checkbox>
        )}
      </FormField>
      {agent ? (
        <FormField id="party-for" label={t('party.for')} issues={chosen(actsFor)} required>
          {(control) => (
            <Select
              control={control}
              value={actsFor}
              none={t('choose')}
              onChange={setActsFor}
              choices={principals.map((one) => ({
                value: String(one.no),
                label: t('serve.choice', { name: one.name, role: one.role.title[lang] }),
              }))}
            />
          )}
        </FormField>
      ) : (
        <FormField
          id="party-role"
          label={t('party.role')}
          help={t('party.roleHelp')}
          issues={chosen(role)}
          required
        >
          {(control) => (
            <Select
              control={control}
              value={role}
              none={t('choose')}
              onChange={setRole}
              choices={matter.admits.map(({ id, title }) => ({ value: id, label: title[lang] }))}
            />
          )}
        </FormField>
      )}
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
          if (ready) admit.mutate();
        }}
      >
        {t('party.admit')}
      </Button>{' '}
      <Button onClick={onClose}>{t('cancel')}</Button>
    </div>
  );
}
