import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatNumber } from '#shell/format';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';
import { FEATURE_TEXT, getOwnFirm } from '../contract.ts';
import css from './firms.module.css';
import { LEFT } from './left-text.ts';

/** In the header of whoever works for a firm: the quota of which least is left; looks again each minute. */
export function Left() {
  const lang = useLang();
  const own = useQuery({
    ...queryOf(getOwnFirm, {}, { interactive: false }),
    refetchInterval: 60_000,
  });
  const [state] = (own.data?.firm.features ?? [])
    .filter((f) => f.limit !== null && f.left !== null)
    .sort((a, b) => a.left! / a.limit! - b.left! / b.limit!);
  if (own.data?.firm.state !== 'active' || !state) return null;
  return (
    <Link to="/firm" className={css.left}>
      {FEATURE_TEXT[state.feature].title[lang]} {LEFT[lang]} {formatNumber(state.left)}
    </Link>
  );
}
