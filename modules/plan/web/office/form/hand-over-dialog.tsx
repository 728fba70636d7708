import { useState } from 'react';
import { handOverDraft, type ReportForm } from '#modules/plan/contract';
import { call } from '#shell/api';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import css from '../office.module.css';
import { useText } from '../text.ts';
import type { FormKey } from './use-draft.ts';

/** Hands the draft to a colleague, who is told. */
export function HandOverDialog({
  form,
  formKey,
  open,
  before,
  onDone,
  onClose,
}: {
  form: ReportForm;
  formKey: FormKey;
  open: boolean;
  /** Runs first: saves what was typed. Throws when that fails. */
  before: () => Promise<void>;
  onDone: (holder: string) => void;
  onClose: () => void;
}) {
  const t = useText();
  const [to, setTo] = useState(form.colleagues[0]?.id ?? '');
  return (
    <ConfirmDialog
      open={open}
      title={t('handOver.title')}
      action={t('handOver.action')}
      onClose={onClose}
      onConfirm={async () => {
        await before();
        const { holder } = await call(handOverDraft, { params: formKey, body: { to } });
        onDone(holder);
      }}
    >
      <p>{t('handOver.text')}</p>
      <fieldset className={css.stages}>
        <legend>{t('handOver.to')}</legend>
        {form.colleagues.map((c) => (
          <label key={c.id}>
            <input type="radio" name="hand-over" checked={to === c.id} onChange={() => setTo(c.id)} />
            {c.name}
          </label>
        ))}
      </fieldset>
    </ConfirmDialog>
  );
}
