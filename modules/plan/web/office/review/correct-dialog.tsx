import { Alert, Input, Modal } from 'antd';
import { useState } from 'react';
import { correctReport, type IndicatorDetail, type ReportView } from '#modules/plan/contract';
import { ApiError, call } from '#shell/api';
import { FormField } from '#shell/components/form.tsx';
import { bodyOf, entryIssues, entryOf, type FieldIssue, type FormEntry, placeIssues } from '../form/entry.ts';
import { ValueFields } from '../form/fields.tsx';
import { useText } from '../text.ts';
import { correctionForm } from './correction-form.ts';

/** Corrects an accepted report: the old value stays in sight, here and for everybody afterwards. */
export function CorrectDialog({
  report,
  indicator,
  onDone,
  onStale,
  onClose,
}: {
  report: ReportView;
  indicator: IndicatorDetail;
  onDone: (report: ReportView, text: string) => void;
  /** Somebody was faster. */
  onStale: () => void;
  onClose: () => void;
}) {
  const t = useText();
  const [form] = useState(() => correctionForm(report, indicator));
  const [entry, setEntry] = useState<FormEntry>(() => entryOf(form, report.body, report.files));
  const [reason, setReason] = useState('');
  const [issues, setIssues] = useState<readonly FieldIssue[]>([]);
  const [reasonMissing, setReasonMissing] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function correct() {
    const found = entryIssues(form, entry);
    const short = reason.trim().length < 2;
    setIssues(found);
    setReasonMissing(short);
    setFailure(null);
    if (found.length > 0 || short) return;
    setBusy(true);
    try {
      const done = await call(correctReport, {
        params: { id: report.id },
        body: { version: report.version, body: bodyOf(form, entry), reason: reason.trim() },
      });
      onDone(done, t('review.corrected', { before: report.display, after: done.display }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const placed = placeIssues(form, error.issues);
      setIssues(placed);
      if (placed.length === 0) setFailure(error.passing ? t('review.noAnswer') : error.message);
      if (error.status === 409) onStale();
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      open
      title={t('review.correctTitle', { no: report.no, title: report.title })}
      okText={t('review.correctAction')}
      confirmLoading={busy}
      onOk={() => void correct()}
      onCancel={onClose}
    >
      {failure && <Alert type="error" title={failure} role="alert" />}
      <p>{t('review.correctText', { before: report.display })}</p>
      <ValueFields
        form={form}
        entry={entry}
        issues={issues}
        onChange={(part) => {
          setEntry({ ...entry, ...part });
          setIssues([]);
        }}
      />
      <FormField
        id="correct-reason"
        label={t('review.correctReason')}
        required
        issues={reasonMissing ? [t('review.reasonMissing')] : []}
      >
        {(control) => (
          <Input.TextArea
            {...control}
            rows={3}
            maxLength={2000}
            value={reason}
            onChange={(e) => {
              setReason(e.target.value);
              setReasonMissing(false);
            }}
          />
        )}
      </FormField>
    </Modal>
  );
}
