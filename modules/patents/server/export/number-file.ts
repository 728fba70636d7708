import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { AppError } from '#kernel/errors';
import { cellText } from '#kernel/tables/cells';
import { sniffTable } from '#kernel/tables/sniff';
import { readXls } from '#kernel/tables/xls';
import { readXlsx } from '#kernel/tables/xlsx';
import { MOST_NUMBERS, type NumberFile } from '../../contract.ts';
import { patentError } from '../errors.ts';

/** Largest workbook that is read for its numbers, in bytes. */
const LARGEST = 20 << 20;
/** Columns and characters of a cell that are looked at; no number lies beyond them. */
const COLUMNS = 64;
const CELL = 200;

/**
 * The first sheet of a workbook as lines of cells with tabs between, as a spreadsheet copies them. The file is not kept.
 * @throws AppError `media_type`, `too_large`, `patents_no_file`, `patents_number_file`, `patents_batch_size`; TableError
 */
export async function readNumberFile(request: FastifyRequest): Promise<NumberFile> {
  if (!request.isMultipart())
    throw new AppError('media_type', { type: request.headers['content-type'] ?? '' });
  const part = await request.file({ limits: { fileSize: LARGEST, files: 1 }, throwFileSizeLimit: false });
  if (!part) throw patentError('patents_no_file');
  const dir = await mkdtemp(join(tmpdir(), 'zc-numbers-'));
  try {
    const path = join(dir, 'file');
    await pipeline(part.file, createWriteStream(path, { mode: 0o600 }));
    if ((part.file as Readable & { truncated?: boolean }).truncated)
      throw new AppError('too_large', { limit: `${LARGEST >> 20} MB` });
    const reading = turn.then(() => readSheet(path, part.filename ?? ''));
    turn = reading.catch(() => {});
    return await reading;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Anybody may send workbooks, and an old one takes much memory to read: they are read one after another. */
let turn: Promise<unknown> = Promise.resolve();

async function readSheet(path: string, name: string): Promise<NumberFile> {
  const kind = await sniffTable(path, name);
  if (kind !== 'xlsx' && kind !== 'xls') throw patentError('patents_number_file', { name: name.slice(-100) });
  const reader = kind === 'xlsx' ? readXlsx(path) : readXls(path);
  const lines: string[] = [];
  for await (const row of reader) {
    // One more than can be looked up is the row of heads.
    if (lines.length > MOST_NUMBERS)
      throw patentError('patents_batch_size', { limit: MOST_NUMBERS, count: `${MOST_NUMBERS}+` });
    const cells = row.cells.slice(0, COLUMNS).map((cell) => cellText(cell).replace(/\s+/g, ' ').trim());
    lines.push(cells.map((cell) => cell.slice(0, CELL)).join('\t'));
  }
  return { text: lines.join('\n'), sheet: reader.sheetName };
}
