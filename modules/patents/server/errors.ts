import { defineErrors } from '#kernel/errors';

/** Errors of this module that a caller can act on. */
export const patentError = defineErrors({
  patents_no_file: {
    status: 400,
    zh: '没有收到文件，请选择要导入的 XLSX、CSV 或 JSONL 文件',
    en: 'No file arrived: choose an XLSX, CSV or JSONL file',
  },
  patents_field_order: {
    status: 400,
    zh: '表单字段“{field}”必须放在文件之前',
    en: 'The form field {field} must come before the file',
  },
  patents_file_gone: {
    status: 404,
    zh: '找不到先前上传的文件，请重新上传',
    en: 'The uploaded file is not there any more: upload it again',
  },
  patents_format: {
    status: 415,
    zh: '文件“{name}”不是可导入的格式（{found}），请使用 XLSX、CSV 或 JSONL',
    en: '{name} is not a format that can be imported ({found}): use XLSX, CSV or JSONL',
  },
  patents_format_mismatch: {
    status: 400,
    zh: '指定的格式是 {wanted}，但文件内容是 {found}，请改选格式或文件',
    en: 'The format {wanted} was asked for, but the file is {found}: change one of them',
  },
  patents_no_header: {
    status: 400,
    zh: '前 20 行中找不到列标题（至少要有“名称”和一种号码），请在首行写明列标题',
    en: 'No heads in the first 20 rows (a title and a number at least): write the heads into the first row',
  },
  patents_mapping: {
    status: 400,
    zh: '列对应关系不完整：缺少{missing}。请指定哪一列是{missing}',
    en: 'The column mapping lacks {missing}: say which column holds it',
  },
  patents_mapping_unreadable: {
    status: 400,
    zh: '列对应关系无法识别：{why}',
    en: 'The column mapping cannot be read: {why}',
  },
  patents_import_state: {
    status: 409,
    zh: '导入当前为“{state}”，不能{action}',
    en: 'The import is {state} and cannot be {action}',
  },
  patents_store: {
    status: 503,
    zh: '数据库暂时不可用，已保留进度，请稍后点“继续”',
    en: 'The store was not available; the progress is kept: resume later',
  },
  patents_import_broken: {
    status: 500,
    zh: '导入中出现未预料的问题（{why}），进度已保留，可点“继续”重试',
    en: 'Something unexpected stopped the import ({why}); the progress is kept: resume to try again',
  },
  patents_query_words: {
    status: 400,
    zh: '检索词过多（{count} 个，上限 {limit} 个），请减少',
    en: 'Too many words ({count}, at most {limit}): use fewer',
  },
  patents_query_ipc: {
    status: 400,
    zh: 'IPC“{ipc}”无法识别，应如 A、A47、A47L、A47L 1/03',
    en: 'The IPC {ipc} is not recognised: write A, A47, A47L or A47L 1/03',
  },
  patents_query_region: {
    status: 400,
    zh: '没有地区“{region}”，请使用地区标识或行政区划代码',
    en: 'There is no region {region}: use a region id or an administrative code',
  },
  patents_query_range: {
    status: 400,
    zh: '起始日期 {from} 晚于截止日期 {to}，请调换',
    en: 'The first day {from} lies after the last day {to}: swap them',
  },
  patents_query_heavy: {
    status: 422,
    zh: '这次检索超过 {seconds} 秒仍未完成，请增加检索词或缩小日期范围',
    en: 'The search did not end within {seconds} s: add words or narrow the dates',
  },
});
