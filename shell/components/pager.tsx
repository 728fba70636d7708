import { Link } from '@tanstack/react-router';
import { useShellText } from '../i18n.ts';
import css from './pager.module.css';

/** The way through a list in pages: `?page=2`. Nothing where one page holds all. */
export function Pager({ page, size, total }: { page: number; size: number; total: number }) {
  const t = useShellText();
  const pages = Math.ceil(total / size);
  if (pages <= 1) return null;
  const to = (n: number) => ((before: object) => ({ ...before, page: n === 1 ? undefined : n })) as never;
  return (
    <nav className={css.pager} aria-label={t('pager.label')}>
      {page > 1 && (
        <Link to="." search={to(page - 1)} rel="prev">
          {t('pager.before')}
        </Link>
      )}
      <span>{t('pager.place', { page, pages })}</span>
      {page < pages && (
        <Link to="." search={to(page + 1)} rel="next">
          {t('pager.after')}
        </Link>
      )}
    </nav>
  );
}
