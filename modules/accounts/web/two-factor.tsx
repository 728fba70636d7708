import { useMutation } from '@tanstack/react-query';
import { Button, QRCode } from 'antd';
import { useState } from 'react';
import { FormColumn, Notice } from '#shell/components/form.tsx';
import css from './accounts.module.css';
import { beginTwoFactor, confirmTwoFactor, endTwoFactor, renewBackupCodes } from './auth-calls.ts';
import { Failure, fieldIssues } from './failure.tsx';
import { TextInput } from './field.tsx';
import { useText } from './text.ts';

/** Sets two-step verification up, renews backup codes, or ends it. Each needs the password. */
export function TwoFactor({ on, onChanged }: { on: boolean; onChanged: () => void }) {
  const t = useText();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const begin = useMutation({
    mutationFn: () => beginTwoFactor(password),
    onSuccess: () => setPassword(''),
  });
  const confirm = useMutation({
    mutationFn: () => confirmTwoFactor(code),
    onSuccess: () => {
      setCode('');
      setCodes(begin.data?.backupCodes ?? null);
      begin.reset();
      onChanged();
    },
  });
  const renew = useMutation({
    mutationFn: () => renewBackupCodes(password),
    onSuccess: (answer) => {
      setPassword('');
      setCodes(answer.backupCodes);
    },
  });
  const end = useMutation({
    mutationFn: () => endTwoFactor(password),
    onSuccess: () => {
      setPassword('');
      setCodes(null);
      onChanged();
    },
  });
  const error = begin.error ?? renew.error ?? end.error;
  const passwordIssues = fieldIssues(error, 'password', ['password_wrong']);
  const codeIssues = fieldIssues(confirm.error, 'code', ['second_factor_wrong']);
  const secret = begin.data && new URL(begin.data.totpURI).searchParams.get('secret');
  const forget = () => {
    begin.reset();
    renew.reset();
    end.reset();
  };

  if (begin.data)
    return (
      <FormColumn>
        <p>{t('two.scan')}</p>
        <div className={css.totp}>
          <QRCode value={begin.data.totpURI} type="svg" />
          <div>
            <p>{t('two.secret')}</p>
            <code className={css.secret}>{secret?.match(/.{1,4}/g)?.join(' ')}</code>
            <a href={begin.data.totpURI}>{t('two.link')}</a>
          </div>
        </div>
        {codeIssues.length === 0 && <Failure error={confirm.error} />}
        <TextInput
          id="totp-code"
          label={t('two.code')}
          help={t('two.codeHelp')}
          required
          issues={codeIssues}
          value={code}
          onChange={setCode}
        />
        <div className={css.buttons}>
          <Button
            type="primary"
            loading={confirm.isPending}
            disabled={!/^\d{6}$/.test(code.replace(/\s/g, ''))}
            onClick={() => confirm.mutate()}
          >
            {t('two.confirm')}
          </Button>
          <Button onClick={() => begin.reset()}>{t('cancel')}</Button>
        </div>
      </FormColumn>
    );
  return (
    <FormColumn>
      <p>{on ? t('two.isOn') : t('two.isOff')}</p>
      {codes && (
        <Notice
          tone="attention"
          title={t('two.backup')}
          actions={
            <>
              <Button onClick={() => void navigator.clipboard?.writeText(codes.join('\n'))}>
                {t('copy')}
              </Button>
              <Button onClick={() => setCodes(null)}>{t('tokens.kept')}</Button>
            </>
          }
        >
          <p>{t('two.backupText')}</p>
          <ul className={css.codes}>
            {codes.map((c) => (
              <li key={c}>
                <code>{c}</code>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {passwordIssues.length === 0 && <Failure error={error} />}
      <TextInput
        id="two-password"
        label={t('own.oldPassword')}
        help={t('two.passwordHelp')}
        secret="current-password"
        required
        issues={passwordIssues}
        value={password}
        onChange={(text) => {
          forget();
          setPassword(text);
        }}
      />
      <div className={css.buttons}>
        {on ? (
          <>
            <Button disabled={!password} loading={renew.isPending} onClick={() => renew.mutate()}>
              {t('two.renew')}
            </Button>
            <Button danger disabled={!password} loading={end.isPending} onClick={() => end.mutate()}>
              {t('two.end')}
            </Button>
          </>
        ) : (
          <Button
            type="primary"
            disabled={!password}
            loading={begin.isPending}
            onClick={() => begin.mutate()}
          >
            {t('two.begin')}
          </Button>
        )}
      </div>
    </FormColumn>
  );
}
