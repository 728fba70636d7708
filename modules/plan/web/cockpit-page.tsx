import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type Cockpit, getCockpit } from '#modules/plan/contract';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import {
  countsByState,
  Light,
  LightBar,
  type LightCounts,
  LightTally,
  lightStates,
} from '#shell/components/light.tsx';
import { useTitle } from '#shell/components/page-header.tsx';
import { PageWait } from '#shell/components/skeleton.tsx';
import { formatMoment, formatShare } from '#shell/format';
import { useLang } from '#shell/i18n';
import { useMedia } from '#shell/media';
import { useReachable } from '#shell/network';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { useSession } from '#shell/session';
import css from './cockpit.module.css';
import { CockpitForecasts } from './cockpit-forecasts.tsx';
import { CockpitRedList } from './cockpit-red-list.tsx';
import { partOf, useTurns } from './rotation.ts';
import { CockpitSearch } from './search.ts';
import { useText } from './text.ts';

/** What a leader sees at one glance, on a wall or on a telephone; asks anew every minute. */
export function CockpitPage() {
  const t = useText();
  const [search] = usePageSearch(CockpitSearch);
  useTitle(t('cockpit.title'));
  const cockpit = useQuery({
    ...queryOf(getCockpit, { query: search }, { interactive: false }),
    refetchInterval: 60_000,
    refetchIntervalInBackground: true,
  });
  return (
    <main id="main" className={css.wall} data-theme="dark">
      {cockpit.data ? (
        <Wall data={cockpit.data} at={cockpit.dataUpdatedAt} asked={search.asOf} />
      ) : cockpit.error ? (
        <ErrorPanel error={cockpit.error} what={t('cockpit.title')} onRetry={() => void cockpit.refetch()} />
      ) : (
        <PageWait />
      )}
    </main>
  );
}

function Wall({ data, at, asked }: { data: Cockpit; at: number; asked: string | undefined }) {
  const t = useText();
  const lang = useLang();
  const { city } = useSession();
  const reachable = useReachable();
  // A telephone, and any window that is not a wall, scrolls instead of turning pages.
  const wall = useMedia('screen and (min-width: 1200px) and (min-height: 700px)');
  const [paused, setPaused] = useState(false);
  const turn = useTurns(15, wall && !paused);
  const departments = partOf(data.departments, wall ? 6 : Math.max(1, data.departments.length), turn);
  return (
    <>
      <header className={css.head}>
        <h1>
          {city?.[lang]} {t('cockpit.title')}
        </h1>
        {data.demo && <strong className={css.demo}>{t('cockpit.demo')}</strong>}
        <span className={css.when}>
          <span>{t('cockpit.asOf', { asOf: data.asOf })}</span>
          <span data-lost={!reachable}>
            {t(reachable ? 'cockpit.updated' : 'cockpit.lost', {
              time: formatMoment(new Date(at).toISOString(), { seconds: true }).slice(11),
            })}
          </span>
          {wall && (
            <button type="button" aria-pressed={paused} onClick={() => setPaused(!paused)}>
              {t('cockpit.pause')}
            </button>
          )}
          <Link to="/" search={(asked ? { asOf: asked } : {}) as never}>
            {t('cockpit.back')}
          </Link>
        </span>
      </header>
      <div className={css.grid}>
        <Totals summary={data.summary} />
        <section className={css.projects} aria-labelledby="c-projects">
          <h2 id="c-projects">{t('cockpit.projects')}</h2>
          <Bars rows={data.projects} href={(id) => ({ project: id, ...(asked && { asOf: asked }) })} />
        </section>
        <section className={css.departments} aria-labelledby="c-departments">
          <h2 id="c-departments">
            {t('cockpit.departments')}
            {departments.parts > 1 && (
              <span className={css.part}>
                {departments.part + 1} / {departments.parts}
              </span>
            )}
          </h2>
          <Bars rows={departments.items} />
        </section>
        <CockpitRedList list={data.redList} turn={turn} size={wall ? 8 : Number.POSITIVE_INFINITY} />
        <CockpitForecasts
          forecasts={data.forecasts}
          rule={data.forecastRule[lang]}
          turn={turn}
          size={wall ? 7 : Number.POSITIVE_INFINITY}
        />
      </div>
    </>
  );
}

function Totals({ summary }: { summary: LightCounts }) {
  const t = useText();
  const by = countsByState(summary);
  return (
    <section className={css.totals} aria-label={t('cockpit.summary')}>
      {lightStates.map((state) => (
        <div key={state} className={css.total}>
          <Light state={state} />
          <strong>{by[state]}</strong>
          <span>
            {t('cockpit.share', { share: formatShare(summary.total ? by[state] / summary.total : null) })}
          </span>
        </div>
      ))}
      <div className={css.total}>
        <span>{t('cockpit.total')}</span>
        <strong>{summary.total}</strong>
        <span>{t('cockpit.totalNote')}</span>
      </div>
    </section>
  );
}

function Bars({
  rows,
  href,
}: {
  rows: readonly ({ id: string; name: string } & LightCounts)[];
  href?: (id: string) => Record<string, string>;
}) {
  return (
    <ul className={css.bars}>
      {rows.map((row) => (
        <li key={row.id}>
          <span className={css.barName}>
            {href ? (
              <Link to="/" search={href(row.id) as never}>
                {row.name}
              </Link>
            ) : (
              row.name
            )}
            <LightTally counts={row} />
          </span>
          <LightBar counts={row} />
        </li>
      ))}
    </ul>
  );
}
