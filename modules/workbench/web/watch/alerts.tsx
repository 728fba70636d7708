import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment, formatNumber } from '#shell/format';
import { ALERT_KINDS, type AlertKind, listAlerts, type WatchRun } from '../../contract.ts';
import { HitLine } from '../parts/hit-line.tsx';
import { useText } from '../text.ts';
import css from '../workbench.module.css';

/** What one run found. */
export function Alerts({ run, onRead }: { run: WatchRun; onRead: (read: boolean) => void }) {
  const t = useText();
  const [kind, setKind] = useState<AlertKind | undefined>();
  const list = useInfiniteQuery({
    queryKey: [listAlerts.path, run.id, kind],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(listAlerts, { params: { id: run.id }, query: { kind, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });
  const alerts = list.data?.pages.flatMap((page) => page.alerts);
  return (
    <section aria-label={formatMoment(run.at)}>
      <div className={css.sectionHead}>
        <h2>{formatMoment(run.at)}</h2>
        <div className={css.sectionTools}>
          <span className={css.muted}>{t('watch.run', { from: run.fromVersion, to: run.toVersion })}</span>
          <Button onClick={() => onRead(!run.read)}>
            {t(run.read ? 'watch.markUnread' : 'watch.markRead')}
          </Button>
        </div>
      </div>
      <div className={css.filters} style={{ marginTop: 10 }}>
        <ToggleGroup>
          <Toggle pressed={kind === undefined} onChange={() => setKind(undefined)}>
            {t('filter.all')} {formatNumber(run.fresh + run.changed + run.gone)}
          </Toggle>
          {ALERT_KINDS.map((one) => (
            <Toggle key={one} pressed={kind === one} onChange={(on) => setKind(on ? one : undefined)}>
              {t(`alert.${one}`)} {formatNumber(run[one])}
            </Toggle>
          ))}
        </ToggleGroup>
      </div>
      {list.error ? (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      ) : !alerts ? (
        <Skeleton rows={6} />
      ) : (
        <ul className={css.items}>
          {alerts.map((alert) => (
            <li key={`${alert.kind} ${alert.number}`} className={`${css.item} ${css.itemPlain}`}>
              <HitLine number={alert.number} hit={alert.hit}>
                <span className={css.mark} data-kind={alert.kind}>
                  {t(`alert.${alert.kind}`)}
                </span>
              </HitLine>
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <div className={css.foot}>
          <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
            {t('more')}
          </Button>
        </div>
      )}
    </section>
  );
}
