import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { formatNumber, NO_FIGURE } from '#shell/format';
import type { SchemeIndicator, ValueScheme } from '../../contract/value.ts';
import { useText } from '../text.ts';
import { GROUPS } from './scheme-draft.ts';
import css from './value-rules.module.css';
import { percentages, total } from './weights.ts';

/** Digits after the point of a weight. */
const DECIMALS = 1;

/** A scheme: indicators and how each is scored, weights by scenario, grades. */
export function SchemeView({ scheme }: { scheme: ValueScheme }) {
  const t = useText();
  return (
    <>
      <h4 className={css.part}>{t('rules.indicators')}</h4>
      <div className={css.indicators}>
        {GROUPS.map((group) => {
          const own = scheme.indicators.filter((one) => one.group === group);
          return (
            own.length > 0 && (
              <section key={group} aria-label={t(`value.group.${group}`)}>
                <h5>{t(`value.group.${group}`)}</h5>
                <ul>
                  {own.map((one) => (
                    <Indicator key={one.key} indicator={one} />
                  ))}
                </ul>
              </section>
            )
          );
        })}
      </div>
      <h4 className={css.part}>{t('rules.weights')}</h4>
      <Weights scheme={scheme} />
      <h4 className={css.part}>{t('rules.grades')}</h4>
      <p>
        {[...scheme.grades]
          .sort((a, b) => b.from - a.from)
          .map((one) => t('rules.gradeFrom', { grade: one.grade, from: one.from }))
          .join(t('listComma'))}
      </p>
    </>
  );
}

function Indicator({ indicator }: { indicator: SchemeIndicator }) {
  const t = useText();
  const { title, section, computed, steps, guidance } = indicator;
  return (
    <li>
      <span>{title}</span>
      <span className={css.muted}>{section}</span>
      <span>
        {computed === null ? (
          <>
            {t('rules.byExperts')}
            <span className={css.aside}>{guidance}</span>
          </>
        ) : (
          <>
            {t('rules.byComputing', { what: t(`rules.computed.${computed}`) })}
            <span className={css.aside}>
              {[...steps]
                .sort((a, b) => a.from - b.from)
                .map((step) => t('rules.step', { from: step.from, points: step.points }))
                .join(t('listComma'))}
            </span>
          </>
        )}
      </span>
    </li>
  );
}

function Weights({ scheme }: { scheme: ValueScheme }) {
  const t = useText();
  const { indicators, scenarios } = scheme;
  const ordered = GROUPS.flatMap((group) => indicators.filter((one) => one.group === group));
  const columns = scenarios.map(({ weights }) =>
    percentages(
      ordered.map(({ key }) => weights[key] ?? 0),
      DECIMALS,
    ),
  );
  const percent = (value: number) => `${formatNumber(value, DECIMALS)}%`;
  const sumOf = (column: readonly number[], group?: SchemeIndicator['group']) =>
    total(column.filter((_, at) => group === undefined || ordered[at]!.group === group));
  return (
    <ScrollBox label={t('rules.weights')}>
      <table className={css.weights}>
        <caption className="visually-hidden">{t('rules.weights')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('value.indicator')}</th>
            {scenarios.map((one) => (
              <th key={one.key} scope="col">
                {one.title}
              </th>
            ))}
          </tr>
        </thead>
        {GROUPS.filter((group) => ordered.some((one) => one.group === group)).map((group) => (
          <tbody key={group}>
            <tr className={css.subtotal}>
              <th scope="rowgroup">{t(`value.group.${group}`)}</th>
              {scenarios.map((one, at) => (
                <td key={one.key}>{percent(sumOf(columns[at]!, group))}</td>
              ))}
            </tr>
            {ordered.map((one, row) =>
              one.group === group ? (
                <tr key={one.key}>
                  <th scope="row">{one.title}</th>
                  {scenarios.map((scenario, at) => (
                    <td key={scenario.key}>
                      {(scenario.weights[one.key] ?? 0) > 0 ? percent(columns[at]![row]!) : NO_FIGURE}
                    </td>
                  ))}
                </tr>
              ) : null,
            )}
          </tbody>
        ))}
        <tfoot>
          <tr>
            <th scope="row">{t('rules.sum')}</th>
            {scenarios.map((one, at) => (
              <td key={one.key}>{percent(sumOf(columns[at]!))}</td>
            ))}
          </tr>
        </tfoot>
      </table>
    </ScrollBox>
  );
}
