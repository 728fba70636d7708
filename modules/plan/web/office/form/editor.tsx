import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { getForm, listTasks, type ReportForm, type ReportView, submitReport } from '#modules/plan/contract';
import { ApiError, call } from '#shell/api';
import { FormBar, FormColumn, FormField, FormIssues, FormSection, Notice } from '#shell/components/form.tsx';
import { formatMoment } from '#shell/format';
import { keyOf } from '#shell/query';
import { useSignInAsked } from '#shell/sign-in-prompt';
import css from '../office.module.css';
import { useText } from '../text.ts';
import { Asked } from './asked.tsx';
import { Conflict } from './conflict.tsx';
import { bodyOf, entryIssues, type FieldIssue, type FormEntry, placeIssues } from './entry.ts';
import { Evidence } from './evidence.tsx';
import { ValueFields } from './fields.tsx';
import { HandOverDialog } from './hand-over-dialog.tsx';
import { PreviewDialog } from './preview-dialog.tsx';
import { SaveLine } from './save-line.tsx';
import { type FormKey, useDraft } from './use-draft.ts';
import { fieldId, useFieldLabel, useIssueWords } from './words.ts';

/** The form while it can be filled in: saves itself, compares, previews, submits once. */
export function Editor({
  form,
  formKey,
  account,
  onSubmitted,
}: {
  form: ReportForm;
  formKey: FormKey;
  account: string | null;
  onSubmitted: (report: ReportView) => void;
}) {
  const t = useText();
  const queries = useQueryClient();
  const label = useFieldLabel(form);
  const words = useIssueWords(form);
  const { state, saver, local } = useDraft(form, formKey, account);
  const { entry, status } = state;
  const [issues, setIssues] = useState<readonly FieldIssue[]>([]);
  const [tries, setTries] = useState(0);
  const [preview, setPreview] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [handing, setHanding] = useState(false);
  const [handedTo, setHandedTo] = useState<string | null>(null);

  const refresh = () => queries.invalidateQueries({ queryKey: keyOf(getForm) });

  // The sign-in dialog was open, whoever asked for it: what waited is tried again, once.
  const asked = useSignInAsked();
  const wasAsked = useRef(asked);
  useEffect(() => {
    if (wasAsked.current && !asked && saver.state().status.phase === 'signed-out') void saver.flush();
    wasAsked.current = asked;
  }, [asked, saver]);

  // After the first save the draft can be handed over; after a colleague's submission there is nothing to fill in.
  const savedOnce = status.phase === 'saved' && form.draft === null;
  const closed = status.phase === 'closed';
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again only when one of these comes true.
  useEffect(() => {
    if (savedOnce || closed) void refresh();
  }, [savedOnce, closed]);

  // A window that keeps nothing must not be closed by mistake.
  const atRisk = !state.keptHere && status.phase !== 'saved' && status.phase !== 'clean';
  useEffect(() => {
    if (!atRisk) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [atRisk]);

  function change(part: Partial<FormEntry>) {
    saver.change(part);
    if (issues.length > 0) setIssues(issues.filter((i) => !touched(i, part)));
  }

  function review() {
    const found = entryIssues(form, saver.state().entry);
    setIssues(found);
    setFailure(null);
    if (found.length > 0) setTries(tries + 1);
    else setPreview(true);
  }

  async function submit() {
    setBusy(true);
    setFailure(null);
    try {
      await saver.settle();
      const body = bodyOf(form, saver.state().entry);
      const { no, period, scope } = formKey;
      const report = await call(submitReport, {
        body: { no, period, scope, body, key: local.intend(body) },
      });
      saver.submitted();
      void queries.invalidateQueries({ queryKey: keyOf(listTasks) });
      onSubmitted(report);
    } catch (error) {
      saver.start();
      if (!(error instanceof ApiError)) throw error;
      refused(error);
    } finally {
      setBusy(false);
    }
  }

  function refused(error: ApiError) {
    const placed = placeIssues(form, error.issues);
    if (placed.length > 0) {
      setIssues(placed);
      setTries(tries + 1);
      setPreview(false);
    } else if (error.code === 'plan_file') {
      setIssues([{ field: 'files', code: error.code, message: error.message }]);
      setTries(tries + 1);
      setPreview(false);
    } else {
      setFailure(error.passing ? t('submit.noAnswer') : error.message);
      if (error.status === 409) void refresh();
    }
  }

  return (
    <FormColumn>
      <Notes form={form} state={state} saver={saver} handedTo={handedTo} />
      {status.phase === 'conflict' && (
        <Conflict
          form={form}
          mine={entry}
          theirs={status.theirs}
          onMine={() => saver.keepMine()}
          onTheirs={() => saver.takeTheirs()}
        />
      )}
      <FormIssues
        shown={tries}
        issues={issues.map((i) => ({ field: fieldId(i.field), label: label(i.field), message: words(i) }))}
      />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          review();
        }}
      >
        <FormSection number={1} title={t('form.asked')}>
          <Asked form={form} />
        </FormSection>
        <FormSection number={2} title={t('form.value')}>
          <ValueFields form={form} entry={entry} issues={issues} onChange={change} />
        </FormSection>
        <FormSection number={3} title={t('form.reasons')}>
          <FormField
            id={fieldId('explanation')}
            label={label('explanation')}
            help={t('field.explanationHelp')}
            issues={issues.filter((i) => i.field === 'explanation').map(words)}
          >
            {(control) => (
              <Input.TextArea
                {...control}
                value={entry.explanation}
                maxLength={5000}
                autoSize={{ minRows: 4, maxRows: 16 }}
                onChange={(e) => change({ explanation: e.target.value })}
              />
            )}
          </FormField>
          <Evidence
            files={entry.files}
            issues={issues.filter((i) => i.field === 'files')}
            onAdd={(file) => change({ files: [...saver.state().entry.files, file] })}
            onRemove={(id) => change({ files: saver.state().entry.files.filter((f) => f.id !== id) })}
          />
        </FormSection>
        <FormBar>
          <SaveLine state={state} />
          {form.abilities.includes('hand-over') && (
            <Button onClick={() => setHanding(true)} disabled={status.phase === 'conflict'}>
              {t('handOver.open')}
            </Button>
          )}
          {form.abilities.includes('submit') && (
            <Button type="primary" htmlType="submit" disabled={status.phase === 'conflict'}>
              {t('submit.review')}
            </Button>
          )}
        </FormBar>
      </form>
      {preview && (
        <PreviewDialog
          form={form}
          entry={entry}
          busy={busy}
          failure={failure}
          onSubmit={() => void submit()}
          onClose={() => setPreview(false)}
        />
      )}
      {form.abilities.includes('hand-over') && (
        <HandOverDialog
          form={form}
          formKey={formKey}
          open={handing}
          before={async () => {
            await saver.flush();
            const { phase } = saver.state().status;
            if (phase !== 'saved' && phase !== 'clean')
              throw new ApiError('unsaved', t('handOver.unsaved'), 409);
          }}
          onDone={(holder) => {
            setHandedTo(holder);
            void refresh();
          }}
          onClose={() => setHanding(false)}
        />
      )}
    </FormColumn>
  );
}

/** What the person should know before typing: why it came back, what was restored, who else is at it. */
function Notes({
  form,
  state,
  saver,
  handedTo,
}: {
  form: ReportForm;
  state: ReturnType<typeof useDraft>['state'];
  saver: ReturnType<typeof useDraft>['saver'];
  handedTo: string | null;
}) {
  const t = useText();
  const returned =
    form.report?.state === 'returned' ? form.report.log.findLast((l) => l.action === 'returned') : null;
  return (
    <>
      {returned && (
        <Notice tone="wrong" title={t('form.returnedTitle')}>
          <p className={css.longText}>{returned.reason}</p>
          <p className={css.note}>
            {t('form.returnedBy', { by: returned.by, at: formatMoment(returned.at) })}
            {form.draft === null && t('form.returnedFilled')}
          </p>
        </Notice>
      )}
      {state.restored && state.status.phase !== 'conflict' && (
        <Notice
          title={t('form.restored', { at: formatMoment(state.restored) })}
          actions={
            <Button size="small" onClick={() => saver.dropRestored()}>
              {t('form.dropRestored')}
            </Button>
          }
        />
      )}
      {handedTo ? (
        <Notice tone="done" title={t('handOver.done', { holder: handedTo })} />
      ) : (
        form.draft &&
        !form.draft.mine && (
          <Notice
            tone="attention"
            title={t('form.holder', { holder: form.draft.holder, at: formatMoment(form.draft.savedAt) })}
          >
            <p>{t('form.holderText')}</p>
          </Notice>
        )
      )}
    </>
  );
}

function touched(issue: FieldIssue, part: Partial<FormEntry>): boolean {
  if (issue.field.startsWith('part-')) return part.parts !== undefined;
  return issue.field in part;
}
