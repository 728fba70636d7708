import type { RuleSet, SchemeIndicator, ValueScheme } from '../../contract.ts';

/**
 * Criteria that hold where the city has set none. The wording is that of the statistics of the fourteenth five-year plan as it
 * is commonly given: an invention in force that meets any of five. A threshold for pledges and the beginning of the ten years
 * differ by place; the table of strategic emerging industries is to be loaded. So this set is not verified.
 */
export const DEFAULT_RULE_SET: RuleSet = {
  version: 0,
  name: '高价值发明专利五项标准（“十四五”口径）',
  from: '2021-01-01',
  source:
    '国家知识产权局“十四五”高价值发明专利统计口径（二手资料，原文未核对；此后口径是否减为四项须由本市确认）',
  verified: false,
  criteria: [
    { kind: 'industry', key: 'industry', title: '战略性新兴产业的发明专利', classes: [] },
    { kind: 'overseas', key: 'overseas', title: '在海外有同族专利权的发明专利' },
    { kind: 'maintained', key: 'maintained', title: '维持年限超过10年的发明专利', years: 10, from: 'filing' },
    { kind: 'pledge', key: 'pledge', title: '实现较高质押融资金额的发明专利', least: null },
    {
      kind: 'award',
      key: 'award',
      title: '获得国家科学技术奖或中国专利奖的发明专利',
      register: 'patent-awards',
      field: 'patentNumber',
    },
  ],
  madeAt: null,
  madeBy: null,
};

const computed = (
  key: string,
  title: string,
  group: SchemeIndicator['group'],
  section: string,
  of: NonNullable<SchemeIndicator['computed']>,
  steps: [number, number][],
): SchemeIndicator => ({
  key,
  title,
  group,
  section,
  computed: of,
  steps: steps.map(([from, points]) => ({ from, points })),
  guidance: '',
});
const expert = (
  key: string,
  title: string,
  group: SchemeIndicator['group'],
  section: string,
  guidance: string,
): SchemeIndicator => ({ key, title, group, section, computed: null, steps: [], guidance });

const INDICATORS: readonly SchemeIndicator[] = [
  computed('remaining', '剩余保护年限', 'legal', '权利状态', 'remainingYears', [
    [0.01, 20],
    [3, 40],
    [6, 60],
    [10, 80],
    [14, 100],
  ]),
  computed('claims', '权利要求项数', 'legal', '保护范围', 'claims', [
    [1, 20],
    [5, 40],
    [8, 60],
    [10, 80],
    [15, 100],
  ]),
  computed('offices', '布局国家（地区）数', 'legal', '保护范围', 'offices', [
    [1, 30],
    [2, 60],
    [3, 80],
    [5, 100],
  ]),
  computed('survived', '经无效程序后维持有效', 'legal', '权利稳定性', 'survived', [
    [0, 50],
    [1, 100],
  ]),
  expert(
    'stability',
    '权利稳定性判断',
    'legal',
    '权利稳定性',
    '对照现有技术判断被宣告无效的可能，越稳定分越高',
  ),
  computed('forward', '被引用次数', 'technical', '技术影响', 'forwardCites', [
    [0, 20],
    [1, 40],
    [3, 60],
    [8, 80],
    [20, 100],
  ]),
  computed('scope', '技术覆盖面（IPC 小类数）', 'technical', '技术影响', 'scope', [
    [1, 40],
    [2, 60],
    [3, 80],
    [5, 100],
  ]),
  computed('backward', '引用在先文献数', 'technical', '技术基础', 'backwardCites', [
    [1, 40],
    [5, 70],
    [10, 100],
  ]),
  expert('advance', '技术先进程度', 'technical', '技术基础', '与同期解决同一问题的方案比较'),
  expert('substitute', '可替代程度', 'technical', '技术影响', '越难以替代分越高'),
  computed('deals', '转让、许可、质押次数', 'economic', '运用情况', 'deals', [
    [0, 20],
    [1, 60],
    [2, 80],
    [4, 100],
  ]),
  expert('market', '市场规模与份额', 'economic', '市场前景', '采用该专利的产品的市场规模与占有率'),
  expert('income', '收益能力', 'economic', '运用情况', '许可费、产品超额收益等'),
];

const weights = (legal: number, technical: number, economic: number) => {
  const share = { legal, technical, economic };
  const counts = { legal: 0, technical: 0, economic: 0 };
  for (const { group } of INDICATORS) counts[group] += 1;
  return Object.fromEntries(INDICATORS.map(({ key, group }) => [key, share[group] / counts[group]]));
};

/**
 * A scheme of the platform's own in the shape of GB/T 42748-2023: its three groups and its scenarios; the levels below, the
 * steps and weights are the platform's, since the standard's were not at hand. An office replaces it by the standard's text.
 */
export const DEFAULT_SCHEME: ValueScheme = {
  version: 0,
  name: '平台参考指标（GB/T 42748-2023 的三维度与场景，二、三级指标与权重为平台自拟）',
  from: '2023-09-01',
  source:
    '《专利评估指引》（GB/T 42748-2023）的一级维度与使用场景；其二、三级指标和权重未取得原文，本方案不能代替标准',
  verified: false,
  indicators: [...INDICATORS],
  scenarios: [
    { key: 'management', title: '专利管理', weights: weights(0.3, 0.4, 0.3) },
    { key: 'transfer', title: '许可转让', weights: weights(0.3, 0.3, 0.4) },
    { key: 'finance', title: '金融', weights: weights(0.35, 0.2, 0.45) },
    { key: 'reporting', title: '财务报告', weights: weights(0.2, 0.3, 0.5) },
    { key: 'remedy', title: '侵权救济', weights: weights(0.5, 0.25, 0.25) },
  ],
  grades: [
    { grade: 'S', from: 80 },
    { grade: 'A', from: 60 },
    { grade: 'B', from: 40 },
    { grade: 'C', from: 0 },
  ],
  madeAt: null,
  madeBy: null,
};
