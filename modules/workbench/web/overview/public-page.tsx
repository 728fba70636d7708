import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { fileUrl } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment, formatNumber } from '#shell/format';
import { queryOf } from '#shell/query';
import { collectionFeed, listObjects, listQueries, queryFeed } from '../../contract.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { objectPath } from './objects.tsx';

/** What is open to everybody: collections, trees, queries, each with its feed. */
export function PublicPage() {
  const t = useText();
  const objects = useQuery(queryOf(listObjects, { query: { show: 'public' } }));
  const queries = useQuery(queryOf(listQueries, { query: { show: 'public' } }));
  const error = objects.error ?? queries.error;
  if (error) return <ErrorPanel error={error} what={t('public.title')} />;
  if (!objects.data || !queries.data) return <Skeleton rows={8} />;
  const nothing = objects.data.objects.length + queries.data.queries.length === 0;
  return (
    <article>
      <PageHeader title={t('public.title')} subtitle={t('public.subtitle')} />
      {nothing && <p className={css.empty}>{t('public.empty')}</p>}
      <ul className={css.rows}>
        {objects.data.objects.map((object) => (
          <li key={object.id} className={css.row}>
            <span className={css.rowMain}>
              <Link to={objectPath(object.kind)} params={{ id: object.id }}>
                {object.name}
              </Link>
              {object.note && <span className={css.sub}>{object.note.slice(0, 200)}</span>}
            </span>
            <span className={css.rowSide}>
              <span>{t(object.kind === 'tree' ? 'trees.title' : 'collections.title')}</span>
              <span data-figure>
                {t(object.kind === 'tree' ? 'objects.nodes' : 'objects.items', {
                  count: formatNumber(object.size),
                })}
              </span>
              <span>{formatMoment(object.updatedAt)}</span>
              {object.kind === 'collection' && (
                <a href={fileUrl(collectionFeed, { params: { id: object.id } })}>{t('queries.rss')}</a>
              )}
            </span>
          </li>
        ))}
        {queries.data.queries.map((query) => (
          <li key={query.id} className={css.row}>
            <span className={css.rowMain}>
              <Link
                to="/patents"
                search={{ q: query.q || undefined, filter: query.filter || undefined } as never}
              >
                {query.name}
              </Link>
              <span className={css.sub}>{query.note || query.reading}</span>
            </span>
            <span className={css.rowSide}>
              <span>{t('queries.title')}</span>
              <a href={fileUrl(queryFeed, { params: { id: query.id } })}>{t('queries.rss')}</a>
            </span>
          </li>
        ))}
      </ul>
    </article>
  );
}
