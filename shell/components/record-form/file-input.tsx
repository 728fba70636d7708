import { useEffect, useRef, useState } from 'react';
import { downloadFile, uploadFile } from '#modules/accounts/contract';
import { ApiError, call, fileUrl } from '../../api.ts';
import { useShellText } from '../../i18n.ts';
import type { FieldContext, InputControl, Upload } from './control.ts';
import css from './record-form.module.css';

const keepAsEvidence: Upload = (file, how) => {
  const form = new FormData();
  form.append('file', file, file.name);
  return call(uploadFile, { form, ...how });
};

const evidenceHref = (id: string) => fileUrl(downloadFile, { params: { id } });

/** One file: goes to the server at once; the record then holds its id. */
export function FileInput({
  control,
  value,
  context,
  onChange,
}: {
  control: InputControl;
  value: string;
  context: FieldContext;
  onChange: (value: string) => void;
}) {
  const t = useShellText();
  const [sending, setSending] = useState<{ name: string; sent: number } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const abort = useRef<AbortController>(null);
  useEffect(() => () => abort.current?.abort(), []);

  async function send(file: File) {
    const mine = new AbortController();
    abort.current = mine;
    setFailure(null);
    setSending({ name: file.name, sent: 0 });
    try {
      const kept = await (context.upload ?? keepAsEvidence)(file, {
        signal: mine.signal,
        onProgress: (sent) => setSending({ name: file.name, sent }),
      });
      context.onFile(kept.id, kept.name);
      onChange(kept.id);
    } catch (error) {
      if (mine.signal.aborted) return;
      setFailure(error instanceof ApiError && error.message ? error.message : t('file.lost'));
    } finally {
      if (!mine.signal.aborted) setSending(null);
    }
  }

  const name = context.files[value] ?? t('file.kept');
  const href = value && (context.fileHref ?? evidenceHref)(value);
  return (
    <div className={css.file}>
      {value && (
        <span>
          {href ? (
            <a href={href} target="_blank" rel="noreferrer">
              {name}
            </a>
          ) : (
            name
          )}{' '}
          <button
            type="button"
            className={css.small}
            aria-label={t('file.removeNamed', { name })}
            onClick={() => onChange('')}
          >
            {t('file.remove')}
          </button>
        </span>
      )}
      {sending && (
        <progress max={1} value={sending.sent} aria-label={t('file.sending', { name: sending.name })} />
      )}
      {failure && (
        <span role="alert" className={css.issue}>
          {failure}
        </span>
      )}
      <input
        {...control}
        type="file"
        className="visually-hidden"
        disabled={sending !== null}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) void send(file);
        }}
      />
      {!sending && (
        <label htmlFor={control.id} className={css.filePick}>
          {t(value ? 'file.another' : 'file.choose')}
        </label>
      )}
    </div>
  );
}
