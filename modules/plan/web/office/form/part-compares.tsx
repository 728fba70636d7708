import type { ReportView } from '#modules/plan/contract';
import css from '../office.module.css';
import { Compare } from './compare.tsx';

/** What was measured of each part of a composite, beside what the report says of it. */
export function PartCompares({ report }: { report: Pick<ReportView, 'body' | 'measuredParts'> }) {
  return (
    <ul className={css.partFigures}>
      {report.measuredParts.map((p) => (
        <li key={p.id}>
          {p.title}{' '}
          <Compare
            typed={String(report.body.parts?.[p.id] ?? '')}
            measured={p.measured}
            unit={p.unit}
            decimals={p.decimals}
          />
        </li>
      ))}
    </ul>
  );
}
