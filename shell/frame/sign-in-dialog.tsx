import { Modal } from 'antd';
import { useRef } from 'react';
import { useShellText } from '../i18n.ts';
import { finishSignIn } from '../sign-in-prompt.ts';
import { SignInForm } from './sign-in-form.tsx';

/** Asks to sign in without leaving the page: what was typed there stays, and the call that needed it goes on. */
export function SignInDialog() {
  const t = useShellText();
  const box = useRef<HTMLDivElement>(null);
  return (
    <Modal
      open
      // The dialog takes the focus when it opens; what is to be typed comes first.
      afterOpenChange={(open) => open && box.current?.querySelector('input')?.focus()}
      title={t('signIn.dialogTitle')}
      footer={null}
      width={420}
      mask={{ closable: false }}
      onCancel={() => finishSignIn(false)}
    >
      <p>{t('signIn.dialogText')}</p>
      <div ref={box}>
        <SignInForm />
      </div>
    </Modal>
  );
}
