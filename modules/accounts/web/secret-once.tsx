import { Button } from 'antd';
import { useRef, useState } from 'react';
import { Notice } from '#shell/components/form.tsx';
import css from './accounts.module.css';
import { useText } from './text.ts';

/** Something secret that is shown this once, with a button that copies it. */
export function SecretOnce({
  title,
  help,
  secret,
  onDone,
}: {
  title: string;
  help: string;
  /** May have several lines. */
  secret: string;
  onDone: () => void;
}) {
  const t = useText();
  const box = useRef<HTMLTextAreaElement>(null);
  const [copied, setCopied] = useState<boolean | null>(null);
  const lines = secret.split('\n').length;
  return (
    <Notice
      tone="attention"
      title={title}
      actions={
        <>
          <Button type="primary" onClick={() => void copy(box.current, secret).then(setCopied)}>
            {t('secret.copy')}
          </Button>
          <Button onClick={onDone}>{t('secret.done')}</Button>
          <span role="status">
            {copied === null ? '' : copied ? t('secret.copied') : t('secret.notCopied')}
          </span>
        </>
      }
    >
      <p>{help}</p>
      <textarea
        ref={box}
        className={css.secret}
        readOnly
        rows={lines}
        value={secret}
        aria-label={title}
        onFocus={(e) => e.target.select()}
      />
    </Notice>
  );
}

/** The clipboard's own interface exists only on https pages; inside an office network the older way works. */
async function copy(box: HTMLTextAreaElement | null, text: string): Promise<boolean> {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // Refused by the browser: try the older way.
  }
  box?.select();
  return document.execCommand('copy');
}
