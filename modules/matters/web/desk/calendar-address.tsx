import { useMutation, useQuery } from '@tanstack/react-query';
import { call } from '#shell/api';
import { PlainButton } from '#shell/components/fields.tsx';
import { formatMoment } from '#shell/format';
import { queryOf } from '#shell/query';
import { dropCalendar, getCalendar, makeCalendar } from '../../contract.ts';
import { Failure } from '../matter/failure.tsx';
import css from '../matters.module.css';
import { useText } from '../text.ts';

/** The secret address under which a calendar program reads the officer's last days. */
export function CalendarAddress() {
  const t = useText();
  const since = useQuery(queryOf(getCalendar, {}));
  const make = useMutation({
    mutationFn: () => call(makeCalendar, {}),
    onSuccess: () => void since.refetch(),
  });
  const drop = useMutation({
    mutationFn: () => call(dropCalendar, {}),
    onSuccess: () => {
      make.reset();
      void since.refetch();
    },
  });
  const madeAt = since.data?.madeAt ?? null;
  return (
    <details className={css.dues}>
      <summary>{t('calendar.title')}</summary>
      <p className={css.muted}>{t('calendar.text')}</p>
      {make.data && (
        <p role="status">
          {t('calendar.once')}
          <code className={css.address}>{new URL(make.data.path, window.location.href).href}</code>
        </p>
      )}
      <p>
        {madeAt !== null && t('calendar.since', { at: formatMoment(madeAt) })}
        <PlainButton onClick={() => make.mutate()}>
          {t(madeAt === null ? 'calendar.make' : 'calendar.renew')}
        </PlainButton>
        {madeAt !== null && <PlainButton onClick={() => drop.mutate()}>{t('calendar.drop')}</PlainButton>}
      </p>
      <Failure error={make.error ?? drop.error ?? since.error} />
    </details>
  );
}
