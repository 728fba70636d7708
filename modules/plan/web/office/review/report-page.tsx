import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import {
  acceptReport,
  getIndicator,
  getReport,
  listIndicators,
  listPeriods,
  listReports,
  type ReportView,
  returnReport,
} from '#modules/plan/contract';
import { ApiError, call } from '#shell/api';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { keyOf, queryOf } from '#shell/query';
import { Compare } from '../form/compare.tsx';
import { PartCompares } from '../form/part-compares.tsx';
import css from '../office.module.css';
import { ReportContent, ReportLog } from '../report-content.tsx';
import { ReportsSearch } from '../search.ts';
import { StateMark } from '../state-mark.tsx';
import { useText } from '../text.ts';
import { CorrectDialog } from './correct-dialog.tsx';
import { useNeighbours } from './use-neighbours.ts';

/** One report: what it says beside what was measured, what happened to it, and what this person may do with it. */
export function ReportPage() {
  const t = useText();
  const lang = useLang();
  const { id } = useParams({ strict: false }) as { id: string };
  const [search] = usePageSearch(ReportsSearch);
  const query = useQuery({ ...queryOf(getReport, { params: { id } }), staleTime: 0 });
  const periods = useQuery(queryOf(listPeriods, {}));
  const report = query.data;
  const label = periods.data?.periods.find((p) => p.id === report?.period)?.label[lang];
  return (
    <article>
      <PageHeader
        before={
          <Link to="/reports" search={search as never}>
            {t('review.back')}
          </Link>
        }
        title={report ? `${report.no} ${report.title}` : t('review.title')}
        subtitle={
          report && (
            <>
              {t('review.subtitle', { scope: report.scopeName, label: label ?? report.period })}{' '}
              <StateMark state={report.state} />
            </>
          )
        }
        actions={<Walk id={id} search={search} />}
      />
      {query.error && !report ? (
        <ErrorPanel error={query.error} what={t('review.title')} onRetry={() => void query.refetch()} />
      ) : !report ? (
        <Skeleton rows={10} />
      ) : (
        <Review key={id} report={report} to={periods.data?.periods.find((p) => p.id === report.period)?.to} />
      )}
    </article>
  );
}

/** The report before and the report after, in the list it was opened from. */
function Walk({ id, search }: { id: string; search: ReportsSearch }) {
  const t = useText();
  const navigate = useNavigate();
  const { place, total, before, after } = useNeighbours(id, search);
  const go = useCallback(
    (to: { id: string; page: number } | null) => {
      if (!to) return;
      const page = to.page === 1 ? undefined : to.page;
      void navigate({ to: '/reports/$id', params: { id: to.id }, search: { ...search, page } as never });
    },
    [navigate, search],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || dialogOpen()) return;
      if (event.key === 'ArrowDown') go(after);
      else if (event.key === 'ArrowUp') go(before);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [go, before, after]);
  if (place === null) return null;
  return (
    <nav className={css.walk} aria-label={t('review.walk')}>
      <span className={css.muted}>{t('review.place', { place, total })}</span>
      <Button disabled={!before} onClick={() => go(before)} aria-keyshortcuts="Alt+ArrowUp" title="Alt+↑">
        {t('review.before')}
      </Button>
      <Button
        id={nextId}
        disabled={!after}
        onClick={() => go(after)}
        aria-keyshortcuts="Alt+ArrowDown"
        title="Alt+↓"
      >
        {t('review.after')}
      </Button>
    </nav>
  );
}

const nextId = 'next-report';

function dialogOpen(): boolean {
  // A closed dialog may stay in the page, without a place on the screen.
  return [...document.querySelectorAll('[role="dialog"]')].some((d) => d.getClientRects().length > 0);
}

/** What was done on this page a moment ago, or why it was not. */
type Outcome = { tone: 'done' | 'wrong'; text: string };

function Review({ report, to }: { report: ReportView; to: string | undefined }) {
  const t = useText();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [dialog, setDialog] = useState<'return' | 'correct' | null>(null);
  const region = report.scope === 'city' ? undefined : report.scope;
  const indicator = useQuery({
    ...queryOf(getIndicator, { params: { no: String(report.no) }, query: { asOf: to, region } }),
    enabled: to !== undefined,
  });
  const may = (ability: ReportView['abilities'][number]) => report.abilities.includes(ability);

  function show(changed: ReportView, text: string) {
    queries.setQueryData(queryOf(getReport, { params: { id: report.id } }).queryKey, changed);
    // The list is asked again when it is opened; until then the walk goes on through the list as it was.
    for (const endpoint of [listReports, listPeriods, listIndicators, getIndicator])
      void queries.invalidateQueries({ queryKey: keyOf(endpoint), refetchType: 'none' });
    setOutcome({ tone: 'done', text });
    requestAnimationFrame(() => document.getElementById(nextId)?.focus());
  }

  /** Somebody was faster: say it, and show how the report stands now. */
  function refused(error: unknown): never {
    if (error instanceof ApiError && error.status === 409)
      void queries.invalidateQueries({ queryKey: keyOf(getReport) });
    throw error;
  }

  async function accept() {
    setBusy(true);
    setOutcome(null);
    try {
      const done = await call(acceptReport, { params: { id: report.id }, body: { version: report.version } });
      show(done, t('review.accepted', { value: done.display }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setOutcome({ tone: 'wrong', text: error.passing ? t('review.noAnswer') : error.message });
      if (error.status === 409) void queries.invalidateQueries({ queryKey: keyOf(getReport) });
    } finally {
      setBusy(false);
    }
  }

  // Follows every drawing: the shortcuts act on what is shown now.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || busy || dialogOpen()) return;
      if (event.code === 'KeyA' && may('accept')) void accept();
      else if (event.code === 'KeyR' && may('return')) setDialog('return');
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });

  const year = report.period.slice(0, 4);
  const one = indicator.data;
  return (
    <>
      {outcome && <Notice tone={outcome.tone} title={outcome.text} />}
      <div className={css.record}>
        <div>
          <div className={css.buttons}>
            {may('accept') && (
              <Button
                type="primary"
                loading={busy}
                onClick={() => void accept()}
                aria-keyshortcuts="Alt+A"
                title="Alt+A"
              >
                {t('review.accept')}
              </Button>
            )}
            {may('return') && (
              <Button onClick={() => setDialog('return')} aria-keyshortcuts="Alt+R" title="Alt+R">
                {t('review.return')}
              </Button>
            )}
            {may('correct') && (
              <Button disabled={!one} onClick={() => setDialog('correct')}>
                {t('review.correct')}
              </Button>
            )}
            {may('resubmit') && (
              <Link
                to="/tasks/$no/$period/$scope"
                params={{ no: String(report.no), period: report.period, scope: report.scope }}
              >
                {t('next.returned')}
              </Link>
            )}
          </div>
          {(may('accept') || may('return')) && <p className={css.keys}>{t('review.keys')}</p>}
          <ReportContent
            report={report}
            measured={
              report.measuredParts.length > 0 ? (
                <PartCompares report={report} />
              ) : report.measured === null ? null : (
                <Compare
                  typed={String(report.body.value ?? report.body.range?.min ?? '')}
                  measured={report.measured}
                  unit={one?.unit ?? null}
                  decimals={one?.decimals ?? 0}
                />
              )
            }
          />
          <section className={css.section}>
            <h2>{t('form.asked')}</h2>
            <Facts
              items={[
                {
                  name: region ? t('review.cityTarget') : t('asked.target'),
                  value: one && (one.printed[year] ?? t('review.noTarget')),
                },
                { name: t('asked.rule'), value: one?.rule.text },
                {
                  name: t('review.indicator'),
                  value: (
                    <Link
                      to="/indicators/$no"
                      params={{ no: String(report.no) }}
                      search={{ asOf: to, region } as never}
                    >
                      {t('review.openIndicator')}
                    </Link>
                  ),
                },
              ]}
            />
          </section>
        </div>
        <aside aria-label={t('log.title')}>
          <h2>{t('log.title')}</h2>
          <ReportLog log={report.log} />
        </aside>
      </div>
      <ConfirmDialog
        open={dialog === 'return'}
        title={t('review.returnTitle', { no: report.no, title: report.title })}
        action={t('review.return')}
        reason={{ label: t('review.returnReason'), min: 2 }}
        onClose={() => setDialog(null)}
        onConfirm={(reason) =>
          call(returnReport, { params: { id: report.id }, body: { version: report.version, reason } }).then(
            (done) => show(done, t('review.returned', { by: done.submittedBy })),
            refused,
          )
        }
      >
        <p>{t('review.returnText')}</p>
      </ConfirmDialog>
      {dialog === 'correct' && one && (
        <CorrectDialog
          report={report}
          indicator={one}
          onDone={(done, text) => {
            setDialog(null);
            show(done, text);
          }}
          onStale={() => void queries.invalidateQueries({ queryKey: keyOf(getReport) })}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}
