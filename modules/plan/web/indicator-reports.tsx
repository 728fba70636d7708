import type { IndicatorDetail } from '#modules/plan/contract';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { formatMoment } from '#shell/format';
import css from './indicator.module.css';
import { usePeriodLabel } from './periods.ts';
import { useText } from './text.ts';

type Report = IndicatorDetail['reports'][number];

/** Every accepted report, the city's own first; a corrected value stays readable beside its successor. */
export function IndicatorReports({ detail }: { detail: IndicatorDetail }) {
  const t = useText();
  const city = detail.reports.filter((r) => r.scope === 'city');
  const counties = detail.reports.filter((r) => r.scope !== 'city');
  // Newest period first, as the server sends them; the older ones of many counties fold away.
  const newest = counties.filter((r) => r.period === counties[0]?.period);
  const older = counties.filter((r) => r.period !== counties[0]?.period);
  return (
    <section className={css.section} aria-labelledby="reports">
      <h2 id="reports">{t('reports.title')}</h2>
      {detail.reports.length === 0 && <p className={css.sub}>{t('reports.none')}</p>}
      {city.length > 0 && <ReportTable reports={city} caption={t('reports.city')} />}
      {newest.length > 0 && (
        <>
          <h3 className={css.subhead}>{t('reports.counties')}</h3>
          <ReportTable reports={newest} caption={t('reports.counties')} places />
        </>
      )}
      {older.length > 0 && (
        <details className={css.more}>
          <summary>{t('reports.older', { count: older.length })}</summary>
          <ReportTable reports={older} caption={t('reports.older', { count: older.length })} places />
        </details>
      )}
    </section>
  );
}

function ReportTable({ reports, caption, places }: { reports: Report[]; caption: string; places?: boolean }) {
  const t = useText();
  const periodLabel = usePeriodLabel();
  return (
    <ScrollBox label={caption}>
      <table className={css.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('reports.period')}</th>
            {places && <th scope="col">{t('reports.place')}</th>}
            <th scope="col">{t('reports.value')}</th>
            <th scope="col">{t('reports.reporter')}</th>
            <th scope="col" className={css.wide}>
              {t('reports.explanation')}
            </th>
            <th scope="col">{t('reports.acceptedAt')}</th>
          </tr>
        </thead>
        <tbody>
          {reports.map((r) => (
            <tr key={r.id}>
              <th scope="row" className={css.nowrap}>
                {periodLabel(r.period)}
              </th>
              {places && <td className={css.nowrap}>{r.scopeName}</td>}
              <td>
                {r.display}
                {r.corrected.map((c) => (
                  <span key={c.at} className={css.sub}>
                    <s>{c.display}</s> {t('reports.corrected', { at: c.at.slice(0, 10), reason: c.reason })}
                  </span>
                ))}
              </td>
              <td className={css.nowrap}>{r.reporter}</td>
              <td>
                {r.explanation}
                {r.files.length > 0 && (
                  <span className={css.sub}>
                    {t('reports.files', { names: r.files.map((f) => f.name).join('、') })}
                  </span>
                )}
              </td>
              <td className={css.nowrap}>{formatMoment(r.acceptedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
