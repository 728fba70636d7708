import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import type { IndicatorView, PlanFrame } from '#modules/plan/contract';
import { Delta, Figure } from '#shell/components/figure.tsx';
import { Light, LightTally } from '#shell/components/light.tsx';
import { formatComputed } from '#shell/format';
import css from './board.module.css';
import { BoardReason } from './board-reason.tsx';
import {
  differenceOf,
  measuredDigits,
  type ProjectGroup,
  reportedText,
  targetCells,
  yearOf,
} from './board-rows.ts';
import { DepartmentNames } from './departments.tsx';
import { IndicatorFlags } from './flags.tsx';
import { KnownNow } from './known-now.tsx';
import { useText } from './text.ts';

/** What table and list both need. */
export interface BoardProps {
  groups: readonly ProjectGroup[];
  years: readonly string[];
  asOf: string;
  /** Date and region as chosen, handed on to the indicator's page. */
  place: { asOf?: string; region?: string };
  rules: PlanFrame['lightRules'];
}

/** The board as one table, laid out as the plan is: project, key task, row. */
export function BoardTable({ groups, years, asOf, place, rules }: BoardProps) {
  const t = useText();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const thisYear = yearOf(asOf, years);
  const columns = 7 + years.length;
  const toggle = (no: string) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(no)) next.add(no);
      return next;
    });
  return (
    <table className={css.table}>
      <caption className="visually-hidden">{t('board.caption', { asOf })}</caption>
      <colgroup>
        <col className={css.no} />
        <col className={css.title} />
        {years.map((y) => (
          <col key={y} className={css.year} />
        ))}
        <col className={css.num} />
        <col className={css.num} />
        <col className={css.wideNum} />
        <col className={css.num} />
        <col className={css.lightCol} />
        <col className={css.lead} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" className={css.no} rowSpan={2}>
            {t('col.no')}
          </th>
          <th scope="col" className={css.title} rowSpan={2}>
            {t('col.title')}
          </th>
          <th scope="colgroup" colSpan={years.length} className={css.group}>
            {t('col.targets')}
          </th>
          <th scope="col" className={css.num} rowSpan={2}>
            {t('col.expected')}
          </th>
          <th scope="col" className={css.num} rowSpan={2}>
            {t('col.measured')}
          </th>
          <th scope="col" className={css.num} rowSpan={2}>
            {t('col.reported')}
          </th>
          <th scope="col" className={css.num} rowSpan={2}>
            {t('col.difference')}
          </th>
          <th scope="col" className={css.lightCol} rowSpan={2}>
            {t('col.light')}
          </th>
          <th scope="col" className={css.lead} rowSpan={2}>
            {t('col.lead')}
          </th>
        </tr>
        <tr>
          {years.map((y) => (
            <th key={y} scope="col" className={css.year} data-now={y === thisYear}>
              {y}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.id}>
          <tr className={css.projectRow}>
            <th scope="rowgroup" colSpan={columns + 1}>
              <span className={css.projectName}>{group.name}</span>
              <LightTally counts={group.counts} />
            </th>
          </tr>
          {group.tasks.map((task) => (
            <Fragment key={task.id}>
              {task.name && (
                <tr className={css.taskRow}>
                  <th scope="rowgroup" colSpan={columns + 1}>
                    {task.name}
                  </th>
                </tr>
              )}
              {task.rows.map((row) => {
                const no = String(row.no);
                return (
                  <BoardRow
                    key={no}
                    row={row}
                    years={years}
                    thisYear={thisYear}
                    asOf={asOf}
                    place={place}
                    rules={rules}
                    open={open.has(no)}
                    onToggle={() => toggle(no)}
                    columns={columns + 1}
                  />
                );
              })}
            </Fragment>
          ))}
        </tbody>
      ))}
    </table>
  );
}

function BoardRow({
  row,
  years,
  thisYear,
  asOf,
  place,
  rules,
  open,
  onToggle,
  columns,
}: Omit<BoardProps, 'groups'> & {
  row: IndicatorView;
  thisYear: string | null;
  open: boolean;
  onToggle: () => void;
  columns: number;
}) {
  const id = `why-${row.no}`;
  return (
    <>
      <tr className={css.row} data-open={open}>
        <td className={css.no}>{row.no}</td>
        <th scope="row" className={css.title}>
          <Link to="/indicators/$no" params={{ no: String(row.no) }} search={place as never}>
            {row.title}
          </Link>
          {row.unit && <span className={css.unit}>{row.unit}</span>}
          <IndicatorFlags row={row} />
        </th>
        {row.parts ? (
          years.map((y) => <td key={y} data-now={y === thisYear} />)
        ) : (
          <Targets row={row} years={years} thisYear={thisYear} />
        )}
        {row.parts ? <td colSpan={4} /> : <Values row={row} asOf={asOf} />}
        <td className={css.lightCol}>
          <button
            type="button"
            className={css.why}
            aria-expanded={open}
            aria-controls={id}
            onClick={onToggle}
          >
            <Light state={row.light} />
            <span aria-hidden="true" className={css.chevron} />
          </button>
        </td>
        <td className={css.lead}>
          <DepartmentNames departments={row.lead} />
        </td>
      </tr>
      {row.parts?.map((part) => (
        <tr key={part.id} className={css.partRow}>
          <td />
          <th scope="row" className={css.title}>
            {part.title}
            <span className={css.unit}>{part.unit}</span>
          </th>
          <Targets row={part} years={years} thisYear={thisYear} />
          <Values row={part} asOf={asOf} />
          <td className={css.lightCol}>
            <span className={css.partLight} title={part.reason}>
              <Light state={part.light} />
            </span>
          </td>
          <td />
        </tr>
      ))}
      {open && (
        <tr className={css.reasonRow}>
          <td />
          <td id={id} colSpan={columns - 1}>
            <BoardReason row={row} rules={rules} place={place} />
          </td>
        </tr>
      )}
    </>
  );
}

type Numbers = Pick<IndicatorView, 'targets' | 'decimals' | 'measured' | 'reported' | 'expected'> &
  Partial<Pick<IndicatorView, 'stages' | 'printed'>>;

function Targets({
  row,
  years,
  thisYear,
}: {
  row: Numbers;
  years: readonly string[];
  thisYear: string | null;
}) {
  return targetCells(row, years).map((cell) => (
    <td
      key={cell.years[0]}
      colSpan={cell.years.length}
      className={cell.number ? css.year : css.stage}
      data-now={thisYear !== null && cell.years.length === 1 && cell.years[0] === thisYear}
      title={row.printed?.[cell.years[0]!] ?? undefined}
    >
      {cell.text || <Figure value={null} />}
    </td>
  ));
}

function Values({ row, asOf }: { row: Numbers; asOf: string }) {
  const t = useText();
  const difference = differenceOf(row, asOf);
  const reported = reportedText(row.reported, row.decimals);
  const late = row.reported && row.reported.asOf !== asOf;
  return (
    <>
      <td className={css.num}>
        <Figure text={formatComputed(row.expected, row.decimals)} />
      </td>
      <td className={css.num}>
        <Figure value={row.measured?.value} decimals={measuredDigits(row.measured?.value, row.decimals)} />
        <KnownNow measured={row.measured} decimals={row.decimals} />
      </td>
      <td className={row.reported?.stage ? css.stage : css.num}>
        {reported === null ? <Figure value={null} /> : reported}
        {late && <span className={css.asOf}>{row.reported!.asOf}</span>}
      </td>
      <td className={css.num}>
        <Delta value={difference?.value} decimals={measuredDigits(difference?.value, row.decimals)} />
        {difference && !difference.sameDay && (
          <span className={css.asOf} title={t('board.otherDayTitle')}>
            {t('board.otherDay')}
          </span>
        )}
      </td>
    </>
  );
}
