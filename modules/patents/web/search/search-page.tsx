import { useRef } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { useMedia } from '#shell/media';
import { useText } from '../text.ts';
import { Facets } from './facets.tsx';
import { Hits } from './hits.tsx';
import { BehindTheEnd, NothingFound } from './nothing.tsx';
import { pageCount } from './page-numbers.ts';
import { Pager } from './pager.tsx';
import css from './search.module.css';
import { SearchForm } from './search-form.tsx';
import { SearchedLine } from './searched.tsx';
import { useResultKeys } from './use-keys.ts';
import { useSearchResult } from './use-search.ts';

/** Finds patents by words, number, applicant, class, date and region; newest first. */
export function SearchPage() {
  const t = useText();
  const { search, change, list } = useSearchResult();
  const narrow = useMedia('screen and (max-width: 1023px)');
  const box = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLOListElement>(null);
  const toResults = useResultKeys(box, results);
  const page = list.data;
  return (
    <article>
      <PageHeader title={t('search.title')} subtitle={t('search.subtitle')} />
      <SearchForm search={search} box={box} folded={narrow} onChange={change} onEnterResults={toResults} />
      {list.error ? (
        <ErrorPanel
          error={list.error}
          what={t('search.results')}
          onRetry={list.error.passing ? () => void list.refetch() : undefined}
        />
      ) : !page ? (
        <Skeleton rows={12} />
      ) : (
        <div className={css.columns} aria-busy={list.isPlaceholderData}>
          {page.total > 0 && (
            <aside className={css.side} aria-label={t('facet.label')}>
              {narrow ? (
                <details>
                  <summary>{t('facet.label')}</summary>
                  <Facets facets={page.facets} search={search} />
                </details>
              ) : (
                <Facets facets={page.facets} search={search} />
              )}
            </aside>
          )}
          <div className={css.results}>
            <SearchedLine page={page} onChange={change} />
            {page.total === 0 ? (
              <NothingFound page={page} search={search} />
            ) : page.hits.length === 0 ? (
              <BehindTheEnd pages={pageCount(page.total, page.size)} />
            ) : (
              <>
                <p className={css.keys}>{t('search.keys')}</p>
                <Hits hits={page.hits} first={(page.page - 1) * page.size + 1} list={results} />
              </>
            )}
            {page.total > 0 && (
              <Pager page={page.page} size={page.size} total={page.total} onChange={change} />
            )}
          </div>
        </div>
      )}
    </article>
  );
}
