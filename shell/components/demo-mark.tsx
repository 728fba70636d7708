import { useShellText } from '../i18n.ts';
import { useSession } from '../session.ts';
import css from './components.module.css';

/** Says on every page that the figures are generated, where they are. */
export function DemoMark() {
  const t = useShellText();
  const { demo } = useSession();
  if (!demo) return null;
  return (
    <aside className={css.demo} data-demo-mark aria-label={t('demo.label')}>
      <strong>{t('demo.label')}</strong> {t('demo.text')}
    </aside>
  );
}
