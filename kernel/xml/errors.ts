import { AppError, defineErrors } from '#kernel/errors';

const defs = {
  xml_empty: {
    status: 400,
    zh: '文件是空的，没有 XML 内容，请重新导出后再传',
    en: 'The file is empty: there is no XML in it. Export it again',
  },
  xml_syntax: {
    status: 400,
    zh: '第 {line} 行第 {column} 列不是完好的 XML（{why}），请改正或重新导出',
    en: 'Line {line}, column {column} is not well-formed XML ({why}): mend it or export the file again',
  },
  xml_truncated: {
    status: 400,
    zh: '文件在第 {line} 行中断，没有传完整（{why}），请重新下载或重新上传',
    en: 'The file breaks off at line {line} ({why}): download or upload it again',
  },
  xml_interrupted: {
    status: 400,
    zh: '从第 {line} 行起的文档没有结束，后面就开始了另一个文档，请重新导出这一条',
    en: 'The document that begins on line {line} never ends; another one begins inside it: export it again',
  },
  xml_depth: {
    status: 413,
    zh: '第 {line} 行的标签嵌套超过 {limit} 层，不像是正常的文档',
    en: 'Line {line} nests tags more than {limit} deep, which no honest document does',
  },
  xml_text_long: {
    status: 413,
    zh: '第 {line} 行附近有一段文字超过上限 {limit} 个字符',
    en: 'A text near line {line} exceeds the limit of {limit} characters',
  },
  xml_markup_long: {
    status: 413,
    zh: '第 {line} 行附近的标签、属性或注释超过上限 {limit} 个字符',
    en: 'A tag, attribute or comment near line {line} exceeds the limit of {limit} characters',
  },
  xml_record_long: {
    status: 413,
    zh: '从第 {line} 行起的一条记录超过上限（{limit}），请单独核对',
    en: 'The record that begins on line {line} exceeds the limit ({limit}): look at it by itself',
  },
  xml_encoding: {
    status: 400,
    zh: '第 {line} 行不是 {encoding} 编码；若文件实为国标编码，请把首行的 encoding 改为 GB18030 或另存为 UTF-8',
    en: 'Line {line} is not {encoding}: if the file is in a Chinese encoding, declare GB18030 or save it as UTF-8',
  },
  xml_encoding_damaged: {
    status: 400,
    zh: '从第 {line} 行起的记录中有损坏的字节（不是 {encoding}），请重新导出这一条',
    en: 'The record that begins on line {line} holds damaged bytes (not {encoding}): export it again',
  },
  xml_encoding_unknown: {
    status: 415,
    zh: '不认识首行声明的编码“{encoding}”，请另存为 UTF-8',
    en: 'The declared encoding "{encoding}" is not known: save the file as UTF-8',
  },
} as const;

defineErrors(defs);

/** What can be wrong with an XML file or with one of its records. */
export type XmlErrorCode = keyof typeof defs;

/** A fault of an XML file (thrown) or of one record (handed out with it), with the line where it was found. */
export class XmlError extends AppError {
  declare readonly code: XmlErrorCode;
  constructor(code: XmlErrorCode, params: Record<string, unknown> = {}) {
    super(code, params);
    this.name = 'XmlError';
  }
}
