import { useRef, useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { useMedia } from '#shell/media';
import { FilterChips } from '../facets/chips.tsx';
import { Facets } from '../facets/facets.tsx';
import { formatFilter, readFilter } from '../facets/filter.ts';
import { keepShownFacets, shownFacets } from '../facets/shown.ts';
import { QueryBox } from '../query/query-box.tsx';
import { Reading } from '../query/reading.tsx';
import { Hits } from '../results/hit-list.tsx';
import { BehindTheEnd, NothingFound } from '../results/nothing.tsx';
import { pageCount } from '../results/page-numbers.ts';
import { Pager } from '../results/pager.tsx';
import { useText } from '../text.ts';
import css from './search.module.css';
import { useResultKeys } from './use-keys.ts';
import { useSearchResult } from './use-search.ts';

/** Finds patents by a query in any of five languages, narrowed by facets. */
export function SearchPage() {
  const t = useText();
  const [shown, setShown] = useState(shownFacets);
  const { search, change, list } = useSearchResult(shown);
  const narrow = useMedia('screen and (max-width: 1023px)');
  const box = useRef<HTMLTextAreaElement>(null);
  const results = useRef<HTMLOListElement>(null);
  const toResults = useResultKeys(box, results);
  const page = list.data;
  const chosen = readFilter(search.filter);
  const choose = (next: Parameters<typeof formatFilter>[0]) => change({ filter: formatFilter(next) });
  const found = page && (page.families ?? page.total);
  const facets = page && (
    <Facets
      facets={page.facets}
      chosen={chosen}
      shown={shown}
      onChoose={choose}
      onShown={(names) => {
        keepShownFacets(names);
        setShown(names);
      }}
    />
  );
  return (
    <article>
      <PageHeader title={t('search.title')} subtitle={t('search.subtitle')} />
      <QueryBox search={search} box={box} onChange={change} onEnterResults={toResults} />
      {list.error ? (
        <ErrorPanel
          error={list.error}
          what={t('search.results')}
          onRetry={list.error.passing ? () => void list.refetch() : undefined}
        />
      ) : !page || found === undefined ? (
        <Skeleton rows={12} />
      ) : (
        <div className={css.columns} aria-busy={list.isPlaceholderData}>
          {page.total > 0 && (
            <aside className={css.side} aria-label={t('facet.label')}>
              {narrow ? (
                <details>
                  <summary>{t('facet.label')}</summary>
                  {facets}
                </details>
              ) : (
                facets
              )}
            </aside>
          )}
          <div className={css.results}>
            <Reading page={page} search={search} onChange={change} />
            <FilterChips chosen={chosen} onChoose={choose} />
            {page.total === 0 ? (
              <NothingFound search={search} />
            ) : page.hits.length === 0 ? (
              <BehindTheEnd pages={pageCount(found, page.size)} />
            ) : (
              <>
                <p className={css.keys}>{t('search.keys')}</p>
                <Hits hits={page.hits} first={(page.page - 1) * page.size + 1} list={results} />
              </>
            )}
            {page.total > 0 && <Pager page={page.page} size={page.size} total={found} onChange={change} />}
          </div>
        </div>
      )}
    </article>
  );
}
