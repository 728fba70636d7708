import type { BulletinContent } from '../contract.ts';
import type { BulletinInfo } from '../server/bulletin/wording.ts';

type Row = BulletinContent['rows'][number];
type Light = Row['light'];
type Indicator = BulletinContent['indicators'][number];

/** The projects of a city that does not exist, each with the number of its rows. */
const PROJECTS = [
  ['order', '知识产权治理能力提升工程', 11],
  ['guard', '知识产权严格保护工程', 10],
  ['use', '知识产权运用促进与产业融合发展工程', 8],
  ['worth', '知识产权质量提升工程', 16],
  ['soil', '知识产权发展环境建设工程', 7],
] as const;

const COUNTIES = [
  '东岚区',
  '西渚区',
  '云浦县',
  '鹿鸣市',
  '清陂市',
  '松口县',
  '白石滩新区',
  '临港经济技术开发区',
];

const LEADS = [
  '市知识产权局、市商务局',
  '市市场监督管理局（原市工商行政管理局、原市质量技术监督局）、市文化广电和旅游局',
  '市中级人民法院',
  '市财政局、市科学技术局、市工业和信息化局、各县（市）区人民政府、相关园区管理委员会',
];

function light(i: number): Light {
  if (i % 11 === 4) return 'behind';
  if (i % 5 === 2) return 'at-risk';
  return i % 9 === 7 ? 'no-data' : 'met';
}

const REASONS: Record<Light, string> = {
  met: '已达到当年要求。',
  'at-risk': '截至2031-12-31为应达值的94.2%，预计次年第一季度完成。',
  behind:
    '截至2031-12-31仅为应达值的61.5%，低于90%：两个项目因用地调整推迟开工，配套资金第三季度才拨付到位，牵头部门已提出分月追赶计划，<待市政府专题会议审定> & 备案。',
  'no-data': '截至2031-12-31没有可用的数据。',
};

/** Numbers, composites, ranges, stages, floors and gaps in turn. */
function figures(
  i: number,
  l: Light,
): Pick<Row, 'unit' | 'target' | 'reported' | 'measured' | 'difference' | 'ratio'> & {
  kind: Indicator['kind'];
} {
  const none = l === 'no-data';
  const ratio = none ? null : l === 'met' ? 1 + (i % 7) / 20 : l === 'at-risk' ? 0.9 + (i % 5) / 60 : 0.615;
  switch (i % 6) {
    case 0:
      return {
        kind: 'stock',
        unit: '件/万人',
        target: '24.5件/万人',
        reported: none ? '' : `${(24.5 * ratio!).toFixed(1)}`,
        measured: `${(24.1 * (ratio ?? 1)).toFixed(1)}`,
        difference: none ? '—' : i % 12 === 0 ? '+0.4' : '-0.4',
        ratio,
      };
    case 1:
      return {
        kind: 'cumulative',
        unit: '件',
        target: '1200件',
        reported: none ? '—' : Math.round(1200 * ratio!).toLocaleString('en-US'),
        measured: '',
        ratio,
      };
    case 2:
      return {
        kind: 'composite',
        unit: '',
        target: '5家／50家／1200个',
        reported: none ? '—' : '5家／48家／1,187个',
        measured: '6家／—／1,190个',
        difference: none ? '—' : '+1家／—／+3个',
        ratio,
      };
    case 3:
      return {
        kind: 'milestone',
        unit: '',
        target: '完成平台建设并投入试运行，形成可复制推广的工作机制',
        reported: none ? '—' : '平台建设',
        measured: '—',
        ratio: null,
      };
    case 4:
      return {
        kind: 'share',
        unit: '%',
        target: '35%以上',
        reported: none ? '—' : `${(35 * ratio!).toFixed(1)}`,
        measured: '—',
        ratio,
      };
    default:
      return {
        kind: 'range',
        unit: '所',
        target: '5-6所',
        reported: none ? '—' : '5-7',
        measured: '—',
        ratio,
      };
  }
}

function indicator(row: Row, i: number, kind: Indicator['kind'], project: string): Indicator {
  return {
    no: row.no,
    title: row.title,
    fullTitle: row.title,
    project,
    task: null,
    kind,
    direction: 'up',
    unit: row.unit || null,
    decimals: 1,
    targets: { '2031': kind === 'milestone' ? null : 100 },
    stages: {},
    printed: { '2031': row.target },
    lead: [],
    assist: [],
    measured: null,
    reported: null,
    basis: row.light === 'no-data' ? null : i % 6 === 0 ? 'measured' : 'reported',
    expected: null,
    light: row.light,
    reason: row.reason,
    contradictory: i === 21,
    uncertain: i === 8 || i === 12,
  };
}

/** A year of a fictitious city: 48 rows of the plan and four goals, with everything that is hard to print. */
export function sampleContent(change: Partial<BulletinContent> = {}): BulletinContent {
  const rows: Row[] = [];
  const indicators: Indicator[] = [];
  let n = 0;
  for (const [id, name, many] of PROJECTS)
    for (let k = 0; k < many; k++) {
      const i = n++;
      const l = light(i);
      const { kind, ...shown } = figures(i, l);
      const no = i < 48 ? String(i + 1) : `G${i - 47}`;
      const long = i % 8 === 3 ? '及其在重点产业链、产业园区和中小微企业中的推广应用成效' : '';
      const row: Row = {
        no,
        title: i === 6 ? '=SUM(A1)+专利导航' : `第${no}项工作任务完成数量${long}`,
        project: name,
        ...shown,
        light: l,
        reason: REASONS[l],
        lead: LEADS[i % LEADS.length]!,
      };
      rows.push(row);
      indicators.push(indicator(row, i, kind, id));
    }
  const counts = (list: Row[]) => ({
    total: list.length,
    met: list.filter((r) => r.light === 'met').length,
    atRisk: list.filter((r) => r.light === 'at-risk').length,
    behind: list.filter((r) => r.light === 'behind').length,
    noData: list.filter((r) => r.light === 'no-data').length,
  });
  return {
    city: '云岚市',
    planTitle: '云岚市加快建设知识产权强市工作方案（2029~2032年）',
    year: '2031',
    edition: 1,
    asOf: '2031-12-31',
    demo: true,
    packHash: 'c'.repeat(64),
    auditHead: 'd'.repeat(64),
    summary: counts(rows),
    projects: PROJECTS.map(([id, name]) => ({ id, name, ...counts(rows.filter((r) => r.project === name)) })),
    rows,
    counties: rows
      .filter((_, i) => i % 6 === 1)
      .map((r, i) => ({
        no: r.no,
        title: r.title,
        values: COUNTIES.filter((_, c) => (c + i) % 7 !== 0).map((region, c) => ({
          region,
          display: `${(1000 + c * 111 + i).toLocaleString('en-US')}件`,
        })),
      })),
    notes: [
      '填报值为责任部门报送并经审核的数值；测算值由平台按口径从业务数据计算，可逐条追溯。二者并列，不相互替代。',
      '第 22 号指标：路线图写10个，正文与2032年目标写6个，按6个取值。',
      '第 2 号指标的填报值由县（市）区数据汇总，8 个县（市）区中 7 个已报。',
    ],
    indicators,
    ...change,
  };
}

/** What stands beside the content. */
export const sampleInfo: BulletinInfo = {
  hash: 'a'.repeat(64),
  keyId: 'b'.repeat(64),
  frozenAt: '2032-01-20T16:30:00.000Z',
  publishedAt: '2032-02-01T01:00:00.000Z',
  edition: 1,
};
