import { Button, Input, QRCode } from 'antd';
import { useState } from 'react';
import { useAct, useFailureText } from '#shell/act';
import { FormColumn, FormField, Notice } from '#shell/components/form.tsx';
import css from '../accounts.module.css';
import { SecretOnce } from '../secret-once.tsx';
import { useText } from '../text.ts';
import {
  beginTwoFactor,
  confirmTwoFactor,
  type Enrolment,
  endTwoFactor,
  renewBackupCodes,
} from './auth-calls.ts';

/** Two-step sign-in: set up with a picture or the secret as text, proven with a code, taken away with the password. */
export function TwoFactorSection({
  on,
  hasPassword,
  onChanged,
}: {
  on: boolean;
  hasPassword: boolean;
  onChanged: () => void;
}) {
  const t = useText();
  const words = useFailureText();
  const act = useAct();
  const [asking, setAsking] = useState<'enable' | 'disable' | 'renew' | null>(null);
  const [password, setPassword] = useState('');
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [done, setDone] = useState<string | null>(null);
  if (!hasPassword) return <p>{t('twoFactor.noPassword')}</p>;

  async function withPassword() {
    setDone(null);
    const worked = await act.run(async () => {
      if (asking === 'enable') setEnrolment(await beginTwoFactor(password));
      else if (asking === 'renew') setCodes(await renewBackupCodes(password));
      else {
        await endTwoFactor(password);
        setDone(t('twoFactor.disabled'));
        onChanged();
      }
    });
    if (!worked) return;
    setPassword('');
    setAsking(null);
  }

  return (
    <FormColumn>
      <p>{on ? t('twoFactor.isOn') : t('twoFactor.isOff')}</p>
      {done && <Notice tone="done" title={done} />}
      {codes && (
        <SecretOnce
          title={t('twoFactor.codes')}
          help={t('twoFactor.codesHelp')}
          secret={codes.join('\n')}
          onDone={() => setCodes(null)}
        />
      )}
      {enrolment ? (
        <Enrol
          enrolment={enrolment}
          onDone={() => {
            setCodes(enrolment.backupCodes);
            setEnrolment(null);
            setDone(t('twoFactor.enabled'));
            onChanged();
          }}
          onCancel={() => setEnrolment(null)}
        />
      ) : asking ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void withPassword();
          }}
        >
          <FormField
            id="tf-password"
            label={t('password.current')}
            help={t(`twoFactor.why.${asking}`)}
            required
            issues={act.failure ? [words(act.failure)] : []}
          >
            {(control) => (
              <Input.Password
                {...control}
                autoFocus
                autoComplete="current-password"
                value={password}
                onChange={(e) => setPassword(e.target.value)}
              />
            )}
          </FormField>
          <div className={css.buttons}>
            <Button type="primary" htmlType="submit" loading={act.busy} disabled={!password}>
              {t('continue')}
            </Button>
            <Button
              onClick={() => {
                setAsking(null);
                act.clear();
              }}
            >
              {t('cancel')}
            </Button>
          </div>
        </form>
      ) : (
        <div className={css.buttons}>
          {on ? (
            <>
              <Button onClick={() => setAsking('renew')}>{t('twoFactor.renew')}</Button>
              <Button danger onClick={() => setAsking('disable')}>
                {t('twoFactor.disable')}
              </Button>
            </>
          ) : (
            <Button onClick={() => setAsking('enable')}>{t('twoFactor.enable')}</Button>
          )}
        </div>
      )}
    </FormColumn>
  );
}

function Enrol({
  enrolment,
  onDone,
  onCancel,
}: {
  enrolment: Enrolment;
  onDone: () => void;
  onCancel: () => void;
}) {
  const t = useText();
  const words = useFailureText();
  const act = useAct();
  const [code, setCode] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void act.run(() => confirmTwoFactor(code)).then((worked) => worked && onDone());
      }}
    >
      <ol className={css.steps}>
        <li>
          <p>{t('twoFactor.scan')}</p>
          <QRCode
            value={enrolment.uri}
            type="svg"
            size={192}
            bordered={false}
            aria-label={t('twoFactor.picture')}
          />
          <p>
            {t('twoFactor.orType')} <code className={css.code}>{enrolment.secret}</code>
          </p>
          <p>
            <a href={enrolment.uri}>{t('twoFactor.open')}</a>
          </p>
        </li>
        <li>
          <FormField
            id="tf-code"
            label={t('twoFactor.code')}
            help={t('twoFactor.codeHelp')}
            required
            issues={act.failure ? [words(act.failure)] : []}
          >
            {(control) => (
              <Input
                {...control}
                className={css.short}
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={8}
                value={code}
                onChange={(e) => setCode(e.target.value)}
              />
            )}
          </FormField>
        </li>
      </ol>
      <div className={css.buttons}>
        <Button
          type="primary"
          htmlType="submit"
          loading={act.busy}
          disabled={!/^\d{6}$/.test(code.replace(/\s/g, ''))}
        >
          {t('twoFactor.confirm')}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </form>
  );
}
