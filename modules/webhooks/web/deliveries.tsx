import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { call } from '#shell/api';
import { formatMoment } from '#shell/format';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';
import { listDeliveries, repeatDelivery, type Source, TRIAL, type WebhookDelivery } from '../contract.ts';
import { Failure } from './failure.tsx';
import { useText } from './text.ts';
import css from './webhooks.module.css';

/** How often messages that wait are looked at again, in milliseconds. */
const LOOK = 10_000;

/** The last messages of a webhook, and what came of each. */
export function Deliveries({ webhook, sources }: { webhook: string; sources: readonly Source[] }) {
  const t = useText();
  const list = useQuery({
    ...queryOf(listDeliveries, { params: { id: webhook } }),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.deliveries.some((one) => one.state === 'waiting') ? LOOK : false,
  });
  const repeat = useMutation({
    mutationFn: (id: string) => call(repeatDelivery, { params: { id } }),
    onSettled: () => void list.refetch(),
  });
  const deliveries = list.data?.deliveries ?? [];
  return (
    <>
      <Failure error={repeat.error ?? list.error} />
      {list.data && (
        <p className={css.muted}>{t(deliveries.length === 0 ? 'deliveriesEmpty' : 'deliveriesNote')}</p>
      )}
      <ul className={css.messages}>
        {deliveries.map((one) => (
          <Message
            key={one.id}
            message={one}
            sources={sources}
            busy={repeat.isPending}
            onRepeat={() => repeat.mutate(one.id)}
          />
        ))}
      </ul>
    </>
  );
}

function Message({
  message: { type, state, error, attempts, nextAt, createdAt, deliveredAt },
  sources,
  busy,
  onRepeat,
}: {
  message: WebhookDelivery;
  sources: readonly Source[];
  busy: boolean;
  onRepeat: () => void;
}) {
  const t = useText();
  const lang = useLang();
  const known = sources.flatMap(({ types }) => types).find(({ id }) => id === type)?.title[lang];
  const facts = [
    formatMoment(deliveredAt ?? createdAt),
    attempts > 0 && t('attempts', { count: attempts }),
    attempts > 0 && nextAt && t('next', { at: formatMoment(nextAt) }),
    error,
    state === 'withheld' && t('withheld'),
  ];
  return (
    <li>
      <span>
        <span className={css.mark} data-kind={state}>
          {t(`state.${state}`)}
        </span>{' '}
        {type === TRIAL ? t('trial') : (known ?? type)}
      </span>
      {state === 'waiting' ? (
        <span />
      ) : (
        <Button size="small" disabled={busy} onClick={onRepeat}>
          {t('repeat')}
        </Button>
      )}
      <small>{facts.filter(Boolean).join(' · ')}</small>
    </li>
  );
}
