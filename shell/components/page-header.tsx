import { type ReactNode, useEffect } from 'react';
import { useShellText } from '../i18n.ts';
import css from './components.module.css';

/** Title of the window; pages with a {@link PageHeader} need not call it. */
export function useTitle(title: string): void {
  const t = useShellText();
  const product = t('product');
  useEffect(() => {
    document.title = title ? `${title} · ${product}` : product;
  }, [title, product]);
}

/**
 * Head of a page: title, one line below it, the date and scope that the figures speak of, and what can be done with the
 * whole page. The title becomes the window's title too.
 */
export function PageHeader({
  title,
  subtitle,
  before,
  scope,
  actions,
}: {
  title: string;
  subtitle?: ReactNode;
  /** Above the title: a way back, a number. */
  before?: ReactNode;
  /** Date and scope controls; always in sight. */
  scope?: ReactNode;
  actions?: ReactNode;
}) {
  useTitle(title);
  return (
    <div className={css.pageHeader}>
      <div className={css.pageTitle}>
        {before && <div className={css.pageBefore}>{before}</div>}
        <h1>{title}</h1>
        {subtitle && <div className={css.pageSubtitle}>{subtitle}</div>}
      </div>
      {actions && <div className={css.pageActions}>{actions}</div>}
      {scope && <div className={css.pageScope}>{scope}</div>}
    </div>
  );
}
