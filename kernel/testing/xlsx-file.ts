import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** Content of one file in an archive; a generator is packed while it runs. */
export type PartContent = string | Buffer | (() => Iterable<string> | AsyncIterable<string>);

/** Writes a ZIP archive whose parts a test or a benchmark decides one by one. */
export async function writeZip(
  path: string,
  parts: Readonly<Record<string, PartContent>>,
  options: { compress?: boolean; zip64?: boolean } = {},
): Promise<void> {
  const zip = new ZipFile();
  const each = { compress: options.compress ?? true, forceZip64Format: options.zip64 ?? false };
  for (const [name, content] of Object.entries(parts)) {
    if (typeof content === 'function') {
      const bytes = async function* () {
        for await (const text of content()) yield Buffer.from(text);
      };
      zip.addReadStreamLazy(name, each, (callback) => callback(null, Readable.from(bytes())));
    } else {
      zip.addBuffer(Buffer.from(content as string), name, each);
    }
  }
  zip.end({ forceZip64Format: options.zip64 ?? false, comment: '' });
  await pipeline(zip.outputStream, createWriteStream(path));
}

/** What a hand-made workbook consists of; XML is given as it shall stand in the file. */
export interface WorkbookSpec {
  /** In order; `xml` is what stands inside `<worksheet>`. */
  sheets: readonly { name: string; xml: PartContent; state?: 'hidden' | 'veryHidden' }[];
  /** What stands inside `<sst>`. */
  strings?: PartContent;
  /** What stands inside `<styleSheet>`. */
  styles?: string;
  /** Attributes of `<workbookPr>`. */
  properties?: string;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const DOC = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

function wrap(tag: string, content: PartContent): PartContent {
  const open = `${HEAD}<${tag} xmlns="${MAIN}" xmlns:r="${DOC}">`;
  if (typeof content !== 'function') return `${open}${String(content)}</${tag}>`;
  return async function* () {
    yield open;
    yield* content();
    yield `</${tag}>`;
  };
}

/** The parts of a workbook, for {@link writeZip}; a test may change or drop any of them. */
export function workbookParts(spec: WorkbookSpec): Record<string, PartContent> {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${DOC}/${type}" Target="${target}"/>`;
  const sheets = spec.sheets.map(
    ({ name, state }, i) =>
      `<sheet name="${name}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="rId${i + 1}"/>`,
  );
  const relations = spec.sheets.map((_, i) =>
    relation(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`),
  );
  if (spec.strings !== undefined) relations.push(relation('rIdS', 'sharedStrings', 'sharedStrings.xml'));
  if (spec.styles !== undefined) relations.push(relation('rIdY', 'styles', 'styles.xml'));
  const parts: Record<string, PartContent> = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${DOC}"><workbookPr ${spec.properties ?? ''}/><sheets>${sheets.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}">${relations.join('')}</Relationships>`,
  };
  if (spec.styles !== undefined) parts['xl/styles.xml'] = wrap('styleSheet', spec.styles);
  if (spec.strings !== undefined) parts['xl/sharedStrings.xml'] = wrap('sst', spec.strings);
  for (const [i, { xml }] of spec.sheets.entries())
    parts[`xl/worksheets/sheet${i + 1}.xml`] = wrap('worksheet', xml);
  return parts;
}

/** Writes a workbook made of given XML. */
export async function writeWorkbook(
  path: string,
  spec: WorkbookSpec,
  options: { compress?: boolean; zip64?: boolean } = {},
): Promise<void> {
  await writeZip(path, workbookParts(spec), options);
}

/** A minimal OLE compound file that holds streams of the given names, as old and encrypted Office files do. */
export function oleFile(names: readonly string[]): Buffer {
  const file = Buffer.alloc(512 * 3, 0xff);
  file.fill(0, 0, 0x4c);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  file.writeUInt16LE(9, 0x1e);
  file.writeUInt32LE(1, 0x2c); // one sector of the allocation table
  file.writeUInt32LE(1, 0x30); // the directory is in sector 1
  file.writeUInt32LE(0, 0x4c); // the allocation table is in sector 0
  file.writeUInt32LE(0xff_ff_ff_fd, 512);
  file.writeUInt32LE(0xff_ff_ff_fe, 516);
  file.fill(0, 1024);
  for (const [i, name] of ['Root Entry', ...names].slice(0, 4).entries()) {
    file.write(name, 1024 + i * 128, 'utf16le');
    file.writeUInt16LE((name.length + 1) * 2, 1024 + i * 128 + 64);
  }
  return file;
}
