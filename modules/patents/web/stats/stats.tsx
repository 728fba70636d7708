import { useQuery } from '@tanstack/react-query';
import { Chart } from '#shell/components/chart.tsx';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Notice } from '#shell/components/form.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import type { FacetValue } from '../../contract/search.ts';
import type { PatentSearch } from '../address.ts';
import { useFacetWords } from '../facets/facet-words.ts';
import { queryFor, searchRequest } from '../search/search-query.ts';
import { useText } from '../text.ts';
import { cityDay, listChart, partialSince, STAT_FACETS, trendChart } from './models.ts';
import css from './stats.module.css';

/** How the whole result is made up, as charts with the tables behind them. */
export function Stats({ search, reading }: { search: PatentSearch; reading: string | null }) {
  const t = useText();
  const word = useFacetWords();
  const answer = useQuery({
    ...searchRequest({ ...queryFor(search, STAT_FACETS.join(',')), page: 1, size: 1 }),
    placeholderData: (before) => before,
  });
  if (answer.error)
    return <ErrorPanel error={answer.error} what={t('stats.title')} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <Skeleton rows={12} />;
  const { facets } = answer.data;
  const asOf = cityDay();
  const source = reading === null ? t('stats.sourceAll') : t('stats.source', { query: shortened(reading) });
  const unit = t('stats.unit');
  const common = { source, asOf };
  const words = { unit, series: t('stats.patents') };
  return (
    <div className={css.charts} aria-busy={answer.isPlaceholderData}>
      {(['filingYear', 'year'] as const).map((name) => {
        const since = partialSince(name, asOf);
        const trend = trendChart(facets[name]?.values ?? [], since, words);
        return (
          trend && (
            <div key={name} className={css.wide}>
              <Chart title={t(`stats.${name}`)} model={trend.model} xTitle={t(`facet.${name}`)} {...common} />
              <p className={css.note}>
                {trend.partial && t(`stats.incomplete.${name}`, { year: since })}
                {trend.undated > 0 && t('stats.undated', { count: trend.undated })}
              </p>
            </div>
          )
        );
      })}
      {LISTS.map((name) => {
        const facet = facets[name];
        if (!facet || !tells(name, facet.values)) return null;
        const { model, others } = listChart(
          facet.values.map((v) => ({ label: word(name, v.value, v.label), count: v.count })),
          words,
          t('stats.rest'),
          name === 'applicant' || name === 'ipc' || name === 'cpc' || name === 'agency',
        );
        return (
          <div key={name} className={name === 'applicant' || name === 'agency' ? css.wide : undefined}>
            <Chart
              title={t(`stats.${name}`)}
              model={model}
              xTitle={t(`facet.${name}`)}
              height={40 + 26 * (model.series[0]?.points.length ?? 0)}
              {...common}
            />
            {(facet.more || others > 0) && (
              <p className={css.note}>
                {facet.more
                  ? t('facet.beyond', { count: facet.values.length })
                  : t('stats.restOf', { count: others })}
              </p>
            )}
          </div>
        );
      })}
      <div className={css.wide}>
        <Notice>{t('stats.note')}</Notice>
      </div>
    </div>
  );
}

/** Lists in the order of the page: two beside each other, long names over the whole width. */
const LISTS = [
  'type',
  'legalStatus',
  'granted',
  'country',
  'region',
  'ipc',
  'cpc',
  'familySize',
  'applicant',
  'agency',
] as const;

/** A list of nothing but "not given", or of families of one, tells nothing. */
function tells(name: string, values: readonly FacetValue[]): boolean {
  if (name === 'familySize') return values.length > 1;
  return values.some((v) => v.value !== '');
}

/** A source line stays one line. */
function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
