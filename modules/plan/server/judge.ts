import type { CalendarDate } from '#kernel/calendar/date';
import type { CityPack } from '#kernel/city/schema';
import type { Lang, Text } from '#kernel/text';
import type { IndicatorView } from '../contract.ts';
import type { Indicator } from './domain/body.ts';
import { type Expected, expectedAt, requiredStageAt } from './domain/expected.ts';
import { type LightRule, type Lit, lightNumber, lightStage, worstOf } from './domain/light.ts';
import { lastYearOf, type ReportedFigure, type ReportedFigures } from './figures.ts';
import { type MeasuredFigure, toMeasured } from './measured.ts';
import type { Names } from './names.ts';

/** Everything that one indicator's view is made of. */
export interface JudgeInput {
  pack: CityPack;
  figures: ReportedFigures;
  names: Names;
  asOf: CalendarDate;
  region: string | null;
  lang: Lang;
  measured: MeasuredFigure | null;
  /** By part; parts without a measure are missing. */
  measuredParts: ReadonlyMap<string, MeasuredFigure | null>;
}

type Part = NonNullable<Indicator['parts']>[number];
type Numeric = Pick<Indicator, 'kind' | 'targets' | 'unit' | 'decimals' | 'direction' | 'baseline'>;
type PartView = NonNullable<IndicatorView['parts']>[number];

const noCountyTarget: Text = {
  zh: '计划未向县（市）区分解此项目标，只列数值',
  en: 'The plan sets no target for single counties: figures only',
};

/** The light rule of an indicator: its own, else its kind's. The loader guarantees that there is one. */
export function ruleOf(pack: CityPack, indicator: Pick<Indicator, 'light' | 'kind'>) {
  const rule = indicator.light
    ? pack.lights.find((r) => r.id === indicator.light)
    : pack.lights.find((r) => r.appliesTo.includes(indicator.kind));
  if (!rule) throw new Error(`no light rule for ${indicator.light ?? indicator.kind}`);
  return rule;
}

/** Judges one indicator on a day: figures, what is expected, the light and why. */
export function judge(indicator: Indicator, input: JudgeInput): IndicatorView {
  const { pack, asOf, lang } = input;
  const rule = ruleOf(pack, indicator);
  const reported = indicator.parts ? null : input.figures.at(indicator, null, asOf, input.region);
  const parts = indicator.parts?.map((p) => judgePart(indicator, p, input));
  const own = parts ? null : judgeOwn(indicator, rule as LightRule, reported, input);
  const { light, reason } = own?.lit ?? compositeLit(rule as LightRule, parts?.map((p) => p.lit) ?? [], asOf);
  return {
    no: indicatorNo(indicator.no),
    title: indicator.title,
    fullTitle: indicator.fullTitle,
    project: indicator.project,
    task: indicator.task,
    kind: indicator.kind,
    direction: indicator.direction,
    unit: indicator.unit?.[lang] ?? null,
    decimals: indicator.decimals ?? 0,
    targets: { ...indicator.targets },
    stages: Object.fromEntries(
      pack.plan.years.map((y) => [y, stageLabel(indicator, indicator.milestones?.required[y] ?? null)]),
    ),
    printed: { ...indicator.printed },
    lead: indicator.lead.map((id) => input.names.department(id)),
    assist: indicator.assist.map((id) => input.names.department(id)),
    measured: toMeasured(input.measured, lang),
    reported: reported && toReported(reported),
    basis: own ? own.basis : commonBasis(parts?.map((p) => p.view.basis ?? null) ?? []),
    expected: own?.expected.value ?? null,
    light,
    reason: reason[lang],
    contradictory: (indicator.contradictions?.length ?? 0) > 0,
    uncertain: Object.values(indicator.spans ?? {}).some((s) => !s.certain),
    ...(parts && { parts: parts.map((p) => p.view) }),
  };
}

/** What lit all parts that were lit; null where they differ or none was. */
function commonBasis(bases: readonly Judged['basis'][]): Judged['basis'] {
  const lit = new Set(bases.filter((b) => b !== null));
  return lit.size === 1 ? ([...lit][0] ?? null) : null;
}

/** The worst light of the parts, with the reason of every part that has it. */
function compositeLit(
  rule: LightRule,
  parts: readonly Lit[],
  asOf: CalendarDate,
): Pick<Lit, 'light' | 'reason'> {
  const worst = worstOf(parts);
  if (!worst) return { light: 'no-data', reason: rule.reasons['no-data'] };
  if (worst.light === 'met') return { light: 'met', reason: fillAsOf(rule.reasons.met, asOf) };
  const same = parts.filter((p) => p.light === worst.light).map((p) => p.reason);
  return {
    light: worst.light,
    reason: {
      zh: `${same.map((r) => r.zh.replace(/。$/, '')).join('；')}。`,
      en: same.map((r) => r.en).join(' '),
    },
  };
}

interface Judged {
  lit: Lit;
  expected: Expected;
  basis: 'measured' | 'reported' | null;
}

function judgeOwn(
  indicator: Indicator,
  rule: LightRule,
  reported: ReportedFigure | null,
  input: JudgeInput,
): Judged {
  const { pack, asOf } = input;
  const year = lastYearOf(pack, asOf);
  const context = contextOf(indicator, asOf);
  if (asOf < pack.plan.start) return before(pack);
  const numberYear = (indicator.targets[year] ?? null) !== null;
  if (indicator.kind === 'milestone' && indicator.milestones && !numberYear) {
    const required = requiredStageAt(indicator.milestones, pack.plan.years, asOf);
    return {
      lit: lightStage(
        rule,
        reported?.stage ?? null,
        required,
        (id) => stageLabel(indicator, id) ?? id,
        context,
      ),
      expected: { value: null, target: null, year: null, method: 'none' },
      basis: reported?.stage ? 'reported' : null,
    };
  }
  const value = input.measured?.value ?? (reported?.stage ? null : (reported?.value ?? null));
  const basis = input.measured?.value != null ? 'measured' : value === null ? null : 'reported';
  const numberRule =
    indicator.kind === 'milestone'
      ? ((pack.lights.find((r) => r.expectation === 'year-end') ?? rule) as LightRule)
      : rule;
  return judgeNumber(indicator, numberRule, value, basis, indicator.county.rule, input, context, reported);
}

function judgeNumber(
  numeric: Numeric,
  rule: LightRule,
  value: number | null,
  basis: Judged['basis'],
  countyRule: string,
  input: JudgeInput,
  context: ReturnType<typeof contextOf>,
  reported: ReportedFigure | null,
): Judged {
  const { pack, asOf, region } = input;
  const mode = ruleOf(pack, { kind: numeric.kind }).expectation === 'linear' ? 'linear' : 'year-end';
  const expected = expectedAt(
    { years: pack.plan.years, targets: numeric.targets, baseline: numeric.baseline },
    asOf,
    mode,
  );
  if (region && countyRule !== 'weighted')
    return {
      lit: { light: 'no-data', ratio: null, reason: noCountyTarget },
      expected: { value: null, target: null, year: null, method: 'none' },
      basis,
    };
  const lit = lightNumber(rule, value, expected, numeric.direction, context);
  const missing = basis === 'reported' && countyRule === 'sum' && incomplete(reported);
  return { lit: missing && lit.light !== 'met' ? partial(missing) : lit, expected, basis };
}

/** How many counties a sum lacks; null where it is whole or none. */
function incomplete(reported: ReportedFigure | null): { reported: number; expected: number } | null {
  const c = reported?.coverage;
  return c && c.reported < c.expected ? c : null;
}

/** A sum that lacks counties can only grow: it may prove that a target is met, never that it is missed. */
function partial(c: { reported: number; expected: number }): Lit {
  return {
    light: 'no-data',
    ratio: null,
    reason: {
      zh: `${c.expected} 个县（市）区中只有 ${c.reported} 个已报，合计尚不完整，不作判定`,
      en: `Only ${c.reported} of ${c.expected} counties have reported: the sum is incomplete and is not judged`,
    },
  };
}

function judgePart(indicator: Indicator, part: Part, input: JudgeInput): { view: PartView; lit: Lit } {
  const { pack, asOf, lang } = input;
  const reported = input.figures.at(indicator, part.id, asOf, input.region);
  const measured = input.measuredParts.get(part.id) ?? null;
  const value = measured?.value ?? reported?.value ?? null;
  const basis = measured?.value != null ? 'measured' : value === null ? null : 'reported';
  const numeric: Numeric = { ...part, direction: indicator.direction, baseline: undefined };
  const context = { ...contextOf(numeric, asOf), part: part.title };
  const judged =
    asOf < pack.plan.start
      ? before(pack)
      : judgeNumber(
          numeric,
          { ...(ruleOf(pack, { kind: part.kind }) as LightRule), reasons: partReasons(pack, indicator) },
          value,
          basis,
          indicator.county.rule,
          input,
          context,
          reported,
        );
  return {
    lit: judged.lit,
    view: {
      id: part.id,
      title: part.title,
      kind: part.kind,
      unit: part.unit[lang],
      decimals: part.decimals ?? 0,
      targets: { ...part.targets },
      measured: toMeasured(measured, lang),
      reported: reported && toReported(reported),
      basis: judged.basis,
      expected: judged.expected.value,
      light: judged.lit.light,
      reason: judged.lit.reason[lang],
    },
  };
}

/** Parts are worded by the composite's rule, which can name them; "met" of one part by its own kind's words. */
function partReasons(pack: CityPack, indicator: Indicator): LightRule['reasons'] {
  const composite = ruleOf(pack, indicator).reasons;
  const own = ruleOf(pack, { kind: indicator.parts?.[0]?.kind ?? 'stock' }).reasons;
  return { ...composite, met: own.met };
}

function before(pack: CityPack): Judged {
  return {
    lit: {
      light: 'no-data',
      ratio: null,
      reason: {
        zh: `计划自 ${pack.plan.start} 起实施，此日尚未开始`,
        en: `The plan began on ${pack.plan.start}, after this day`,
      },
    },
    expected: { value: null, target: null, year: null, method: 'none' },
    basis: null,
  };
}

function contextOf(numeric: Pick<Numeric, 'unit' | 'decimals'>, asOf: CalendarDate) {
  return { asOf, unit: numeric.unit ?? { zh: '', en: '' }, decimals: numeric.decimals ?? 0 };
}

function fillAsOf(text: Text, asOf: CalendarDate): Text {
  return { zh: text.zh.replaceAll('{asOf}', asOf), en: text.en.replaceAll('{asOf}', asOf) };
}

function stageLabel(indicator: Indicator, id: string | null): string | null {
  return indicator.milestones?.stages.find((s) => s.id === id)?.label ?? null;
}

/** The contract's form of a reported figure. */
export function toReported(r: ReportedFigure): NonNullable<IndicatorView['reported']> {
  return { ...r, stage: r.stage && { ...r.stage }, coverage: r.coverage && { ...r.coverage } };
}

/** Rows of the table have numbers, goals outside it keep their `G1`. */
export function indicatorNo(no: string): number | string {
  return /^\d+$/.test(no) ? Number(no) : no;
}
