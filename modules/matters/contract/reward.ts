import * as z from 'zod';
import { basis, date, words } from './shared.ts';

/** Most that a reward is counted from, in fen: 10 billion yuan. */
export const MOST_BASE = 1_000_000_000_000;

const grade = z.object({
  id: z.string(),
  title: words,
  criteria: words,
  /** Percent. */
  rate: z.number(),
  /** Whole yuan. */
  floor: z.int(),
});

/** A rule by which rewards are computed, as it holds for a matter or stands in a guide. */
export const rewardRule = z
  .object({
    id: z.string(),
    title: words,
    /** First and last day on which a matter is opened that it holds for. */
    from: date,
    to: date.nullable(),
    basis: z.array(basis),
    note: words.nullable(),
    conditions: z.array(z.object({ text: words, basis: z.array(basis) })),
    base: words,
    grades: z.array(grade),
    insider: z.object({ title: words, factor: z.number() }).nullable(),
    /** Whole yuan. */
    cap: z.int().nullable(),
  })
  .meta({ id: 'RewardRule' });
/** A rule by which rewards are computed. */
export type RewardRule = z.infer<typeof rewardRule>;

/** What an officer says of a case, for the reward to be computed. */
export const rewardIn = z.object({
  grade: z.string().max(60),
  /** What the percentage is of, in fen. */
  base: z.int().min(0).max(MOST_BASE),
  insider: z.boolean().default(false),
});
/** What an officer says of a case. */
export type RewardIn = z.infer<typeof rewardIn>;

/** A computed reward with everything that it was computed from, as it stands in the log: later corrections of the rule leave it as it is. */
export const reward = z
  .object({
    rule: z.object({
      id: z.string(),
      title: words,
      /** Was every article that it rests on read? */
      verified: z.boolean(),
    }),
    /** What the percentage is of, and how much that is, in fen. */
    of: words,
    base: z.int(),
    grade: grade.pick({ id: true, title: true, rate: true, floor: true }),
    insider: z.object({ title: words, factor: z.number() }).nullable(),
    cap: z.int().nullable(),
    /** The way to the sum, in fen after each part: percentage, floor, insiders, cap. Parts that change nothing are left out. */
    parts: z.array(z.object({ what: z.enum(['rate', 'floor', 'insider', 'cap']), fen: z.int() })),
    /** In fen. */
    sum: z.int(),
  })
  .meta({ id: 'Reward' });
/** A computed reward. */
export type Reward = z.infer<typeof reward>;

/** Whole parts of `of` over `by`, half of one rounded up. */
function share(of: bigint, by: bigint): number {
  return Number((2n * of + by) / (2n * by));
}

/** A figure with four decimals as a whole number. */
const tenThousandths = (figure: number): bigint => BigInt(Math.round(figure * 10_000));

/**
 * Computes a reward: percent of what was recovered, at least the floor of the grade, times the factor for insiders, at most the cap;
 * rounded to the fen, half up. Null where the rule has no such grade, or knows no insiders.
 */
export function rewardOf(
  rule: Pick<RewardRule, 'id' | 'title' | 'basis' | 'base' | 'grades' | 'insider' | 'cap'>,
  given: RewardIn,
): Reward | null {
  const grade = rule.grades.find(({ id }) => id === given.grade);
  if (!grade || (given.insider && rule.insider === null)) return null;
  const insider = given.insider ? rule.insider : null;
  const parts: Reward['parts'] = [];
  let fen = share(BigInt(given.base) * tenThousandths(grade.rate), 1_000_000n);
  parts.push({ what: 'rate', fen });
  const next = (what: 'floor' | 'insider' | 'cap', other: number) => {
    if (other === fen) return;
    fen = other;
    parts.push({ what, fen });
  };
  next('floor', Math.max(fen, grade.floor * 100));
  if (insider) next('insider', share(BigInt(fen) * tenThousandths(insider.factor), 10_000n));
  if (rule.cap !== null) next('cap', Math.min(fen, rule.cap * 100));
  const { id, title, rate, floor } = grade;
  return {
    rule: { id: rule.id, title: rule.title, verified: rule.basis.every(({ verified }) => verified) },
    ...{ of: rule.base, base: given.base, grade: { id, title, rate, floor }, insider, cap: rule.cap },
    ...{ parts, sum: fen },
  };
}

/** Fen as yuan with two decimals, 12,345.60. */
export function yuanText(fen: number): string {
  return (fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** How a reward was computed, in sentences for a document, whose language is Chinese. */
export function rewardText({ rule, of, base, grade, insider, cap, parts, sum }: Reward): string {
  const said = parts.map(({ what, fen }) => {
    const yuan = `${yuanText(fen)}元`;
    if (what === 'rate') return `按${of.zh}${yuanText(base)}元的${grade.rate}%计算，为${yuan}`;
    if (what === 'floor') return `低于该等级的下限，按下限计为${yuan}`;
    if (what === 'insider') return `${insider?.title.zh}按${insider?.factor}倍计，为${yuan}`;
    return `超过上限${yuanText((cap ?? 0) * 100)}元，按上限计为${yuan}`;
  });
  return [
    `奖励标准：《${rule.title.zh}》。`,
    `奖励等级：${grade.title.zh}。`,
    `计算过程：${said.join('；')}。`,
    `奖励金额：人民币${yuanText(sum)}元。`,
  ].join('\n');
}
