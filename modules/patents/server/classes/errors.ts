import { defineErrors } from '#kernel/errors';

/** Errors of the classification schemes that a caller can act on. */
export const classError = defineErrors({
  patents_class_no_file: {
    status: 400,
    zh: '没有收到文件，请选择分类表文件（CSV、XML、TXT 或 ZIP）',
    en: 'No file arrived: choose a file of a classification scheme (CSV, XML, TXT or ZIP)',
  },
  patents_class_field_order: {
    status: 400,
    zh: '表单字段“{field}”必须放在文件之前',
    en: 'The form field {field} must come before the file',
  },
  patents_class_format: {
    status: 415,
    zh: '文件“{name}”不是可识别的分类表文件（{found}），请使用官方 XML、带列标题的 CSV、标题列表或对照表',
    en: '{name} is no file of a classification scheme that is known here ({found}): use the official XML, a CSV with heads, a title list or a concordance',
  },
  patents_class_mixed: {
    status: 400,
    zh: '压缩包内“{name}”与前面的文件不是同一种（{found}），请分开加载',
    en: '{name} in the archive is of another kind than the files before it ({found}): load them one by one',
  },
  patents_class_xml: {
    status: 400,
    zh: '文件“{name}”第 {line} 行不是完好的 XML（{why}），请重新下载',
    en: '{name} is not well-formed XML at line {line} ({why}): download it again',
  },
  patents_class_dtd: {
    status: 400,
    zh: '文件“{name}”自带实体声明，已拒绝，请使用官方文件',
    en: '{name} declares entities of its own and was refused: use the official file',
  },
  patents_class_version: {
    status: 400,
    zh: '看不出文件“{name}”的版本，请填写版本，如 2026.01',
    en: 'The edition of {name} cannot be seen: give it as year and month, such as 2026.01',
  },
  patents_class_version_form: {
    status: 400,
    zh: '版本“{version}”应写为年和月，如 2026.01',
    en: 'The edition “{version}” must be a year and month, such as 2026.01',
  },
  patents_class_language: {
    status: 400,
    zh: '文件“{name}”的语言是 {found}，只保存中文和英文的类名',
    en: 'The language of {name} is {found}: titles are kept in Chinese and English only',
  },
  patents_class_symbol: {
    status: 400,
    zh: '文件“{name}”第 {line} 行：“{symbol}”不是分类号，应如 A01B1/02',
    en: '{name}, line {line}: “{symbol}” is no classification symbol, which looks like A01B1/02',
  },
  patents_class_level: {
    status: 400,
    zh: '文件“{name}”第 {line} 行：{symbol} 的层级“{level}”与分类号或上级不符',
    en: '{name}, line {line}: the level “{level}” does not fit {symbol} or what contains it',
  },
  patents_class_twice: {
    status: 400,
    zh: '文件“{name}”第 {line} 行：{symbol} 已在第 {first} 行出现过',
    en: '{name}, line {line}: {symbol} was there before, on line {first}',
  },
  patents_class_value: {
    status: 400,
    zh: '文件“{name}”第 {line} 行的{column}“{value}”无法识别',
    en: '{name}, line {line}: the {column} “{value}” is not understood',
  },
  patents_class_bad_rows: {
    status: 400,
    zh: '{rows} 行中有 {count} 行无法识别，未加载。第一处：{why}',
    en: '{count} of {rows} rows are not understood; nothing was loaded. The first: {why_en}',
  },
  patents_class_empty: {
    status: 400,
    zh: '文件“{name}”中没有任何分类条目',
    en: '{name} holds not a single entry',
  },
  patents_class_long: {
    status: 413,
    zh: '文件“{name}”第 {line} 行的内容超过 {limit} 个字符，不像是类名',
    en: '{name}, line {line}: more than {limit} characters, which cannot be a title',
  },
});
