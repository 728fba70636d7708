import type { Entry } from '../../contract.ts';
import { CellWhole } from '../cells.tsx';
import shared from '../registers.module.css';
import { useText } from '../text.ts';
import { useWords } from '../words.ts';
import css from './entry.module.css';

/** The content over time: the latest stretch first, each with what it changed. */
export function Segments({ entry }: { entry: Entry }) {
  const t = useText();
  const words = useWords();
  return (
    <section className={shared.section} aria-labelledby="entry-time">
      <h2 id="entry-time">{t('segments.title')}</h2>
      <p className={shared.note}>{t('segments.help')}</p>
      <ol className={css.segments}>
        {entry.segments.toReversed().map((segment) => {
          const first = segment.index === 0;
          const changed = entry.fields.filter((f) => segment.changed.includes(f.key));
          return (
            <li key={segment.index}>
              <p className={css.when}>{words.validity(segment.validFrom, segment.validTo)}</p>
              <div>
                {first || changed.length === 0 ? (
                  <p className={shared.muted}>{t(first ? 'segments.first' : 'segments.same')}</p>
                ) : (
                  <dl className={css.fields}>
                    {changed.map((field) => (
                      <div key={field.key} data-stacked={field.type === 'rows' || undefined}>
                        <dt>{field.label}</dt>
                        <dd>
                          <CellWhole field={field} cell={segment.cells[field.key]} />
                          {field.type !== 'rows' && entry.segments[segment.index - 1] && (
                            <span className={shared.sub}>
                              {t('segments.before', {
                                value: entry.segments[segment.index - 1]?.cells[field.key]?.text || t('none'),
                              })}
                            </span>
                          )}
                        </dd>
                      </div>
                    ))}
                  </dl>
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
