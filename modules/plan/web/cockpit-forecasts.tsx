import { Link } from '@tanstack/react-router';
import type { Cockpit } from '#modules/plan/contract';
import { Light } from '#shell/components/light.tsx';
import { formatNumber } from '#shell/format';
import css from './cockpit.module.css';
import { partOf } from './rotation.ts';
import { useText } from './text.ts';

type Forecast = Cockpit['forecasts'][number];

const plain = (n: number) => formatNumber(n, Number.isInteger(n) ? 0 : Math.abs(n) < 100 ? 2 : 1);

/** Value now, forecast for the year's end, and the target as a mark; how it was computed stands below. */
export function CockpitForecasts({
  forecasts,
  rule,
  turn,
  size,
}: {
  forecasts: Cockpit['forecasts'];
  rule: string;
  turn: number;
  size: number;
}) {
  const t = useText();
  const shown = partOf(forecasts, Math.min(size, Math.max(1, forecasts.length)), turn);
  const yearEnd = forecasts[0]?.yearEnd;
  return (
    <section className={css.forecasts} aria-labelledby="c-forecast">
      <h2 id="c-forecast">
        {yearEnd ? t('cockpit.forecast', { yearEnd }) : t('cockpit.forecastTitle')}
        {shown.parts > 1 && (
          <span className={css.part}>
            {shown.part + 1} / {shown.parts}
          </span>
        )}
      </h2>
      {forecasts.length === 0 && <p>{t('cockpit.forecastNone')}</p>}
      <ol>
        {shown.items.map((f) => (
          <ForecastRow key={`${f.no} ${f.title}`} forecast={f} />
        ))}
      </ol>
      <p className={css.rule}>{t('cockpit.forecastRule', { rule })}</p>
    </section>
  );
}

function ForecastRow({ forecast: f }: { forecast: Forecast }) {
  const t = useText();
  const largest = Math.max(f.value, f.forecast, f.target, 1e-9) * 1.06;
  const at = (n: number) => `${Math.max(0, Math.min(100, (n / largest) * 100))}%`;
  return (
    <li>
      <Link to="/indicators/$no" params={{ no: String(f.no) }}>
        {f.no} {f.title}
      </Link>
      <Light state={f.light} bare />
      <span className={css.gauge} aria-hidden="true">
        <span className={css.forecastBar} style={{ width: at(f.forecast) }} />
        <span className={css.valueBar} style={{ width: at(f.value) }} />
        <span className={css.targetMark} style={{ left: at(f.target) }} />
      </span>
      <span className={css.gaugeFigures}>
        {t('cockpit.figures', {
          value: plain(f.value),
          forecast: plain(f.forecast),
          target: plain(f.target),
          unit: f.unit,
        })}
      </span>
      <span className={css.method}>{f.method}</span>
    </li>
  );
}
