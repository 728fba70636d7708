import { Button } from 'antd';
import { useCallback, useMemo, useRef } from 'react';
import { ApiError } from '#shell/api';
import { FormBar, FormIssues, FormSection, Notice } from '#shell/components/form.tsx';
import type { FieldContext } from '#shell/components/record-form/control';
import { placeId } from '#shell/components/record-form/places';
import { RecordFields } from '#shell/components/record-form/record-fields.tsx';
import { useIssueList, usePlacedIssues } from '#shell/components/record-form/use-issues';
import { typed } from '#shell/components/record-form/values';
import { type SavePhase, SaveState } from '#shell/components/save-state.tsx';
import { formatMoment } from '#shell/format';
import { useShellText } from '#shell/i18n';
import type { Entry, RegisterView } from '../../contract.ts';
import { useText } from '../text.ts';
import { Conflict } from './conflict.tsx';
import css from './form.module.css';
import { ofRegister } from './of-register.tsx';
import { type Start, useEditor } from './use-editor.ts';
import { WhySection } from './why-section.tsx';

/**
 * The form of an entry, made of the declaration. The server judges; what it finds wrong stands beside its field. Whatever is
 * typed is kept in this browser until the server has it.
 */
export function Editor({
  account,
  register,
  entry,
  start,
  onSegment,
  onSaved,
  onCancel,
}: {
  account: string;
  register: RegisterView;
  /** Absent for a new one. */
  entry: Entry | undefined;
  start: Start;
  /** Another segment is to be corrected, or a change begins from the last one. */
  onSegment: (segment: number | undefined, mode: Start['mode']) => void;
  onSaved: (entry: Entry) => void;
  onCancel: () => void;
}) {
  const t = useText();
  const tShell = useShellText();
  const form = useEditor({ account, register, entry, start, onSaved });
  const { draft, clash } = form;
  const valuesNow = useRef(draft.values);
  valuesNow.current = draft.values;
  const all = typed(register.fields);
  const issues = usePlacedIssues(form.problems, form.error);
  const listed = useIssueList(issues, all, {
    whole: t('form.whole'),
    beside: {
      from: t('mode.from'),
      mode: t('mode.title'),
      reason: t('why.reason'),
      basis: t('why.basis'),
      state: t('why.state'),
    },
  });
  const whole = issues.filter((i) => placeId(i.place, all) === 'entry-whole');
  const { setValue, addFile } = form;
  const onCode = useCallback(
    (key: string, code: string) => {
      const own = register.organisationFields;
      if (own?.code && own.name === key && !valuesNow.current[own.code]) setValue(own.code, code);
    },
    [register, setValue],
  );
  const context = useMemo(
    (): FieldContext => ({
      ...ofRegister(register),
      files: { ...filesOf(entry), ...draft.files },
      onFile: addFile,
      onCode,
    }),
    [register, entry, draft.files, addFile, onCode],
  );
  const open = all.filter((f) => !f.internal);
  const sections = [
    { title: t('form.section'), fields: open.filter((f) => f.type !== 'rows') },
    ...open.filter((f) => f.type === 'rows').map((f) => ({ title: f.label, fields: [f] })),
    { title: t('form.sectionInternal'), fields: all.filter((f) => f.internal) },
  ].filter((s) => s.fields.length > 0);
  const failure =
    form.error === null
      ? null
      : form.error instanceof ApiError && form.error.message
        ? form.error.message
        : tShell('network.lost');
  const state: SavePhase = form.busy
    ? { phase: 'saving' }
    : failure
      ? { phase: 'failed', message: issues.length > 0 ? t('form.seeAbove') : failure }
      : form.changed
        ? { phase: 'unsaved' }
        : { phase: 'clean' };

  return (
    <div className={css.form}>
      <FormIssues shown={form.attempt} issues={listed} />
      {clash && (
        <Conflict
          clash={clash}
          fields={all}
          mine={draft.values}
          base={draft.base}
          onChoose={form.choose}
          onSettle={form.settle}
        />
      )}
      {form.restored && !clash && (
        <Notice
          tone="info"
          title={t('draft.restored', { at: formatMoment(draft.at) })}
          actions={<Button onClick={form.discard}>{t(entry ? 'draft.discard' : 'draft.discardNew')}</Button>}
        />
      )}
      <div id="entry-whole" tabIndex={-1}>
        {whole.map((i) => (
          <p key={i.message} className={css.issue}>
            {i.message}
          </p>
        ))}
      </div>
      {entry && (
        <FormSection number={1} title={t('mode.title')}>
          <WhySection.Mode
            entry={entry}
            start={start}
            why={draft.why}
            issues={issues}
            onChange={form.setWhy}
            onSegment={onSegment}
          />
        </FormSection>
      )}
      {sections.map((section, i) => (
        <FormSection key={section.title} number={i + (entry ? 2 : 1)} title={section.title}>
          <RecordFields
            fields={section.fields}
            values={draft.values}
            issues={issues}
            context={context}
            onChange={form.setValue}
          />
        </FormSection>
      ))}
      <FormSection number={sections.length + (entry ? 2 : 1)} title={t('why.title')}>
        <div className={css.narrow}>
          <WhySection.Why
            register={register}
            isNew={entry === undefined}
            why={draft.why}
            issues={issues}
            onChange={form.setWhy}
          />
        </div>
      </FormSection>
      <p className={css.kept}>{t(form.keeps ? 'draft.kept' : 'draft.notKept')}</p>
      <FormBar wide>
        <SaveState state={state} />
        <Button
          onClick={() => {
            if (!form.changed) form.forget();
            onCancel();
          }}
        >
          {t('form.cancel')}
        </Button>
        <Button type="primary" loading={form.busy} disabled={clash !== null} onClick={form.save}>
          {t(entry ? (draft.why.mode === 'change' ? 'form.saveChange' : 'form.saveCorrect') : 'form.saveNew')}
        </Button>
      </FormBar>
    </div>
  );
}

/** Names of the files that the entry already holds. */
function filesOf(entry: Entry | undefined): Record<string, string> {
  const names: Record<string, string> = {};
  for (const field of entry?.fields ?? []) {
    const cell = entry?.cells[field.key];
    if (field.type === 'file' && typeof cell?.value === 'string') names[cell.value] = cell.text;
  }
  return names;
}
