import type { CalendarDate } from '#kernel/calendar/date';
import type { SchemeIndicator, ValueScheme, ValueSchemeBody } from '../../contract/value.ts';
import type { Translate } from '../text.ts';
import type { CheckedField } from './fields.ts';
import { freshKey, type HeadDraft, headDraftOf, headFields, headOf, MOST } from './head-draft.ts';
import { isWhole, percentTexts, readPercent, sumOfPercents } from './weights.ts';

/** Groups of indicators, in their order. */
export const GROUPS = [
  'legal',
  'technical',
  'economic',
] as const satisfies readonly SchemeIndicator['group'][];

/** Most steps of an indicator, as the server takes them. */
export const MOST_STEPS = 20;
/** Most grades of a scheme. */
export const MOST_GRADES = 10;

/** A step as it is typed: from a value on so many points. */
export interface StepDraft {
  from: string;
  points: string;
}

/** An indicator as it is typed; what belongs to the other way of scoring is kept until saving. */
export interface IndicatorDraft extends Omit<SchemeIndicator, 'steps'> {
  steps: StepDraft[];
}

/** A scenario as it is typed: percentages by key of an indicator. */
export interface ScenarioDraft {
  key: string;
  title: string;
  percents: Record<string, string>;
  /** Where it began: what is untouched keeps its exact weight, which two digits may not hold. */
  before: { percents: Record<string, string>; weights: Record<string, number> };
}

/** A scheme as it is typed. */
export interface SchemeDraft {
  head: HeadDraft;
  indicators: IndicatorDraft[];
  scenarios: ScenarioDraft[];
  grades: { grade: string; from: string }[];
}

/** Where a new version begins. */
export function schemeDraftOf(base: ValueScheme, today: CalendarDate): SchemeDraft {
  const keys = base.indicators.map((one) => one.key);
  return {
    head: headDraftOf(base, today),
    indicators: base.indicators.map((one) => ({
      ...one,
      steps: one.steps.map(({ from, points }) => ({ from: String(from), points: String(points) })),
    })),
    scenarios: base.scenarios.map(({ key, title, weights }) => {
      const percents = percentTexts(keys, weights);
      return { key, title, percents, before: { percents, weights } };
    }),
    grades: base.grades.map(({ grade, from }) => ({ grade, from: String(from) })),
  };
}

/** A new indicator, scored by experts until something else is chosen. */
export function newIndicator(group: SchemeIndicator['group'], taken: ReadonlySet<string>): IndicatorDraft {
  return {
    key: freshKey('indicator', taken),
    title: '',
    group,
    section: '',
    computed: null,
    steps: [],
    guidance: '',
  };
}

/** A figure with at most six digits after the point; null for anything else. */
function readFigure(text: string): number | null {
  const plain = text.normalize('NFKC').trim();
  return /^-?\d{1,9}(?:\.\d{1,6})?$/.test(plain) ? Number(plain) : null;
}

/** Points from 0 to 100; null for anything else. */
function readPoints(text: string): number | null {
  const value = readFigure(text);
  return value !== null && value >= 0 && value <= 100 ? value : null;
}

/** The sum of a scenario's percentages over the indicators that there are. */
export function sumOf(scenario: ScenarioDraft, indicators: readonly { key: string }[]): number {
  return sumOfPercents(indicators.map(({ key }) => scenario.percents[key] ?? ''));
}

/** All fields with what is wrong with them. */
export function schemeFields(draft: SchemeDraft, t: Translate): CheckedField[] {
  return [
    ...headFields(draft.head, t),
    {
      path: '/indicators',
      label: t('rules.indicators'),
      fault: draft.indicators.length === 0 ? t('rules.needIndicator') : null,
    },
    ...draft.indicators.flatMap((one, at) => indicatorFields(one, `/indicators/${at}`, t)),
    ...draft.scenarios.flatMap((one, at) => scenarioFields(one, `/scenarios/${at}`, draft.indicators, t)),
    ...gradeFields(draft.grades, t),
  ];
}

function indicatorFields(one: IndicatorDraft, path: string, t: Translate): CheckedField[] {
  const named = one.title || t('rules.noTitle');
  const field = (name: string, word: string, fault: string | null) => ({
    path: `${path}/${name}`,
    label: t('rules.fieldOf', { title: named, word }),
    fault,
  });
  const filled = (text: string) => (text.trim() === '' ? t('rules.fill') : null);
  return [
    field('title', t('value.indicator'), filled(one.title)),
    field('section', t('rules.section'), filled(one.section)),
    ...(one.computed === null
      ? [field('guidance', t('rules.guidance'), filled(one.guidance))]
      : [field('steps', t('rules.steps'), stepsFault(one.steps, t))]),
  ];
}

/** What is wrong with the steps of an indicator, if anything. */
function stepsFault(steps: readonly StepDraft[], t: Translate): string | null {
  if (steps.length === 0) return t('rules.needSteps');
  const wrong = steps.findIndex((s) => readFigure(s.from) === null || readPoints(s.points) === null);
  if (wrong >= 0) return t('rules.stepWrong', { no: wrong + 1 });
  const values = steps.map((s) => readFigure(s.from));
  const again = values.findIndex((value, at) => values.indexOf(value) < at);
  return again >= 0 ? t('rules.stepAgain', { no: again + 1 }) : null;
}

function scenarioFields(
  one: ScenarioDraft,
  path: string,
  indicators: readonly IndicatorDraft[],
  t: Translate,
): CheckedField[] {
  const unread = indicators.find(({ key }) => readPercent(one.percents[key] ?? '') === null);
  const sum = sumOf(one, indicators);
  return [
    {
      path: `${path}/title`,
      label: t('value.scenario'),
      fault: one.title.trim() === '' ? t('rules.fill') : null,
    },
    {
      path: `${path}/weights`,
      label: t('rules.fieldOf', { title: one.title, word: t('value.weight') }),
      fault: unread
        ? t('rules.weightWrong', { title: unread.title || t('rules.noTitle') })
        : isWhole(sum)
          ? null
          : t('rules.sumWrong', { sum }),
    },
  ];
}

function gradeFields(grades: SchemeDraft['grades'], t: Translate): CheckedField[] {
  const wrong = grades.findIndex((g) => g.grade.trim() === '' || readPoints(g.from) === null);
  const again = grades.findIndex(
    (g, at) =>
      grades.findIndex(
        (o) => o.grade.trim() === g.grade.trim() || readPoints(o.from) === readPoints(g.from),
      ) < at,
  );
  const fault =
    grades.length === 0
      ? t('rules.needGrade')
      : wrong >= 0
        ? t('rules.gradeWrong', { no: wrong + 1, most: MOST.grade })
        : again >= 0
          ? t('rules.gradeAgain', { no: again + 1 })
          : null;
  return [{ path: '/grades', label: t('rules.grades'), fault }];
}

/** The version to be sent; where something is wrong, with what can be read of it. */
export function schemeOf(draft: SchemeDraft): ValueSchemeBody {
  return {
    ...headOf(draft.head),
    indicators: draft.indicators.map((one) => ({
      ...one,
      title: one.title.trim(),
      section: one.section.trim(),
      // One way of scoring alone: what was typed for the other is not sent.
      steps:
        one.computed === null
          ? []
          : one.steps
              .map((s) => ({ from: readFigure(s.from) ?? 0, points: readPoints(s.points) ?? 0 }))
              .sort((a, b) => a.from - b.from),
      guidance: one.computed === null ? one.guidance.trim() : '',
    })),
    scenarios: draft.scenarios.map((one) => ({
      key: one.key,
      title: one.title.trim(),
      weights: weightsOf(one, draft.indicators),
    })),
    grades: draft.grades
      .map(({ grade, from }) => ({ grade: grade.trim(), from: readPoints(from) ?? 0 }))
      .sort((a, b) => b.from - a.from),
  };
}

/** Weights as fractions; an indicator without one is left out. */
function weightsOf(one: ScenarioDraft, indicators: readonly { key: string }[]): Record<string, number> {
  return Object.fromEntries(
    indicators.flatMap(({ key }) => {
      const text = one.percents[key] ?? '';
      const untouched = text === (one.before.percents[key] ?? '');
      const weight = untouched ? (one.before.weights[key] ?? 0) : (readPercent(text) ?? 0) / 100;
      return weight > 0 ? [[key, weight]] : [];
    }),
  );
}
