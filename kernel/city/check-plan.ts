import { checkUnique, type Draft, type Row } from './draft.ts';
import { didYouMean, type FaultCode, type FaultParams, type Path } from './faults.ts';
import type { Indicator, IndicatorPart, Plan, Target } from './schema.ts';

/** Checks plan.yaml: its days, its years, its projects. */
export function checkPlan(draft: Draft): void {
  const { plan, faults } = draft;
  const text = draft.texts.get('plan');
  if (!plan || !text) return;
  if (plan.start > plan.end) {
    faults.add({ text, path: ['end'] }, 'period-reversed', { from: plan.start, to: plan.end });
  }
  const years = plan.years.join(', ');
  if (plan.years.some((year, i) => i > 0 && Number(year) !== Number(plan.years[i - 1]) + 1)) {
    faults.add({ text, path: ['years'] }, 'years-broken', { years });
  } else if (plan.years[0] !== plan.start.slice(0, 4) || plan.years.at(-1) !== plan.end.slice(0, 4)) {
    faults.add({ text, path: ['years'] }, 'years-do-not-fit', { years, from: plan.start, to: plan.end });
  }
  checkUnique(
    draft,
    'plan',
    plan.projects.map((project, i) => ({ id: project.id, path: ['projects', i, 'id'] })),
  );
  checkUnique(
    draft,
    'plan',
    plan.projects.flatMap((project, i) =>
      project.tasks.map((task, j) => ({ id: task.id, path: ['projects', i, 'tasks', j, 'id'] })),
    ),
  );
}

/** Checks indicators.yaml: every reference, every year, and that each row has what its kind needs. */
export function checkIndicators(draft: Draft): void {
  const rows = draft.indicators;
  checkUnique(
    draft,
    'indicators',
    rows.map((row) => ({ id: row.value.no, path: [...row.path, 'no'] })),
  );
  checkUnique(
    draft,
    'indicators',
    rows.map((row) => ({ id: String(row.value.ordinal), path: [...row.path, 'ordinal'] })),
  );
  for (const row of rows) new IndicatorCheck(draft, row).run();
}

const isNumber = (target: Target | undefined): boolean => target !== null && target !== undefined;

/** The checks of one row. */
class IndicatorCheck {
  private readonly draft: Draft;
  private readonly row: Row<Indicator>;
  private readonly it: Indicator;
  private readonly plan: Plan | null;

  constructor(draft: Draft, row: Row<Indicator>) {
    this.draft = draft;
    this.row = row;
    this.it = row.value;
    this.plan = draft.plan;
  }

  run(): void {
    this.references();
    this.years();
    this.kind();
    this.targets(this.it.kind, this.it.targets, ['targets']);
    for (const [i, part] of (this.it.parts ?? []).entries()) {
      this.targets(part.kind, part.targets, ['parts', i, 'targets']);
    }
    this.milestones();
    this.spans();
    this.county();
  }

  private add(path: Path, code: FaultCode, params: FaultParams = {}, on: 'key' | 'value' = 'value'): void {
    const text = this.draft.texts.get('indicators');
    if (text) this.draft.faults.add({ text, path: [...this.row.path, ...path], on }, code, params);
  }

  private refer(path: Path, code: FaultCode, id: string, known: ReadonlySet<string> | null): void {
    const text = this.draft.texts.get('indicators');
    if (text && known && !known.has(id)) {
      this.draft.faults.unknown({ text, path: [...this.row.path, ...path] }, code, id, known);
    }
  }

  private references(): void {
    const { it, draft } = this;
    const departments = draft.known.departments;
    for (const [i, id] of it.lead.entries()) this.refer(['lead', i], 'unknown-department', id, departments);
    for (const [i, id] of it.assist.entries())
      this.refer(['assist', i], 'unknown-department', id, departments);
    if (it.light !== undefined) this.refer(['light'], 'unknown-light', it.light, draft.known.lights);
    const projects = draft.projects;
    if (!projects) return;
    const tasks = projects.get(it.project);
    if (!tasks) this.refer(['project'], 'unknown-project', it.project, new Set(projects.keys()));
    else if (it.task !== null && !tasks.has(it.task)) {
      const text = draft.texts.get('indicators')!;
      const near = [...projects.values()].flatMap((ids) => [...ids]).filter((id) => id !== it.task);
      const found = [...projects].find(([, ids]) => ids.has(it.task!));
      draft.faults.add({ text, path: [...this.row.path, 'task'] }, 'unknown-task', {
        id: it.task,
        project: it.project,
        ...(found
          ? { hintZh: `它属于“${found[0]}”。`, hintEn: `It belongs to “${found[0]}”. ` }
          : didYouMean(it.task, near)),
      });
    }
  }

  /** Each of the plan's years stands in every record by year, and no other year. */
  private years(): void {
    if (!this.plan) return;
    const { it } = this;
    const years = new Set(this.plan.years);
    const records: [Path, Record<string, unknown>][] = [
      [['targets'], it.targets],
      [['printed'], it.printed],
      ...(it.parts ?? []).map((part, i): [Path, Record<string, unknown>] => [
        ['parts', i, 'targets'],
        part.targets,
      ]),
    ];
    if (it.milestones) records.push([['milestones', 'required'], it.milestones.required]);
    for (const [path, record] of records) {
      for (const year of years) if (!(year in record)) this.add(path, 'missing-year', { year }, 'key');
      for (const year of Object.keys(record)) {
        if (!years.has(year)) this.add([...path, year], 'year-outside-plan', { year }, 'key');
      }
    }
    for (const [i, year] of (it.floors ?? []).entries()) {
      if (!years.has(year)) this.add(['floors', i], 'year-outside-plan', { year });
      else if (!isNumber(it.targets[year])) this.add(['floors', i], 'floor-without-number', { year });
    }
    if (it.baseline && it.baseline.at >= this.plan.start) {
      this.add(['baseline', 'at'], 'baseline-too-late', { at: it.baseline.at, start: this.plan.start });
    }
  }

  private kind(): void {
    const { it } = this;
    const numbers = Object.values(it.targets).some(isNumber);
    if (it.kind === 'composite') {
      if (!it.parts) this.add(['kind'], 'composite-without-parts');
      for (const [year, target] of Object.entries(it.targets)) {
        if (isNumber(target)) this.add(['targets', year], 'composite-with-target');
      }
    } else if (it.parts) this.add(['parts'], 'parts-on-single', {}, 'key');
    if (it.parts && it.measure) this.add(['measure'], 'measure-beside-parts', {}, 'key');
    if (numbers && it.kind !== 'composite' && !it.unit)
      this.add(['targets'], 'number-without-unit', {}, 'key');
    if (it.kind === 'milestone') {
      if (!it.milestones) this.add(['kind'], 'milestone-without-stages');
    } else if (it.milestones) this.add(['milestones'], 'stages-on-number', {}, 'key');
    if (it.kind !== 'milestone' && it.kind !== 'composite' && !numbers)
      this.add(['targets'], 'no-target-at-all', {}, 'key');
  }

  private targets(
    kind: Indicator['kind'] | IndicatorPart['kind'],
    targets: Indicator['targets'],
    path: Path,
  ): void {
    let before: number | null = null;
    for (const year of Object.keys(targets).sort()) {
      const target = targets[year];
      if (target === null || target === undefined) continue;
      if (typeof target === 'object') {
        if (kind !== 'range') this.add([...path, year], 'range-misplaced');
        else if (target.min >= target.max) this.add([...path, year], 'range-reversed', { ...target });
        continue;
      }
      if (kind === 'cumulative' && before !== null && target < before) {
        this.add([...path, year], 'target-falls', { year, value: target, before });
      }
      before = target;
    }
  }

  private milestones(): void {
    const milestones = this.it.milestones;
    if (!milestones) return;
    const ids = new Set<string>();
    let rank = 0;
    for (const [i, stage] of milestones.stages.entries()) {
      const path = ['milestones', 'stages', i];
      const text = this.draft.texts.get('indicators')!;
      if (ids.has(stage.id)) {
        const earlier = milestones.stages.findIndex((other) => other.id === stage.id);
        const { line } = text.locate([...this.row.path, 'milestones', 'stages', earlier]);
        this.add([...path, 'id'], 'duplicate-id', { id: stage.id, line });
      }
      ids.add(stage.id);
      if (stage.rank <= rank) this.add([...path, 'rank'], 'ranks-not-rising', { rank: stage.rank });
      rank = stage.rank;
    }
    for (const [year, id] of Object.entries(milestones.required)) {
      const path = ['milestones', 'required', year];
      if (id === null) continue;
      this.refer(path, 'unknown-stage', id, ids);
      if (isNumber(this.it.targets[year])) this.add(path, 'number-and-stage', { year });
    }
  }

  private spans(): void {
    for (const [year, span] of Object.entries(this.it.spans ?? {})) {
      const wrong = span.years.some((other, i) => Number(other) !== Number(year) + i);
      if (wrong) this.add(['spans', year, 'years'], 'span-wrong', { year });
      for (const other of span.years) {
        if (this.plan && !this.plan.years.includes(other)) {
          this.add(['spans', year, 'years'], 'year-outside-plan', { year: other });
        } else if (other in this.it.printed && this.it.printed[other] !== this.it.printed[year]) {
          this.add(['printed', other], 'span-text-differs', { year: other });
        }
      }
    }
  }

  private county(): void {
    const { county } = this.it;
    if (county.rule === 'weighted' && !county.weight) this.add(['county'], 'weight-missing', {}, 'key');
    if (county.rule !== 'weighted' && county.weight)
      this.add(['county', 'weight'], 'weight-misplaced', {}, 'key');
    if (!county.reports && (county.rule === 'sum' || county.rule === 'weighted')) {
      this.add(['county'], 'sum-without-reports', {}, 'key');
    }
  }
}
