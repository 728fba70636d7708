import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Chart } from '#shell/components/chart.tsx';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { FieldRow, Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { queryOf } from '#shell/query';
import { useRegions } from '#shell/regions';
import { type FigureView, figureBreakdown, type RegisterView } from '../../../contract.ts';
import shared from '../../registers.module.css';
import { fieldsByKey } from '../../use-register.ts';
import type { FiguresSearch } from '../search.ts';
import { useWorkText } from '../text.ts';
import css from '../work.module.css';
import { figuresQuery } from './figures-query.ts';
import { chartOf, heightOf, type Way, waysOf } from './parts.ts';

/** One figure over time or by parts, with its source. */
export function Apart({
  register,
  figure,
  search,
  on,
  onBy,
}: {
  register: RegisterView;
  figure: FigureView;
  search: FiguresSearch;
  on: string;
  onBy: (by: string | undefined) => void;
}) {
  const t = useWorkText();
  const id = useId();
  const ways = waysOf(register);
  const way = ways.find((w) => w.by === search.by) ?? ways[0]!;
  const parts = useQuery({
    ...queryOf(figureBreakdown, {
      params: { register: register.id, measure: figure.id },
      query: { ...figuresQuery(search), by: way.by },
    }),
    placeholderData: (before) => before,
  });
  const nameOf = (w: Way) =>
    w.label === null
      ? t(`figures.by.${w.by as 'quarter' | 'region' | 'industry'}`)
      : t('figures.byField', { field: w.label });
  const scope = useScopeWords(register, search);
  const model = parts.data && chartOf(parts.data);
  const shownWay = ways.find((w) => w.by === parts.data?.by) ?? way;
  return (
    <section className={shared.section} aria-labelledby={id}>
      <h2 id={id}>{figure.title}</h2>
      <FieldRow label={t('figures.apart')}>
        <ToggleGroup>
          {ways.map((w) => (
            <Toggle
              key={w.by}
              pressed={w.by === way.by}
              onChange={() => onBy(w.by === ways[0]?.by ? undefined : w.by)}
            >
              {nameOf(w)}
            </Toggle>
          ))}
        </ToggleGroup>
      </FieldRow>
      {parts.error && !parts.isPlaceholderData ? (
        <ErrorPanel error={parts.error} what={figure.title} onRetry={() => void parts.refetch()} />
      ) : !parts.data || !model ? (
        <Skeleton rows={6} />
      ) : parts.data.rows.length === 0 ? (
        <p className={css.empty}>{t('figures.noParts')}</p>
      ) : (
        <div aria-busy={parts.isPlaceholderData} className={`${css.busy} ${css.chart}`}>
          <Chart
            title={[parts.data.figure.title, scope, nameOf(shownWay)].filter(Boolean).join(t('figures.dot'))}
            model={model}
            source={
              search.known
                ? t('figures.sourceKnown', { register: register.title, known: search.known })
                : register.title
            }
            asOf={on}
            xTitle={nameOf(shownWay)}
            height={heightOf(model)}
          />
        </div>
      )}
    </section>
  );
}

/** Region and industry to which the figures are narrowed. */
function useScopeWords(register: RegisterView, search: FiguresSearch): string {
  const t = useWorkText();
  const regions = useRegions();
  const industry = register.industryField ? fieldsByKey(register).get(register.industryField) : undefined;
  return [
    search.region && regions.nameOf(search.region),
    search.industry &&
      (industry?.choices?.find((c) => c.value === search.industry)?.label ?? search.industry),
  ]
    .filter(Boolean)
    .join(t('figures.dot'));
}
