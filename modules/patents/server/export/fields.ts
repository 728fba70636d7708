import type { XlsxColumn, XlsxValue } from '#kernel/tables/write-xlsx';
import type { Lang, Text } from '#kernel/text';
import type { ExportField } from '../../contract.ts';
import type { ExportRow } from './rows.ts';

/** A column of an export. */
export interface ExportColumn {
  head: Text;
  type: XlsxColumn['type'];
  width: number;
  value(row: ExportRow, lang: Lang): XlsxValue;
}

const WORDS: Record<string, Text> = {
  invention: { zh: '发明', en: 'invention' },
  utility: { zh: '实用新型', en: 'utility model' },
  design: { zh: '外观设计', en: 'design' },
  other: { zh: '其他', en: 'other' },
  'in-force': { zh: '有效', en: 'in force' },
  pending: { zh: '在审', en: 'pending' },
  lapsed: { zh: '失效', en: 'lapsed' },
  unknown: { zh: '未提供', en: 'not given' },
};

const joined = (list: readonly string[]) => list.join('；');

/** Every column that can be chosen. */
export const COLUMNS: Record<ExportField, ExportColumn> = {
  publicationNumber: {
    head: { zh: '公开（公告）号', en: 'Publication number' },
    type: 'text',
    width: 18,
    value: (r) => r.number,
  },
  applicationNumber: {
    head: { zh: '申请号', en: 'Application number' },
    type: 'text',
    width: 20,
    value: (r) => r.applicationNumber,
  },
  title: { head: { zh: '名称', en: 'Title' }, type: 'text', width: 40, value: (r) => r.title },
  abstract: { head: { zh: '摘要', en: 'Abstract' }, type: 'text', width: 60, value: (r) => r.abstract },
  applicants: {
    head: { zh: '申请（专利权）人', en: 'Applicants' },
    type: 'text',
    width: 30,
    value: (r) => joined(r.applicants),
  },
  inventors: {
    head: { zh: '发明（设计）人', en: 'Inventors' },
    type: 'text',
    width: 24,
    value: (r) => joined(r.inventors),
  },
  ipc: { head: { zh: 'IPC 分类号', en: 'IPC' }, type: 'text', width: 24, value: (r) => joined(r.ipc) },
  cpc: { head: { zh: 'CPC 分类号', en: 'CPC' }, type: 'text', width: 24, value: (r) => joined(r.cpc) },
  filingDate: { head: { zh: '申请日', en: 'Filed' }, type: 'date', width: 12, value: (r) => r.filingDate },
  publicationDate: {
    head: { zh: '公开（公告）日', en: 'Published' },
    type: 'date',
    width: 12,
    value: (r) => r.publicationDate,
  },
  grantDate: {
    head: { zh: '授权公告日', en: 'Granted' },
    type: 'date',
    width: 12,
    value: (r) => r.grantDate,
  },
  priorityDate: {
    head: { zh: '最早优先权日', en: 'Earliest priority' },
    type: 'date',
    width: 12,
    value: (r) => r.priorityDate,
  },
  type: {
    head: { zh: '专利类型', en: 'Type' },
    type: 'text',
    width: 10,
    value: (r, lang) => WORDS[r.type]?.[lang] ?? r.type,
  },
  granted: {
    head: { zh: '公布阶段', en: 'Stage' },
    type: 'text',
    width: 10,
    value: (r, lang) =>
      lang === 'zh' ? (r.granted ? '授权公告' : '申请公布') : r.granted ? 'grant' : 'application',
  },
  legalStatus: {
    head: { zh: '法律状态', en: 'Legal status' },
    type: 'text',
    width: 10,
    value: (r, lang) => WORDS[r.legalStatus]?.[lang] ?? r.legalStatus,
  },
  legalStatusDate: {
    head: { zh: '法律状态日', en: 'Date of legal status' },
    type: 'date',
    width: 12,
    value: (r) => r.legalStatusDate,
  },
  country: { head: { zh: '国家/地区', en: 'Office' }, type: 'text', width: 8, value: (r) => r.country },
  kind: { head: { zh: '文献种类', en: 'Kind' }, type: 'text', width: 8, value: (r) => r.kind },
  lang: { head: { zh: '文种', en: 'Language' }, type: 'text', width: 6, value: (r) => r.lang },
  region: { head: { zh: '本市地区', en: 'Region' }, type: 'text', width: 12, value: (r) => r.region },
  address: { head: { zh: '地址', en: 'Address' }, type: 'text', width: 30, value: (r) => r.address },
  agency: { head: { zh: '代理机构', en: 'Agency' }, type: 'text', width: 24, value: (r) => r.agency },
  familyId: { head: { zh: '同族号', en: 'Family' }, type: 'text', width: 14, value: (r) => r.familyId },
  familySize: {
    head: { zh: '同族数', en: 'Family size' },
    type: 'integer',
    width: 8,
    value: (r) => r.familySize,
  },
  familyMembers: {
    head: { zh: '同族成员', en: 'Family members' },
    type: 'text',
    width: 30,
    value: (r) => joined(r.familyMembers),
  },
  claimCount: {
    head: { zh: '权利要求数', en: 'Claims' },
    type: 'integer',
    width: 8,
    value: (r) => r.claimCount,
  },
  mainClaim: { head: { zh: '主权项', en: 'Main claim' }, type: 'text', width: 60, value: (r) => r.mainClaim },
  citationCount: {
    head: { zh: '引证数', en: 'Citations' },
    type: 'integer',
    width: 8,
    value: (r) => r.citationCount,
  },
  citations: {
    head: { zh: '引证文献', en: 'Cited documents' },
    type: 'text',
    width: 30,
    value: (r) => joined(r.citations),
  },
};
