import { posix } from 'node:path';
import { TableError } from './errors.ts';
import { builtInFormat, customFormat, type FormatKind } from './formats.ts';
import { prefixed, readXml } from './xml.ts';
import type { SafeZip } from './zip.ts';

/** A worksheet of a workbook. */
export interface SheetInfo {
  name: string;
  hidden: boolean;
  /** Path inside the archive. */
  part: string;
}

/** What must be known before rows can be read. */
export interface Workbook {
  sheets: SheetInfo[];
  date1904: boolean;
  /** Path of the shared strings, null when the workbook has none. */
  stringsPart: string | null;
  /** What each cell style shows, by its number. */
  styles: FormatKind[];
}

interface Relationship {
  id: string;
  type: string;
  target: string;
}

/** Relationships of a part ('' is the package), with targets made absolute; those that point outside the file are left out. */
async function relationshipsOf(zip: SafeZip, part: string): Promise<Relationship[]> {
  const folder = posix.dirname(part);
  const rels = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const found: Relationship[] = [];
  if (!zip.has(rels)) return found;
  await readXml(rels, zip.read(rels), (name, a) => {
    if (name !== 'Relationship' || a.TargetMode === 'External') return;
    const target = a.Target ?? '';
    const path = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
    found.push({ id: a.Id ?? '', type: posix.basename(a.Type ?? ''), target: posix.normalize(path) });
  });
  return found;
}

/** Reads the workbook's own part, its relationships and its styles. Throws {@link TableError}. */
export async function readWorkbook(zip: SafeZip): Promise<Workbook> {
  const root = (await relationshipsOf(zip, '')).find((r) => r.type === 'officeDocument');
  const part = root && zip.has(root.target) ? root.target : 'xl/workbook.xml';
  if (!zip.has(part)) throw new TableError('table_workbook', { why: `没有 ${part} (not found)` });
  const relationships = await relationshipsOf(zip, part);
  const sheets: SheetInfo[] = [];
  let date1904 = false;
  await readXml(part, zip.read(part), (name, a) => {
    if (name === 'workbookPr') date1904 = a.date1904 === '1' || a.date1904 === 'true';
    if (name !== 'sheet') return;
    const target = relationships.find((r) => r.id === prefixed(a, 'id'));
    // Chart sheets and macro sheets hold no rows.
    if (target?.type !== 'worksheet') return;
    const hidden = a.state === 'hidden' || a.state === 'veryHidden';
    sheets.push({ name: a.name ?? '', hidden, part: target.target });
  });
  const stylesPart = relationships.find((r) => r.type === 'styles')?.target;
  const stringsPart = relationships.find((r) => r.type === 'sharedStrings')?.target;
  return {
    sheets,
    date1904,
    stringsPart: stringsPart !== undefined && zip.has(stringsPart) ? stringsPart : null,
    styles: stylesPart !== undefined && zip.has(stylesPart) ? await readStyles(zip, stylesPart) : [],
  };
}

/** What each cell format (`cellXfs`) shows. */
async function readStyles(zip: SafeZip, part: string): Promise<FormatKind[]> {
  const custom = new Map<number, FormatKind>();
  const styles: FormatKind[] = [];
  let inCellFormats = false;
  await readXml(part, zip.read(part), (name, a) => {
    if (name === 'numFmt') custom.set(Number(a.numFmtId), customFormat(a.formatCode ?? ''));
    else if (name === 'cellXfs') inCellFormats = true;
    else if (name === 'cellStyles' || name === 'dxfs') inCellFormats = false;
    else if (name === 'xf' && inCellFormats) {
      const id = Number(a.numFmtId ?? 0);
      styles.push(custom.get(id) ?? builtInFormat(id));
    }
  });
  return styles;
}

/** The sheet of a name, or else the first that is visible. Throws {@link TableError} `table_no_sheet`. */
export function chooseSheet(workbook: Workbook, name: string | undefined): SheetInfo {
  const { sheets } = workbook;
  const chosen =
    name === undefined ? (sheets.find((s) => !s.hidden) ?? sheets[0]) : sheets.find((s) => s.name === name);
  if (chosen) return chosen;
  if (sheets.length === 0) throw new TableError('table_workbook', { why: '没有工作表 (no worksheet)' });
  const names = sheets.slice(0, 20).map((s) => s.name);
  throw new TableError('table_no_sheet', { sheet: name, sheets: names.join('、') });
}
