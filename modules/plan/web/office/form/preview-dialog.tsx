import { Alert, Modal } from 'antd';
import type { ReportForm } from '#modules/plan/contract';
import { useText } from '../text.ts';
import { Compare } from './compare.tsx';
import type { FormEntry } from './entry.ts';
import { EntryFacts } from './entry-facts.tsx';

/** Shows what will be sent, once more and in words, before it is sent. */
export function PreviewDialog({
  form,
  entry,
  busy,
  failure,
  onSubmit,
  onClose,
}: {
  form: ReportForm;
  entry: FormEntry;
  busy: boolean;
  failure: string | null;
  onSubmit: () => void;
  onClose: () => void;
}) {
  const t = useText();
  const typed = form.asks.includes('range') ? entry.min : entry.value;
  return (
    <Modal
      open
      title={t('preview.title', { no: form.no, title: form.title })}
      okText={t('preview.submit')}
      cancelText={t('preview.back')}
      okButtonProps={{ autoFocus: true }}
      confirmLoading={busy}
      mask={{ closable: !busy }}
      closable={!busy}
      onOk={() => {
        if (!busy) onSubmit();
      }}
      onCancel={() => {
        if (!busy) onClose();
      }}
    >
      {failure && <Alert type="error" title={failure} role="alert" />}
      <p>{t('preview.text', { scope: form.scopeName, due: form.period.due })}</p>
      <EntryFacts form={form} entry={entry} />
      {form.measured !== null && (form.asks.includes('value') || form.asks.includes('range')) && (
        <p>
          <Compare typed={typed} measured={form.measured} unit={form.unit} decimals={form.decimals} />
        </p>
      )}
    </Modal>
  );
}
