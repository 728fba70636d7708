import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatMoment, formatNumber } from '#shell/format';
import { queryOf } from '#shell/query';
import { listWatches, type Watch } from '../../contract.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { Section } from './section.tsx';

/** Watches, those with news first. */
export function Watches() {
  const t = useText();
  const list = useQuery({ ...queryOf(listWatches, {}), staleTime: 0 });
  const watches = [...(list.data?.watches ?? [])].sort((a, b) => b.unread - a.unread);
  return (
    <Section
      title={t('watches.title')}
      list={list}
      empty={list.data && watches.length === 0 ? t('watches.empty') : undefined}
      tools={
        <>
          <Link to="/workbench/feeds">{t('watches.feeds')}</Link>
          <Link to="/workbench/watches/new">{t('watches.new')}</Link>
        </>
      }
    >
      <ul className={css.rows}>
        {watches.map((watch) => (
          <li key={watch.id} className={css.row}>
            <span className={css.rowMain}>
              <Link to="/workbench/watches/$id" params={{ id: watch.id }}>
                {watch.name}
              </Link>{' '}
              {watch.unread > 0 && (
                <span className={css.badge}>
                  {t('watches.unread', { count: formatNumber(watch.unread) })}
                </span>
              )}
              <WatchOf watch={watch} />
            </span>
            <span className={css.rowSide}>
              <WatchState watch={watch} />
              {watch.lastAt && <span>{formatMoment(watch.lastAt)}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What is watched, in a line. */
export function WatchOf({ watch }: { watch: Watch }) {
  const t = useText();
  return (
    <span className={css.sub}>
      {t(`kind.${watch.kind}`)} · {watch.subject || watch.of?.name || watch.reading}
    </span>
  );
}

/** Whether it runs. */
export function WatchState({ watch }: { watch: Watch }) {
  const t = useText();
  if (watch.error)
    return (
      <span className={css.mark} data-kind="error">
        {t('watches.error')}
      </span>
    );
  if (!watch.active) return <span className={css.mark}>{t('watches.paused')}</span>;
  if (watch.behind > 0) return <span className={css.mark}>{t('watches.behind')}</span>;
  return null;
}
