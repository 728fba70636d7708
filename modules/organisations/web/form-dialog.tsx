import { Alert, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { ApiError } from '#shell/api';
import css from './organisations.module.css';
import { useRefresh } from './refresh.ts';
import { useText } from './text.ts';

/**
 * A dialog that changes something. What was typed stays when the change fails; after a conflict the latest content is fetched,
 * so that the next press is made knowing it.
 */
export function FormDialog({
  title,
  action,
  disabled,
  wide,
  onSubmit,
  onClose,
  children,
}: {
  title: string;
  /** Verb on the button. */
  action: string;
  disabled?: boolean;
  /** Two things stand side by side. */
  wide?: boolean;
  /** Closes when it resolves; shows the failure when it rejects. */
  onSubmit: () => Promise<unknown>;
  onClose: () => void;
  children: (failure: unknown) => ReactNode;
}) {
  const t = useText();
  const id = useId();
  const refresh = useRefresh();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);

  async function submit() {
    setBusy(true);
    setFailure(null);
    try {
      await onSubmit();
      await refresh();
      onClose();
    } catch (error) {
      setFailure(error);
      if (error instanceof ApiError && error.status === 409) await refresh();
    } finally {
      setBusy(false);
    }
  }

  const message = failure instanceof ApiError && failure.message ? failure.message : t('failed');
  return (
    <Modal
      open
      title={title}
      width={wide ? 860 : 560}
      okText={action}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: disabled ?? false, htmlType: 'submit', form: id }}
      confirmLoading={busy}
      onCancel={onClose}
    >
      {failure !== null && <Alert className={css.failure} type="error" title={message} role="alert" />}
      <form
        id={id}
        onSubmit={(event) => {
          event.preventDefault();
          if (!disabled && !busy) void submit();
        }}
      >
        {children(failure)}
      </form>
    </Modal>
  );
}
