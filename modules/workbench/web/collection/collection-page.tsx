import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { fileUrl } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { useMedia } from '#shell/media';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { useSession } from '#shell/session';
import { collectionCsv, collectionFeed, listTags } from '../../contract.ts';
import { LogList } from '../parts/log-list.tsx';
import { ObjectHead } from '../parts/object-head.tsx';
import { showRow } from '../parts/use-keys.ts';
import { CollectionSearch } from '../search.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { AddDialog } from './add-dialog.tsx';
import { Filters } from './filters.tsx';
import { Items } from './items.tsx';
import { PickedBar } from './picked-bar.tsx';
import { ReviewPanel } from './review-panel.tsx';
import { useItems } from './use-items.ts';
import { useReviewKeys } from './use-review.ts';

/** A collection: what is in it, narrowed; one of it beside the list to be read and decided; what can be done with many. */
export function CollectionPage() {
  const t = useText();
  const { id } = useParams({ strict: false }) as { id: string };
  const { signedIn } = useSession();
  const [search, change] = usePageSearch(CollectionSearch);
  const { at, ...filter } = search;
  const list = useItems(id, filter);
  const tags = useQuery({ ...queryOf(listTags, {}), enabled: signedIn });
  const wide = useMedia('screen and (min-width: 1001px)');
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [adding, setAdding] = useState(false);
  const { items, first } = list;
  const index = items.findIndex((item) => item.number === at);
  const current = items[index];
  const edit = first?.object.abilities.edit ?? false;
  const go = (to: number) => {
    const next = items[to];
    if (next) change({ at: next.number });
    if (to >= items.length - 3 && list.more) list.loadMore();
  };
  const review = useReviewKeys(id, current, edit, {
    next: () => go(index + 1),
    previous: () => go(Math.max(0, index - 1)),
  });
  useEffect(() => {
    if (at && wide) showRow(at);
  }, [at, wide]);

  if (list.error) return <ErrorPanel error={list.error} what={t('collections.title')} onRetry={list.retry} />;
  if (!first) return <Skeleton rows={12} />;
  const { object, counts, people, total } = first;
  const panel = current && (
    <ReviewPanel
      key={current.number}
      item={current}
      place={{ at: index + 1, total }}
      edit={edit}
      tags={tags.data?.tags ?? []}
      collection={id}
      review={review}
      onStep={(by) => go(index + by)}
      onClose={() => change({ at: undefined })}
    />
  );
  const narrowed = Object.values(filter).some((v) => v !== undefined);
  return (
    <article>
      <ObjectHead object={object}>
        {edit && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('collection.add')}
          </Button>
        )}
        {counts.all > 0 && !current && items[0] && (
          <Button onClick={() => change({ at: items[0]!.number })}>{t('collection.review')}</Button>
        )}
        {counts.all > 0 && (
          <Button href={fileUrl(collectionCsv, { params: { id }, query: filter })}>
            {t('collection.export')}
          </Button>
        )}
      </ObjectHead>
      <p className={css.itemFacts}>
        {signedIn && (
          <Link
            to="/workbench/watches/new"
            search={{ kind: 'collection', collection: id, name: object.name } as never}
          >
            {t('collection.watch')}
          </Link>
        )}
        {object.public && <a href={fileUrl(collectionFeed, { params: { id } })}>{t('queries.rss')}</a>}
      </p>
      {counts.all > 0 && (
        <Filters
          filter={filter}
          counts={counts}
          people={people}
          tags={tags.data?.tags ?? []}
          onChange={(next) => change({ ...next, at: undefined })}
        />
      )}
      {edit && picked.length > 0 && (
        <PickedBar
          collection={id}
          picked={picked}
          tags={tags.data?.tags ?? []}
          onDone={() => setPicked([])}
        />
      )}
      {items.length === 0 ? (
        <p className={css.empty}>{t(narrowed ? 'collection.emptyFilter' : 'collection.empty')}</p>
      ) : (
        <div className={current ? css.columns : `${css.columns} ${css.columnsNone}`}>
          <Items
            list={list}
            total={total}
            current={current?.number}
            picked={edit ? picked : null}
            onPick={setPicked}
            onOpen={(number) => change({ at: number })}
          />
          {panel && <aside className={css.aside}>{panel}</aside>}
        </div>
      )}
      {edit && <LogList object={id} />}
      {adding && <AddDialog collection={id} onClose={() => setAdding(false)} />}
    </article>
  );
}
