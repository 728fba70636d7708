import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment, formatNumber } from '#shell/format';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import {
  changeTag,
  createTag,
  deleteTag,
  listTagged,
  listTags,
  mergeTag,
  TAG_COLOURS,
  type Tag,
  type TagColour,
} from '../../contract.ts';
import { useAct } from '../parts/act.tsx';
import { AskDelete, FormDialog } from '../parts/ask.tsx';
import { HitLine } from '../parts/hit-line.tsx';
import { TagMark, useColourWord } from '../parts/marks.tsx';
import { TagsSearch } from '../search.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';

/** Keeps tags: rename, colour, merge, delete; and shows what carries one. */
export function TagsPage() {
  const t = useText();
  const [search] = usePageSearch(TagsSearch);
  const list = useQuery(queryOf(listTags, {}));
  const [open, setOpen] = useState<{ tag?: Tag; what: 'edit' | 'merge' | 'delete' } | null>(null);
  if (list.error) return <ErrorPanel error={list.error} what={t('tags.title')} />;
  if (!list.data) return <Skeleton rows={8} />;
  const { tags, organisations } = list.data;
  const shown = tags.find((tag) => tag.id === search.tag);
  return (
    <article>
      <PageHeader
        title={t('tags.title')}
        before={<Link to="/workbench">{t('back')}</Link>}
        actions={
          <Button type="primary" onClick={() => setOpen({ what: 'edit' })}>
            {t('tags.new')}
          </Button>
        }
      />
      {tags.length === 0 && <p className={css.empty}>{t('tags.empty')}</p>}
      <div className={shown ? `${css.columns} ${css.columnsLeft}` : ''}>
        <ul className={`${css.rows} ${css.side}`}>
          {tags.map((tag) => (
            <li key={tag.id} className={css.row}>
              <span className={css.rowMain}>
                <Link to="/workbench/tags" search={{ tag: tag.id } as never}>
                  <TagMark name={tag.name} colour={tag.colour} />
                </Link>
                <span className={css.sub}>
                  {tag.organisation?.name ?? t('tags.own')} ·{' '}
                  {t('tags.records', { count: formatNumber(tag.records) })}
                </span>
              </span>
              <span className={css.rowSide}>
                {(['edit', 'merge', 'delete'] as const).map((what) => (
                  <button
                    key={what}
                    type="button"
                    className={css.quiet}
                    onClick={() => setOpen({ tag, what })}
                  >
                    {t(what === 'delete' ? 'delete' : `tags.${what}`)}
                  </button>
                ))}
              </span>
            </li>
          ))}
        </ul>
        {shown && <Tagged tag={shown} />}
      </div>
      {open?.what === 'edit' && (
        <TagDialog tag={open.tag} organisations={organisations} onClose={() => setOpen(null)} />
      )}
      {open?.what === 'merge' && open.tag && (
        <MergeDialog tag={open.tag} tags={tags} onClose={() => setOpen(null)} />
      )}
      {open?.what === 'delete' && open.tag && <DropTag tag={open.tag} onClose={() => setOpen(null)} />}
    </article>
  );
}

function Tagged({ tag }: { tag: Tag }) {
  const t = useText();
  const list = useInfiniteQuery({
    queryKey: [listTagged.path, tag.id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(listTagged, { params: { id: tag.id }, query: { cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const records = list.data?.pages.flatMap((page) => page.records);
  return (
    <section aria-label={tag.name}>
      <h2>{tag.name}</h2>
      {records?.length === 0 && <p className={css.empty}>{t('tags.recordsEmpty')}</p>}
      <ul className={css.items}>
        {records?.map((record) => (
          <li key={record.number} className={`${css.item} ${css.itemPlain}`}>
            <HitLine number={record.number} hit={record.hit}>
              <span>{t('tags.who', { by: record.by, at: formatMoment(record.at) })}</span>
            </HitLine>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t('more')}
        </Button>
      )}
    </section>
  );
}

function TagDialog({
  tag,
  organisations,
  onClose,
}: {
  tag: Tag | undefined;
  organisations: readonly { id: string; name: string }[];
  onClose: () => void;
}) {
  const t = useText();
  const id = useId();
  const colourWord = useColourWord();
  const { act, busy, problem } = useAct();
  const [name, setName] = useState(tag?.name ?? '');
  const [colour, setColour] = useState<TagColour>(tag?.colour ?? 'blue');
  const [organisation, setOrganisation] = useState<string | null>(null);
  const send = async () => {
    const done = await act(() =>
      tag
        ? call(changeTag, { params: { id: tag.id }, body: { name, colour, version: tag.version } })
        : call(createTag, { body: { name, colour, organisation } }),
    );
    if (done) onClose();
  };
  return (
    <FormDialog
      title={t(tag ? 'tags.edit' : 'tags.new')}
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
          <Input id={`${id}-name`} value={name} maxLength={40} onChange={(e) => setName(e.target.value)} />
        </div>
        <div>
          <label htmlFor={`${id}-colour`}>{t('tags.colour')}</label>
          <select id={`${id}-colour`} value={colour} onChange={(e) => setColour(e.target.value as TagColour)}>
            {TAG_COLOURS.map((one) => (
              <option key={one} value={one}>
                {colourWord(one)}
              </option>
            ))}
          </select>
        </div>
        {!tag && organisations.length > 0 && (
          <div>
            <label htmlFor={`${id}-scope`}>{t('tags.scope')}</label>
            <select
              id={`${id}-scope`}
              value={organisation ?? ''}
              onChange={(e) => setOrganisation(e.target.value || null)}
            >
              <option value="">{t('tags.own')}</option>
              {organisations.map((o) => (
                <option key={o.id} value={o.id}>
                  {o.name}
                </option>
              ))}
            </select>
          </div>
        )}
      </div>
    </FormDialog>
  );
}

function MergeDialog({ tag, tags, onClose }: { tag: Tag; tags: readonly Tag[]; onClose: () => void }) {
  const t = useText();
  const id = useId();
  const { act, busy, problem } = useAct();
  const others = tags.filter((o) => o.id !== tag.id && o.organisation?.id === tag.organisation?.id);
  const [into, setInto] = useState(others[0]?.id ?? '');
  const send = async () => {
    const done = await act(() => call(mergeTag, { params: { id: tag.id }, body: { into } }));
    if (done) onClose();
  };
  return (
    <FormDialog
      title={t('tags.merge')}
      action={t('tags.merge')}
      busy={busy}
      disabled={into === ''}
      problem={problem}
      onSend={() => void send()}
      onClose={onClose}
    >
      <div className={css.form}>
        <p>
          <TagMark name={tag.name} colour={tag.colour} />
        </p>
        <div>
          <label htmlFor={id}>{t('tags.mergeInto')}</label>
          <select id={id} value={into} onChange={(e) => setInto(e.target.value)}>
            {others.map((o) => (
              <option key={o.id} value={o.id}>
                {o.name}
              </option>
            ))}
          </select>
        </div>
      </div>
    </FormDialog>
  );
}

function DropTag({ tag, onClose }: { tag: Tag; onClose: () => void }) {
  const t = useText();
  return (
    <AskDelete
      title={t('delete')}
      text={t('tags.deleteText', { name: tag.name, count: formatNumber(tag.records) })}
      onConfirm={() => call(deleteTag, { params: { id: tag.id }, query: { version: tag.version } })}
      onClose={onClose}
    />
  );
}
