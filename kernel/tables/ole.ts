import type { FileHandle } from 'node:fs/promises';

/** First bytes of an OLE compound file: old Office documents, and encrypted new ones. */
export const OLE_MAGIC = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** What an OLE compound file holds. */
export type OleContent = 'xls' | 'doc' | 'ppt' | 'encrypted-office' | 'ole';

const END_OF_CHAIN = 0xff_ff_ff_fe;
/** Directories longer than this are not followed further; what tells the kinds apart stands at the beginning. */
const MAX_DIRECTORY_SECTORS = 64;

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/**
 * Names of the streams in an OLE compound file, from its directory sectors. The allocation table is followed through
 * the 109 sectors listed in the header, which is enough for the directory of any file up to 7 MB and for the beginning
 * of larger ones. A damaged file gives the names found so far.
 */
async function streamNames(file: FileHandle): Promise<string[]> {
  const header = await readAt(file, 0, 512);
  if (header.length < 512) return [];
  const shift = header.readUInt16LE(0x1e);
  if (shift !== 9 && shift !== 12) return [];
  const size = 1 << shift;
  const perSector = size / 4;
  const names: string[] = [];
  let sector = header.readUInt32LE(0x30);
  for (let n = 0; n < MAX_DIRECTORY_SECTORS && sector < END_OF_CHAIN - 4; n += 1) {
    const data = await readAt(file, (sector + 1) * size, size);
    for (let at = 0; at + 128 <= data.length; at += 128) {
      const bytes = data.readUInt16LE(at + 64);
      if (bytes >= 2 && bytes <= 64) names.push(data.toString('utf16le', at, at + bytes - 2));
    }
    const table = Math.floor(sector / perSector);
    if (data.length < size || table >= 109) break;
    const tableSector = header.readUInt32LE(0x4c + table * 4);
    const next = await readAt(file, (tableSector + 1) * size + (sector % perSector) * 4, 4);
    if (next.length < 4) break;
    sector = next.readUInt32LE(0);
  }
  return names;
}

/** Tells old workbooks from encrypted new ones and from other documents. The file must begin with {@link OLE_MAGIC}. */
export async function oleContent(file: FileHandle): Promise<OleContent> {
  const names = new Set(await streamNames(file));
  if (names.has('EncryptedPackage')) return 'encrypted-office';
  if (names.has('Workbook') || names.has('Book')) return 'xls';
  if (names.has('WordDocument')) return 'doc';
  return names.has('PowerPoint Document') ? 'ppt' : 'ole';
}
