import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import { TableError } from './errors.ts';
import { OLE_MAGIC, type OleContent, oleContent } from './ole.ts';
import { SafeZip, type ZipLimits } from './zip.ts';

/** What kind of table a file holds. */
export type TableKind = 'xlsx' | 'xls' | 'csv' | 'jsonl' | 'unknown';

/** What was found: the kind, and the name of the content for people. */
interface Finding {
  kind: TableKind;
  found: string;
  /** Refused whatever the file is called. */
  error?: TableError;
}

const SAMPLE = 64 * 1024;
/** Exports carry a stray control character now and then; more than this share of them is binary data. */
const MAX_ODD_SHARE = 0.02;

/** Which kind an extension promises; others promise nothing. */
const PROMISES: Record<string, TableKind> = {
  xlsx: 'xlsx',
  xlsm: 'xlsx',
  xls: 'xls',
  et: 'xls',
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  json: 'jsonl',
};

const OLE_NAMES: Record<OleContent, string> = {
  xls: 'Excel 97-2003 工作簿 (XLS)',
  doc: 'Word 97-2003 文档 (DOC)',
  ppt: 'PowerPoint 97-2003 演示文稿 (PPT)',
  'encrypted-office': '加密的 Office 文件',
  ole: 'OLE 复合文档',
};

/** Names the content of a ZIP archive by the files in it. */
function zipContent(names: readonly string[]): string {
  const lower = new Set(names.map((name) => name.toLowerCase()));
  const some = (start: string) => [...lower].some((name) => name.startsWith(start));
  if (lower.has('xl/workbook.bin')) return 'Excel 二进制工作簿 (XLSB)';
  if (lower.has('[content_types].xml')) {
    if (some('xl/') || lower.has('workbook.xml')) return 'XLSX';
    if (some('word/')) return 'Word 文档 (DOCX)';
    if (some('ppt/')) return 'PowerPoint 演示文稿 (PPTX)';
  }
  if (lower.has('mimetype') && lower.has('content.xml')) return 'OpenDocument 文件 (ODS, ODT)';
  return 'ZIP 压缩包';
}

/** Refuses an archive that is no workbook. Throws {@link TableError} `table_unsupported`. */
export function checkWorkbookZip(names: readonly string[]): void {
  const found = zipContent(names);
  if (found !== 'XLSX') throw new TableError('table_unsupported', { found });
}

async function head(file: FileHandle): Promise<Buffer> {
  const buffer = Buffer.alloc(SAMPLE);
  const { bytesRead } = await file.read(buffer, 0, SAMPLE, 0);
  return buffer.subarray(0, bytesRead);
}

function isZip(bytes: Buffer): boolean {
  return bytes.length >= 4 && bytes.readUInt32LE(0) === 0x04_03_4b_50;
}

function isOle(bytes: Buffer): boolean {
  return bytes.subarray(0, 8).equals(OLE_MAGIC);
}

function oleError(content: OleContent): TableError {
  if (content === 'encrypted-office') return new TableError('table_password');
  if (content === 'xls') return new TableError('table_legacy_xls');
  return new TableError('table_unsupported', { found: OLE_NAMES[content] });
}

/**
 * Refuses what is not an XLSX archive at all, telling apart the old format, a password, an empty file and other files.
 * Throws {@link TableError}.
 */
export async function checkWorkbookFile(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    const bytes = await head(file);
    if (bytes.length === 0) throw new TableError('table_empty', { name: 'XLSX' });
    if (isOle(bytes)) throw oleError(await oleContent(file));
    if (!isZip(bytes)) throw new TableError('table_unsupported', { found: (await other(bytes)).found });
  } finally {
    await file.close();
  }
}

/** Decodes a sample as text, or null when it is none. Up to three bytes may be cut off its end. */
function sampleText(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.includes(0)) return null;
  let odd = 0;
  for (const byte of bytes) if (byte < 32 && (byte < 9 || byte > 13)) odd += 1;
  if (odd > bytes.length * MAX_ODD_SHARE) return null;
  for (let cut = 0; cut <= 3; cut += 1) {
    const part = bytes.subarray(0, bytes.length - cut);
    if (isUtf8(part)) return new TextDecoder().decode(part);
  }
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

/** Names content that is neither archive nor compound file: text of some kind, or a known binary format. */
async function other(bytes: Buffer): Promise<Finding> {
  const text = sampleText(bytes)?.trimStart();
  if (text === undefined) {
    const known = await fileTypeFromBuffer(bytes);
    const found = known ? `${known.ext.toUpperCase()} (${known.mime})` : '二进制数据 (binary)';
    return { kind: 'unknown', found };
  }
  if (text.startsWith('%PDF-')) return { kind: 'unknown', found: 'PDF 文档' };
  if (text.startsWith('{\\rtf')) return { kind: 'unknown', found: 'RTF 文档' };
  if (/^<(!doctype html|html|head|body|table|meta)\b/i.test(text))
    return { kind: 'unknown', found: 'HTML 网页' };
  if (/^<(\?xml|!--|[a-z][\w:-]*[\s/>])/i.test(text)) return { kind: 'unknown', found: 'XML' };
  if (text.startsWith('{')) {
    const end = text.indexOf('\n');
    // A first line longer than the sample cannot be parsed; the beginning of an object must do.
    if (end < 0 && bytes.length === SAMPLE) {
      if (/^\{\s*"[^"\\]*"\s*:/.test(text)) return { kind: 'jsonl', found: 'JSONL' };
    } else if (isJson(end < 0 ? text : text.slice(0, end))) {
      return { kind: 'jsonl', found: 'JSONL' };
    } else if (/^\{\s*("[^"\\]*"\s*:|$)/m.test(text)) {
      return { kind: 'jsonl', found: 'JSON' };
    }
  }
  if (/^\[\s*[[{\]]/.test(text)) {
    return { kind: 'unknown', found: 'JSON 数组 (array)', error: new TableError('table_json_array') };
  }
  return { kind: 'csv', found: 'CSV 文本' };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function examine(path: string, name: string, limits: Partial<ZipLimits>): Promise<Finding> {
  const file = await open(path, 'r');
  try {
    const bytes = await head(file);
    if (bytes.length === 0) throw new TableError('table_empty', { name });
    if (isOle(bytes)) {
      const content = await oleContent(file);
      if (content === 'xls') return { kind: 'xls', found: OLE_NAMES.xls };
      const error = content === 'encrypted-office' ? oleError(content) : undefined;
      return { kind: 'unknown', found: OLE_NAMES[content], error };
    }
    if (!isZip(bytes)) return await other(bytes);
  } finally {
    await file.close();
  }
  const zip = await SafeZip.open(path, limits);
  try {
    const found = zipContent(zip.names);
    return { kind: found === 'XLSX' ? 'xlsx' : 'unknown', found };
  } finally {
    zip.close();
  }
}

/**
 * Says what kind of table a file holds, from its content. Throws {@link TableError} when the content is not what the
 * extension of `fileName` promises (`table_contradiction`), when the file is empty, protected by a password, damaged or
 * dangerous (`table_empty`, `table_password`, `table_zip_*`), or a JSON array in place of JSONL (`table_json_array`).
 * A file whose extension promises nothing is `unknown` when it holds no table. Any other text counts as CSV.
 */
export async function sniffTable(
  path: string,
  fileName: string,
  limits: Partial<ZipLimits> = {},
): Promise<TableKind> {
  const name = fileName.slice(-100);
  const { kind, found, error } = await examine(path, name, limits);
  if (error) throw error;
  const extension = /\.([a-z0-9]{1,8})$/i.exec(fileName.trim())?.[1]?.toLowerCase() ?? '';
  const promised = PROMISES[extension];
  if (promised !== undefined && promised !== kind)
    throw new TableError('table_contradiction', { name, found });
  return kind;
}
