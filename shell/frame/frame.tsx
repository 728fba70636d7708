import { useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { DemoMark } from '../components/demo-mark.tsx';
import { useShellText } from '../i18n.ts';
import { usePrefs } from '../prefs.ts';
import css from './frame.module.css';
import { Header } from './header.tsx';
import { Navigation } from './navigation.tsx';
import { NetworkBar } from './network-bar.tsx';

/** What stands around every page: skip link, header, navigation, the page, foot. */
export function Frame({ children }: { children: ReactNode }) {
  const t = useShellText();
  const { navFolded } = usePrefs();
  const [navOpen, setNavOpen] = useState(false);
  const path = useRouterState({ select: (s) => s.location.pathname });
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    setNavOpen(false);
    // A screen reader goes on at the new page, not at the link that was followed.
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div className={css.frame} data-nav={navFolded ? 'folded' : 'open'} data-nav-over={navOpen}>
      <a className={css.skip} href="#main">
        {t('skip')}
      </a>
      <Header navOpen={navOpen} onNav={() => setNavOpen(!navOpen)} />
      <NetworkBar />
      <DemoMark />
      <div className={css.body}>
        <Navigation open={navOpen} onClose={() => setNavOpen(false)} />
        <main id="main" ref={main} tabIndex={-1} className={css.main}>
          {children}
        </main>
      </div>
      <footer className={css.foot}>{t('foot')}</footer>
    </div>
  );
}
