import type { ReportForm } from '#modules/plan/contract';
import { Facts } from '#shell/components/facts.tsx';
import { formatNumber, withUnit } from '#shell/format';
import { useText } from '../text.ts';
import { usePeriodLabel } from '../use-period-label.ts';

/** What the report is about: the full title, how it is counted, why this account answers for it, and what there is to compare. */
export function Asked({ form }: { form: ReportForm }) {
  const t = useText();
  const period = usePeriodLabel();
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
            form.measured === null
              ? t('asked.notMeasured')
              : t('asked.measuredValue', {
                  value: withUnit(formatNumber(form.measured, form.decimals), form.unit),
                  to: form.period.to,
                }),
        },
      ]}
    />
  );
}
