import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment, formatNumber } from '#shell/format';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import {
  changeWatch,
  deleteWatch,
  getWatch,
  listRuns,
  readRuns,
  type Watch,
  type WatchRun,
} from '../../contract.ts';
import { WatchOf, WatchState } from '../overview/watches.tsx';
import { useAct } from '../parts/act.tsx';
import { AskDelete, FormDialog } from '../parts/ask.tsx';
import { NoticeField } from '../parts/notice-field.tsx';
import { WatchSearch } from '../search.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { Alerts } from './alerts.tsx';

/** A watch: what each import changed for it, unread first seen, and how it tells. */
export function WatchPage() {
  const t = useText();
  const { id } = useParams({ strict: false }) as { id: string };
  const navigate = useNavigate();
  const [search, change] = usePageSearch(WatchSearch);
  const [open, setOpen] = useState<'settings' | 'delete' | null>(null);
  const { act, busy, problem } = useAct();
  const watch = useQuery({ ...queryOf(getWatch, { params: { id } }), staleTime: 0 });
  const list = useInfiniteQuery({
    queryKey: [listRuns.path, id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(listRuns, { params: { id }, query: { cursor: pageParam, limit: 30 }, signal }),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  if (watch.error)
    return <ErrorPanel error={watch.error} what={t('watches.title')} onRetry={() => void watch.refetch()} />;
  if (!watch.data) return <Skeleton rows={10} />;
  const runs = list.data?.pages.flatMap((page) => page.runs);
  const shown = runs?.find((run) => run.id === search.run) ?? runs?.[0];
  const read = (body: { run?: string; read?: boolean }) =>
    void act(() => call(readRuns, { params: { id }, body }));
  return (
    <article>
      <PageHeader
        title={watch.data.name}
        before={<Link to="/workbench">{t('back')}</Link>}
        subtitle={
          <>
            <WatchOf watch={watch.data} />
            <span className={css.itemFacts}>
              <WatchState watch={watch.data} />
              <span>{t('watch.seen', { version: watch.data.seenVersion })}</span>
              {watch.data.behind > 0 && <span>{t('watch.behind', { count: watch.data.behind })}</span>}
              <span>{t(`notice.${watch.data.notice}`)}</span>
            </span>
          </>
        }
        actions={
          <>
            {watch.data.unread > 0 && (
              <Button loading={busy} onClick={() => read({})}>
                {t('watch.readAll')}
              </Button>
            )}
            <Button onClick={() => setOpen('settings')}>{t('watch.settings')}</Button>
            <Button danger onClick={() => setOpen('delete')}>
              {t('delete')}
            </Button>
          </>
        }
      />
      {problem}
      {watch.data.error && (
        <Notice tone="attention" title={t('watches.error')}>
          <p>{watch.data.error}</p>
        </Notice>
      )}
      {runs?.length === 0 && <p className={css.empty}>{t('watch.runsEmpty')}</p>}
      {runs && shown && (
        <div className={`${css.columns} ${css.columnsLeft}`}>
          <section className={css.side} aria-label={t('watch.runs')}>
            <ul className={css.tree}>
              {runs.map((run) => (
                <RunLine
                  key={run.id}
                  run={run}
                  current={run.id === shown.id}
                  onOpen={() => change({ run: run.id })}
                />
              ))}
            </ul>
            {list.hasNextPage && (
              <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
                {t('more')}
              </Button>
            )}
          </section>
          <Alerts key={shown.id} run={shown} onRead={(wanted) => read({ run: shown.id, read: wanted })} />
        </div>
      )}
      {open === 'settings' && <Settings watch={watch.data} onClose={() => setOpen(null)} />}
      {open === 'delete' && (
        <AskDelete
          title={t('delete')}
          text={t('watch.deleteText', { name: watch.data.name })}
          onConfirm={async () => {
            await call(deleteWatch, { params: { id }, query: { version: watch.data.version } });
            await navigate({ to: '/workbench' });
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </article>
  );
}

function RunLine({ run, current, onOpen }: { run: WatchRun; current: boolean; onOpen: () => void }) {
  const t = useText();
  return (
    <li>
      <Link
        to="."
        search={{ run: run.id } as never}
        className={css.node}
        data-current={current}
        onClick={onOpen}
      >
        <span>
          {formatMoment(run.at)}
          {!run.read && (
            <>
              {' '}
              <span className={css.badge}>{t('alert.unread')}</span>
            </>
          )}
          <span className={css.sub}>
            {(['fresh', 'changed', 'gone'] as const)
              .filter((kind) => run[kind] > 0)
              .map((kind) => `${t(`alert.${kind}`)} ${formatNumber(run[kind])}`)
              .join(' · ')}
          </span>
        </span>
      </Link>
    </li>
  );
}

function Settings({ watch, onClose }: { watch: Watch; onClose: () => void }) {
  const t = useText();
  const id = useId();
  const { act, busy, problem } = useAct();
  const [name, setName] = useState(watch.name);
  const [notice, setNotice] = useState(watch.notice);
  const [active, setActive] = useState(watch.active);
  const send = async () => {
    const body = { name: name.trim(), notice, active, version: watch.version };
    const done = await act(() => call(changeWatch, { params: { id: watch.id }, body }));
    if (done) onClose();
  };
  return (
    <FormDialog
      title={t('watch.settings')}
      action={t('save')}
      busy={busy}
      disabled={name.trim() === ''}
      problem={problem}
      onSend={() => void send()}
      onClose={onClose}
    >
      <div className={css.form}>
        <div>
          <label htmlFor={`${id}-name`}>{t('name')}</label>
          <Input id={`${id}-name`} value={name} maxLength={100} onChange={(e) => setName(e.target.value)} />
        </div>
        <NoticeField id={`${id}-notice`} value={notice} onChange={setNotice} />
        <div>
          <label className={css.check}>
            <input type="checkbox" checked={active} onChange={(e) => setActive(e.target.checked)} />
            {t('watch.active')}
          </label>
          <small>{t('watch.activeHelp')}</small>
        </div>
        <p>
          <Link to="/workbench/feeds">{t('watches.feeds')}</Link>
        </p>
      </div>
    </FormDialog>
  );
}
