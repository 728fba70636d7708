import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useLang, useShellText } from '../i18n.ts';
import type { NavEntry } from '../module.ts';
import { modules } from '../modules.ts';
import { prefs, setPrefs, usePrefs } from '../prefs.ts';
import { useSession } from '../session.ts';
import css from './frame.module.css';

const groups: readonly NavEntry['group'][] = ['public', 'work', 'admin'];

/** The pages this person may open, under three headings; folds away, and lies over the page on narrow screens. */
export function Navigation({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useShellText();
  const lang = useLang();
  const session = useSession();
  const { navFolded } = usePrefs();
  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onClose();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [open, onClose]);
  const entries = modules.flatMap((m) => m.navigation).filter((e) => session.may(e.permission));
  const path = useRouterState({ select: (s) => s.location.pathname });
  const here = entryOf(path, entries);
  const titles = { public: t('nav.public'), work: t('nav.work'), admin: t('nav.admin') };
  return (
    <nav id="navigation" className={css.nav} aria-label={t('nav.label')}>
      <div className={css.navInner}>
        {groups.map((group) => {
          const mine = entries.filter((e) => e.group === group).sort((a, b) => a.order - b.order);
          if (mine.length === 0) return null;
          return (
            <section key={group} aria-labelledby={`nav-${group}`}>
              <h2 id={`nav-${group}`} className={css.navTitle}>
                {titles[group]}
              </h2>
              <ul>
                {mine.map((e) => (
                  <li key={e.path}>
                    <Link
                      to={e.path}
                      activeOptions={{ exact: e !== here, includeSearch: false }}
                      onClick={onClose}
                    >
                      {e.label[lang]}
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
        <button
          type="button"
          className={css.fold}
          aria-expanded={!navFolded}
          onClick={() => setPrefs({ navFolded: !prefs().navFolded })}
        >
          {navFolded ? t('nav.unfold') : t('nav.fold')}
        </button>
      </div>
    </nav>
  );
}

/** The entry that an address stands under: the longest one where entries lie within each other. */
function entryOf(path: string, entries: readonly NavEntry[]): NavEntry | undefined {
  return entries
    .filter((e) => path === e.path || (e.path !== '/' && path.startsWith(`${e.path}/`)))
    .sort((a, b) => b.path.length - a.path.length)[0];
}
