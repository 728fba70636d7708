import { Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useLang, useShellText } from '../i18n.ts';
import { modules } from '../modules.ts';
import { useSession } from '../session.ts';
import { AccountMenu } from './account-menu.tsx';
import css from './frame.module.css';

/** City, platform, account. The button opens the navigation where the window is too narrow to show it. */
export function Header({ navOpen, onNav }: { navOpen: boolean; onNav: () => void }) {
  const t = useShellText();
  const session = useSession();
  const lang = useLang();
  const items = modules
    .flatMap((m) => m.header ?? [])
    .filter((h) => session.may(h.permission))
    .sort((a, b) => a.order - b.order);
  return (
    <header className={css.header}>
      <button
        type="button"
        className={css.menuButton}
        aria-expanded={navOpen}
        aria-controls="navigation"
        onClick={onNav}
      >
        <span aria-hidden="true" className={css.menuIcon} />
        <span className={css.menuWord}>{t('nav.menu')}</span>
      </button>
      <Link to="/" className={css.brand}>
        <span className={css.city}>{session.city?.[lang]}</span>
        <span className={css.product}>{t('product')}</span>
      </Link>
      <div className={css.headerRight}>
        <Suspense fallback={null}>
          {items.map(({ order, item: Item }) => (
            <Item key={order} />
          ))}
        </Suspense>
        <AccountMenu />
      </div>
    </header>
  );
}
