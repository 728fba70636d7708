import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback } from 'react';
import { getIndicator, getPlan, type IndicatorDetail, type PlanFrame } from '#modules/plan/contract';
import { DateScope } from '#shell/components/date-scope.tsx';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { PageWait } from '#shell/components/skeleton.tsx';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import css from './indicator.module.css';
import { IndicatorAside } from './indicator-aside.tsx';
import { IndicatorCounties } from './indicator-counties.tsx';
import { IndicatorCurves } from './indicator-curves.tsx';
import { IndicatorFacts } from './indicator-facts.tsx';
import { IndicatorNotes } from './indicator-notes.tsx';
import { IndicatorReports } from './indicator-reports.tsx';
import { IndicatorStanding } from './indicator-standing.tsx';
import { IndicatorTargets } from './indicator-targets.tsx';
import { IndicatorSearch } from './search.ts';
import { StageTrack } from './stage-track.tsx';
import { useText } from './text.ts';

/** Everything about one indicator, on the date and in the area chosen. */
export function IndicatorPage() {
  const t = useText();
  const { no } = useParams({ strict: false }) as { no: string };
  const [search, setSearch] = usePageSearch(IndicatorSearch);
  const place = { asOf: search.asOf, region: search.region };
  const frame = useQuery({ ...queryOf(getPlan, {}), staleTime: 600_000 });
  const detail = useQuery({
    ...queryOf(getIndicator, { params: { no }, query: place }),
    placeholderData: (before) => (before && String(before.no) === no ? before : undefined),
  });
  const onAsOf = useCallback((asOf: string | undefined) => setSearch({ asOf }), [setSearch]);
  const failed = frame.error ?? (detail.data ? null : detail.error);
  if (failed)
    return (
      <>
        <PageHeader title={t('indicator.title', { no })} before={<Link to="/">{t('board.title')}</Link>} />
        <ErrorPanel
          error={failed}
          what={t('indicator.title', { no })}
          onRetry={() => void Promise.all([frame.refetch(), detail.refetch()])}
        />
      </>
    );
  if (!frame.data || !detail.data) return <PageWait />;
  // The date in force: the one asked for, else the plan's own default.
  const asOf = search.asOf ?? frame.data.defaultAsOf;
  return (
    <article className={css.page} aria-busy={detail.isFetching}>
      <Head
        detail={detail.data}
        plan={frame.data}
        asOf={asOf}
        search={place}
        onAsOf={onAsOf}
        onRegion={(region) => setSearch({ region })}
      />
      <IndicatorStanding detail={detail.data} plan={frame.data} asOf={asOf} region={search.region} />
      <div className={css.columns}>
        <div className={css.main}>
          <IndicatorCurves detail={detail.data} plan={frame.data} asOf={asOf} region={search.region} />
          {detail.data.stageList.length > 0 && <StageTrack detail={detail.data} years={frame.data.years} />}
          <IndicatorTargets detail={detail.data} years={frame.data.years} />
          <IndicatorNotes detail={detail.data} />
          <IndicatorReports detail={detail.data} />
          <IndicatorCounties detail={detail.data} />
          <IndicatorFacts no={no} place={place} detail={detail.data} rows={search.rows} />
        </div>
        <IndicatorAside detail={detail.data} />
      </div>
    </article>
  );
}

function Head({
  detail,
  plan,
  asOf,
  search,
  onAsOf,
  onRegion,
}: {
  detail: IndicatorDetail;
  plan: PlanFrame;
  asOf: string;
  search: { asOf?: string; region?: string };
  onAsOf: (asOf: string | undefined) => void;
  onRegion: (region: string | undefined) => void;
}) {
  const t = useText();
  const lang = useLang();
  const project = plan.projects.find((p) => p.id === detail.project);
  const task = project?.tasks.find((one) => one.id === detail.task);
  return (
    <PageHeader
      title={`${detail.no} ${detail.title}`}
      subtitle={detail.fullTitle}
      before={
        <>
          <Link to="/" search={search as never}>
            {t('board.title')}
          </Link>
          {project && (
            <>
              {' / '}
              <Link to="/" search={{ ...search, project: project.id } as never}>
                {lang === 'zh' ? project.name : project.en}
              </Link>
            </>
          )}
          {task && ` / ${lang === 'zh' ? task.name : task.en}`}
        </>
      }
      scope={
        <DateScope
          asOf={asOf}
          isDefault={search.asOf === undefined}
          min="2000-01-01"
          years={plan.years}
          region={search.region}
          regions={plan.counties.map((c) => ({ value: c.id, label: c.name }))}
          onAsOf={onAsOf}
          onRegion={onRegion}
        />
      }
    />
  );
}
