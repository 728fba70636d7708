import type { ReportForm } from '#modules/plan/contract';
import { Facts } from '#shell/components/facts.tsx';
import { withUnit } from '#shell/format';
import css from '../office.module.css';
import { useText } from '../text.ts';
import { usePeriodLabel } from '../use-period-label.ts';
import { figure } from './words.ts';

/** A measured number as the fields beside it show it. */
const shown = (value: number, unit: string | null, decimals: number) =>
  withUnit(figure(Number(value.toFixed(Math.max(decimals, 2)))), unit);

/** What the report is about: the full title, how it is counted, why this account answers for it, and what there is to compare. */
export function Asked({ form }: { form: ReportForm }) {
  const t = useText();
  const period = usePeriodLabel();
  const measuredParts = form.parts.flatMap((p) =>
    p.measured === null ? [] : [{ ...p, measured: p.measured }],
  );
  return (
    <Facts
      items={[
        { name: t('asked.title'), value: form.fullTitle !== form.title && form.fullTitle },
        { name: t('asked.rule'), value: form.rule },
        { name: t('asked.why'), value: form.why },
        { name: t('asked.target'), value: form.target },
        {
          name: t('asked.previous'),
          value: form.previous
            ? t('asked.previousValue', {
                display: form.previous.display,
                period: period(form.previous.period),
              })
            : t('asked.noPrevious'),
        },
        {
          name: t('asked.measured'),
          value:
            measuredParts.length > 0 ? (
              <ul className={css.partFigures}>
                {measuredParts.map((p) => (
                  <li key={p.id}>
                    {p.title}{' '}
                    {t('asked.measuredValue', {
                      value: shown(p.measured, p.unit, p.decimals),
                      to: form.period.to,
                    })}
                  </li>
                ))}
              </ul>
            ) : form.measured === null ? (
              t('asked.notMeasured')
            ) : (
              t('asked.measuredValue', {
                value: shown(form.measured, form.unit, form.decimals),
                to: form.period.to,
              })
            ),
        },
      ]}
    />
  );
}
