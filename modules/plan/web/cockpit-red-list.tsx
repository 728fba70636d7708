import { Link } from '@tanstack/react-router';
import type { Cockpit } from '#modules/plan/contract';
import { Light } from '#shell/components/light.tsx';
import { formatDelta, formatNumber, withUnit } from '#shell/format';
import { measuredDigits } from './board-rows.ts';
import css from './cockpit.module.css';
import { partOf } from './rotation.ts';
import { useText } from './text.ts';

/** What is behind or at risk, worst first, each with its reason and who leads it. */
export function CockpitRedList({
  list,
  turn,
  size,
}: {
  list: Cockpit['redList'];
  turn: number;
  size: number;
}) {
  const t = useText();
  const shown = partOf(list, Math.min(size, Math.max(1, list.length)), turn);
  return (
    <section className={css.redList} aria-labelledby="c-red">
      <h2 id="c-red">
        {t('cockpit.redList', { count: list.length })}
        {shown.parts > 1 && (
          <span className={css.part}>
            {shown.part + 1} / {shown.parts}
          </span>
        )}
      </h2>
      {list.length === 0 && <p>{t('cockpit.redNone')}</p>}
      <ol>
        {shown.items.map((row) => (
          <li key={row.no}>
            <Light state={row.light} />
            <div>
              <Link to="/indicators/$no" params={{ no: String(row.no) }}>
                {row.no} {row.title}
              </Link>
              {row.figures.map((f) => (
                <span key={f.part} className={css.pair}>
                  {f.part && `${f.part} `}
                  {t('cockpit.pair', {
                    measured: withUnit(
                      formatNumber(f.measured, measuredDigits(f.measured, f.decimals)),
                      f.unit,
                    ),
                    reported: withUnit(formatNumber(f.reported, f.decimals), f.unit),
                  })}
                  {f.difference !== null &&
                    t('cockpit.gap', {
                      difference: formatDelta(f.difference, measuredDigits(f.difference, f.decimals)),
                    })}
                </span>
              ))}
              <p>{row.reason}</p>
            </div>
            <span className={css.lead}>{row.lead}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
