import type { BulletinContent } from '../../contract.ts';
import { type BulletinInfo, LIGHT_ORDER, LIGHTS, longDate, longDay, ratioText } from './wording.ts';

type Row = BulletinContent['rows'][number];

/** Counts of one project, or of everything. */
export interface Counts {
  name: string;
  total: number;
  met: number;
  atRisk: number;
  behind: number;
  noData: number;
}

/** Rows of one project, in the plan's order. */
export interface RowGroup {
  name: string;
  rows: Row[];
}

/** A figure as printed. `number` is set where the text is one plain number (`1,300件` with the unit 件). */
export interface Figure {
  text: string;
  number: number | null;
  decimals: number;
  grouped: boolean;
}

/** Reads a fixed text of the content. The unit is taken off where the row's own unit says it already; nothing is rounded. */
export function figure(text: string, unit = ''): Figure {
  const trimmed = text.trim();
  if (trimmed === '') return { text: '—', number: null, decimals: 0, grouped: false };
  const bare = unit !== '' && trimmed.endsWith(unit) ? trimmed.slice(0, -unit.length).trimEnd() : trimmed;
  const m = /^-?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d{1,10}))?$/.exec(bare);
  const range = /^-?[\d.,]+[-–~～][\d.,]+$/.test(bare);
  if (!m) return { text: range ? bare : trimmed, number: null, decimals: 0, grouped: false };
  return {
    text: bare,
    number: Number(bare.replaceAll(',', '')),
    decimals: m[1]?.length ?? 0,
    grouped: bare.includes(','),
  };
}

/** Projects as the content counts them; where goals stand outside every project, one line more, so that the sum is right. */
export function projectCounts(content: BulletinContent): Counts[] {
  const keys = ['total', 'met', 'atRisk', 'behind', 'noData'] as const;
  const outside: Counts = { name: '各工程以外的目标', ...content.summary };
  for (const p of content.projects) for (const k of keys) outside[k] -= p[k];
  return keys.some((k) => outside[k] !== 0) ? [...content.projects, outside] : [...content.projects];
}

/** Rows under their projects in the order of the content's projects; rows of no known project come last. */
export function groupedRows(content: BulletinContent): RowGroup[] {
  const groups: RowGroup[] = content.projects.map((p) => ({
    name: p.name,
    rows: content.rows.filter((r) => r.project === p.id || r.project === p.name),
  }));
  const known = new Set(groups.flatMap((g) => g.rows));
  const rest = content.rows.filter((r) => !known.has(r));
  return [...groups, { name: '各工程以外的目标', rows: rest }].filter((g) => g.rows.length > 0);
}

/** Name of a row's project. */
export function projectName(content: BulletinContent, row: Row): string {
  return content.projects.find((p) => p.id === row.project)?.name ?? row.project;
}

/** Rows whose completion is a ratio of numbers. A milestone's ratio compares ranks and is left out. */
export function numericRows(content: BulletinContent): (Row & { ratio: number })[] {
  const byNo = new Map(content.indicators.map((i) => [String(i.no), i]));
  return content.rows.filter((r): r is Row & { ratio: number } => {
    const i = byNo.get(r.no);
    const ranked = i?.kind === 'milestone' && typeof i.targets[content.year] !== 'number';
    return r.ratio !== null && !ranked;
  });
}

/** Regions that have a value anywhere, in the order of the content even where a row leaves some out. */
export function countyNames(content: BulletinContent): string[] {
  const names: string[] = [];
  for (const { values } of content.counties)
    values.forEach(({ region }, i) => {
      if (names.includes(region)) return;
      const before = values[i - 1];
      names.splice(before ? names.indexOf(before.region) + 1 : 0, 0, region);
    });
  return names;
}

/** Unit of an indicator; counties report in the same one. */
export function unitOf(content: BulletinContent, no: string): string {
  return content.rows.find((r) => r.no === no)?.unit ?? '';
}

const share = (n: number, total: number): string => (total === 0 ? '' : `（${ratioText(n / total)}）`);

/** The summary in one sentence. */
export function summarySentence(content: BulletinContent): string {
  const s = content.summary;
  return `截至${longDate(content.asOf)}，《${content.planTitle}》所列${s.total}项指标和目标中，达标${s.met}项${share(s.met, s.total)}，预警${s.atRisk}项${share(s.atRisk, s.total)}，滞后${s.behind}项${share(s.behind, s.total)}，暂无数据${s.noData}项${share(s.noData, s.total)}。`;
}

/** Rows that need attention: behind first, then at risk, each in the plan's order. */
export function attentionRows(content: BulletinContent): Row[] {
  return (['behind', 'at-risk'] as const).flatMap((light) => content.rows.filter((r) => r.light === light));
}

/** Sentence on what has no figure; null when everything has one. */
export function noDataSentence(content: BulletinContent): string | null {
  const rows = content.rows.filter((r) => r.light === 'no-data');
  if (rows.length === 0) return null;
  return `暂无数据、未作评价的${rows.length}项：${rows.map((r) => `${r.no}.${r.title}`).join('；')}。`;
}

/** Numbers of rows with runs drawn together: 1, 2, 3, 5, G1 → `1–3、5、G1`. */
export function rowNumbers(numbers: readonly string[]): string {
  const runs: string[][] = [];
  for (const no of numbers) {
    const last = runs.at(-1)?.at(-1);
    if (last !== undefined && /^\d+$/.test(last) && String(Number(last) + 1) === no) runs.at(-1)!.push(no);
    else runs.push([no]);
  }
  return runs.map((r) => (r.length > 2 ? `${r[0]}–${r.at(-1)}` : r.join('、'))).join('、');
}

/** A paragraph of the explanations; notes of the content have no label of their own, codes stand in a fixed-width face. */
export interface Explanation {
  label: string | null;
  text: string;
  code?: boolean;
}

/** Everything that section 五 says, in order. */
export function explanations(content: BulletinContent, info: BulletinInfo): Explanation[] {
  const list: Explanation[] = [];
  if (content.demo && !content.notes.some((n) => n.includes('演示数据')))
    list.push({ label: '演示数据', text: '本公报所载数值为演示而生成，不是真实统计，不得引用或据以考核。' });
  const legend = LIGHT_ORDER.map((l) => `${LIGHTS[l].shape}${LIGHTS[l].word}`).join('、');
  list.push(
    {
      label: '状态',
      text: `分为${legend}四种，由每项指标的判断规则得出；规则和取值理由见平台上该指标的页面。`,
    },
    {
      label: '完成率',
      text: '判断所依据的数值与截至日应达数值之比；越低越好的指标取应达数值与实际数值之比。没有数值要求的指标不计算完成率，以“—”表示。',
    },
  );
  for (const [basis, words] of [
    ['measured', '以平台测算值判断'],
    ['reported', '以责任部门填报值判断'],
  ] as const) {
    const numbers = content.indicators.filter((i) => i.basis === basis).map((i) => String(i.no));
    if (numbers.length > 0)
      list.push({ label: words, text: `${numbers.length}项，第${rowNumbers(numbers)}号。` });
  }
  if (content.knownAt)
    list.push({
      label: '测算所依据的数据',
      text: `测算值按${longDay(content.knownAt)}平台已有的数据计算，此后补录和更正的数据不改变本版。`,
    });
  for (const [flag, label, text] of [
    ['contradictory', '原文不一致', '计划原文对这些指标前后表述不一，各处原文与所用取值见平台上该指标的页面'],
    ['uncertain', '年份跨度不能确定', '计划附表有合并单元格，这些指标的文字要求覆盖哪几年不能确定'],
  ] as const) {
    const numbers = content.indicators.filter((i) => i[flag]).map((i) => String(i.no));
    if (numbers.length > 0) list.push({ label, text: `第${rowNumbers(numbers)}号。${text}。` });
  }
  list.push(
    ...content.notes.map((text) => ({ label: null, text })),
    {
      label: '版次',
      text: `${content.year}年第${info.edition}版，${longDay(info.frozenAt)}定稿${info.publishedAt === null ? '，尚未公布' : `，${longDay(info.publishedAt)}公布`}。更正以新的版次公布，原版次保留。`,
    },
    { label: '内容摘要（SHA-256）', text: info.hash, code: true },
    { label: '签名密钥编号', text: info.keyId, code: true },
    { label: '城市数据包摘要', text: content.packHash, code: true },
    { label: '审计链末端', text: content.auditHead, code: true },
    {
      label: '如何核验',
      text: `在平台的公报页面打开${content.year}年第${info.edition}版，页面显示的摘要应与上列一致，并会当场核对摘要与签名。也可自行核验：取该版的公开数据（/api/plan/snapshots/${content.year}/${info.edition}），把其中的 content 写成键名排序、不含空格的 JSON，以 UTF-8 计算 SHA-256，应与上列摘要相同；再用同一处给出的公钥（Ed25519，其 DER 编码的 SHA-256 即上列密钥编号）核验签名。`,
    },
  );
  return list;
}
