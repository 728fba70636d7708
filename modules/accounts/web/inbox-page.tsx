import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { FieldRow, Toggle } from '#shell/components/fields.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment } from '#shell/format';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { keyOf } from '#shell/query';
import { getMe, listNotifications, readAllNotifications, readNotification } from '../contract.ts';
import css from './accounts.module.css';
import { Failure } from './failure.tsx';
import { InboxSearch } from './search.ts';
import { useText } from './text.ts';

/** One's messages, newest first; opening one marks it as read. */
export function InboxPage() {
  const t = useText();
  const lang = useLang();
  const queries = useQueryClient();
  const [search, setSearch] = usePageSearch(InboxSearch);
  const unread = search.unread ?? 'false';
  const list = useInfiniteQuery({
    queryKey: [...keyOf(listNotifications), 'pages', unread],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(listNotifications, { query: { unread, before: pageParam }, signal }),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const refresh = () => {
    void queries.invalidateQueries({ queryKey: keyOf(listNotifications) });
    void queries.invalidateQueries({ queryKey: keyOf(getMe) });
  };
  const read = useMutation({
    mutationFn: (id: string) => call(readNotification, { params: { id } }),
    onSuccess: refresh,
  });
  const readAll = useMutation({ mutationFn: () => call(readAllNotifications, {}), onSuccess: refresh });
  const count = list.data?.pages[0]?.unread ?? 0;
  const messages = list.data?.pages.flatMap((p) => p.notifications);
  return (
    <article>
      <PageHeader
        title={t('inbox.title')}
        subtitle={count > 0 ? t('inbox.unread', { count }) : t('inbox.allRead')}
        actions={
          count > 0 && (
            <Button loading={readAll.isPending} onClick={() => readAll.mutate()}>
              {t('inbox.readAll')}
            </Button>
          )
        }
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
      />
      <Failure error={read.error ?? readAll.error} />
      {list.error && !messages ? (
        <ErrorPanel error={list.error} what={t('inbox.title')} onRetry={() => void list.refetch()} />
      ) : !messages ? (
        <Skeleton rows={6} />
      ) : messages.length === 0 ? (
        <p className={css.muted}>{unread === 'true' ? t('inbox.noneUnread') : t('inbox.none')}</p>
      ) : (
        <ul className={css.rows}>
          {messages.map((m) => (
            <li key={m.id} className={css.message} data-read={m.readAt !== null}>
              <div className={css.rowHead}>
                <h2>
                  {m.href ? (
                    <Link to={m.href} onClick={() => m.readAt === null && read.mutate(m.id)}>
                      {m.title[lang]}
                    </Link>
                  ) : (
                    m.title[lang]
                  )}
                </h2>
                <time dateTime={m.createdAt} className={css.muted}>
                  {formatMoment(m.createdAt)}
                </time>
              </div>
              <p>{m.body[lang]}</p>
              {m.readAt === null && (
                <Button type="link" size="small" style={{ padding: 0 }} onClick={() => read.mutate(m.id)}>
                  {t('inbox.read')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <div className={css.buttons}>
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('inbox.more')}
          </Button>
        </div>
      )}
    </article>
  );
}
