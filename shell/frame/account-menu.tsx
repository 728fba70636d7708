import { Link, useRouterState } from '@tanstack/react-router';
import { type FocusEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { switchLanguage, useLang, useShellText } from '../i18n.ts';
import { setPrefs, usePrefs } from '../prefs.ts';
import { signOut, useSession } from '../session.ts';
import css from './frame.module.css';

/** Language, large print, and the account: who is signed in, sign out. A plain disclosure: Tab and Escape do the rest. */
export function AccountMenu() {
  const t = useShellText();
  const lang = useLang();
  const { largePrint } = usePrefs();
  const session = useSession();
  const path = useRouterState({ select: (s) => s.location.href });
  const [open, setOpen] = useState(false);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || !open) return;
    setOpen(false);
    button.current?.focus();
  }
  function onBlur(event: FocusEvent) {
    if (!box.current?.contains(event.relatedTarget)) setOpen(false);
  }

  return (
    <>
      <button
        type="button"
        className={css.headerButton}
        lang={lang === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => void switchLanguage(lang === 'zh' ? 'en' : 'zh')}
      >
        {t('account.otherLanguage')}
      </button>
      <button
        type="button"
        className={css.headerButton}
        aria-pressed={largePrint}
        onClick={() => setPrefs({ largePrint: !largePrint })}
      >
        {t('account.largePrint')}
      </button>
      {session.signedIn ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: Escape and leaving by Tab close the disclosure inside.
        <div ref={box} className={css.account} onKeyDown={onKeyDown} onBlur={onBlur}>
          <button
            ref={button}
            type="button"
            className={css.headerButton}
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
          >
            {session.name}
          </button>
          {open && (
            <div id={id} className={css.accountPanel}>
              <p className={css.accountName}>{session.name}</p>
              {session.grants.length > 0 && (
                <ul className={css.accountRoles}>
                  {session.grants.map((g) => (
                    <li key={`${g.role} ${g.organisation?.id} ${g.region?.id}`}>
                      {[g.title[lang], g.organisation?.name, g.region?.name].filter(Boolean).join(' · ')}
                    </li>
                  ))}
                </ul>
              )}
              <button type="button" className={css.signOut} onClick={() => void signOut()}>
                {t('account.signOut')}
              </button>
            </div>
          )}
        </div>
      ) : (
        <Link className={css.headerButton} to="/sign-in" search={{ return: path } as never}>
          {t('account.signIn')}
        </Link>
      )}
    </>
  );
}
