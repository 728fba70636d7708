import { fillText, type Text } from '#kernel/text';

/** Something wrong with one value of a record. */
export interface RecordIssue {
  /** Key of the field; of an unknown one as it came. */
  key: string;
  /** JSON pointer from the record, e.g. `/members/2/name`. */
  path: string;
  /** Label of the field, with row and column inside a list. */
  label: Text;
  /** What was given, shortened. */
  value: string;
  /** For programs. */
  code: IssueCode;
  /** What is wrong and how to mend it. */
  message: Text;
}

/** A fault of one value before it is known where it stands. */
export interface Fault {
  code: IssueCode;
  message: Text;
}

const MESSAGES = {
  required: { zh: '必填，不能为空', en: 'Required: fill it in' },
  'unknown-field': {
    zh: '没有“{key}”这个字段，请删去或改正字段名',
    en: 'There is no field {key}: remove it or mend its name',
  },
  'computed-field': {
    zh: '“{key}”由系统计算，不能填写，请删去',
    en: '{key} is computed and cannot be given: remove it',
  },
  'given-twice': {
    zh: '“{key}”是本字段的旧名，两个名称下给出了不同的内容，请只保留一个',
    en: '{key} is an earlier name of this field and both were given, with different content: keep one',
  },
  kind: {
    zh: '内容的类型不对，应为{wanted}',
    en: 'The value is of the wrong kind: {wanted} expected',
  },
  'too-long': {
    zh: '最多 {limit} 个字，现为 {found} 个，请缩短',
    en: 'At most {limit} characters, found {found}: shorten it',
  },
  'too-short': {
    zh: '至少 {limit} 个字，现为 {found} 个，请补全',
    en: 'At least {limit} characters, found {found}: write it in full',
  },
  pattern: { zh: '写法不符，应为：{says}', en: 'Not written as asked: {says}' },
  choice: { zh: '不在可选内容中，请填其中之一：{choices}', en: 'Not one of the choices: {choices}' },
  number: {
    zh: '不是数值，请只填数字{unit}，如 1200.5',
    en: 'Not a number: give digits alone{unit}, as in 1200.5',
  },
  integer: { zh: '应为整数', en: 'A whole number is expected' },
  'number-range': { zh: '数值过大，无法准确记录，请核对', en: 'Too large to be kept exactly: check it' },
  unit: {
    zh: '单位“{found}”与本字段不符，应以{unit}计',
    en: 'The unit {found} does not fit this field, which counts in {unit}',
  },
  'money-fen': {
    zh: '金额精确到分，请去掉分以下的小数',
    en: 'Money is kept to the fen (0.01 CNY): leave out what is below it',
  },
  'money-json': {
    zh: '金额应为以分计的整数',
    en: 'Money is a whole number of fen, not a text',
  },
  minimum: { zh: '不能小于 {limit}', en: 'It may not be below {limit}' },
  maximum: { zh: '不能大于 {limit}', en: 'It may not be above {limit}' },
  year: {
    zh: '应为 1900 至 2200 之间的年份，如 2019',
    en: 'A year from 1900 to 2200 is expected, as in 2019',
  },
  date: { zh: '{why}', en: '{why}' },
  boolean: { zh: '应填“是”或“否”', en: 'Write yes or no' },
  region: {
    zh: '没有“{found}”这个地区，请填本市区县或园区的名称或代码',
    en: 'There is no region {found}: give the name or code of a district, county or park of the city',
  },
  'region-ended': {
    zh: '“{found}”在 {day} 已不存在（{name}至 {until} 为止），该日应为：{now}',
    en: '{found} no longer stood on {day} ({name}, until {until}): on that day it is {now}',
  },
  'region-code-ended': {
    zh: '代码 {found} 在 {day} 已不用（{name}的代码，用至 {until}），该日应为：{now}',
    en: 'Code {found} was no longer in force on {day} (that of {name}, until {until}): on that day it is {now}',
  },
  identifier: { zh: '{why}', en: '{why}' },
  'patent-number': {
    zh: '不是专利申请号或公开（公告）号，应如 201510958772.0、CN106844774A、WO2018012345A1（{why}）',
    en: 'Not an application or publication number; write 201510958772.0, CN106844774A or WO2018012345A1 ({why})',
  },
  'digits-lost': {
    zh: '电子表格把长号码改成了数值，末尾数字已丢失；请把该列设为“文本”格式后重新填写',
    en: 'The spreadsheet turned this long code into a number and lost its last digits: format the column as text and write it again',
  },
  uri: {
    zh: '不是网址，应以 http:// 或 https:// 开头',
    en: 'Not a web address: it begins with http:// or https://',
  },
  email: {
    zh: '不是电子邮箱地址，应如 name@example.com',
    en: 'Not an e-mail address: write name@example.com',
  },
  phone: {
    zh: '不是电话号码，应如 0513-80000000 或 13800000000，多个号码请分开填写',
    en: 'Not a telephone number: write 010-80000000; several belong into several fields',
  },
  person: { zh: '不是姓名，请填写姓名', en: 'Not a name of a person: write the name' },
  organisation: { zh: '不是单位名称，请填写全称', en: 'Not a name of an organisation: write it in full' },
  file: { zh: '没有这个附件，请先上传文件', en: 'Not a kept file: upload it first' },
  reference: {
    zh: '在“{register}”中找不到“{found}”，请填编号，如 {example}',
    en: 'Register {register} has no {found}: give the number of the entry, as in {example}',
  },
  'reference-many': {
    zh: '“{register}”中有多条“{found}”，请改填编号',
    en: 'Register {register} has several entries {found}: give the number',
  },
  list: { zh: '应为列表', en: 'A list is expected' },
  row: { zh: '应为一行各列的内容', en: 'A row with its columns is expected' },
  columns: {
    zh: '这一行有 {found} 列，最多 {limit} 列（{columns}）；内容中的竖线请写成 \\|',
    en: 'This line has {found} columns, at most {limit} ({columns}); write a bar inside a text as \\|',
  },
  'min-items': { zh: '至少要有 {limit} 项，现有 {found} 项', en: 'At least {limit} items, found {found}' },
  'max-items': { zh: '最多 {limit} 项，现有 {found} 项', en: 'At most {limit} items, found {found}' },
  unique: { zh: '与第 {first} 项重复，请删去一项', en: 'The same as item {first}: remove one' },
  order: { zh: '不能早于{label}（{from}）', en: 'It may not be earlier than {label} ({from})' },
  truncated: {
    zh: '内容在导出时因超过单元格上限被截断，不能导入；请改用 CSV 导出',
    en: 'The text was cut on export because a cell cannot hold it: export as CSV instead',
  },
  'cell-error': {
    zh: '单元格是公式错误值 {found}，请改正公式或直接填写内容',
    en: 'The cell holds the formula error {found}: mend the formula or write the value',
  },
  'too-many': {
    zh: '问题太多，其余未列出，请先改正以上各处',
    en: 'Too many faults, the rest is left out: mend these first',
  },
} as const satisfies Record<string, Text>;

/** What can be wrong with a value. */
export type IssueCode = keyof typeof MESSAGES;

/** A fault with its sentence filled in. A value that differs by language is given as a Text. */
export function fault(code: IssueCode, values: Record<string, string | number | Text> = {}): Fault {
  const of = (lang: 'zh' | 'en') =>
    Object.fromEntries(Object.entries(values).map(([k, v]) => [k, typeof v === 'object' ? v[lang] : v]));
  const template = MESSAGES[code];
  return {
    code,
    message: { zh: fillText(template, of('zh')).zh, en: fillText(template, of('en')).en },
  };
}

const SHOWN = 120;

/** A given value as a short text for an issue, whatever it is. */
export function givenText(value: unknown): string {
  let text: string;
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') text = value;
  else if (typeof value === 'object') {
    try {
      text = JSON.stringify(value) ?? '';
    } catch {
      text = '[object]';
    }
  } else text = String(value);
  const flat = text
    .slice(0, SHOWN * 2)
    .replace(/\s+/g, ' ')
    .trim()
    .toWellFormed();
  return flat.length > SHOWN ? `${flat.slice(0, SHOWN).replace(/\p{Cs}$/u, '')}…` : flat;
}

/** A reading of one value: the stored form (undefined: empty), or what is wrong. */
export type Reading = { ok: true; value: unknown } | { ok: false; fault: Fault };

/** A good reading. */
export const good = (value: unknown): Reading => ({ ok: true, value });
/** A bad reading. */
export const bad = (code: IssueCode, values?: Record<string, string | number | Text>): Reading => ({
  ok: false,
  fault: fault(code, values),
});
