import type { IndicatorDetail } from '#modules/plan/contract';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import css from './indicator.module.css';
import { usePeriodLabel } from './periods.ts';
import { useText } from './text.ts';

/** The counties' own figures, and how they make the city's. */
export function IndicatorCounties({ detail }: { detail: IndicatorDetail }) {
  const t = useText();
  const periodLabel = usePeriodLabel();
  if (!detail.county.reports || detail.counties.length === 0) return null;
  const largest = Math.max(
    0,
    ...detail.counties.map((c) => (c.reported?.stage ? 0 : (c.reported?.value ?? 0))),
  );
  const rules: Record<string, string> = {
    sum: t('counties.sum'),
    latest: t('counties.latest'),
    weighted: t('counties.weighted'),
    'not-addable': t('counties.not-addable'),
  };
  return (
    <section className={css.section} aria-labelledby="counties">
      <h2 id="counties">{t('counties.title')}</h2>
      <p>
        {rules[detail.county.rule] ?? detail.county.rule} {detail.county.note}
      </p>
      <ScrollBox label={t('counties.title')}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('counties.county')}</th>
              <th scope="col" className={css.num}>
                {t('col.reported')}
              </th>
              <td className={css.barCol} />
              <th scope="col">{t('reports.period')}</th>
            </tr>
          </thead>
          <tbody>
            {detail.counties.map((c) => (
              <tr key={c.region}>
                <th scope="row">{c.name}</th>
                <td className={css.num}>{c.reported ? c.display : t('counties.none')}</td>
                <td className={css.barCol}>
                  {largest > 0 && c.reported?.value != null && !c.reported.stage && (
                    <span className={css.bar} style={{ width: `${(c.reported.value / largest) * 100}%` }} />
                  )}
                </td>
                <td>{c.reported ? periodLabel(c.reported.period) : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}
