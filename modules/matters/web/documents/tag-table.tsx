import { useEffect, useState } from 'react';
import { PlainButton } from '#shell/components/fields.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { useLang } from '#shell/i18n';
import { Heads } from '../heads.tsx';
import css from '../matters.module.css';
import { type Template, useText } from '../text.ts';

/** Tags that may stand in a template, each to be copied. */
export function TagTable({ template }: { template: Template }) {
  const t = useText();
  const lang = useLang();
  return (
    <ScrollBox label={t('template.tags')}>
      <table className={`${css.steps} ${css.tags}`}>
        <Heads columns={['template.tag', 'template.meaning', 'template.exampleOf']} />
        <tbody>
          {template.tags.map((tag) => (
            <tr key={tag.name}>
              <th scope="row">
                <CopyTag text={`{${tag.name}}`} />
                {tag.duty && <span className={css.purpose}>{t('template.duty')}</span>}
              </th>
              <td data-label={t('template.meaning')}>{tag.meaning[lang]}</td>
              <td className={css.note} data-label={t('template.exampleOf')}>
                {tag.example}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

/** A tag with a button that copies it; where the browser does not let go of the clipboard it is selected, to be copied by hand. */
function CopyTag({ text }: { text: string }) {
  const t = useText();
  const [state, setState] = useState<'idle' | 'copied' | 'selected'>('idle');
  useEffect(() => {
    if (state !== 'copied') return;
    const timer = setTimeout(() => setState('idle'), 4000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async (code: Element | null | undefined) => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      // Browsers give the clipboard to secure addresses only; within an office network there often is none.
      if (code) window.getSelection()?.selectAllChildren(code);
      setState(document.execCommand('copy') ? 'copied' : 'selected');
    }
  };
  const id = `tag-${text}`;
  return (
    <span className={css.actions}>
      <code id={id}>{text}</code>
      <PlainButton onClick={() => void copy(document.getElementById(id))}>
        {t('template.copy')}
        <span className="visually-hidden">{text}</span>
      </PlainButton>
      <span role="status" className={css.muted}>
        {state === 'copied' && t('template.copied')}
        {state === 'selected' && t('template.selected')}
      </span>
    </span>
  );
}
