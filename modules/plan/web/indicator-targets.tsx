import type { IndicatorDetail } from '#modules/plan/contract';
import { Figure } from '#shell/components/figure.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { targetCells } from './board-rows.ts';
import css from './indicator.module.css';
import { useText } from './text.ts';

/** Targets by year as used by the platform, and the plan's own words beside them. */
export function IndicatorTargets({ detail, years }: { detail: IndicatorDetail; years: readonly string[] }) {
  const t = useText();
  const rows = detail.parts
    ? detail.parts.map((p) => ({ id: p.id, name: p.title, unit: p.unit, cells: targetCells(p, years) }))
    : [
        {
          id: '',
          name: t('targets.curated'),
          unit: detail.unit,
          cells: targetCells(
            { targets: detail.targets, decimals: detail.decimals, stages: detail.stages },
            years,
          ),
        },
      ];
  const printed = targetCells({ targets: {}, decimals: 0, printed: detail.printed }, years);
  return (
    <section className={css.section} aria-labelledby="targets">
      <h2 id="targets">{t('targets.title')}</h2>
      <ScrollBox label={t('targets.title')}>
        <table className={`${css.table} ${css.even}`}>
          <thead>
            <tr>
              <th scope="col" className={css.rowName}>
                <span className="visually-hidden">{t('targets.title')}</span>
              </th>
              {years.map((y) => (
                <th key={y} scope="col" className={css.yearCol}>
                  {y}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  {row.name}
                  {row.unit && <span className={css.unit}>{row.unit}</span>}
                </th>
                {row.cells.map((c) => (
                  <td key={c.years[0]} colSpan={c.years.length} className={css.yearCol}>
                    {c.text || <Figure value={null} />}
                  </td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">{t('targets.printed')}</th>
              {printed.map((c) => (
                <td key={c.years[0]} colSpan={c.years.length} className={css.yearCol}>
                  {c.text || <Figure value={null} />}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </ScrollBox>
      {detail.baseline && (
        <p className={css.sub}>
          {t('targets.baseline', {
            at: detail.baseline.at,
            value: detail.baseline.value,
            unit: detail.unit ?? '',
            note: detail.baseline.note,
          })}
        </p>
      )}
    </section>
  );
}
