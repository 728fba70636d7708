import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { ApiError, fileUrl } from '#shell/api';
import { FormBar, FormField, FormSection, Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { readDate } from '#shell/components/read-date';
import { whyId } from '#shell/components/record-form/places';
import { formatShare } from '#shell/format';
import { keyOf, queries } from '#shell/query';
import { exportXlsx, listBatches, type RegisterView, templateXlsx } from '../../../contract.ts';
import { type Meaning, type NewState, UNSAID } from '../../form/draft.ts';
import form from '../../form/form.module.css';
import { ModeChoice, ReasonAndBasis, StateChoice } from '../../form/why.tsx';
import { RegisterFrame, Way } from '../register-frame.tsx';
import { useWorkText } from '../text.ts';
import css from '../work.module.css';
import { BatchList } from './batch-list.tsx';
import { PickFile } from './pick-file.tsx';
import { sendImport } from './send.ts';

/** Brings a table in: the file, what its changes mean, then the preview. Below, what was brought in before. */
export function ImportPage() {
  const t = useWorkText();
  return (
    <RegisterFrame title={t('import.title')}>
      {(register) => (
        <>
          <PageHeader
            title={t('import.titleOf', { register: register.title })}
            before={<Way register={register} />}
            subtitle={t('import.subtitle')}
          />
          {register.abilities.keep ? (
            <ImportForm register={register} />
          ) : (
            <Notice tone="attention" title={t('notAllowed')}>
              <p>{t('notAllowedWhy', { keeper: register.keeper })}</p>
            </Notice>
          )}
          {register.abilities.keep && <BatchList register={register} />}
        </>
      )}
    </RegisterFrame>
  );
}

function ImportForm({ register }: { register: RegisterView }) {
  const t = useWorkText();
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const [meaning, setMeaning] = useState<Meaning>(UNSAID);
  const [state, setState] = useState<NewState>('proposed');
  const [sheet, setSheet] = useState('');
  const [sent, setSent] = useState<number | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  useLeavingGuard(sent !== null);

  const isBook = file !== null && /\.xlsx$/i.test(file.name);
  const from = readDate(meaning.from);
  const fileIssue =
    file === null
      ? tried
        ? t('import.noFile')
        : undefined
      : file.size === 0
        ? t('import.emptyFile')
        : undefined;
  const fromIssue = tried && meaning.mode === 'change' && !from ? t('way.noFrom') : undefined;

  async function send() {
    setTried(true);
    if (!file || file.size === 0) {
      document.getElementById('import-file')?.focus();
      return;
    }
    if (meaning.mode === 'change' && !from) {
      document.getElementById(whyId('from'))?.focus();
      return;
    }
    const control = new AbortController();
    abort.current = control;
    setFailure(null);
    setSent(0);
    const fields = {
      mode: meaning.mode,
      from: meaning.mode === 'change' ? (from ?? '') : '',
      state,
      reason: meaning.reason.trim(),
      basis: meaning.basis.trim(),
      sheet: isBook ? sheet.trim() : '',
    };
    try {
      const batch = await sendImport(
        register.id,
        { file, fields },
        { signal: control.signal, onProgress: setSent },
      );
      if (control.signal.aborted) return;
      void queries.invalidateQueries({ queryKey: keyOf(listBatches) });
      void navigate({ to: '/registers/batches/$id', params: { id: batch.id } });
    } catch (error) {
      if (control.signal.aborted) return;
      setFailure(wordsOf(error) ?? t('import.notArrived'));
      setSent(null);
    }
  }

  function stop() {
    abort.current?.abort();
    setSent(null);
  }

  return (
    <div className={css.form}>
      <FormSection number={1} title={t('import.file')}>
        <p className={css.explain}>
          {t('import.template')}{' '}
          <a href={fileUrl(templateXlsx, { params: { register: register.id } })} download>
            {t('import.templateLink')}
          </a>
        </p>
        <p className={css.explain}>
          {t('import.roundTrip')}{' '}
          <a href={fileUrl(exportXlsx, { params: { register: register.id } })} download>
            {t('import.exportLink')}
          </a>
        </p>
        {failure && (
          <Notice tone="wrong" title={t('import.failed', { name: file?.name ?? '' })}>
            <p>{failure}</p>
          </Notice>
        )}
        <PickFile
          file={file}
          issue={fileIssue}
          onFile={(one) => {
            setFile(one);
            setFailure(null);
          }}
        />
        {isBook && (
          <div className={css.sheet}>
            <FormField id="import-sheet" label={t('import.sheet')} help={t('import.sheetHelp')}>
              {(control) => (
                <input
                  {...control}
                  type="text"
                  className={form.input}
                  maxLength={100}
                  value={sheet}
                  onChange={(event) => setSheet(event.target.value)}
                />
              )}
            </FormField>
          </div>
        )}
      </FormSection>
      <FormSection number={2} title={t('import.meaning')}>
        <p className={css.explain}>{t('import.meaningHelp')}</p>
        <ModeChoice
          value={meaning}
          issues={fromIssue ? { from: [fromIssue] } : {}}
          onChange={(part) => setMeaning({ ...meaning, ...part })}
        />
      </FormSection>
      <FormSection number={3} title={t('import.new')}>
        <StateChoice
          value={state}
          label={t('way.state')}
          help={t('way.stateHelp')}
          issues={{}}
          onChange={setState}
        />
        <ReasonAndBasis
          value={meaning}
          help={t('way.reasonHelp')}
          issues={{}}
          onChange={(part) => setMeaning({ ...meaning, ...part })}
        />
      </FormSection>
      <FormBar>
        {sent === null ? (
          <span className={css.muted}>{t('import.nothingYet')}</span>
        ) : (
          <span className={css.sending}>
            <span role="status">{t(sent < 1 ? 'import.sending' : 'import.reading')}</span>
            <progress max={1} value={sent < 1 ? sent : undefined} aria-label={t('import.progress')} />
            {sent < 1 && <span className={css.percent}>{formatShare(sent, 0)}</span>}
          </span>
        )}
        {sent !== null && <Button onClick={stop}>{t('import.stop')}</Button>}
        <Button type="primary" loading={sent !== null} onClick={() => void send()}>
          {t('import.send')}
        </Button>
      </FormBar>
    </div>
  );
}

/** What the server says is wrong; undefined where no answer came. */
function wordsOf(error: unknown): string | undefined {
  if (!(error instanceof ApiError) || !error.message) return undefined;
  return [error.message, ...error.issues.map((i) => i.message).filter((m) => m !== error.message)].join(' ');
}

/** Asks before the window is closed while a file is on its way. */
function useLeavingGuard(busy: boolean): void {
  useEffect(() => {
    if (!busy) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [busy]);
}
