import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { getPlan, listIndicators } from '#modules/plan/contract';
import { DateScope } from '#shell/components/date-scope.tsx';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { PageWait } from '#shell/components/skeleton.tsx';
import { useLang } from '#shell/i18n';
import { useMedia } from '#shell/media';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import css from './board.module.css';
import { BoardFilters } from './board-filters.tsx';
import { BoardFoot } from './board-foot.tsx';
import { BoardList } from './board-list.tsx';
import { countLights, filterRows, groupRows } from './board-rows.ts';
import { BoardSummary } from './board-summary.tsx';
import { BoardTable } from './board-table.tsx';
import { BoardSearch } from './search.ts';
import { useText } from './text.ts';

/** The board: what the city promised, and where it stands on a date. */
export function BoardPage() {
  const t = useText();
  const lang = useLang();
  const [search, setSearch] = usePageSearch(BoardSearch);
  const narrow = useMedia('screen and (max-width: 1023px)');
  const frame = useQuery({ ...queryOf(getPlan, {}), staleTime: 600_000 });
  const board = useQuery({
    ...queryOf(listIndicators, { query: { asOf: search.asOf, region: search.region } }),
    placeholderData: (before) => before,
  });
  const onAsOf = useCallback((asOf: string | undefined) => setSearch({ asOf }), [setSearch]);
  const plan = frame.data;
  const rows = board.data?.indicators;
  const chosen = useMemo(() => filterRows(rows ?? [], search), [rows, search]);
  const shown = useMemo(
    () => (search.light ? chosen.filter((r) => search.light!.includes(r.light)) : chosen),
    [chosen, search.light],
  );
  const groups = useMemo(
    () =>
      plan
        ? groupRows(shown, plan, {
            goals: t('board.goals'),
            nameOf: (entry) => (lang === 'zh' ? entry.name : entry.en),
          })
        : [],
    [shown, plan, t, lang],
  );

  const failed = frame.error ?? (board.data ? null : board.error);
  if (failed)
    return (
      <>
        <PageHeader title={t('board.title')} />
        <ErrorPanel
          error={failed}
          what={t('board.title')}
          onRetry={() => void Promise.all([frame.refetch(), board.refetch()])}
        />
      </>
    );
  if (!plan || !board.data) return <PageWait />;

  const { asOf, note } = board.data;
  const place = { asOf: search.asOf, region: search.region };
  const props = { groups, years: plan.years, asOf, place, rules: plan.lightRules };
  return (
    <article className={css.board} aria-busy={board.isFetching}>
      <PageHeader
        title={t('board.title')}
        subtitle={plan.title[lang]}
        scope={
          <DateScope
            asOf={asOf}
            isDefault={search.asOf === undefined}
            min="2000-01-01"
            years={plan.years}
            region={search.region}
            regions={plan.counties.map((c) => ({ value: c.id, label: c.name }))}
            onAsOf={onAsOf}
            onRegion={(region) => setSearch({ region })}
          />
        }
      />
      {note && (
        <p className={css.note} role="status">
          {note}
        </p>
      )}
      <BoardSummary
        rows={rows ?? []}
        projects={plan.projects}
        project={search.project}
        onProject={(project) => setSearch({ project })}
      />
      <BoardFilters
        plan={plan}
        search={search}
        counts={countLights(chosen)}
        shown={shown.length}
        total={rows?.length ?? 0}
        onChange={setSearch}
      />
      {shown.length === 0 ? (
        <p className={css.empty}>{t('board.empty')}</p>
      ) : narrow ? (
        <BoardList {...props} />
      ) : (
        <BoardTable {...props} />
      )}
      <BoardFoot plan={plan} asOf={asOf} place={place} />
    </article>
  );
}
