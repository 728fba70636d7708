import { fillText, type Text } from '#kernel/text';
import type { Expected, RequiredStage } from './expected.ts';

/** The four lights, from best to worst; no-data stands apart. */
export type Light = 'met' | 'at-risk' | 'behind' | 'no-data';

/** The part of a pack's light rule that decides and words a light. */
export interface LightRule {
  readonly id: string;
  readonly met: number;
  readonly risk: number;
  readonly text: Text;
  readonly reasons: Readonly<Record<Light, Text>>;
}

/** A light with the reason in both languages. `ratio` is value ÷ expected (direction down: the other way round). */
export interface Lit {
  light: Light;
  reason: Text;
  ratio: number | null;
}

/** The words that a reason may use besides the numbers. */
export interface ReasonContext {
  asOf: string;
  unit: Text;
  decimals: number;
  /** Name of the part, for composites. */
  part?: string;
}

/** Rounds for people: at most `decimals` digits, one more for expectations between two targets. */
export function plainNumber(value: number, decimals: number): string {
  const digits = Number.isInteger(value) ? 0 : Math.max(decimals, 1);
  return value.toLocaleString('en-US', { minimumFractionDigits: 0, maximumFractionDigits: digits });
}

/** How far a value is along what is expected; 1 or more means reached. An expectation of 0 is reached by any value. */
export function ratioOf(value: number, expected: number, direction: 'up' | 'down'): number {
  const [part, whole] = direction === 'up' ? [value, expected] : [expected, value];
  if (whole === 0) return part >= 0 ? 1 : 0;
  return part / whole;
}

/** Which light a ratio gives. The tolerance keeps a computed 0.99999999 from lighting "behind". */
export function lightOfRatio(rule: Pick<LightRule, 'met' | 'risk'>, ratio: number): Light {
  const r = ratio + 1e-9;
  return r >= rule.met ? 'met' : r >= rule.risk ? 'at-risk' : 'behind';
}

/** Lights a number against what is expected of it. */
export function lightNumber(
  rule: LightRule,
  value: number | null,
  expected: Expected,
  direction: 'up' | 'down',
  context: ReasonContext,
): Lit {
  const words = {
    asOf: context.asOf,
    part: context.part ?? '',
    value: value === null ? '—' : plainNumber(value, context.decimals),
    expected: expected.value === null ? '—' : plainNumber(expected.value, context.decimals),
    target: expected.target === null ? '—' : plainNumber(expected.target, context.decimals),
    year: expected.year ?? context.asOf.slice(0, 4),
    ratio: '',
    stage: '',
    required: '',
  };
  if (value === null || expected.value === null)
    return {
      light: 'no-data',
      ratio: null,
      reason: worded(rule, 'no-data', words, context, expected, value),
    };
  const ratio = ratioOf(value, expected.value, direction);
  const light = lightOfRatio(rule, ratio);
  words.ratio = `${(ratio * 100).toFixed(1)}%`;
  return { light, ratio, reason: worded(rule, light, words, context, expected, value) };
}

function worded(
  rule: LightRule,
  light: Light,
  words: Record<string, string>,
  context: ReasonContext,
  expected: Expected,
  value: number | null,
): Text {
  if (light === 'no-data' && value !== null && expected.method === 'none')
    return { zh: '计划对此日没有数值要求', en: 'The plan demands no number on this day' };
  const base = {
    zh: fillText(rule.reasons[light], { ...words, unit: context.unit.zh }).zh,
    en: fillText(rule.reasons[light], { ...words, unit: context.unit.en }).en,
  };
  if (expected.method === 'earlier')
    return {
      zh: `${base.zh}（本年度计划只有文字要求，以 ${expected.year} 年数值为下限）`,
      en: `${base.en} (the plan gives text only for this year; the number of ${expected.year} is the floor)`,
    };
  if (expected.method === 'first-year')
    return {
      zh: `${base.zh}（首年没有上年数值，全年按年末目标衡量）`,
      en: `${base.en} (the first year has no figure before it: its year-end target counts all year)`,
    };
  return base;
}

/** Lights a milestone: the stage due at the last year end that has passed, by rank. */
export function lightStage(
  rule: LightRule,
  reached: { label: string; rank: number } | null,
  required: RequiredStage,
  labelOf: (stageId: string) => string,
  context: ReasonContext,
): Lit {
  if (!reached)
    return {
      light: 'no-data',
      ratio: null,
      reason: fillText(rule.reasons['no-data'], { asOf: context.asOf, year: context.asOf.slice(0, 4) }),
    };
  const nextUp = required.next
    ? {
        zh: `，${required.next.year} 年末应达“${labelOf(required.next.id)}”`,
        en: `; “${labelOf(required.next.id)}” is due at the end of ${required.next.year}`,
      }
    : { zh: '', en: '' };
  if (required.id === null)
    return {
      light: 'met',
      ratio: null,
      reason: {
        zh: `已到“${reached.label}”，此前没有到期的节点${nextUp.zh}。`,
        en: `Reached “${reached.label}”; nothing was due before${nextUp.en}.`,
      },
    };
  const ratio = required.rank === 0 ? 1 : reached.rank / required.rank;
  const light = lightOfRatio(rule, ratio);
  const words = {
    asOf: context.asOf,
    stage: reached.label,
    required: labelOf(required.id),
    year: required.year ?? '',
    ratio: `${(ratio * 100).toFixed(0)}%`,
    value: reached.label,
    expected: labelOf(required.id),
    target: labelOf(required.id),
    unit: '',
    part: '',
  };
  const reason = fillText(rule.reasons[light], words);
  if (!required.next) return { light, ratio, reason };
  const open = { zh: reason.zh.replace(/。$/, ''), en: reason.en.replace(/\.$/, '') };
  return { light, ratio, reason: { zh: `${open.zh}${nextUp.zh}。`, en: `${open.en}${nextUp.en}.` } };
}

const severity: Record<Light, number> = { met: 0, 'no-data': 1, 'at-risk': 2, behind: 3 };

/** The light of a composite: the worst of its parts; with parts that have no data it is at best "no data". */
export function worstOf<T extends Lit>(parts: readonly T[]): T | undefined {
  return [...parts].sort((a, b) => severity[b.light] - severity[a.light])[0];
}
