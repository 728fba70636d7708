import type { FieldModel, SimpleModel } from '#kernel/fields/model';
import { fenOf, unitOf } from '#kernel/fields/model';
import { textBounds } from '#kernel/fields/values';
import { numberText } from '#kernel/tables/cells';
import type { XlsxSheet } from '#kernel/tables/write-xlsx';
import { fillText, type Lang, type Text } from '#kernel/text';
import type { FieldType } from '../../contract.ts';
import type { RegisterModel } from '../fields/model.ts';
import { fieldHeader, rowColumns, type SheetReader, sheetColumns } from './columns.ts';

const HEADS: Record<Lang, [string, string, string, string, string]> = {
  zh: ['列', '必填', '怎样填写', '可选内容', '示例'],
  en: ['Column', 'Required', 'What to write', 'Choices', 'Example'],
};
const SHEET: Text = { zh: '填写说明', en: 'How to fill in' };

/** What is written for each type of field. */
const WRITE: Record<FieldType, Text> = {
  text: { zh: '一行文字', en: 'A text of one line' },
  'long-text': { zh: '文字，可分行', en: 'A text, also of several lines' },
  integer: { zh: '整数{unit}', en: 'A whole number{unit}' },
  number: { zh: '数值{unit}', en: 'A number{unit}' },
  boolean: { zh: '是或否', en: 'Yes or No' },
  date: { zh: '日期，如 2019-06-30、2019年6月30日', en: 'A day, as in 2019-06-30' },
  year: { zh: '年份，如 2019', en: 'A year, as in 2019' },
  money: {
    zh: '金额，以{money}计；单位不同时写明，如 12万元',
    en: 'An amount in {money}; another unit is written behind it, as in 12万元',
  },
  choice: { zh: '填可选内容之一', en: 'One of the choices' },
  region: {
    zh: '区县或园区的名称或六位代码；须是条目起始日时有效的区划',
    en: 'Name or six-digit code of the district, county or park, as it was when the entry began',
  },
  organisation: { zh: '单位全称', en: 'Full name of the organisation' },
  uscc: { zh: '18 位统一社会信用代码', en: 'The unified social credit code, 18 characters' },
  'patent-number': {
    zh: '申请号（带校验位）或公开（公告）号，如 201510958772.0、CN106844774A',
    en: 'Application number with check digit, or publication number: 201510958772.0, CN106844774A',
  },
  person: { zh: '姓名', en: 'Name' },
  file: {
    zh: '附件编号；请在平台中上传附件，此列留空',
    en: 'Upload attachments on the platform and leave this empty',
  },
  reference: { zh: '“{register}”中条目的编号或名称', en: 'Number or title of an entry of “{register}”' },
  uri: { zh: '网址，以 http:// 或 https:// 开头', en: 'A web address beginning with http:// or https://' },
  email: { zh: '电子邮箱地址', en: 'An e-mail address' },
  phone: { zh: '电话号码', en: 'A telephone number' },
  ipc: { zh: 'IPC 小类或组，如 A47L 1/03', en: 'An IPC subclass or group, as in A47L 1/03' },
  values: {
    zh: '每行一个（单元格内换行），也可用分号或顿号隔开。每个：{item}',
    en: 'One a line within the cell, or separated by semicolons. Each: {item}',
  },
  rows: {
    zh: '每行一个（单元格内换行），各列依次为 {columns}，以竖线 | 隔开；内容中的竖线写成 \\|',
    en: 'One a line within the cell, with the columns {columns} separated by a bar |; write a bar inside a text as \\|',
  },
};

type Title = (register: string) => Text | null;

/** A sheet that says for every column what is written into it. */
export function explanation(model: RegisterModel, reader: SheetReader, title: Title): XlsxSheet {
  const { lang } = reader;
  const heads = HEADS[lang];
  const [no] = sheetColumns(model, reader);
  const aboutNo = {
    zh: '新增的条目留空；修改已有条目时填其编号',
    en: 'Empty for a new entry; the number of the entry that is to be changed',
  };
  const rows: string[][] = [[no!.header, '', aboutNo[lang], '', `${model.decl.prefix}-0001`]];
  for (const field of model.fields) {
    if (field.internal && !reader.internal) continue;
    rows.push(line(fieldHeader(field, reader), field, reader, title));
    if (field.type !== 'rows') continue;
    for (const column of rowColumns(field, reader.internal))
      rows.push(line(`　${field.label[lang]} ▸ ${column.label[lang]}`, column, reader, title));
  }
  return {
    name: SHEET[lang],
    columns: heads.map((header, i) => ({ header, type: 'text', ...(i > 1 && i < 4 ? { width: 60 } : {}) })),
    rows,
  };
}

function line(
  head: string,
  field: FieldModel | SimpleModel,
  { lang, internal }: SheetReader,
  title: Title,
): string[] {
  const item = 'items' in field && field.type === 'values' ? field.items[0]! : field;
  const help = field.help?.[lang];
  const stop = lang === 'zh' ? '。' : '. ';
  const how = [help, howTo(field, lang, internal, title), bounds(item, lang)].filter(
    (t) => t !== undefined && t !== '',
  );
  const choices = item.choices?.map((c) => c.label[lang]).join(lang === 'zh' ? '、' : ', ') ?? '';
  const must = field.required ? { zh: '必填', en: 'Required' }[lang] : '';
  return [head, must, how.join(stop), choices, field.def['x-example'] ?? ''];
}

function howTo(field: FieldModel | SimpleModel, lang: Lang, internal: boolean, title: Title): string {
  const unit = unitOf(field as SimpleModel)?.[lang];
  const register = field.def.type === 'string' ? (field.def['x-register'] ?? '') : '';
  const item =
    'items' in field && field.type === 'values' ? howTo(field.items[0]!, lang, internal, title) : '';
  const columns =
    'items' in field && field.type === 'rows'
      ? rowColumns(field, internal)
          .map((c) => c.label[lang])
          .join(' | ')
      : '';
  return fillText(WRITE[field.type], {
    unit: unit === undefined ? '' : lang === 'zh' ? `（${unit}）` : ` (${unit})`,
    money: unit ?? '',
    register: title(register)?.[lang] ?? register,
    item,
    columns,
  })[lang];
}

/** What the declaration asks besides the type. */
function bounds(field: FieldModel | SimpleModel, lang: Lang): string {
  const { def } = field;
  if (def.type === 'string' && !def.oneOf) {
    const { min, max } = textBounds(field as SimpleModel);
    const says = def.pattern === undefined ? undefined : (def['x-pattern-says']?.[lang] ?? def.pattern);
    const own = def.minLength !== undefined || def.maxLength !== undefined;
    const length = { zh: `${min ?? 1} 至 ${max} 字`, en: `${min ?? 1} to ${max} characters` }[lang];
    return [own ? length : '', says ?? ''].filter(Boolean).join(lang === 'zh' ? '，' : ', ');
  }
  if ((def.type === 'integer' || def.type === 'number') && field.type !== 'year') {
    const shown = (n: number) => numberText(n / (fenOf(field as SimpleModel) ?? 1));
    const least =
      def.minimum === undefined ? '' : { zh: '不小于 ', en: 'at least ' }[lang] + shown(def.minimum);
    const most =
      def.maximum === undefined ? '' : { zh: '不大于 ', en: 'at most ' }[lang] + shown(def.maximum);
    return [least, most].filter(Boolean).join(lang === 'zh' ? '，' : ', ');
  }
  return '';
}
