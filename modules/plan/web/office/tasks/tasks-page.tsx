import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { listPeriods, listTasks, type ReportTask } from '#modules/plan/contract';
import { useArrowKeys } from '#shell/arrow-keys';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { FieldRow, PlainButton, SelectField } from '#shell/components/fields.tsx';
import { Figure } from '#shell/components/figure.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment } from '#shell/format';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import css from '../office.module.css';
import { TasksSearch } from '../search.ts';
import { StateMark, type TaskState, useStateWord } from '../state-mark.tsx';
import { useText } from '../text.ts';
import { daysWord } from './days.ts';
import { groupTasks, type Urgency, urgencies, urgencyOf } from './groups.ts';

const states: readonly TaskState[] = ['returned', 'draft', 'open', 'submitted', 'accepted'];

/** What this account has to report: by urgency, with the reason, and what to do next. */
export function TasksPage() {
  const t = useText();
  const lang = useLang();
  const stateWord = useStateWord();
  const [search, setSearch] = usePageSearch(TasksSearch);
  const query = useQuery({ ...queryOf(listTasks, {}), staleTime: 5_000, refetchOnWindowFocus: true });
  const all = query.data?.tasks;
  const periods = [...new Map((all ?? []).map((x) => [x.period, x.periodLabel[lang]]))];
  const inPeriod = (all ?? []).filter((x) => !search.period || x.period === search.period);
  const shown = inPeriod.filter((x) => !search.state || x.state === search.state);
  const filtered = Boolean(search.period || search.state);
  return (
    <article>
      <PageHeader
        title={t('tasks.title')}
        subtitle={t('tasks.subtitle')}
        scope={
          all &&
          all.length > 0 && (
            <FieldRow label={t('filters')}>
              <SelectField
                label={t('period')}
                value={search.period}
                all={t('tasks.anyPeriod')}
                choices={periods.map(([value, label]) => ({ value, label }))}
                onChange={(period) => setSearch({ period })}
              />
              <SelectField
                label={t('state')}
                value={search.state}
                all={t('anyState')}
                choices={states.map((value) => ({ value, label: stateWord(value) }))}
                onChange={(state) => setSearch({ state: state as TasksSearch['state'] })}
              />
              {filtered && (
                <PlainButton onClick={() => setSearch({ period: undefined, state: undefined })}>
                  {t('clearFilters')}
                </PlainButton>
              )}
            </FieldRow>
          )
        }
      />
      {query.error && !all ? (
        <ErrorPanel error={query.error} what={t('tasks.title')} onRetry={() => void query.refetch()} />
      ) : !all ? (
        <Skeleton rows={10} />
      ) : all.length === 0 ? (
        <NothingOpen />
      ) : (
        <>
          <Summary tasks={inPeriod} />
          {shown.length === 0 ? (
            <p className={css.empty}>{t('tasks.noneShown')}</p>
          ) : (
            <TaskGroups tasks={shown} />
          )}
        </>
      )}
    </article>
  );
}

/** How many in each group, as a line of figures. */
function Summary({ tasks }: { tasks: readonly ReportTask[] }) {
  const urgencyWord = useUrgencyWord();
  const count = (u: Urgency) => tasks.filter((x) => urgencyOf(x) === u).length;
  return (
    <Facts
      layout="strip"
      items={urgencies
        .filter((u) => u !== 'today' || count(u) > 0)
        .map((u) => ({ name: urgencyWord(u), value: <Figure value={count(u)} size="large" /> }))}
    />
  );
}

function TaskGroups({ tasks }: { tasks: readonly ReportTask[] }) {
  const t = useText();
  const onKeyDown = useArrowKeys();
  const groups = groupTasks(tasks);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys only move between the links inside.
    <div onKeyDown={onKeyDown}>
      <p className={css.keys}>{t('tasks.keys')}</p>
      {groups.map((group) => (
        // What is done is out of the way, unless nothing else is there.
        <TaskGroup key={group.urgency} {...group} folded={group.urgency === 'done' && groups.length > 1} />
      ))}
    </div>
  );
}

function TaskGroup({
  urgency,
  tasks,
  folded,
}: {
  urgency: Urgency;
  tasks: readonly ReportTask[];
  folded: boolean;
}) {
  const t = useText();
  const urgencyWord = useUrgencyWord();
  const title = (
    <h2 data-urgency={urgency}>
      {urgencyWord(urgency)}{' '}
      <span className={css.groupCount}>{t('tasks.count', { count: tasks.length })}</span>
    </h2>
  );
  const rows = (
    <ul className={css.desk}>
      {tasks.map((task) => (
        <TaskRow key={`${task.no} ${task.period} ${task.scope}`} task={task} urgency={urgency} />
      ))}
    </ul>
  );
  return folded ? (
    <details className={css.group}>
      <summary>{title}</summary>
      {rows}
    </details>
  ) : (
    <section className={css.group}>
      {title}
      {rows}
    </section>
  );
}

function TaskRow({ task, urgency }: { task: ReportTask; urgency: Urgency }) {
  const t = useText();
  const lang = useLang();
  const days = daysWord(t, task.daysLeft);
  return (
    <li className={css.deskRow} data-urgency={urgency}>
      <div className={css.due}>
        <span className={css.dueDate}>{task.due}</span>
        {urgency !== 'done' && <span className={css.dueDays}>{days}</span>}
      </div>
      <div className={css.deskMain}>
        <Link
          to="/tasks/$no/$period/$scope"
          params={{ no: String(task.no), period: task.period, scope: task.scope }}
          className={css.deskLink}
          data-step
        >
          <span className={css.no}>{task.no}</span> {task.title}
        </Link>
        {task.unit && <span className={css.unit}>{task.unit}</span>}
        {task.returnedReason && (
          <p className={css.returned}>{t('tasks.returnedReason', { reason: task.returnedReason })}</p>
        )}
        {task.draftHolder && task.draftSavedAt && (
          <p className={css.note}>
            {t('tasks.draftBy', { holder: task.draftHolder, at: formatMoment(task.draftSavedAt) })}
          </p>
        )}
        <p className={css.note}>{t('tasks.why', { why: task.why })}</p>
      </div>
      <div className={css.deskScope}>
        <span>{task.scopeName}</span>
        <span>{task.periodLabel[lang]}</span>
      </div>
      <div className={css.deskState}>
        <StateMark state={task.state} />
        <span className={css.next}>{nextStep(t, task.state)}</span>
      </div>
    </li>
  );
}

/** Nobody is asked for anything: when reporting opens next. */
function NothingOpen() {
  const t = useText();
  const lang = useLang();
  const { data } = useQuery(queryOf(listPeriods, {}));
  const next = data?.periods.find((p) => p.state === 'planned');
  return (
    <div className={css.empty}>
      <p>{t('tasks.nothingOpen')}</p>
      {next && <p>{t('tasks.nextPeriod', { label: next.label[lang], to: next.to, due: next.due })}</p>}
      <p>
        <Link to="/reports">{t('tasks.earlier')}</Link>
      </p>
    </div>
  );
}

type T = ReturnType<typeof useText>;

function nextStep(t: T, state: ReportTask['state']): string {
  const words = {
    open: t('next.open'),
    draft: t('next.draft'),
    returned: t('next.returned'),
    submitted: t('next.submitted'),
    accepted: t('next.accepted'),
  };
  return words[state];
}

function useUrgencyWord(): (u: Urgency) => string {
  const t = useText();
  const words: Record<Urgency, string> = {
    overdue: t('urgency.overdue'),
    today: t('urgency.today'),
    week: t('urgency.week'),
    later: t('urgency.later'),
    done: t('urgency.done'),
  };
  return (u) => words[u];
}
