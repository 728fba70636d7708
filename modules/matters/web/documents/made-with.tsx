import css from '../matters.module.css';
import { useText } from '../text.ts';

/** With which template of the office's own a paper was made; nothing for other papers. */
export function MadeWith({ template }: { template: number | null }) {
  const t = useText();
  if (!template) return null;
  return <span className={css.purpose}>{t('paper.template', { version: template })}</span>;
}
