import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Notice } from '#shell/components/form.tsx';
import type { OneTimePassword } from '../../contract.ts';
import css from '../firms.module.css';
import { useText } from '../text.ts';

/** A one-time password, shown until it is put away. Takes the focus, so that nobody misses it. */
export function Once({ made, onHide }: { made: OneTimePassword; onHide: () => void }) {
  const t = useText();
  const box = useRef<HTMLDivElement>(null);
  const [copied, setCopied] = useState(false);
  // The clipboard does not exist on pages served over plain HTTP inside an office network.
  const canCopy = typeof navigator !== 'undefined' && navigator.clipboard !== undefined;
  useEffect(() => {
    if (made.password === '') return;
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'center' });
  }, [made.password]);
  return (
    <div ref={box} tabIndex={-1}>
      <Notice
        tone="attention"
        title={t('once.title', { username: made.username })}
        actions={
          <>
            {canCopy && (
              <Button
                onClick={() =>
                  void navigator.clipboard.writeText(made.password).then(
                    () => setCopied(true),
                    () => setCopied(false),
                  )
                }
              >
                {copied ? t('once.copied') : t('once.copy')}
              </Button>
            )}
            <Button onClick={onHide}>{t('once.hide')}</Button>
          </>
        }
      >
        <p className={css.password}>
          <code>{made.password}</code>
        </p>
        <p>
          {t('once.text', { name: made.name })} {made.mailed === true && t('once.mailed')}
          {made.mailed === false && t('once.notMailed')}
        </p>
      </Notice>
    </div>
  );
}
