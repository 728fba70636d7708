import { type DragEvent, useId, useState } from 'react';
import { useWorkText } from '../text.ts';
import css from '../work.module.css';
import { sizeText } from './standing.ts';

/** Where a file is dropped or chosen. It stays here until it is sent. */
export function PickFile({
  file,
  issue,
  onFile,
}: {
  file: File | null;
  /** Why this file cannot be sent. */
  issue: string | undefined;
  onFile: (file: File) => void;
}) {
  const t = useWorkText();
  const id = useId();
  const [over, setOver] = useState(false);
  function take(files: FileList | null) {
    const one = files?.[0];
    if (one) onFile(one);
  }
  function onDrop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a second way beside the button.
    <div
      className={css.drop}
      data-over={over}
      data-invalid={issue !== undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <input
        id="import-file"
        type="file"
        accept=".xlsx,.csv"
        aria-describedby={`${id}-chosen`}
        aria-invalid={issue !== undefined || undefined}
        className="visually-hidden"
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
      <label htmlFor="import-file" className={css.pick} data-again={file !== null}>
        {t(file ? 'import.another' : 'import.choose')}
      </label>
      <span id={`${id}-chosen`} className={css.chosen}>
        {file ? (
          <>
            <strong>{file.name}</strong> <span className={css.muted}>{sizeText(file.size)}</span>
          </>
        ) : (
          <span className={css.muted}>{t('import.drop')}</span>
        )}
        {issue && (
          <span className={css.wrongLine} role="alert">
            {issue}
          </span>
        )}
      </span>
    </div>
  );
}
