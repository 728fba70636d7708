import { Link } from '@tanstack/react-router';
import type { IndicatorView } from '#modules/plan/contract';
import { Delta, Figure } from '#shell/components/figure.tsx';
import { Light, LightTally } from '#shell/components/light.tsx';
import { formatComputed } from '#shell/format';
import css from './board.module.css';
import { BoardReason } from './board-reason.tsx';
import { differenceOf, measuredDigits, reportedText, targetCells } from './board-rows.ts';
import type { BoardProps } from './board-table.tsx';
import { IndicatorFlags } from './flags.tsx';
import { KnownNow } from './known-now.tsx';
import { useText } from './text.ts';

/** The board on a narrow screen: the same rows, one below the other. */
export function BoardList({ groups, years, asOf, place, rules }: BoardProps) {
  return groups.map((group) => (
    <section key={group.id} className={css.listGroup} aria-labelledby={`g-${group.id}`}>
      <div className={css.listHead}>
        <h2 id={`g-${group.id}`}>{group.name}</h2>
        <LightTally counts={group.counts} />
      </div>
      {group.tasks.map((task) => (
        <div key={task.id}>
          {task.name && <h3 className={css.listTask}>{task.name}</h3>}
          {task.rows.map((row) => {
            const Title = task.name ? 'h4' : 'h3';
            return (
              <article key={row.no} className={css.item}>
                <div className={css.itemHead}>
                  <span className={css.itemNo}>{row.no}</span>
                  <Title>
                    <Link to="/indicators/$no" params={{ no: String(row.no) }} search={place as never}>
                      {row.title}
                    </Link>
                    {row.unit && <span className={css.unit}>{row.unit}</span>}
                    <IndicatorFlags row={row} />
                  </Title>
                </div>
                {row.parts ? (
                  row.parts.map((part) => (
                    <div key={part.id} className={css.itemPart}>
                      <h5>
                        {part.title}
                        <span className={css.unit}>{part.unit}</span>
                        <Light state={part.light} />
                      </h5>
                      <ItemFigures row={part} years={years} asOf={asOf} />
                    </div>
                  ))
                ) : (
                  <ItemFigures row={row} years={years} asOf={asOf} />
                )}
                <details className={css.itemWhy}>
                  <summary>
                    <Light state={row.light} />
                  </summary>
                  <BoardReason row={row} rules={rules} place={place} />
                </details>
              </article>
            );
          })}
        </div>
      ))}
    </section>
  ));
}

function ItemFigures({
  row,
  years,
  asOf,
}: {
  row: Pick<IndicatorView, 'targets' | 'decimals' | 'measured' | 'reported' | 'expected'> &
    Partial<Pick<IndicatorView, 'stages' | 'printed'>>;
  years: readonly string[];
  asOf: string;
}) {
  const t = useText();
  const difference = differenceOf(row, asOf);
  const reported = reportedText(row.reported, row.decimals);
  return (
    <dl className={css.itemFigures}>
      {targetCells(row, years)
        .filter((c) => c.text)
        .map((c) => (
          <div key={c.years[0]} data-wide={!c.number}>
            <dt>{c.years.length > 1 ? `${c.years[0]}–${c.years.at(-1)}` : c.years[0]}</dt>
            <dd>{c.text}</dd>
          </div>
        ))}
      {row.expected !== null && (
        <div>
          <dt>{t('col.expected')}</dt>
          <dd>
            <Figure text={formatComputed(row.expected, row.decimals)} />
          </dd>
        </div>
      )}
      {row.measured && (
        <div>
          <dt>{t('col.measured')}</dt>
          <dd>
            <Figure value={row.measured.value} decimals={measuredDigits(row.measured.value, row.decimals)} />
            <KnownNow measured={row.measured} decimals={row.decimals} />
          </dd>
        </div>
      )}
      <div data-wide={Boolean(row.reported?.stage)}>
        <dt>{t('col.reported')}</dt>
        <dd>{reported ?? <Figure value={null} />}</dd>
      </div>
      {difference && (
        <div>
          <dt>{t('col.difference')}</dt>
          <dd>
            <Delta value={difference.value} decimals={measuredDigits(difference.value, row.decimals)} />
          </dd>
        </div>
      )}
    </dl>
  );
}
