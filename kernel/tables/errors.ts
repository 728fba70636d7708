import { AppError, defineErrors } from '#kernel/errors';

const defs = {
  table_empty: {
    status: 400,
    zh: '文件“{name}”是空的（0 字节），请重新导出后再传',
    en: '{name} is empty (0 bytes): export it again',
  },
  table_contradiction: {
    status: 415,
    zh: '文件“{name}”的内容是 {found}，与扩展名不符，请改用正确的文件，或另存为 XLSX、CSV 后再传',
    en: '{name} contains {found}, which its name denies: choose the right file, or save it as XLSX or CSV',
  },
  table_unsupported: {
    status: 415,
    zh: '内容是 {found}，不是表格，请另存为 XLSX 或 CSV 后再传',
    en: 'The content is {found}, not a table: save it as XLSX or CSV',
  },
  table_legacy_xls: {
    status: 415,
    zh: '这是 Excel 97-2003 的旧格式（.xls），请在 Excel 或 WPS 中另存为 .xlsx 后再传',
    en: 'This is the old Excel 97-2003 format (.xls): save it as .xlsx in Excel or WPS',
  },
  table_xls_broken: {
    status: 400,
    zh: '旧格式工作簿（.xls）已损坏或没有传完整（{why}），请在 Excel 或 WPS 中另存为 .xlsx 后再传',
    en: 'The old workbook (.xls) is damaged or incomplete ({why}): save it as .xlsx in Excel or WPS',
  },
  table_xls_large: {
    status: 413,
    zh: '旧格式工作簿（.xls）为 {size} MB，超过上限 {limit} MB，请另存为 .xlsx 或拆分后再传',
    en: 'The old workbook (.xls) has {size} MB, more than the limit of {limit} MB: save it as .xlsx or split it',
  },
  table_xls_memory: {
    status: 413,
    zh: '读取旧格式工作簿（.xls）所需内存超过上限 {limit} MB，请另存为 .xlsx 或拆分后再传',
    en: 'The old workbook (.xls) needs more memory than the limit of {limit} MB: save it as .xlsx or split it',
  },
  table_password: {
    status: 400,
    zh: '工作簿设有打开密码，无法读取，请在 Excel 或 WPS 中取消密码后再传',
    en: 'The workbook is protected by a password: remove it in Excel or WPS and send the file again',
  },
  table_zip_broken: {
    status: 400,
    zh: '文件已损坏或没有传完整（{part}：{why}），请重新导出或重新上传',
    en: 'The file is damaged or incomplete ({part}: {why}): export or upload it again',
  },
  table_zip_name: {
    status: 400,
    zh: '压缩包内有不安全的文件名“{entry}”，已拒绝；请用 Excel 或 WPS 重新保存',
    en: 'The archive holds an unsafe name "{entry}" and was refused: save the file again in Excel or WPS',
  },
  table_zip_entries: {
    status: 413,
    zh: '压缩包内有 {count} 个文件，超过上限 {limit}，不像是表格',
    en: 'The archive holds {count} files, more than the limit of {limit}: it does not look like a table',
  },
  table_zip_size: {
    status: 413,
    zh: '解压后为 {size} MB，超过上限 {limit} MB，请拆分后再传',
    en: 'It unpacks to {size} MB, more than the limit of {limit} MB: split the file',
  },
  table_zip_ratio: {
    status: 413,
    zh: '“{part}”的压缩比为 {ratio}，超过上限 {limit}，疑似压缩炸弹，已拒绝',
    en: '{part} is compressed {ratio} times, more than the limit of {limit}: refused as a possible zip bomb',
  },
  table_xml: {
    status: 400,
    zh: '工作簿内的“{part}”不是完好的 XML（{why}），请在 Excel 或 WPS 中重新保存',
    en: '{part} in the workbook is not well-formed XML ({why}): save the file again in Excel or WPS',
  },
  table_xml_dtd: {
    status: 400,
    zh: '工作簿内的“{part}”含有 DTD 或实体声明，已拒绝；请在 Excel 或 WPS 中重新保存',
    en: '{part} in the workbook declares a DTD or entities and was refused: save the file again in Excel or WPS',
  },
  table_workbook: {
    status: 400,
    zh: '工作簿结构不完整：{why}，请在 Excel 或 WPS 中重新保存',
    en: 'The workbook is incomplete: {why}. Save the file again in Excel or WPS',
  },
  table_no_sheet: {
    status: 400,
    zh: '找不到工作表“{sheet}”，本文件有：{sheets}',
    en: 'There is no sheet "{sheet}"; this file has: {sheets}',
  },
  table_strings: {
    status: 413,
    zh: '共享字符串超过上限 {limit} MB，请拆分后再传',
    en: 'The shared strings exceed the limit of {limit} MB: split the file',
  },
  table_address: {
    status: 400,
    zh: '第 {row} 行附近的单元格地址“{ref}”无效或超出范围，请在 Excel 或 WPS 中重新保存',
    en: 'The cell address "{ref}" near row {row} is not valid or out of range: save the file again in Excel or WPS',
  },
  table_cell_long: {
    status: 413,
    zh: '“{part}”中有一段内容超过 {limit} MB，不像是单元格',
    en: '{part} holds a run of more than {limit} MB, which cannot be a cell',
  },
  table_merges: {
    status: 413,
    zh: '合并单元格超过 {limit} 处，请取消数据区的合并后再传',
    en: 'There are more than {limit} merged ranges: unmerge the data cells',
  },
  table_encoding: {
    status: 400,
    zh: '文字编码无法识别：第 {line} 行不是 {encoding}，请另存为“CSV UTF-8”后再传',
    en: 'The text encoding is not known: line {line} is not {encoding}. Save the file as "CSV UTF-8"',
  },
  table_encoding_damaged: {
    status: 400,
    zh: '文件是 UTF-8 编码，但第 {line} 行有损坏的字节，请重新导出；若确为国标编码，请在导入时指定 GB18030',
    en: 'The file is UTF-8 but line {line} holds damaged bytes: export it again, or name GB18030 if it really is that',
  },
  table_nul: {
    status: 400,
    zh: '第 {line} 行含有空字节（NUL），不是文本；若来自 UTF-16，请另存为“CSV UTF-8”后再传',
    en: 'Line {line} holds a NUL byte, so this is not text; if it is UTF-16, save it as "CSV UTF-8"',
  },
  table_quote_open: {
    status: 400,
    zh: '第 {line} 行的引号没有成对结束，请补上引号或重新导出',
    en: 'The quotation mark opened on line {line} is never closed: close it or export the file again',
  },
  table_record_long: {
    status: 413,
    zh: '从第 {line} 行起的一条记录超过 {limit} 个字符，可能是引号没有成对',
    en: 'The record that begins on line {line} exceeds {limit} characters: a quotation mark may be missing',
  },
  table_columns: {
    status: 413,
    zh: '第 {row} 行超过 {limit} 列，请核对分隔符',
    en: 'Row {row} has more than {limit} columns: check the delimiter',
  },
  table_ragged: {
    status: 400,
    zh: '第 {row} 行（文件第 {line} 行）有 {found} 列，应为 {expected} 列，请核对分隔符和引号',
    en: 'Row {row} (line {line}) has {found} columns instead of {expected}: check delimiters and quotation marks',
  },
  table_quote_stray: {
    status: 400,
    zh: '第 {row} 行（文件第 {line} 行）引号后还有内容，请核对引号',
    en: 'Row {row} (line {line}) has text after a closing quotation mark: check the marks',
  },
  table_json: {
    status: 400,
    zh: '第 {line} 行不是有效的 JSON（{why}）',
    en: 'Line {line} is not valid JSON ({why})',
  },
  table_json_object: {
    status: 400,
    zh: '第 {line} 行不是 JSON 对象；每行应为一条记录',
    en: 'Line {line} is not a JSON object: each line holds one record',
  },
  table_json_array: {
    status: 415,
    zh: '文件是一个 JSON 数组，应为 JSONL：每行一条记录',
    en: 'The file is one JSON array; JSONL is needed: one record a line',
  },
  table_line_long: {
    status: 413,
    zh: '第 {line} 行超过 {limit} 字节，已跳过',
    en: 'Line {line} exceeds {limit} bytes and was left out',
  },
  table_utf8: {
    status: 400,
    zh: '第 {line} 行不是 UTF-8 编码',
    en: 'Line {line} is not UTF-8',
  },
} as const;

defineErrors(defs);

/** What can be wrong with a table file or with one of its rows. */
export type TableErrorCode = keyof typeof defs;

/** A fault of a table file (thrown) or of one row (handed out with the row). `text` says what, where and how to mend it. */
export class TableError extends AppError {
  declare readonly code: TableErrorCode;
  constructor(code: TableErrorCode, params: Record<string, unknown> = {}, options: { cause?: unknown } = {}) {
    super(code, params);
    this.name = 'TableError';
    if (options.cause !== undefined) this.cause = options.cause;
  }
}

/** Whole megabytes for messages, at least 1. */
export function megabytes(bytes: number): number {
  return Math.max(1, Math.round(bytes / 1_048_576));
}
