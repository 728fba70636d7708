import { useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { type ReactNode, useRef } from 'react';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { useText } from '../text.ts';
import { forgetWorkbench } from './act.tsx';

/** Asks before something is deleted. */
export function AskDelete({
  title,
  text,
  onConfirm,
  onClose,
  action,
}: {
  title: string;
  text: string;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
  action?: string;
}) {
  const t = useText();
  const queries = useQueryClient();
  return (
    <ConfirmDialog
      open
      danger
      title={title}
      action={action ?? t('delete')}
      onConfirm={async () => {
        try {
          await onConfirm();
        } finally {
          await forgetWorkbench(queries);
        }
      }}
      onClose={onClose}
    >
      <p>{text}</p>
    </ConfirmDialog>
  );
}

const FIELD = 'input:not([type="checkbox"]), select, textarea';

/** A dialog that holds a form; its button sends it. */
export function FormDialog({
  title,
  action,
  busy,
  disabled = false,
  problem,
  onSend,
  onClose,
  children,
}: {
  title: string;
  action: string;
  busy: boolean;
  disabled?: boolean;
  problem: ReactNode;
  onSend: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const t = useText();
  const box = useRef<HTMLDivElement>(null);
  return (
    <Modal
      open
      // The dialog takes the focus when it opens; what is to be filled in comes first.
      afterOpenChange={(open) => open && box.current?.querySelector<HTMLElement>(FIELD)?.focus()}
      title={title}
      okText={action}
      cancelText={t('cancel')}
      okButtonProps={{ disabled }}
      confirmLoading={busy}
      onOk={onSend}
      onCancel={onClose}
    >
      <div ref={box}>
        {problem}
        {children}
      </div>
    </Modal>
  );
}
