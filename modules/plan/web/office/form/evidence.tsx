import { Button } from 'antd';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { uploadFile } from '#modules/accounts/contract';
import { ApiError, call } from '#shell/api';
import { FormField } from '#shell/components/form.tsx';
import { fileHref, sizeText } from '../files.ts';
import css from '../office.module.css';
import { useText } from '../text.ts';
import type { EvidenceFile, FieldIssue } from './entry.ts';
import { fieldId, useFieldLabel, useIssueWords } from './words.ts';

const most = 20;
const endings = '.pdf,.png,.jpg,.jpeg,.docx,.xlsx,.pptx,.zip,.ofd,.doc,.xls,.ppt,.wps,.et,.txt,.csv';

/** A file on its way, or one that did not arrive. */
interface Upload {
  key: number;
  name: string;
  file: File;
  /** 0 to 1. */
  sent: number;
  failure: string | null;
  abort: AbortController;
}

/** Evidence: each file goes to the server at once and is then part of the draft. */
export function Evidence({
  files,
  issues,
  onAdd,
  onRemove,
}: {
  files: readonly EvidenceFile[];
  issues: readonly FieldIssue[];
  onAdd: (file: EvidenceFile) => void;
  onRemove: (id: string) => void;
}) {
  const t = useText();
  const label = useFieldLabel({ parts: [] });
  const words = useIssueWords({ decimals: 0 });
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const [over, setOver] = useState(false);
  const count = useRef(0);
  const add = useRef(onAdd);
  useEffect(() => {
    add.current = onAdd;
  }, [onAdd]);

  const change = (key: number, part: Partial<Upload>) =>
    setUploads((before) => before.map((u) => (u.key === key ? { ...u, ...part } : u)));
  const drop = (key: number) => setUploads((before) => before.filter((u) => u.key !== key));

  async function send(upload: Upload) {
    const { key } = upload;
    const form = new FormData();
    form.append('file', upload.file, upload.name);
    try {
      const stored = await call(uploadFile, {
        form,
        signal: upload.abort.signal,
        onProgress: (sent) => change(key, { sent }),
      });
      drop(key);
      add.current({ id: stored.id, name: stored.name, size: stored.size });
    } catch (error) {
      if (upload.abort.signal.aborted) return;
      change(key, {
        failure: error instanceof ApiError && error.message ? error.message : t('files.network'),
      });
    }
  }

  function take(list: FileList | null) {
    const room = most - files.length - uploads.length;
    const fresh = [...(list ?? [])].slice(0, Math.max(0, room)).map(
      (file): Upload => ({
        key: count.current++,
        name: file.name,
        file,
        sent: 0,
        failure: null,
        abort: new AbortController(),
      }),
    );
    setUploads((before) => [...before, ...fresh]);
    for (const upload of fresh) void send(upload);
  }

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  }

  const full = files.length + uploads.length >= most;
  return (
    <FormField
      id={fieldId('files')}
      label={label('files')}
      help={t('files.help', { most })}
      issues={issues.map(words)}
    >
      {(control) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: dropping files is a second way beside the button.
        <div
          className={css.evidence}
          data-over={over}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={onDrop}
        >
          <ul>
            {files.map((file) => (
              <li key={file.id}>
                <a href={fileHref(file.id)} target="_blank" rel="noreferrer">
                  {file.name}
                </a>
                <span className={css.muted}>{sizeText(file.size)}</span>
                <Button
                  size="small"
                  type="text"
                  aria-label={t('files.removeNamed', { name: file.name })}
                  onClick={() => onRemove(file.id)}
                >
                  {t('files.remove')}
                </Button>
              </li>
            ))}
            {uploads.map((u) => (
              <li key={u.key}>
                <span>{u.name}</span>
                {u.failure ? (
                  <>
                    <span className={css.issue} role="alert">
                      {u.failure}
                    </span>
                    <Button
                      size="small"
                      onClick={() => {
                        const again = { ...u, failure: null, sent: 0, abort: new AbortController() };
                        change(u.key, again);
                        void send(again);
                      }}
                    >
                      {t('files.again')}
                    </Button>
                  </>
                ) : (
                  <progress max={1} value={u.sent} aria-label={t('files.sending', { name: u.name })} />
                )}
                <Button
                  size="small"
                  type="text"
                  aria-label={t('files.removeNamed', { name: u.name })}
                  onClick={() => {
                    u.abort.abort();
                    drop(u.key);
                  }}
                >
                  {u.failure ? t('files.remove') : t('files.cancel')}
                </Button>
              </li>
            ))}
          </ul>
          <input
            {...control}
            type="file"
            multiple
            accept={endings}
            disabled={full}
            className="visually-hidden"
            onChange={(e) => {
              take(e.target.files);
              e.target.value = '';
            }}
          />
          {!full && (
            <label htmlFor={control.id} className={css.filePick}>
              {t('files.choose')}
            </label>
          )}
          {full && <p className={css.note}>{t('files.full', { most })}</p>}
        </div>
      )}
    </FormField>
  );
}
