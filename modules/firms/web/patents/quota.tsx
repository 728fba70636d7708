import { useQuery } from '@tanstack/react-query';
import { Notice } from '#shell/components/form.tsx';
import { formatLongDate, formatNumber } from '#shell/format';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';
import { useSession } from '#shell/session';
import { FIRMS_MEMBER, getOwnFirm } from '../../contract.ts';
import { useText } from '../text.ts';

/** What is counted on the patents' pages. */
type Counted = 'export' | 'batch';

/** Before something counted is done: what the firm has left of it, and whether it is enough. Nothing for anybody else. */
export function Quota({ feature, count }: { feature: Counted; count: number }) {
  return useSession().may(FIRMS_MEMBER) ? <Left feature={feature} count={count} /> : null;
}

function Left({ feature, count }: { feature: Counted; count: number }) {
  const t = useText();
  const lang = useLang();
  const own = useQuery({ ...queryOf(getOwnFirm, {}, { interactive: false }), staleTime: 0 });
  const state = own.data?.firm.features.find((f) => f.feature === feature);
  if (own.data?.firm.state !== 'active' || !state || state.left === null || state.resetsOn === null)
    return null;
  const values = {
    count: formatNumber(count),
    left: formatNumber(state.left),
    limit: formatNumber(state.limit ?? 0),
    day: formatLongDate(state.resetsOn, lang),
  };
  return count > state.left ? (
    <Notice tone="attention" title={t('quota.short', values)}>
      <p>{t('quota.shortHow', values)}</p>
    </Notice>
  ) : (
    <p>{t('quota.left', values)}</p>
  );
}
