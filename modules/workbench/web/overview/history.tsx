import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useDeferredValue, useState } from 'react';
import { call } from '#shell/api';
import { TextField } from '#shell/components/fields.tsx';
import { formatMoment, formatNumber } from '#shell/format';
import {
  combineHistory,
  deleteHistory,
  type HistoryEntry,
  listHistory,
  rerunHistory,
} from '../../contract.ts';
import { useAct } from '../parts/act.tsx';
import { AskDelete } from '../parts/ask.tsx';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { Section } from './section.tsx';

/** Searches of the account, to be run again, combined, deleted. */
export function History() {
  const t = useText();
  const { act, busy, problem } = useAct();
  const [typed, setTyped] = useState('');
  const contains = useDeferredValue(typed.trim());
  const [picked, setPicked] = useState<number[]>([]);
  const [before, setBefore] = useState<Record<number, number>>({});
  const [clearing, setClearing] = useState(false);
  const list = useInfiniteQuery({
    queryKey: [listHistory.path, contains],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(listHistory, { query: { before: pageParam, contains: contains || undefined, limit: 15 }, signal }),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (kept) => kept,
  });
  const entries = list.data?.pages.flatMap((page) => page.entries) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  const combine = async (how: 'and' | 'or' | 'not') => {
    const made = await act(() => call(combineHistory, { body: { numbers: picked, how } }));
    if (made) setPicked([]);
  };
  const again = async (entry: HistoryEntry) => {
    const done = await act(() => call(rerunHistory, { params: { no: entry.no } }));
    if (done) setBefore({ ...before, [entry.no]: done.before });
  };
  return (
    <Section
      title={t('history.title')}
      list={list}
      empty={
        list.data && total === 0 && contains === '' ? (
          <>
            {t('history.empty')} <Link to="/patents">{t('history.search')}</Link>
          </>
        ) : undefined
      }
      tools={
        (total > 0 || contains !== '') && (
          <>
            <TextField label={t('history.filter')} search size={14} value={typed} onChange={setTyped} />
            <button type="button" className={css.quiet} onClick={() => setClearing(true)}>
              {t('history.deleteAll')}
            </button>
          </>
        )
      }
    >
      {problem}
      {picked.length >= 2 ? (
        <div className={css.bar}>
          <span>{t('history.combine', { count: picked.length })}</span>
          {(['and', 'or', 'not'] as const).map((how) => (
            <Button key={how} size="small" disabled={busy} onClick={() => void combine(how)}>
              {t(`history.${how}`)}
            </Button>
          ))}
        </div>
      ) : (
        entries.length > 1 && <p className={css.keys}>{t('history.pickTwo')}</p>
      )}
      <ul className={css.rows}>
        {entries.map((entry) => (
          <li key={entry.no} className={css.row}>
            <label>
              <input
                type="checkbox"
                checked={picked.includes(entry.no)}
                aria-label={t('history.pick', { no: entry.no })}
                onChange={(e) =>
                  setPicked(e.target.checked ? [...picked, entry.no] : picked.filter((no) => no !== entry.no))
                }
              />{' '}
              <strong>#{entry.no}</strong>
            </label>
            <span className={css.rowMain}>
              <Link
                to="/patents"
                search={{ q: entry.text } as never}
                className={css.query}
                title={entry.reading}
              >
                {entry.text}
              </Link>
            </span>
            <span className={css.rowSide}>
              <span data-figure>{formatNumber(entry.total)}</span>
              {before[entry.no] !== undefined && before[entry.no] !== entry.total && (
                <span>{t('history.was', { count: formatNumber(before[entry.no]!) })}</span>
              )}
              <span>{formatMoment(entry.at)}</span>
              <button type="button" className={css.quiet} disabled={busy} onClick={() => void again(entry)}>
                {t('history.again')}
              </button>
              <button
                type="button"
                className={css.quiet}
                disabled={busy}
                onClick={() => void act(() => call(deleteHistory, { body: { numbers: [entry.no] } }))}
              >
                {t('delete')}
              </button>
            </span>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <div className={css.foot}>
          <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
            {t('more')}
          </Button>{' '}
          <span className={css.muted}>{t('history.total_of', { total: formatNumber(total) })}</span>
        </div>
      )}
      {clearing && (
        <AskDelete
          title={t('history.deleteAll')}
          text={t('history.deleteAllText')}
          onConfirm={() => call(deleteHistory, { body: {} })}
          onClose={() => setClearing(false)}
        />
      )}
    </Section>
  );
}
