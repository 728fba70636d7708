import { formatNumber, NO_FIGURE } from '#shell/format';
import type { QualityJson } from '../../contract/value.ts';
import { useText } from '../text.ts';
import css from './value.module.css';

/** Quality indicators of OECD within the cohort. */
export function Quality({ quality }: { quality: QualityJson }) {
  const t = useText();
  const { cohort, items, composite4, composite6, breakthrough, notes } = quality;
  const figure = (value: number | null, decimals = 0) =>
    value === null ? NO_FIGURE : formatNumber(value, decimals);
  return (
    <section className={css.part} aria-labelledby="value-quality">
      <h3 id="value-quality">{t('value.quality')}</h3>
      <p className={css.note}>
        {cohort
          ? t('value.cohort', {
              title: cohort.title,
              year: String(cohort.year),
              size: formatNumber(cohort.size),
            })
          : t('value.noCohort')}
      </p>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('value.indicator')}</th>
            <th scope="col" className={css.figure}>
              {t('value.measured')}
            </th>
            <th scope="col" className={css.figure}>
              {t('value.top')}
            </th>
            <th scope="col" className={css.figure}>
              {t('value.share')}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => {
            // Measures between 0 and 1 need no cohort.
            const own = item.key === 'generality' || item.key === 'originality' || item.key === 'radicalness';
            return (
              <tr key={item.key}>
                <th scope="row">{t(`quality.${item.key}`)}</th>
                <td className={css.figure}>{own ? '' : figure(item.raw)}</td>
                <td className={css.figure}>{own ? '' : figure(item.top)}</td>
                <td className={css.figure}>{figure(item.value, 3)}</td>
              </tr>
            );
          })}
          {(
            [
              ['composite4', composite4],
              ['composite6', composite6],
            ] as const
          ).map(([key, value]) => (
            <tr key={key} className={css.sum}>
              <th scope="row">{t(`value.${key}`)}</th>
              <td />
              <td />
              <td className={css.figure}>{figure(value, 3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {breakthrough && <p>{t('value.breakthrough')}</p>}
      {notes.map((note) => (
        <p key={note} className={css.note}>
          {note}
        </p>
      ))}
    </section>
  );
}
