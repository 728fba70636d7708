import { defineErrors } from '#kernel/errors';

/** Errors of this module that a caller can act on. */
export const patentError = defineErrors({
  patents_no_file: {
    status: 400,
    zh: '没有收到文件，请选择要导入的文件',
    en: 'No file arrived: choose a file to import',
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
    zh: '文件“{name}”不是可导入的格式（{found}），请使用 XLSX、XLS、CSV、JSONL，或国知局、USPTO、EPO、PATENTSCOPE、Lens 的导出文件',
    en: '{name} is not a format that can be imported ({found}): use XLSX, XLS, CSV, JSONL or exports of CNIPA, USPTO, EPO, PATENTSCOPE, Lens',
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
  patents_export_field: {
    status: 400,
    zh: '没有可导出的字段“{field}”，可用：{allowed}',
    en: 'There is no field {field} to export: use {allowed}',
  },
  patents_report_size: {
    status: 422,
    zh: '共 {total} 件，Word 报告最多 {limit} 件；请缩小范围，或改用 XLSX、CSV（不限件数）',
    en: '{total} records: a Word report holds {limit}. Narrow the search, or take XLSX or CSV, which hold any number',
  },
  patents_number_file: {
    status: 415,
    zh: '“{name}”不是 Excel 工作簿，请选择 XLSX 或 XLS 文件；TXT 和 CSV 由浏览器直接读取',
    en: '{name} is no workbook: choose an XLSX or XLS file. TXT and CSV are read in the browser',
  },
  patents_batch_size: {
    status: 422,
    zh: '一次最多查 {limit} 个号码，这里有 {count} 个，请分几次',
    en: 'At most {limit} numbers at once, these are {count}: split them',
  },
  patents_source_key: {
    status: 400,
    zh: '没有数据来源“{key}”，请先登记来源',
    en: 'There is no source {key}: register it first',
  },
  patents_source_taken: {
    status: 409,
    zh: '来源代码“{key}”已被使用，请换一个',
    en: 'The source key {key} is taken: choose another',
  },
  patents_withdraw_state: {
    status: 409,
    zh: '这次导入还没有结束或已经撤回，不能撤回',
    en: 'This load has not ended or was taken back already',
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
  patents_applicant_same: {
    status: 409,
    zh: '“{name}”与“{other}”已在同一组，或合并会互相指向；请先撤销原有合并',
    en: '{name} and {other} are in one group already, or each would stand for the other: undo the earlier merge first',
  },
  patents_applicant_state: {
    status: 409,
    zh: '“{name}”的这条合并已由{by}处理，请刷新后再看',
    en: 'The link of {name} was dealt with by {by} already: look again',
  },
  patents_indicator: {
    status: 400,
    zh: '“{key}”不是现行评价方案中由专家评分的指标',
    en: '{key} is no indicator that experts score in the scheme in force',
  },
  patents_query: {
    status: 400,
    zh: '检索式有误（第 {at} 字处）：{why}',
    en: 'The query has a fault (at character {at}): {why_en}',
  },
  patents_filter: {
    status: 400,
    zh: '筛选条件“{filter}”无法识别，应如 legalStatus:in-force|-country:US',
    en: 'The filter {filter} is not understood: write legalStatus:in-force|-country:US',
  },
  patents_facets: {
    status: 400,
    zh: '没有分组统计“{facet}”，可用：{allowed}',
    en: 'There is no facet {facet}: use {allowed}',
  },
  patents_cursor: {
    status: 400,
    zh: '翻页标记与这次检索不符，请从第一页重新开始',
    en: 'The cursor does not fit this search: begin again at the first page',
  },
  patents_query_heavy: {
    status: 422,
    zh: '这次检索超过 {seconds} 秒仍未完成，请增加检索词或缩小日期范围',
    en: 'The search did not end within {seconds} s: add words or narrow the dates',
  },
});
