import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { useText } from '../text.ts';
import { fieldId } from './fields.ts';
import { MOST } from './head-draft.ts';
import { GROUPS, type IndicatorDraft, type ScenarioDraft, sumOf } from './scheme-draft.ts';
import css from './value-rules.module.css';
import { isWhole, readPercent } from './weights.ts';

/** Weights of the indicators by scenario, with the sum of each while it is typed. */
export function WeightFields({
  scenarios,
  indicators,
  faultsAt,
  onChange,
}: {
  scenarios: readonly ScenarioDraft[];
  indicators: readonly IndicatorDraft[];
  faultsAt: (path: string) => string[];
  onChange: (scenarios: ScenarioDraft[]) => void;
}) {
  const t = useText();
  const set = (at: number, change: Partial<ScenarioDraft>) =>
    onChange(scenarios.map((one, i) => (i === at ? { ...one, ...change } : one)));
  const ordered = GROUPS.flatMap((group) => indicators.filter((one) => one.group === group));
  return (
    <ScrollBox label={t('rules.weights')}>
      <table className={css.weights} data-typed>
        <caption className="visually-hidden">{t('rules.weights')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('value.indicator')}</th>
            {scenarios.map((one, at) => (
              <th key={one.key} scope="col">
                <input
                  id={fieldId(`/scenarios/${at}/title`)}
                  className={css.input}
                  autoComplete="off"
                  maxLength={MOST.title}
                  aria-label={t('rules.scenarioTitle', { no: at + 1 })}
                  aria-invalid={faultsAt(`/scenarios/${at}/title`).length > 0 || undefined}
                  value={one.title}
                  onChange={(event) => set(at, { title: event.target.value })}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ordered.map((indicator) => (
            <tr key={indicator.key}>
              <th scope="row">
                {indicator.title || t('rules.noTitle')}
                <span className={css.aside}>{t(`value.group.${indicator.group}`)}</span>
              </th>
              {scenarios.map((one, at) => {
                const text = one.percents[indicator.key] ?? '';
                return (
                  <td key={one.key}>
                    <input
                      className={css.percent}
                      inputMode="decimal"
                      autoComplete="off"
                      maxLength={7}
                      placeholder="0"
                      aria-label={t('rules.weightOf', {
                        scenario: one.title,
                        title: indicator.title || t('rules.noTitle'),
                      })}
                      aria-describedby={fieldId(`/scenarios/${at}/weights`)}
                      aria-invalid={readPercent(text) === null || undefined}
                      value={text}
                      onChange={(event) =>
                        set(at, { percents: { ...one.percents, [indicator.key]: event.target.value } })
                      }
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('rules.sum')}</th>
            {scenarios.map((one, at) => {
              const sum = sumOf(one, indicators);
              const faults = faultsAt(`/scenarios/${at}/weights`);
              const wrong = !isWhole(sum);
              return (
                <td
                  key={one.key}
                  id={fieldId(`/scenarios/${at}/weights`)}
                  tabIndex={-1}
                  data-wrong={wrong || faults.length > 0}
                >
                  {`${sum}%`}
                  {wrong && <span className={css.wrong}>{t('rules.notWhole')}</span>}
                  {faults.length > 0 && !wrong && <span className={css.wrong}>{faults.join(' ')}</span>}
                </td>
              );
            })}
          </tr>
        </tfoot>
      </table>
    </ScrollBox>
  );
}
