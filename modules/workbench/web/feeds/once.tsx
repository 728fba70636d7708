import { useText } from '../text.ts';
import css from '../workbench.module.css';

/** Something that is shown this once. */
export function Once({ text }: { text: string }) {
  const t = useText();
  return (
    <p className={css.once} role="status">
      <strong>{t('feeds.once')}</strong>
      <code>{text}</code>
    </p>
  );
}
