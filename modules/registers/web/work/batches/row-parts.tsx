import type { BatchRow } from '../../../contract.ts';
import { useWorkText } from '../text.ts';
import css from '../work.module.css';

/** Fields of a new entry that are shown before one asks for all of them. */
const FEW = 6;

/** What a row would change: before → after; of a new entry its content. */
export function Differences({ row, folded }: { row: BatchRow; folded: boolean }) {
  const t = useWorkText();
  const isNew = row.kind === 'added';
  const few = isNew ? row.diff.slice(0, FEW) : row.diff;
  const rest = row.diff.slice(few.length);
  const list = (diff: BatchRow['diff']) => (
    <dl className={css.diffs}>
      {diff.map((d) => (
        <div key={d.key}>
          <dt>{d.label}</dt>
          <dd>
            {!isNew && (
              <>
                <del>{d.before || t('nothing')}</del>
                <span aria-hidden="true"> → </span>
                <span className="visually-hidden">{t('rows.becomes')}</span>
              </>
            )}
            <ins>{d.after || t('nothing')}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
  if (folded)
    return (
      <details className={css.more}>
        <summary>{t('rows.wanted', { count: row.diff.length })}</summary>
        {list(row.diff)}
      </details>
    );
  return (
    <>
      {list(few)}
      {rest.length > 0 && (
        <details className={css.more}>
          <summary>{t('rows.moreFields', { count: rest.length })}</summary>
          {list(rest)}
        </details>
      )}
    </>
  );
}

/** Why a row is refused: column, value as it came, what is wrong and how to mend it. */
export function Issues({ row }: { row: BatchRow }) {
  const t = useWorkText();
  return (
    <ul className={css.issues}>
      {row.issues.map((issue) => (
        <li key={`${issue.field} ${issue.value} ${issue.message}`}>
          <strong>{issue.field}</strong>
          {/* A row that could not be read at all is named by its text already. */}
          {issue.value !== '' && issue.value !== row.title && (
            <>
              {' '}
              <q className={css.value}>{issue.value}</q>
            </>
          )}
          <span className={css.message}>{issue.message}</span>
        </li>
      ))}
      {row.issues.length === 0 && <li>{t('rows.noReason')}</li>}
    </ul>
  );
}
