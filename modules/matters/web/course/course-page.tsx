import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ApiError } from '#shell/api-error';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { PlainButton } from '#shell/components/fields.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatLongDate } from '#shell/format';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { itemCourse } from '../../contract.ts';
import css from '../matters.module.css';
import { CourseSearch } from '../search.ts';
import { type Course, useText } from '../text.ts';
import { ClockTable } from './clock-table.tsx';
import { NextStep } from './next-step.tsx';

/** What follows from what was done and when: state, last days, and what may be done next. The address holds everything. */
export function CoursePage() {
  const t = useText();
  const lang = useLang();
  const { id } = useParams({ strict: false }) as { id: string };
  const [search, setSearch] = usePageSearch(CourseSearch);
  const written = search.steps ?? '';
  const steps = written === '' ? [] : written.split(',');
  const query = { steps: written, ...(search.asOf && { asOf: search.asOf }) };
  const found = useQuery({
    ...queryOf(itemCourse, { params: { id }, query }),
    // What was there stays until the next is, also when the step that was added cannot be.
    placeholderData: (before) => before,
  });
  const course = found.data;
  const setSteps = (list: readonly string[]) =>
    setSearch({ steps: list.length === 0 ? undefined : list.join(',') });
  return (
    <article>
      <PageHeader
        before={
          <Link to="/services/$id" params={{ id }} search={{ portal: search.portal } as never}>
            {course?.title[lang] ?? t('back')}
          </Link>
        }
        title={t('course.title')}
        subtitle={t('course.subtitle')}
        actions={steps.length > 0 && <PlainButton onClick={() => window.print()}>{t('print')}</PlainButton>}
      />
      {found.error && (
        <Refused error={found.error} onUndo={steps.length > 0 ? () => setSteps(steps.slice(0, -1)) : null} />
      )}
      {!found.error && !course && <Skeleton rows={10} />}
      {!found.error && course && (
        <div aria-busy={found.isPlaceholderData}>
          <Version course={course} />
          <section className={css.part}>
            <h2>{t('course.steps')}</h2>
            {course.steps.length > 0 && <Done course={course} onUndo={() => setSteps(steps.slice(0, -1))} />}
            <p className={css.state} role="status">
              {t('course.state')}
              <strong>{course.state[lang]}</strong>
              {course.ended && <span className={css.muted}>{t('course.ended')}</span>}
            </p>
            {course.next.length > 0 && (
              <NextStep
                after={course.steps.map((step) => `${step.action}@${step.on}`).join()}
                next={course.next}
                last={course.steps.at(-1)?.on}
                today={course.today}
                waiting={found.isPlaceholderData}
                onAdd={(step) => setSteps([...steps, step])}
              />
            )}
          </section>
          {course.clocks.length > 0 && (
            <section className={css.part}>
              <h2>{t('course.clocks')}</h2>
              <ClockTable clocks={course.clocks} />
            </section>
          )}
          <p className={css.paper}>{t('course.paper', { day: course.today })}</p>
        </div>
      )}
    </article>
  );
}

/** A step that cannot be is said with its reason, and can be taken back. */
function Refused({ error, onUndo }: { error: Error; onUndo: (() => void) | null }) {
  const t = useText();
  // Whatever the last step has brought about can be taken back with it.
  if (onUndo && error instanceof ApiError && error.status >= 400 && error.status < 500)
    return (
      <Notice
        tone="wrong"
        title={error.message}
        actions={<PlainButton onClick={onUndo}>{t('course.undo')}</PlainButton>}
      />
    );
  return <ErrorPanel error={error} what={t('course.title')} />;
}

/** Under which version the matter goes; what began outside its days is said. */
function Version({ course }: { course: Course }) {
  const t = useText();
  const lang = useLang();
  const { from, to } = course;
  const began = course.steps[0]?.on;
  const outside = began !== undefined && (began < from || (to !== null && began > to));
  const days = { from: formatLongDate(from, lang), to: formatLongDate(to ?? from, lang) };
  return (
    <>
      <p className={css.muted}>{t(to === null ? 'course.version' : 'course.versionSpan', days)}</p>
      {outside && <Notice tone="attention" title={t('course.outside')} />}
    </>
  );
}

function Done({ course, onUndo }: { course: Course; onUndo: () => void }) {
  const t = useText();
  const lang = useLang();
  return (
    <ScrollBox label={t('course.steps')}>
      <table className={css.done}>
        <thead>
          <tr>
            {(['course.day', 'step', 'who', 'to'] as const).map((column) => (
              <th key={column} scope="col">
                {t(column)}
              </th>
            ))}
            <th scope="col" className="no-print">
              <span className="visually-hidden">{t('course.undo')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {course.steps.map((step, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other name than their place.
            <tr key={i}>
              <td>{step.on}</td>
              <th scope="row">{step.title[lang]}</th>
              <td>{step.by.title[lang]}</td>
              <td>{step.state[lang]}</td>
              <td className="no-print">
                {i === course.steps.length - 1 && (
                  <PlainButton onClick={onUndo}>{t('course.undo')}</PlainButton>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
