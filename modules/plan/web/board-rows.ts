import type { IndicatorView, Light, PlanFrame, TargetValue } from '#modules/plan/contract';
import type { LightCounts } from '#shell/components/light.tsx';
import { formatNumber } from '#shell/format';
import type { BoardSearch } from './search.ts';

/** Counts rows by light. */
export function countLights(rows: readonly { light: Light }[]): LightCounts {
  const of = (light: Light) => rows.filter((r) => r.light === light).length;
  return {
    total: rows.length,
    met: of('met'),
    atRisk: of('at-risk'),
    behind: of('behind'),
    noData: of('no-data'),
  };
}

/** A goal that stands outside the plan's table: G1, G2 … */
export function isGoal(row: Pick<IndicatorView, 'no'>): boolean {
  return typeof row.no === 'string' && row.no.startsWith('G');
}

/** Applies project and department; the light filter is separate, because its buttons show counts of what else is chosen. */
export function filterRows(
  rows: readonly IndicatorView[],
  search: Pick<BoardSearch, 'project' | 'department'>,
): IndicatorView[] {
  return rows.filter(
    (r) =>
      (!search.project || r.project === search.project) &&
      (!search.department || [...r.lead, ...r.assist].some((d) => d.id === search.department)),
  );
}

/** Rows of one key task, in the plan's order. */
export interface TaskGroup {
  id: string;
  /** Null for rows without a task. */
  name: string | null;
  rows: IndicatorView[];
}

/** Rows of one project; `goals` is the group of what stands outside the table. */
export interface ProjectGroup {
  id: string;
  name: string;
  goals: boolean;
  tasks: TaskGroup[];
  counts: LightCounts;
}

/**
 * Lays rows out as the plan does: project, key task, row; the goals outside the table come last. Empty groups fall away; a row
 * whose project or task the frame does not name is kept under its own id rather than lost.
 */
export function groupRows(
  rows: readonly IndicatorView[],
  frame: Pick<PlanFrame, 'projects'>,
  words: { goals: string; nameOf: (entry: { name: string; en: string }) => string },
): ProjectGroup[] {
  const groups: ProjectGroup[] = [];
  const known = frame.projects.map((p) => p.id);
  const inTable = rows.filter((r) => !isGoal(r));
  const ids = [...new Set([...known, ...inTable.map((r) => r.project)])];
  for (const id of ids) {
    const mine = inTable.filter((r) => r.project === id);
    if (mine.length === 0) continue;
    const project = frame.projects.find((p) => p.id === id);
    const order = [
      ...new Set([...(project?.tasks.map((t) => t.id) ?? []), ...mine.map((r) => r.task ?? '')]),
    ];
    const tasks = order.flatMap((task): TaskGroup[] => {
      const rowsOfTask = mine.filter((r) => (r.task ?? '') === task);
      if (rowsOfTask.length === 0) return [];
      const found = project?.tasks.find((t) => t.id === task);
      return [{ id: task, name: found ? words.nameOf(found) : task || null, rows: rowsOfTask }];
    });
    groups.push({
      id,
      name: project ? words.nameOf(project) : id,
      goals: false,
      tasks,
      counts: countLights(mine),
    });
  }
  const goals = rows.filter(isGoal);
  if (goals.length > 0)
    groups.push({
      id: 'goals',
      name: words.goals,
      goals: true,
      tasks: [{ id: '', name: null, rows: goals }],
      counts: countLights(goals),
    });
  return groups;
}

/** A target in figures: `21`, `5–6`; null where the plan gives no number. */
export function targetText(target: TargetValue | undefined, decimals: number): string | null {
  if (target === null || target === undefined) return null;
  // A whole target of a finer indicator is shown as the plan prints it: 21, not 21.00.
  const plain = (n: number) => formatNumber(n, Number.isInteger(n) ? 0 : decimals);
  return typeof target === 'number' ? plain(target) : `${plain(target.min)}–${plain(target.max)}`;
}

/** One cell of the targets; a text that holds for several years in a row is one cell over them, as in the printed table. */
export interface TargetCell {
  years: string[];
  text: string;
  number: boolean;
}

/** The target cells of a row, in the order of the years; a year without number, stage or printed text has an empty text. */
export function targetCells(
  row: Pick<IndicatorView, 'targets' | 'decimals'> & Partial<Pick<IndicatorView, 'stages' | 'printed'>>,
  years: readonly string[],
): TargetCell[] {
  const cells: TargetCell[] = [];
  for (const year of years) {
    const number = targetText(row.targets[year], row.decimals);
    const text = number ?? row.stages?.[year] ?? row.printed?.[year] ?? '';
    const last = cells.at(-1);
    if (last && !last.number && number === null && last.text === text) last.years.push(year);
    else cells.push({ years: [year], text, number: number !== null });
  }
  return cells;
}

/** Measured minus reported, and whether both speak of the same day. Null where one of them is missing. */
export function differenceOf(
  row: Pick<IndicatorView, 'measured' | 'reported'>,
  asOf: string,
): { value: number; sameDay: boolean } | null {
  const measured = row.measured?.value ?? null;
  const reported = row.reported?.stage ? null : (row.reported?.value ?? null);
  if (measured === null || reported === null) return null;
  return { value: measured - reported, sameDay: row.reported?.asOf === asOf };
}

/** Digits of a measured figure: a quotient of whole numbers is shown with one even where the plan counts in whole ones. */
export function measuredDigits(value: number | null | undefined, decimals: number): number {
  return decimals === 0 && value != null && !Number.isInteger(value) ? 1 : decimals;
}

/** A reported value in figures or words; null when nothing was reported. */
export function reportedText(reported: IndicatorView['reported'], decimals: number): string | null {
  if (!reported) return null;
  if (reported.stage) return reported.stage.label;
  if (reported.value === null) return null;
  return reported.max !== null && reported.max !== reported.value
    ? `${formatNumber(reported.value, decimals)}–${formatNumber(reported.max, decimals)}`
    : formatNumber(reported.value, decimals);
}

/** Year that a date's column stands for; null before the plan's first and after its last year. */
export function yearOf(asOf: string, years: readonly string[]): string | null {
  const year = asOf.slice(0, 4);
  return years.includes(year) ? year : null;
}
