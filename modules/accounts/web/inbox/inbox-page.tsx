import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { EndpointResponse } from '#kernel/http/contract';
import { getMe, listNotifications, readAllNotifications, readNotification } from '#modules/accounts/contract';
import { useAct, useFailureText } from '#shell/act';
import { call } from '#shell/api';
import { useArrowKeys } from '#shell/arrow-keys';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { FieldRow, Toggle } from '#shell/components/fields.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment } from '#shell/format';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { keyOf } from '#shell/query';
import css from '../accounts.module.css';
import { InboxSearch } from '../search.ts';
import { useText } from '../text.ts';

type Message = EndpointResponse<typeof listNotifications>['notifications'][number];

/** My messages, newest first; opening one marks it as read. */
export function InboxPage() {
  const t = useText();
  const words = useFailureText();
  const queries = useQueryClient();
  const onKeyDown = useArrowKeys();
  const act = useAct();
  const [search, setSearch] = usePageSearch(InboxSearch);
  const unread = search.unread ?? 'false';
  const query = useInfiniteQuery({
    queryKey: [...keyOf(listNotifications), 'inbox', unread],
    queryFn: ({ pageParam, signal }) =>
      call(listNotifications, { query: { unread, before: pageParam, limit: 30 }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
  const pages = query.data?.pages;
  const messages = pages?.flatMap((p) => p.notifications);
  const count = pages?.[0]?.unread ?? 0;

  function refresh() {
    void queries.invalidateQueries({ queryKey: keyOf(listNotifications) });
    void queries.invalidateQueries({ queryKey: keyOf(getMe) });
  }

  return (
    <article>
      <PageHeader
        title={t('inbox.title')}
        subtitle={t('inbox.unread', { count })}
        scope={
          <FieldRow label={t('filters')}>
            <Toggle
              pressed={unread === 'true'}
              onChange={(on) => setSearch({ unread: on ? 'true' : undefined })}
            >
              {t('inbox.onlyUnread')}
            </Toggle>
          </FieldRow>
        }
        actions={
          <Button
            disabled={count === 0}
            loading={act.busy}
            onClick={() => void act.run(() => call(readAllNotifications, {}).then(refresh))}
          >
            {t('inbox.readAll')}
          </Button>
        }
      />
      {act.failure && <Notice tone="wrong" title={words(act.failure)} />}
      {query.error && !messages ? (
        <ErrorPanel error={query.error} what={t('inbox.title')} onRetry={() => void query.refetch()} />
      ) : !messages ? (
        <Skeleton rows={8} />
      ) : messages.length === 0 ? (
        <p className={css.empty}>{unread === 'true' ? t('inbox.emptyUnread') : t('inbox.empty')}</p>
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys only move between the links inside.
        <div onKeyDown={onKeyDown}>
          <ul className={css.messages}>
            {messages.map((m) => (
              <MessageRow key={m.id} message={m} onRead={refresh} />
            ))}
          </ul>
          {query.hasNextPage && (
            <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('inbox.more')}
            </Button>
          )}
        </div>
      )}
    </article>
  );
}

function MessageRow({ message: m, onRead }: { message: Message; onRead: () => void }) {
  const t = useText();
  const lang = useLang();
  const act = useAct();
  const read = () => {
    if (!m.readAt) void act.run(() => call(readNotification, { params: { id: m.id } }).then(onRead));
  };
  return (
    <li className={css.message} data-unread={m.readAt === null}>
      <span className={css.dot} aria-hidden="true">
        {m.readAt === null ? '●' : ''}
      </span>
      <div>
        {m.href ? (
          <Link to={m.href} onClick={read} data-step>
            {m.title[lang]}
          </Link>
        ) : (
          <span>{m.title[lang]}</span>
        )}
        {m.readAt === null && <span className="visually-hidden">{t('inbox.isUnread')}</span>}
        {m.body[lang] && <p className={css.note}>{m.body[lang]}</p>}
      </div>
      <time className={css.muted} dateTime={m.createdAt}>
        {formatMoment(m.createdAt)}
      </time>
      {m.readAt === null && !m.href && (
        <Button size="small" loading={act.busy} onClick={read}>
          {t('inbox.read')}
        </Button>
      )}
    </li>
  );
}
