import { describe, expect, test } from 'vitest';
import { ApiError } from '#shell/api-error';
import type { RuleSet, ValueScheme } from '../../contract/value.ts';
import { zh as all } from '../locales/zh.ts';
import type { Translate } from '../text.ts';
import { ruleSetChanges, schemeChanges } from './changes.ts';
import {
  type CriterionDraft,
  newCriterion,
  type RuleSetDraft,
  readYuan,
  ruleSetDraftOf,
  ruleSetFields,
  ruleSetOf,
} from './criteria-draft.ts';
import { faultsIn, faultsOfServer } from './fields.ts';
import { readIpcList } from './ipc-list.ts';
import { displacedBy, holdingOn, periodsOf } from './periods.ts';
import {
  newIndicator,
  type SchemeDraft,
  schemeDraftOf,
  schemeFields,
  schemeOf,
  sumOf,
} from './scheme-draft.ts';
import { isWhole, percentages, percentTexts, readPercent, sumOfPercents } from './weights.ts';

const t = ((key: keyof typeof all, values: Record<string, string | number> = {}) =>
  all[key].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]))) as Translate;

describe('a list of IPC symbols', () => {
  test('is read in any usual spelling, a line or parted by commas, semicolons and blanks', () => {
    expect(readIpcList('A01B 1/02\r\nh01l021/00 (2006.01)、G06N3/08；B60L C08J5/18').symbols).toEqual([
      'A01B1/02',
      'H01L21/00',
      'G06N3/08',
      'B60L',
      'C08J5/18',
    ]);
    expect(readIpcList('A01B 1/02 (2006.01) A01B 1/04 G06N').symbols).toEqual([
      'A01B1/02',
      'A01B1/04',
      'G06N',
    ]);
    expect(readIpcList('\uFEFF"A01B0001020000","H04L"\n\n  \nＧ０６Ｎ').symbols).toEqual([
      'A01B1/02',
      'H04L',
      'G06N',
    ]);
    expect(readIpcList('')).toEqual({ symbols: [], faults: [], dropped: 0 });
  });

  test('tells what it cannot read with its line, and what stands twice', () => {
    expect(readIpcList('H01L\nIPC 分类号\nH01L; H0IL,A01B\n\nh01l 21/0')).toEqual({
      symbols: ['H01L', 'A01B'],
      faults: [
        { line: 2, text: 'IPC 分类号', reason: 'unreadable' },
        { line: 3, text: 'H0IL', reason: 'unreadable' },
        { line: 5, text: '21/0', reason: 'unreadable' },
      ],
      dropped: 2,
    });
  });

  test('takes no class of designs and none of the CPC alone: no IPC would ever be found by them', () => {
    expect(readIpcList('06-13\nY02E 10/50').faults.map((f) => [f.line, f.reason])).toEqual([
      [1, 'not-ipc'],
      [2, 'not-ipc'],
    ]);
  });
});

describe('versions', () => {
  const at = (version: number, from: string) => ({ version, from });

  test('decide until the day before the next; the newest that had begun holds', () => {
    const versions = [at(2, '2027-01-01'), at(1, '2026-01-01'), at(0, '2021-01-01')];
    expect([...periodsOf(versions, '2026-06-30').values()]).toEqual([
      { from: '2027-01-01', until: null, standing: 'coming' },
      { from: '2026-01-01', until: '2026-12-31', standing: 'holds' },
      { from: '2021-01-01', until: '2025-12-31', standing: 'past' },
    ]);
    expect(holdingOn(versions, '2026-06-30').version).toBe(1);
    expect(holdingOn(versions, '2019-01-01').version).toBe(0);
    expect(periodsOf([at(0, '2021-01-01')], '2020-05-05').get(0)!.standing).toBe('holds');
  });

  test('that begin earlier take the days of those made before them', () => {
    const versions = [at(2, '2020-01-01'), at(1, '2026-01-01'), at(0, '2021-01-01')];
    expect([...periodsOf(versions, '2026-06-30').values()]).toEqual([
      { from: '2020-01-01', until: null, standing: 'holds' },
      { from: '2026-01-01', until: '2019-12-31', standing: 'never' },
      { from: null, until: '2019-12-31', standing: 'past' },
    ]);
    expect(displacedBy(versions.slice(1), '2025-01-01', '2026-06-30')).toEqual([at(1, '2026-01-01')]);
    expect(displacedBy(versions, '2020-06-01', '2026-06-30')).toEqual([]);
  });
});

describe('weights', () => {
  test('are shown as percentages that add up', () => {
    expect(percentages([1 / 3, 1 / 3, 1 / 3], 1)).toEqual([33.3, 33.3, 33.4]);
    expect(percentages([0.3 / 5, 0.3 / 5, 0.3 / 5, 0.3 / 5, 0.3 / 5, 0.7], 1)).toEqual([6, 6, 6, 6, 6, 70]);
    const sevenths = percentages(
      Array.from({ length: 7 }, () => 1 / 7),
      1,
    );
    expect(Math.round(sevenths.reduce((a, b) => a + b, 0) * 10)).toBe(1000);
    expect(percentages([], 1)).toEqual([]);
  });

  test('are typed as percentages; the sum is told while they are', () => {
    expect(percentTexts(['a', 'b', 'c'], { a: 1 / 3, b: 2 / 3 })).toEqual({ a: '33.33', b: '66.67', c: '' });
    expect(['12.5', ' 7 % ', '', '１０'].map(readPercent)).toEqual([12.5, 7, 0, 10]);
    expect(['x', '-1', '101', '1.234'].map(readPercent)).toEqual([null, null, null, null]);
    expect(sumOfPercents(['33.33', '33.33', '33.34', 'x'])).toBe(100);
    expect([100, 99.99, 99.9, 100.1].map(isWhole)).toEqual([true, true, false, false]);
  });
});

const RULES: RuleSet = {
  version: 0,
  name: '五项标准',
  from: '2021-01-01',
  source: '某文件',
  verified: true,
  madeAt: null,
  madeBy: null,
  criteria: [
    { kind: 'industry', key: 'industry', title: '新兴产业', classes: ['H01L', 'G06N3/08'] },
    { kind: 'overseas', key: 'overseas', title: '海外同族' },
    { kind: 'maintained', key: 'maintained', title: '维持十年', years: 10, from: 'filing' },
    { kind: 'pledge', key: 'pledge', title: '质押', least: null },
    { kind: 'award', key: 'award', title: '获奖', register: 'awards', field: 'number' },
  ],
};
const TODAY = '2026-06-30';

describe('a new version of the criteria', () => {
  const draft = ruleSetDraftOf(RULES, TODAY);
  const withChange = (key: string, change: Partial<CriterionDraft>): RuleSetDraft => ({
    ...draft,
    criteria: draft.criteria.map((one) => (one.key === key ? { ...one, ...change } : one)),
  });
  const changes = (to: RuleSetDraft) => ruleSetChanges(RULES, ruleSetOf(to), t, (id) => `《${id}》`);
  const faults = (of: RuleSetDraft) =>
    faultsIn(ruleSetFields(of, t)).map(({ path, fault }) => `${path} ${fault}`);

  test('begins as the one that holds, from today, not yet compared with a source', () => {
    expect(ruleSetOf(draft)).toEqual({
      name: '五项标准',
      from: TODAY,
      source: '某文件',
      verified: false,
      criteria: RULES.criteria,
    });
    expect(changes(draft)).toEqual(['自 2026-06-30 起适用（原版自 2021-01-01 起）', '由已核对改为未核对']);
    expect(faults(draft)).toEqual([]);
  });

  test('says in words what it changes', () => {
    const head = { ...draft.head, from: '2021-01-01', verified: true };
    const only = (to: RuleSetDraft) => changes({ ...to, head });
    expect(only(draft)).toEqual([]);
    expect(only(withChange('industry', { classes: 'H01L\nA01B, A01C' }))).toEqual([
      '“新兴产业”的分类号增加 2 个、减少 1 个，共 3 个',
    ]);
    expect(only(withChange('maintained', { years: '8', from: 'grant' }))).toEqual([
      '“维持十年”的年限由 10 年改为 8 年',
      '“维持十年”改自授权日起算',
    ]);
    expect(only(withChange('pledge', { least: '5,000,000', title: '质押融资' }))).toEqual([
      '“质押”改称“质押融资”',
      '“质押融资”的金额标准由不设定改为5,000,000 元',
    ]);
    expect(only(withChange('award', { register: 'prizes' }))).toEqual(['“获奖”改按名册“《prizes》”判定']);
    const taken = new Set(draft.criteria.map((one) => one.key));
    const second = newCriterion('industry', '另一产业', taken);
    expect(second.key).toBe('industry-2');
    expect(only({ ...draft, criteria: [...draft.criteria.slice(1), second] })).toEqual([
      '新增“另一产业”',
      '删去“新兴产业”',
    ]);
    expect(changes({ ...draft, head: { ...head, name: '四项标准', source: '另一文件' } })).toEqual([
      '名称改为“四项标准”',
      '来源改写',
    ]);
  });

  test('is not sent with what cannot be read, and says where', () => {
    expect(faults(withChange('industry', { classes: 'H01L\n半导体' }))).toEqual([
      '/criteria/0/classes 有 1 处读不出，改正或删去后才能保存。',
    ]);
    expect(faults(withChange('maintained', { years: '21' }))[0]).toContain('/criteria/2/years');
    expect(faults(withChange('pledge', { least: '很多' }))[0]).toContain('/criteria/3/least');
    expect(faults(withChange('award', { field: '' }))[0]).toContain('/criteria/4/field');
    expect(faults({ ...draft, criteria: [] })[0]).toContain('/criteria ');
    expect(faults({ ...draft, head: { ...draft.head, from: '2026-02-30', name: ' ' } })).toHaveLength(2);
    expect(['5,000,000', '', '0', '-1', '1e6'].map(readYuan)).toEqual([
      5_000_000,
      null,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('shows what the server says at the nearest field, and tells what belongs to none', () => {
    const fields = ruleSetFields(draft, t);
    const issue = (path: string) => ({ path, code: 'x', message: path });
    const error = (...paths: string[]) => new ApiError('validation', '', 400, paths.map(issue));
    const said = faultsOfServer(
      error('/body/criteria/0/classes/7', '/body/name', '/body/criteria/1/key'),
      fields,
    );
    expect(said.faults.map((f) => f.path)).toEqual(['/criteria/0/classes', '/name', '/criteria']);
    expect(said.all).toBe(true);
    expect(faultsOfServer(error('/body/other'), fields)).toEqual({ faults: [], all: false });
    expect(faultsOfServer(new Error('x'), fields)).toEqual({ faults: [], all: false });
  });
});

describe('a new version of a scheme', () => {
  const base: ValueScheme = {
    version: 0,
    name: '参考指标',
    from: TODAY,
    source: '某标准',
    verified: false,
    madeAt: null,
    madeBy: null,
    indicators: [
      {
        key: 'claims',
        title: '权利要求',
        group: 'legal',
        section: '范围',
        computed: 'claims',
        steps: [
          { from: 1, points: 20 },
          { from: 0.01, points: 0 },
        ].reverse(),
        guidance: '',
      },
      {
        key: 'market',
        title: '市场',
        group: 'economic',
        section: '前景',
        computed: null,
        steps: [],
        guidance: '看份额',
      },
      {
        key: 'deals',
        title: '交易',
        group: 'economic',
        section: '运用',
        computed: 'deals',
        steps: [{ from: 0, points: 20 }],
        guidance: '',
      },
    ],
    scenarios: [{ key: 'sale', title: '转让', weights: { claims: 1 / 3, market: 1 / 3, deals: 1 / 3 } }],
    grades: [
      { grade: 'A', from: 60 },
      { grade: 'B', from: 0 },
    ],
  };
  const draft = schemeDraftOf(base, TODAY);
  const changes = (to: SchemeDraft) => schemeChanges(base, schemeOf(to), t);
  const faults = (of: SchemeDraft) =>
    faultsIn(schemeFields(of, t)).map(({ path, fault }) => `${path} ${fault}`);
  const percents = (change: Record<string, string>): SchemeDraft => ({
    ...draft,
    scenarios: draft.scenarios.map((one) => ({ ...one, percents: { ...one.percents, ...change } })),
  });
  const indicator = (at: number, change: object): SchemeDraft => ({
    ...draft,
    indicators: draft.indicators.map((one, i) => (i === at ? { ...one, ...change } : one)),
  });

  test('changes nothing by itself: weights that two digits cannot hold stay exact', () => {
    expect(changes(draft)).toEqual([]);
    expect(schemeOf(draft).scenarios).toEqual(base.scenarios);
    expect(faults(draft)).toEqual([]);
  });

  test('tells the sum of a scenario and refuses what is not 100 %', () => {
    const wrong = percents({ market: '30' });
    expect(sumOf(wrong.scenarios[0]!, wrong.indicators)).toBe(96.67);
    expect(faults(wrong)).toEqual(['/scenarios/0/weights 合计是 96.67%，应为 100%。']);
    const right = percents({ claims: '40', market: '30', deals: '30' });
    expect(faults(right)).toEqual([]);
    expect(changes(right)).toEqual([
      '转让的权重改动 3 项：“权利要求”33.33% → 40%、“市场”33.33% → 30%、“交易”33.33% → 30%',
    ]);
    expect(faults(percents({ market: 'x' }))[0]).toContain('“市场”的权重不是');
    // The weight of an indicator that went is missing from the sum.
    expect(faults({ ...draft, indicators: draft.indicators.slice(1) })[0]).toContain('合计是 66.67%');
  });

  test('says what changes of indicators and grades, and sends one way of scoring alone', () => {
    expect(changes(indicator(1, { computed: 'deals', steps: [{ from: '1', points: '50' }] }))).toEqual([
      '“市场”改为计算：转让、许可、质押次数',
    ]);
    const sent = schemeOf(indicator(2, { computed: null, guidance: '看合同' })).indicators[2]!;
    expect([sent.steps, sent.guidance]).toEqual([[], '看合同']);
    expect(changes(indicator(0, { steps: [{ from: '5', points: '100' }] }))).toEqual([
      '“权利要求”的分档改动',
    ]);
    expect(changes(indicator(1, { section: '规模', guidance: '看规模' }))).toEqual([
      '“市场”换到别的维度或二级指标',
      '“市场”的评分说明改写',
    ]);
    expect(changes({ ...draft, grades: [{ grade: 'A', from: '70' }, draft.grades[1]!] })).toEqual([
      '评级改为 A 级 70 分起、B 级 0 分起',
    ]);
    const added = newIndicator('legal', new Set(['indicator']));
    expect(added.key).toBe('indicator-2');
    expect(changes({ ...draft, indicators: [...draft.indicators, added] })).toEqual(['新增“（未命名）”']);
  });

  test('says where steps, grades and words are wrong', () => {
    expect(faults(indicator(0, { steps: [] }))[0]).toContain('/indicators/0/steps');
    expect(faults(indicator(0, { steps: [{ from: 'x', points: '5' }] }))[0]).toContain('第 1 档不对');
    expect(faults(indicator(0, { steps: [1, 2].map(() => ({ from: '1', points: '5' })) }))[0]).toContain(
      '第 2 档的数值',
    );
    expect(faults(indicator(1, { guidance: '' }))[0]).toContain('/indicators/1/guidance');
    expect(faults({ ...draft, grades: [] })[0]).toContain('/grades');
    expect(faults({ ...draft, grades: [...draft.grades, { grade: 'A', from: '10' }] })[0]).toContain(
      '第 3 级',
    );
  });
});
