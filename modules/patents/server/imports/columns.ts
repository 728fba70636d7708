import { sha256 } from '#kernel/ids';
import type { ColumnMapping, MappedField } from '../../contract.ts';

/**
 * Heads under which exports carry a field, best first: where a file has several (公开号 beside 授权公告号), the value of
 * the best one that is filled counts.
 */
const SYNONYMS: Record<MappedField, readonly string[]> = {
  publicationNumber: [
    '授权公告号',
    '公告号',
    '公开(公告)号',
    '公开公告号',
    '公开号',
    '公布号',
    '文献号',
    '专利文献号',
    'publication number',
    'publication no',
    'publication numbers',
    'publicationnumber',
    'pub no',
    'pn',
    'document number',
    'doc number',
    'display key',
  ],
  applicationNumber: [
    '申请号',
    '专利申请号',
    'application number',
    'application no',
    'applicationnumber',
    'app no',
    'apno',
    'an',
  ],
  patentNumber: ['专利号', '专利编号', 'patent number', 'patent no'],
  title: [
    '名称',
    '发明名称',
    '专利名称',
    '标题',
    '题名',
    '授权名称',
    'title',
    'invention title',
    'patent title',
  ],
  abstract: ['摘要', '申请摘要', '专利摘要', '文摘', 'abstract'],
  claims: ['权利要求书', '权利要求', '全部权利要求', 'claims'],
  mainClaim: ['主权项', '主权利要求', '首权', '首项权利要求', '独立权利要求', 'main claim', 'first claim'],
  description: ['说明书', '说明书全文', 'description'],
  applicants: [
    '申请(专利权)人',
    '申请专利权人',
    '申请人',
    '专利权人',
    '权利人',
    '申请人名称',
    'applicants',
    'applicant',
    'assignee',
    'assignees',
  ],
  inventors: ['发明(设计)人', '发明设计人', '发明人', '设计人', 'inventors', 'inventor'],
  ipcMain: ['主分类号', 'ipc主分类号', '主分类', 'main ipc', 'ipc main'],
  ipc: [
    '分类号',
    'ipc分类号',
    'ipc',
    '国际分类号',
    '国际专利分类号',
    'ipc classification',
    'ipcr classifications',
    'int class',
  ],
  cpc: ['cpc分类号', 'cpc', 'cpc主分类号', 'cpc classifications'],
  filingDate: ['申请日', '申请日期', '申请时间', 'filing date', 'filingdate', 'application date'],
  publicationDate: [
    '授权公告日',
    '公告日',
    '公开(公告)日',
    '公开公告日',
    '公开日',
    '公布日',
    '公开日期',
    'publication date',
    'publicationdate',
    'pub date',
  ],
  grantDate: ['授权日', '授权日期', '颁证日', '授权公告日期', 'grant date'],
  province: ['国省代码', '国省', '申请人国省代码', '省市', 'province'],
  address: [
    '地址',
    '申请人地址',
    '申请(专利权)人地址',
    '专利权人地址',
    '第一申请人地址',
    'address',
    'applicant address',
  ],
  legalStatus: [
    '法律状态',
    '当前法律状态',
    '最新法律状态',
    '专利状态',
    '简单法律状态',
    'legal status',
    'legalstatus',
    'status',
  ],
  legalStatusDate: [
    '失效日期',
    '失效日',
    '法律状态日期',
    '法律状态公告日',
    'legal status date',
    'legalstatusdate',
  ],
  familyId: ['同族号', '同族id', '简单同族号', 'family id', 'familyid', 'simple family id'],
  citations: [
    '引证专利',
    '引证文献',
    '引用专利',
    '对比文件',
    '参考文献',
    'citations',
    'cited patents',
    'cites patents',
  ],
  agency: ['专利代理机构', '代理机构', '代理机构名称', 'agency', 'agent firm'],
  agents: ['代理人', '专利代理人', '专利代理师', '代理师', 'agents', 'agent', 'attorney'],
  country: ['公开国别', '国别', '国家', '公开国', 'country', 'jurisdiction', 'authority'],
  type: ['专利类型', '类型', '专利种类', 'patent type', 'type'],
};

const BY_HEAD = new Map<string, { field: MappedField; rank: number }>(
  Object.entries(SYNONYMS).flatMap(([field, heads]) =>
    heads.map((head, rank) => [foldHead(head), { field: field as MappedField, rank }] as const),
  ),
);

/** A head as it is compared: NFKC, lower case, no white space, no marks of required fields, plain brackets. */
export function foldHead(head: string): string {
  return head
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*_＊:：\ufeff]+/g, '')
    .replace(/[[【〔]/g, '(')
    .replace(/[\]】〕]/g, ')');
}

/** The mapping that the heads suggest; heads that mean nothing here are kept as extra fields (null). */
export function suggestMapping(header: readonly string[]): ColumnMapping {
  const mapping: ColumnMapping = {};
  for (const head of header) if (head !== '') mapping[head] = BY_HEAD.get(foldHead(head))?.field ?? null;
  return mapping;
}

/** How well a row would do as the heads: known heads, with number and title needed. */
export function headerScore(cells: readonly string[]): number {
  const fields = new Set(
    cells.map((cell) => BY_HEAD.get(foldHead(cell))?.field).filter((f) => f !== undefined),
  );
  const numbered =
    fields.has('publicationNumber') || fields.has('applicationNumber') || fields.has('patentNumber');
  return fields.size + (numbered ? 10 : 0) + (fields.has('title') ? 10 : 0);
}

/** Columns in the order in which their values count for a field: the best synonym first, then from left to right. */
export function columnOrder(header: readonly string[]): number[] {
  const rank = (i: number) => BY_HEAD.get(foldHead(header[i]!))?.rank ?? 99;
  return header.map((_, i) => i).sort((a, b) => rank(a) - rank(b) || a - b);
}

/** Fields without which no row could be accepted: a title, and some number. */
export function missingFields(mapping: ColumnMapping): MappedField[] {
  const mapped = new Set(Object.values(mapping));
  const missing: MappedField[] = [];
  if (!mapped.has('publicationNumber') && !mapped.has('applicationNumber') && !mapped.has('patentNumber'))
    missing.push('publicationNumber');
  if (!mapped.has('title')) missing.push('title');
  return missing;
}

/** What two files with the same heads in the same order have in common. */
export function headerSignature(header: readonly string[]): string {
  return sha256(header.map(foldHead).join('\n'));
}

/** Names of fields in both languages, for messages. */
export const FIELD_NAMES: Partial<Record<MappedField, { zh: string; en: string }>> = {
  publicationNumber: { zh: '公开（公告）号或申请号', en: 'a publication or application number' },
  title: { zh: '名称', en: 'a title' },
};
