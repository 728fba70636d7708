import type { IndicatorDetail, PlanFrame } from '#modules/plan/contract';
import { Facts } from '#shell/components/facts.tsx';
import { Delta, Figure } from '#shell/components/figure.tsx';
import { Light } from '#shell/components/light.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { formatComputed } from '#shell/format';
import { measuredDigits, reportedText, targetText } from './board-rows.ts';
import css from './indicator.module.css';
import { MeasuredSource } from './indicator-measured.tsx';
import { usePeriodLabel } from './periods.ts';
import { useText } from './text.ts';

/** Where the indicator stands: the light with its reason, and the figures it was judged by. */
export function IndicatorStanding({
  detail,
  plan,
  asOf,
  region,
}: {
  detail: IndicatorDetail;
  plan: PlanFrame;
  asOf: string;
  region: string | undefined;
}) {
  const t = useText();
  return (
    <section aria-label={t('indicator.standing')}>
      <p className={css.light}>
        <Light state={detail.light} />
        <span>{detail.reason}</span>
      </p>
      {detail.parts ? (
        <PartFigures detail={detail} plan={plan} asOf={asOf} />
      ) : (
        <Figures detail={detail} plan={plan} asOf={asOf} region={region} />
      )}
    </section>
  );
}

function Figures({
  detail,
  plan,
  asOf,
  region,
}: {
  detail: IndicatorDetail;
  plan: PlanFrame;
  asOf: string;
  region: string | undefined;
}) {
  const t = useText();
  const periodLabel = usePeriodLabel();
  const { unit, decimals, measured, reported, difference } = detail;
  const year = plan.years.includes(asOf.slice(0, 4)) ? asOf.slice(0, 4) : plan.years.at(-1)!;
  const target = targetText(detail.targets[year], decimals);
  const reportedNow = reportedText(reported, decimals);
  return (
    <Facts
      layout="strip"
      items={[
        {
          name: region ? t('indicator.cityTarget', { year }) : t('indicator.target', { year }),
          value:
            target !== null ? (
              <Figure
                text={target}
                unit={detail.floors.includes(year) ? t('indicator.orMore', { unit: unit ?? '' }) : unit}
                size="large"
              />
            ) : (
              (detail.stages[year] ?? detail.printed[year] ?? null)
            ),
        },
        {
          name: t('indicator.expected', { asOf }),
          value: detail.expected !== null && (
            <Figure text={formatComputed(detail.expected, decimals)} unit={unit} size="large" />
          ),
        },
        {
          name: t('indicator.measuredAt', { asOf }),
          value: measured && (
            <>
              <Figure
                value={measured.value}
                decimals={measuredDigits(measured.value, decimals)}
                unit={unit}
                size="large"
              />
              <MeasuredSource
                measured={measured}
                info={detail.measures.find((m) => m.part === null)}
                unit={unit}
                decimals={decimals}
              />
            </>
          ),
        },
        {
          name: reported
            ? t('indicator.reportedFor', { period: periodLabel(reported.period) })
            : t('col.reported'),
          value: (
            <>
              {reported?.stage ? (
                reportedNow
              ) : (
                <Figure text={reportedNow ?? undefined} value={null} unit={unit} size="large" />
              )}
              {reported?.coverage && (
                <span className={css.sub}>
                  {t('indicator.coverage', {
                    reported: reported.coverage.reported,
                    expected: reported.coverage.expected,
                  })}
                </span>
              )}
            </>
          ),
        },
        {
          name: t('indicator.difference'),
          value: difference && (
            <>
              <Delta
                value={difference.difference}
                decimals={measuredDigits(difference.difference, decimals)}
                unit={unit}
                size="large"
              />
              <span className={css.sub}>{t('indicator.sameDay', { asOf: difference.asOf })}</span>
            </>
          ),
        },
      ]}
    />
  );
}

function PartFigures({ detail, plan, asOf }: { detail: IndicatorDetail; plan: PlanFrame; asOf: string }) {
  const t = useText();
  const year = plan.years.includes(asOf.slice(0, 4)) ? asOf.slice(0, 4) : plan.years.at(-1)!;
  const anyMeasured = detail.measures.length > 0;
  return (
    <ScrollBox label={t('indicator.standing')}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('indicator.part')}</th>
            <th scope="col" className={css.num}>
              {t('indicator.target', { year })}
            </th>
            <th scope="col" className={css.num}>
              {t('col.expected')}
            </th>
            {anyMeasured && <th scope="col">{t('col.measured')}</th>}
            <th scope="col" className={css.num}>
              {t('col.reported')}
            </th>
            {anyMeasured && (
              <th scope="col" className={css.num}>
                {t('col.difference')}
              </th>
            )}
            <th scope="col">{t('col.light')}</th>
            <th scope="col">{t('indicator.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {detail.parts!.map((p) => (
            <tr key={p.id}>
              <th scope="row">{p.title}</th>
              <td className={css.num}>
                <Figure
                  text={targetText(p.targets[year], p.decimals) ?? undefined}
                  value={null}
                  unit={p.unit}
                />
              </td>
              <td className={css.num}>
                <Figure text={formatComputed(p.expected, p.decimals)} unit={p.unit} />
              </td>
              {anyMeasured && (
                <td className={css.measuredCell}>
                  <Figure
                    value={p.measured?.value}
                    decimals={measuredDigits(p.measured?.value, p.decimals)}
                    unit={p.unit}
                  />
                  {p.measured && (
                    <MeasuredSource
                      measured={p.measured}
                      info={detail.measures.find((m) => m.part === p.id)}
                      unit={p.unit}
                      decimals={p.decimals}
                    />
                  )}
                </td>
              )}
              <td className={css.num}>
                <Figure text={reportedText(p.reported, p.decimals) ?? undefined} value={null} unit={p.unit} />
                {p.reported && p.reported.asOf !== asOf && <span className={css.sub}>{p.reported.asOf}</span>}
              </td>
              {anyMeasured && (
                <PartDifference difference={differenceOfPart(detail, p.id)} part={p} asOf={asOf} />
              )}
              <td>
                <Light state={p.light} />
              </td>
              <td>{p.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

type PartView = NonNullable<IndicatorDetail['parts']>[number];
type PartGap = IndicatorDetail['partDifferences'][number];

function differenceOfPart(detail: IndicatorDetail, part: string): PartGap | undefined {
  return detail.partDifferences.find((d) => d.part === part);
}

/** Measured minus reported of a part, on the last day of the period that was reported. */
function PartDifference({
  difference,
  part,
  asOf,
}: {
  difference: PartGap | undefined;
  part: PartView;
  asOf: string;
}) {
  const t = useText();
  return (
    <td className={css.num}>
      <Delta
        value={difference?.difference}
        decimals={measuredDigits(difference?.difference, part.decimals)}
        unit={difference ? part.unit : null}
      />
      {difference && difference.asOf !== asOf && (
        <span className={css.sub}>{t('indicator.sameDay', { asOf: difference.asOf })}</span>
      )}
    </td>
  );
}
