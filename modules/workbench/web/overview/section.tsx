import { type ReactNode, useId } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import css from '../workbench.module.css';

/** A part of the overview: head with tools, and a list, its error, or a word that it is empty. */
export function Section({
  title,
  tools,
  list,
  empty,
  children,
}: {
  title: string;
  tools?: ReactNode;
  list: { data: unknown; error: unknown; refetch: () => unknown };
  /** Why there is nothing and what to do; shown where it is given. */
  empty?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={css.section} aria-labelledby={id}>
      <div className={css.sectionHead}>
        <h2 id={id}>{title}</h2>
        {tools && <div className={css.sectionTools}>{tools}</div>}
      </div>
      {list.error ? (
        <ErrorPanel error={list.error} what={title} onRetry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <Skeleton rows={3} />
      ) : (
        <>
          {empty && <p className={css.empty}>{empty}</p>}
          {children}
        </>
      )}
    </section>
  );
}
