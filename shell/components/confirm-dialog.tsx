import { Alert, Input, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { ApiError } from '../api-error.ts';
import { useShellText } from '../i18n.ts';

/**
 * Asks before something that others will see or that cannot be taken back. The button says what will happen. With `reason`
 * a text must be given; it stays when the action fails, and the failure is shown in the dialog.
 */
export function ConfirmDialog({
  open,
  title,
  action,
  danger,
  children,
  reason,
  onConfirm,
  onClose,
}: {
  open: boolean;
  title: string;
  /** Verb on the button: 退回补正. */
  action: string;
  danger?: boolean;
  children?: ReactNode;
  /** Asks for a reason of at least `min` characters. */
  reason?: { label: string; min: number };
  /** Closes when it resolves; shows the failure when it rejects. */
  onConfirm: (reason: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const t = useShellText();
  const id = useId();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const short = reason !== undefined && text.trim().length < reason.min;

  async function confirm() {
    setBusy(true);
    setFailure(null);
    try {
      await onConfirm(text.trim());
      setText('');
      onClose();
    } catch (error) {
      setFailure(error instanceof ApiError && error.message ? error.message : t('network.lost'));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      open={open}
      title={title}
      okText={action}
      okButtonProps={{ danger, disabled: short }}
      confirmLoading={busy}
      onOk={() => void confirm()}
      onCancel={onClose}
    >
      {failure && <Alert type="error" title={failure} role="alert" />}
      {children}
      {reason && (
        <>
          <label htmlFor={id}>{reason.label}</label>
          <Input.TextArea
            id={id}
            rows={4}
            value={text}
            onChange={(e) => setText(e.target.value)}
            aria-required="true"
          />
        </>
      )}
    </Modal>
  );
}
