import { Button } from 'antd';
import { useEffect, useState } from 'react';
import css from './marks.module.css';
import { useText } from './text.ts';

/** Puts a text on the clipboard and says that it is there. */
export function CopyButton({ text, label, done }: { text: string; label: string; done: string }) {
  const t = useText();
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state !== 'copied') return;
    const timer = setTimeout(() => setState('idle'), 4000);
    return () => clearTimeout(timer);
  }, [state]);
  return (
    <>
      <Button onClick={() => void copy(text).then((well) => setState(well ? 'copied' : 'failed'))}>
        {label}
      </Button>
      <span role="status" className={css.copied}>
        {state === 'copied' && done}
        {state === 'failed' && t('copy.failed')}
      </span>
    </>
  );
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** Browsers give the clipboard to secure addresses only; within an office network there often is none. */
function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.append(field);
  const before = document.activeElement;
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
