import { Button } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import {
  type AccountView,
  disableAccount,
  enableAccount,
  resetPassword,
  resetTwoFactor,
} from '../contract.ts';
import css from './accounts.module.css';
import { TextInput } from './field.tsx';
import { useText } from './text.ts';

/** Disable or enable, set a password, take the second factor away; each asks first and says what it will do. */
export function AccountActions({
  account,
  onChanged,
}: {
  account: AccountView;
  onChanged: (after: AccountView, what: string) => void;
}) {
  const t = useText();
  const [asking, setAsking] = useState<'disable' | 'enable' | 'password' | 'two-factor' | null>(null);
  const [password, setPassword] = useState('');
  const request = { params: { id: account.id }, body: { version: account.version } };
  const name = account.name;
  const close = () => setAsking(null);
  return (
    <div className={css.buttons}>
      <Button onClick={() => setAsking('password')}>{t('action.password')}</Button>
      {account.abilities.resetTwoFactor && (
        <Button onClick={() => setAsking('two-factor')}>{t('action.twoFactor')}</Button>
      )}
      {account.abilities.disable && (
        <Button danger onClick={() => setAsking('disable')}>
          {t('action.disable')}
        </Button>
      )}
      {account.abilities.enable && <Button onClick={() => setAsking('enable')}>{t('action.enable')}</Button>}
      {asking === 'disable' && (
        <ConfirmDialog
          open
          danger
          title={t('action.disableTitle', { name })}
          action={t('action.disable')}
          onClose={close}
          onConfirm={async () => onChanged(await call(disableAccount, request), t('done.disabled', { name }))}
        >
          <p>{t('action.disableText')}</p>
        </ConfirmDialog>
      )}
      {asking === 'enable' && (
        <ConfirmDialog
          open
          title={t('action.enableTitle', { name })}
          action={t('action.enable')}
          onClose={close}
          onConfirm={async () => onChanged(await call(enableAccount, request), t('done.enabled', { name }))}
        />
      )}
      {asking === 'two-factor' && (
        <ConfirmDialog
          open
          danger
          title={t('action.twoFactorTitle', { name })}
          action={t('action.twoFactor')}
          onClose={close}
          onConfirm={async () =>
            onChanged(
              await call(resetTwoFactor, {
                params: { id: account.id },
                query: { version: account.version },
              }),
              t('done.twoFactor', { name }),
            )
          }
        >
          <p>{t('action.twoFactorText')}</p>
        </ConfirmDialog>
      )}
      {asking === 'password' && (
        <ConfirmDialog
          open
          title={t('action.passwordTitle', { name })}
          action={t('action.password')}
          onClose={() => {
            setPassword('');
            close();
          }}
          onConfirm={async () => {
            onChanged(
              await call(resetPassword, { ...request, body: { version: account.version, password } }),
              t('done.password', { name }),
            );
            setPassword('');
          }}
        >
          <p>{t('action.passwordText')}</p>
          <TextInput
            id="reset-password"
            label={t('password.new')}
            secret="new-password"
            required
            value={password}
            onChange={setPassword}
          />
        </ConfirmDialog>
      )}
    </div>
  );
}
