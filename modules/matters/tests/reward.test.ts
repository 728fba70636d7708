import { describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import { type Reward, type RewardRule, rewardOf, rewardText } from '../contract.ts';

const rule: RewardRule = {
  ...{ id: 'leads', title: { zh: '线索奖励规则', en: 'Rewards' }, from: '2021-01-01', to: null, note: null },
  basis: [{ law: { zh: '规则', en: 'Rules' }, article: '第一条', verified: false }],
  ...{ conditions: [], base: { zh: '罚没款', en: 'Fines' } },
  grades: [
    {
      ...{ id: 'first', title: { zh: '一级', en: 'First' }, criteria: { zh: '完整', en: 'Whole' } },
      ...{ rate: 5, floor: 5000 },
    },
    {
      ...{ id: 'third', title: { zh: '三级', en: 'Third' }, criteria: { zh: '属实', en: 'True' } },
      ...{ rate: 0.0335, floor: 0 },
    },
  ],
  insider: { title: { zh: '内部人员', en: 'Insider' }, factor: 2 },
  cap: 1_000_000,
};
const compute = (grade: string, yuan: number, insider = false) =>
  rewardOf(rule, { grade, base: Math.round(yuan * 100), insider });
const steps = (reward: Reward | null) => reward?.parts.map(({ what, fen }) => [what, fen / 100]);

describe('a reward by rule', () => {
  it('is a share, at least the floor, times the factor of insiders, at most the cap', () => {
    expect(steps(compute('first', 200_000))).toEqual([['rate', 10_000]]);
    expect(steps(compute('first', 20_000))).toEqual([
      ['rate', 1000],
      ['floor', 5000],
    ]);
    expect(steps(compute('first', 0, true))).toEqual([
      ['rate', 0],
      ['floor', 5000],
      ['insider', 10_000],
    ]);
    expect(steps(compute('first', 15_000_000, true))).toEqual([
      ['rate', 750_000],
      ['insider', 1_500_000],
      ['cap', 1_000_000],
    ]);
  });

  it('is exact to the fen, half of one rounded up', () => {
    // 0.0335 % of 1,000 yuan are 33.5 fen.
    expect(compute('third', 1000)?.sum).toBe(34);
    expect(compute('third', 999.99)?.sum).toBe(33);
    expect(compute('third', 9_999_999_999.99)?.sum).toBe(100_000_000);
  });

  it('is none for a grade that the rule does not have, or insiders that it does not know', () => {
    expect(compute('second', 1)).toBeNull();
    expect(rewardOf({ ...rule, insider: null }, { grade: 'first', base: 1, insider: true })).toBeNull();
  });

  it('grows with what was recovered, stays between floor and cap, and says the way to its sum', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('first', 'third'),
        fc.nat(1_000_000_000_000),
        fc.nat(1_000_000),
        fc.boolean(),
        (grade, base, more, insider) => {
          const less = rewardOf(rule, { grade, base, insider })!;
          const greater = rewardOf(rule, { grade, base: base + more, insider })!;
          expect(greater.sum).toBeGreaterThanOrEqual(less.sum);
          expect(less.sum).toBeGreaterThanOrEqual(less.grade.floor * 100);
          expect(less.sum).toBeLessThanOrEqual(rule.cap! * 100);
          expect(less.parts.at(-1)!.fen).toBe(less.sum);
          const plain = rewardOf(rule, { grade, base, insider: false })!;
          expect(less.sum).toBe(Math.min(insider ? 2 * plain.sum : plain.sum, rule.cap! * 100));
        },
      ),
      { seed: 20261130 },
    );
  });

  it('is told in sentences that a decision can hold', () => {
    expect(rewardText(compute('first', 20_000, true)!)).toBe(
      [
        '奖励标准：《线索奖励规则》。',
        '奖励等级：一级。',
        '计算过程：按罚没款20,000.00元的5%计算，为1,000.00元；低于该等级的下限，按下限计为5,000.00元；内部人员按2倍计，为10,000.00元。',
        '奖励金额：人民币10,000.00元。',
      ].join('\n'),
    );
  });
});
