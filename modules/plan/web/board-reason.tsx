import { Link } from '@tanstack/react-router';
import type { IndicatorView, PlanFrame } from '#modules/plan/contract';
import { Facts } from '#shell/components/facts.tsx';
import { formatNumber } from '#shell/format';
import { useLang } from '#shell/i18n';
import css from './board.module.css';
import { DepartmentNames } from './departments.tsx';
import { useText } from './text.ts';

/** Why a light is lit: the reason, the rule, which figure was used, who answers; opened below a row. */
export function BoardReason({
  row,
  rules,
  place,
}: {
  row: IndicatorView;
  rules: PlanFrame['lightRules'];
  place: { asOf?: string; region?: string };
}) {
  const t = useText();
  const lang = useLang();
  const rule = rules.find((r) => r.kinds.includes(row.kind));
  const basisOf = (
    one: Pick<IndicatorView, 'measured' | 'reported'> & { basis?: IndicatorView['basis'] | undefined },
  ) => {
    const { basis, measured, reported } = one;
    if (basis === 'measured')
      return t('reason.measured', { rows: formatNumber(measured?.facts ?? 0), count: measured?.facts ?? 0 });
    if (basis !== 'reported' || !reported) return null;
    return reported.origin === 'counties' && reported.coverage
      ? t('reason.counties', {
          asOf: reported.asOf,
          reported: reported.coverage.reported,
          expected: reported.coverage.expected,
        })
      : t('reason.reported', { asOf: reported.asOf });
  };
  return (
    <div className={css.reason}>
      {!row.parts && <p>{row.reason}</p>}
      {row.parts && (
        <ul>
          {row.parts.map((p) => (
            <li key={p.id}>
              {p.title}
              {lang === 'zh' ? '：' : ': '}
              {p.reason}
              <span className={css.unit}>{basisOf(p)}</span>
            </li>
          ))}
        </ul>
      )}
      <Facts
        items={[
          { name: t('reason.rule'), value: rule?.text[lang] },
          {
            name: t('reason.basis'),
            // Of a composite each part says its own.
            value: row.parts ? null : basisOf(row),
          },
          { name: t('reason.full'), value: row.fullTitle },
          { name: t('reason.lead'), value: <DepartmentNames departments={row.lead} now /> },
          {
            name: t('reason.assist'),
            value: row.assist.length > 0 && <DepartmentNames departments={row.assist} now />,
          },
        ]}
      />
      <p className="no-print">
        <Link to="/indicators/$no" params={{ no: String(row.no) }} search={place as never}>
          {t('reason.open')}
        </Link>
      </p>
    </div>
  );
}
