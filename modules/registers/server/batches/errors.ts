import { defineErrors } from '#kernel/errors';

/** Errors of imports and bulk changes. */
export const batchError = defineErrors({
  registers_batch_no_file: {
    status: 400,
    zh: '没有收到文件，请选择要导入的 XLSX 或 CSV 文件',
    en: 'No file arrived: choose an XLSX or CSV file',
  },
  registers_batch_format: {
    status: 415,
    zh: '文件“{name}”不是表格（{found}），请使用 XLSX 或 CSV',
    en: '{name} is no table ({found}): use XLSX or CSV',
  },
  registers_batch_field: {
    status: 400,
    zh: '表单字段“{field}”的内容不正确：{why}',
    en: 'The form field {field} is wrong: {why_en}',
  },
  registers_batch_order: {
    status: 400,
    zh: '表单字段“{field}”必须放在文件之前',
    en: 'The form field {field} must come before the file',
  },
  registers_batch_heads: {
    status: 400,
    zh: '前 {rows} 行中找不到列标题（如 {heads}），请在数据上方写明列标题，或下载模板填写',
    en: 'No heads in the first {rows} rows (such as {heads_en}): write them above the data, or use the template',
  },
  registers_batch_empty: {
    status: 400,
    zh: '列标题下面没有数据，请核对工作表是否选对',
    en: 'There is no data below the heads: is it the right sheet?',
  },
  registers_batch_state: {
    status: 409,
    zh: '这一批处于“{state}”，不能{what}',
    en: 'This batch is {state_en} and cannot be {what_en}',
  },
  registers_batch_nothing: {
    status: 409,
    zh: '这一批没有可写入的内容：各行都与现有内容相同，或已被拒收',
    en: 'There is nothing to write: every row says what is there already, or was refused',
  },
  registers_batch_failed: {
    status: 500,
    zh: '系统出错，没有处理完，已做的部分有效；请再试，或把编号 {id} 告诉管理员',
    en: 'Something failed half-way; what was done is kept. Try again, or give {id} to an administrator',
  },
});
