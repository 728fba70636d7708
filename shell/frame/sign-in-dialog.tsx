import { Modal } from 'antd';
import { useShellText } from '../i18n.ts';
import { finishSignIn } from '../sign-in-prompt.ts';
import { SignInForm } from './sign-in-form.tsx';

/** Asks to sign in without leaving the page: what was typed there stays, and the call that needed it goes on. */
export function SignInDialog() {
  const t = useShellText();
  return (
    <Modal
      open
      title={t('signIn.dialogTitle')}
      footer={null}
      width={420}
      mask={{ closable: false }}
      onCancel={() => finishSignIn(false)}
    >
      <p>{t('signIn.dialogText')}</p>
      <SignInForm />
    </Modal>
  );
}
