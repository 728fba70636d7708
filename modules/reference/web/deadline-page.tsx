import { useQuery } from '@tanstack/react-query';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { PlainButton } from '#shell/components/fields.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { calendarDue, legalLimits } from '../contract.ts';
import { DeadlineForm } from './deadline-form.tsx';
import css from './deadlines.module.css';
import { DueDateView } from './due-date-view.tsx';
import { DeadlineSearch } from './search.ts';
import { useText } from './text.ts';

/** When something is due by law, and why: limit, day of the event, what was extended and what does not count. */
export function DeadlinePage() {
  const t = useText();
  const [search, setSearch] = usePageSearch(DeadlineSearch);
  const limits = useQuery(queryOf(legalLimits, {}));
  const limit = limits.data?.procedures.flatMap((p) => p.limits).find((one) => one.id === search.limit);
  // An address may name a limit that the pack does not have any more: then it is a period of one's own.
  const rule = limit?.rule ?? search.rule;
  const roll = search.roll ?? (limit?.roll ? 'true' : 'false');
  const asked = search.from !== undefined && rule !== undefined;
  const due = useQuery({
    ...queryOf(calendarDue, {
      query: {
        from: search.from ?? '',
        rule: rule ?? '',
        roll,
        extensions: search.extensions ?? '',
        excluded: search.excluded ?? '',
      },
    }),
    enabled: asked,
    // The proof on the screen stays until the next one is there.
    placeholderData: (before) => before,
  });
  return (
    <article>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={due.data && <PlainButton onClick={() => window.print()}>{t('print')}</PlainButton>}
      />
      {limits.error && !limits.data ? (
        <ErrorPanel error={limits.error} what={t('title')} onRetry={() => void limits.refetch()} />
      ) : !limits.data ? (
        <Skeleton rows={10} />
      ) : (
        <div className={css.columns}>
          <DeadlineForm
            procedures={limits.data.procedures}
            limit={limit}
            search={{ ...search, roll }}
            onChange={setSearch}
          />
          <section className={css.result} aria-live="polite" aria-busy={due.isFetching}>
            {due.error ? (
              <ErrorPanel error={due.error} what={t('result')} onRetry={() => void due.refetch()} />
            ) : asked && due.data ? (
              <DueDateView due={due.data} limit={limit} />
            ) : (
              <p className={css.empty}>{t('empty')}</p>
            )}
          </section>
        </div>
      )}
    </article>
  );
}
