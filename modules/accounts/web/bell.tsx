import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';
import { getMe } from '../contract.ts';
import css from './accounts.module.css';
import { bellText } from './bell-text.ts';

/** Way to the inbox with the number of unread messages; looks again every minute while the window is in front. */
export function Bell() {
  const lang = useLang();
  const me = useQuery({
    ...queryOf(getMe, {}, { interactive: false }),
    staleTime: 55_000,
    refetchInterval: 60_000,
  });
  const unread = me.data?.unread ?? 0;
  const words = bellText[lang];
  return (
    <Link to="/inbox" className={css.bell} title={unread > 0 ? words.unread(unread) : words.none}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d="M10 3a4.5 4.5 0 0 0-4.5 4.5v3.2L4 13.5h12l-1.5-2.8V7.5A4.5 4.5 0 0 0 10 3ZM8.3 15.5a1.8 1.8 0 0 0 3.4 0" />
      </svg>
      {unread > 0 && (
        <span className={css.bellCount} aria-hidden="true">
          {unread > 99 ? '99+' : unread}
        </span>
      )}
      <span className="visually-hidden">{unread > 0 ? words.unread(unread) : words.none}</span>
    </Link>
  );
}
