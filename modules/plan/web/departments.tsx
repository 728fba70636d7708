import type { DepartmentRef } from '#modules/plan/contract';
import { useShellText } from '#shell/i18n';
import css from './board.module.css';
import { useText } from './text.ts';

type Department = (typeof DepartmentRef)['_output'];

/** Departments as they were called then; with `now`, who answers today where that is somebody else. */
export function DepartmentNames({ departments, now }: { departments: readonly Department[]; now?: boolean }) {
  const t = useText();
  const shell = useShellText();
  if (departments.length === 0) return <span>{shell('none')}</span>;
  return (
    <span>
      {departments.map((d, i) => {
        const names = d.answersNow.map((a) => a.name).join(shell('listComma'));
        return (
          <span key={d.id}>
            {i > 0 && shell('listComma')}
            {d.calledThen}
            {now && names && names !== d.calledThen && (
              <span className={css.now}>{t('department.now', { names })}</span>
            )}
          </span>
        );
      })}
    </span>
  );
}
