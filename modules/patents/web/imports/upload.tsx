import { Button } from 'antd';
import { type DragEvent, useEffect, useId, useRef, useState } from 'react';
import { ApiError } from '#shell/api';
import { Notice } from '#shell/components/form.tsx';
import { formatShare, sizeText } from '#shell/format';
import type { ImportPreview } from '../../contract.ts';
import { useText } from '../text.ts';
import css from './imports.module.css';
import { sendFile } from './prepare.ts';

/** A file on its way to the server, or one that was refused or did not arrive. */
interface Sending {
  file: File;
  /** 0 to 1; 1 while the server looks into the file. */
  sent: number;
  failure: { message: string; again: boolean } | null;
}

const ENDINGS = '.xlsx,.csv,.tsv,.txt,.jsonl,.ndjson,.xls,.xml,.zip';

/** Where a file is dropped or chosen. The server looks into it at once; `onReady` gets what it found. */
export function Upload({ onReady }: { onReady: (preview: ImportPreview) => void }) {
  const t = useText();
  const id = useId();
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<Sending | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  useLeavingGuard(sending !== null && sending.failure === null);

  async function send(file: File) {
    abort.current?.abort();
    const control = new AbortController();
    abort.current = control;
    const show = (part: Omit<Sending, 'file'>) => {
      if (abort.current === control) setSending({ file, ...part });
    };
    if (file.size === 0) {
      show({ sent: 0, failure: { message: t('upload.emptyFile', { name: file.name }), again: false } });
      return;
    }
    show({ sent: 0, failure: null });
    try {
      const preview = await sendFile(file, control.signal, (sent) => show({ sent, failure: null }));
      if (control.signal.aborted) return;
      setSending(null);
      onReady(preview);
    } catch (error) {
      if (control.signal.aborted) return;
      show({ sent: 0, failure: { message: wordsOf(error), again: !refused(error) } });
    }
  }

  function wordsOf(error: unknown): string {
    if (error instanceof ApiError && error.message) return error.message;
    return t(error instanceof ApiError && error.code === 'not_api' ? 'upload.strange' : 'upload.network');
  }

  function take(files: FileList | null) {
    const file = files?.[0];
    if (file) void send(file);
  }

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  }

  function stop() {
    abort.current?.abort();
    abort.current = null;
    setSending(null);
  }

  const busy = sending !== null && sending.failure === null;
  return (
    <section aria-labelledby={`${id}-title`} className={css.upload}>
      <h2 id={`${id}-title`}>{t('upload.title')}</h2>
      {sending?.failure && (
        <Notice
          tone="wrong"
          title={t(sending.failure.again ? 'upload.notArrived' : 'upload.failed', {
            name: sending.file.name,
          })}
          actions={
            <>
              {sending.failure.again && (
                <Button onClick={() => void send(sending.file)}>{t('upload.again')}</Button>
              )}
              <Button onClick={stop}>{t('upload.forget')}</Button>
            </>
          }
        >
          <p>{sending.failure.message}</p>
        </Notice>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a second way beside the button. */}
      <div
        className={css.drop}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        {busy ? (
          <SendingLine sending={sending} onStop={stop} />
        ) : (
          <>
            <input
              id={`${id}-file`}
              type="file"
              accept={ENDINGS}
              aria-describedby={`${id}-help`}
              className="visually-hidden"
              onChange={(event) => {
                take(event.target.files);
                event.target.value = '';
              }}
            />
            <label htmlFor={`${id}-file`} className={css.pick}>
              {t('upload.choose')}
            </label>
            <span className={`${css.muted} ${css.dropHint}`}>{t('upload.drop')}</span>
          </>
        )}
      </div>
      <ul id={`${id}-help`} className={css.formats}>
        <li>{t('upload.xlsx')}</li>
        <li>{t('upload.csv')}</li>
        <li>{t('upload.jsonl')}</li>
        <li>{t('upload.office')}</li>
      </ul>
    </section>
  );
}

function SendingLine({ sending, onStop }: { sending: Sending; onStop: () => void }) {
  const t = useText();
  const { file, sent } = sending;
  const looking = sent >= 1;
  return (
    <div className={css.sending}>
      <p role="status">
        {looking
          ? t('upload.looking', { name: file.name })
          : t('upload.sending', { name: file.name, size: sizeText(file.size) })}
      </p>
      <div className={css.sendingBar}>
        <progress max={1} value={looking ? undefined : sent} aria-label={t('upload.progress')} />
        {!looking && <span>{formatShare(sent, 0)}</span>}
        <Button onClick={onStop}>{t('upload.stop')}</Button>
      </div>
    </div>
  );
}

/** The server has judged the file: sending it again would not help. */
function refused(error: unknown): boolean {
  return error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 401;
}

/** Asks before the window is closed while something is under way. */
function useLeavingGuard(busy: boolean): void {
  useEffect(() => {
    if (!busy) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [busy]);
}
