import type { Batch } from '../../../contract.ts';
import shared from '../../registers.module.css';
import { useWorkText } from '../text.ts';
import css from '../work.module.css';
import { columnsOf } from './standing.ts';

/** How the columns of the file were understood. Ignored ones are told first: that is where a slip would be. */
export function Columns({ batch }: { batch: Batch }) {
  const t = useWorkText();
  if (batch.columns.length === 0) return null;
  const { read, ignored } = columnsOf(batch.columns);
  return (
    <section className={shared.section} aria-labelledby="columns">
      <h2 id="columns">{t('columns.title')}</h2>
      {ignored.length > 0 && (
        <p className={css.ignored}>
          {t('columns.ignored', {
            heads: ignored.map((h) => t('columns.head', { head: h })).join(t('comma')),
          })}
        </p>
      )}
      <details className={css.more} open={read.length <= 12 || undefined}>
        <summary>{t('columns.read', { count: read.length })}</summary>
        <ul className={css.columns}>
          {read.map(({ head, label }) => (
            <li key={`${head} ${label}`}>
              {head}
              {head !== label && (
                <>
                  <span aria-hidden="true"> → </span>
                  <span className="visually-hidden">{t('columns.means')}</span>
                  {label}
                </>
              )}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
