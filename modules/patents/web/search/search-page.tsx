import { lazy, Suspense, useContext, useRef, useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { useMedia } from '#shell/media';
import type { PatentPage } from '../../contract/search.ts';
import type { PatentSearch } from '../address.ts';
import { DataLinks } from '../data-links.tsx';
import { FilterChips } from '../facets/chips.tsx';
import { Facets } from '../facets/facets.tsx';
import { formatFilter, readFilter } from '../facets/filter.ts';
import { keepShownFacets, shownFacets } from '../facets/shown.ts';
import { refusedFaults } from '../query/faults.ts';
import type { QueryBoxHandle } from '../query/query-box.tsx';
import { QueryPanel } from '../query/query-panel.tsx';
import { Reading } from '../query/reading.tsx';
import { HitCards } from '../results/hit-cards.tsx';
import { HitList } from '../results/hit-list.tsx';
import { BehindTheEnd, NothingFound } from '../results/nothing.tsx';
import { pageCount } from '../results/page-numbers.ts';
import { Pager } from '../results/pager.tsx';
import { SelectionBar } from '../results/selection-bar.tsx';
import { ViewBar } from '../results/view-bar.tsx';
import { useViewPrefs } from '../results/view-prefs.ts';
import { PatentSlots } from '../slots.ts';
import { useText } from '../text.ts';
import css from './search.module.css';
import { queryFor } from './search-query.ts';
import { useResultKeys } from './use-keys.ts';
import { type ChangeSearch, useSearchResult } from './use-search.ts';

const HitTable = lazy(() => import('../results/hit-table.tsx').then((m) => ({ default: m.HitTable })));
const Stats = lazy(() => import('../stats/stats.tsx').then((m) => ({ default: m.Stats })));
const ExportDialog = lazy(() =>
  import('../results/export-dialog.tsx').then((m) => ({ default: m.ExportDialog })),
);
const Review = lazy(() => import('../review/review.tsx').then((m) => ({ default: m.Review })));

/** Finds patents by a query in any of five languages, narrowed by facets; shows, counts and reads through the result. */
export function SearchPage() {
  const t = useText();
  const [shown, setShown] = useState(shownFacets);
  const { search, lost, change, list } = useSearchResult(shown);
  const narrow = useMedia('screen and (max-width: 1023px)');
  const box = useRef<QueryBoxHandle>(null);
  const results = useRef<HTMLElement>(null);
  const toResults = useResultKeys(box, results);
  const page = list.data;
  const { Result } = useContext(PatentSlots);
  const chosen = readFilter(search.filter);
  const choose = (next: Parameters<typeof formatFilter>[0]) => change({ filter: formatFilter(next) });
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
      <PageHeader title={t('search.title')} subtitle={t('search.subtitle')} actions={<DataLinks />} />
      <QueryPanel search={search} box={box} error={list.error} onChange={change} onEnterResults={toResults} />
      {lost && <Notice tone="attention">{t('search.lost')}</Notice>}
      {refusedFaults(list.error).length > 0 ? null : list.error ? (
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
            <aside className={`${css.side} no-print`} aria-label={t('facet.label')}>
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
            {Result && <Result query={queryFor(search, 'none')} total={page.total} />}
            {page.total === 0 ? (
              <NothingFound search={search} />
            ) : (
              <Found page={page} search={search} list={results} onChange={change} />
            )}
          </div>
        </div>
      )}
    </article>
  );
}

/** The result of a search: its list, or its statistics. */
function Found({
  page,
  search,
  list,
  onChange,
}: {
  page: PatentPage;
  search: PatentSearch;
  list: React.RefObject<HTMLElement | null>;
  onChange: ChangeSearch;
}) {
  const t = useText();
  const count = page.families ?? page.total;
  const [reading, setReading] = useState<number | null>(null);
  const [exporting, setExporting] = useState<{ numbers?: readonly string[] } | null>(null);
  const first = (page.page - 1) * page.size;
  const tabs = (
    <>
      <ToggleGroup>
        <Toggle pressed={search.tab !== 'stats'} onChange={() => onChange({ tab: undefined })}>
          {t('search.list')}
        </Toggle>
        <Toggle pressed={search.tab === 'stats'} onChange={() => onChange({ tab: 'stats' })}>
          {t('stats.title')}
        </Toggle>
      </ToggleGroup>
      <Toggle pressed={false} onChange={() => setExporting({})}>
        {t('export.open')}
      </Toggle>
    </>
  );
  return (
    <>
      {search.tab === 'stats' ? (
        <>
          <div className={`${css.tabs} no-print`}>{tabs}</div>
          <Suspense fallback={<Skeleton rows={12} />}>
            <Stats search={search} reading={page.query?.reading ?? null} />
          </Suspense>
        </>
      ) : (
        <>
          <ViewBar search={search} onChange={onChange} onReview={() => setReading(first)}>
            {tabs}
          </ViewBar>
          {page.hits.length === 0 ? (
            <BehindTheEnd pages={pageCount(count, page.size)} />
          ) : (
            <>
              <SelectionBar hits={page.hits} onExport={(numbers) => setExporting({ numbers })} />
              <Hits page={page} search={search} list={list} onChange={onChange} />
              <p className={css.keys}>{t('search.keys')}</p>
            </>
          )}
          <Pager page={page.page} size={page.size} total={count} onChange={onChange} />
        </>
      )}
      {exporting && (
        <Suspense>
          <ExportDialog
            query={queryFor(search, 'none')}
            total={page.total}
            numbers={exporting.numbers}
            onClose={() => setExporting(null)}
          />
        </Suspense>
      )}
      {reading !== null && (
        <Suspense>
          <Review
            search={search}
            total={count}
            size={page.size}
            begin={reading}
            onClose={(at) => {
              setReading(null);
              const ended = Math.floor(at / page.size) + 1;
              if (ended !== page.page) onChange({ page: ended === 1 ? undefined : ended });
            }}
          />
        </Suspense>
      )}
    </>
  );
}

function Hits({
  page,
  search,
  list,
  onChange,
}: {
  page: PatentPage;
  search: PatentSearch;
  list: React.RefObject<HTMLElement | null>;
  onChange: ChangeSearch;
}) {
  const { view } = useViewPrefs();
  if (view === 'cards') return <HitCards hits={page.hits} list={list} />;
  if (view === 'table')
    return (
      <Suspense fallback={<Skeleton rows={12} />}>
        <HitTable
          hits={page.hits}
          list={list}
          sort={search.sort ?? 'newest'}
          onSort={(sort) => onChange({ sort: sort === 'newest' ? undefined : sort })}
        />
      </Suspense>
    );
  return <HitList hits={page.hits} first={(page.page - 1) * page.size + 1} list={list} />;
}
