import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { formatMoment, formatNumber } from '#shell/format';
import { type LogEntry, listLog } from '../../contract.ts';
import type { zh } from '../locales/zh.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';

type LogKey = Exclude<Extract<keyof typeof zh, `log.${string}`>, 'log.count'>;

/** Who did what when; asked for once it is opened. */
export function LogList({ object }: { object: string }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const log = useInfiniteQuery({
    queryKey: [listLog.path, object],
    enabled: open,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(listLog, { params: { id: object }, query: { cursor: pageParam, limit: 30 }, signal }),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const entries = log.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <details className={css.fold} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{t('collection.log')}</summary>
      {open && log.data && entries.length === 0 && <p className={css.muted}>{t('log.empty')}</p>}
      <ul className={css.rows}>
        {entries.map((entry) => (
          <li key={entry.seq} className={css.row}>
            <span className={css.rowMain}>
              {t(`log.${entry.action}` as LogKey)} <Detail entry={entry} />
            </span>
            <span className={css.rowSide}>
              <span>{entry.person.name}</span>
              <span>{formatMoment(entry.at)}</span>
            </span>
          </li>
        ))}
      </ul>
      {log.hasNextPage && (
        <Button onClick={() => void log.fetchNextPage()} loading={log.isFetchingNextPage}>
          {t('more')}
        </Button>
      )}
    </details>
  );
}

function Detail({ entry }: { entry: LogEntry }) {
  const t = useText();
  const { name, why, choice } = entry.detail as Record<string, string | undefined>;
  const word =
    choice === 'keep' || choice === 'dismiss' || choice === 'in' || choice === 'out' ? choice : null;
  return (
    <>
      {name && <span>{name} </span>}
      {word && <span>{t(`choice.${word}`)} </span>}
      {entry.count === 1 && <span>{entry.numbers[0]}</span>}
      {entry.count > 1 && (
        <span>
          {t('log.count', { count: formatNumber(entry.count) })}
          <span className={css.sub}>{entry.numbers.slice(0, 8).join(' ')}</span>
        </span>
      )}
      {why && <span className={css.sub}>{why}</span>}
    </>
  );
}
