import { Alert, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { type AccountView, resetPassword } from '#modules/accounts/contract';
import { useAct, useFailureText } from '#shell/act';
import { call } from '#shell/api';
import { FormField } from '#shell/components/form.tsx';
import { useText } from '../text.ts';
import { newPassword } from './new-password.ts';

/** Gives an account a new password; it is handed over by other means and shown here once. */
export function PasswordDialog({
  account,
  onDone,
  onClose,
}: {
  account: AccountView;
  onDone: (account: AccountView, password: string) => void;
  onClose: () => void;
}) {
  const t = useText();
  const words = useFailureText();
  const act = useAct();
  const [password, setPassword] = useState(newPassword);
  const weak = act.failure?.code === 'password_weak';
  return (
    <Modal
      open
      title={t('reset.title', { name: account.name })}
      okText={t('reset.action')}
      okButtonProps={{ disabled: !password }}
      confirmLoading={act.busy}
      onCancel={onClose}
      onOk={() =>
        void act.run(async () => {
          const body = { version: account.version, password };
          onDone(await call(resetPassword, { params: { id: account.id }, body }), password);
        })
      }
    >
      {act.failure && !weak && <Alert type="error" title={words(act.failure)} role="alert" />}
      <p>{t('reset.text')}</p>
      <FormField
        id="reset-password"
        label={t('password.new')}
        help={t('reset.help')}
        required
        issues={weak ? [words(act.failure)] : []}
      >
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            value={password}
            onChange={(e) => setPassword(e.target.value)}
          />
        )}
      </FormField>
      <Button onClick={() => setPassword(newPassword())}>{t('reset.another')}</Button>
    </Modal>
  );
}
