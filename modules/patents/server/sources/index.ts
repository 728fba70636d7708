import { open } from 'node:fs/promises';
import { archiveOf, holdsSource } from './archive.ts';
import { cnDocument } from './cn-document.ts';
import { cnipaExchange } from './cnipa-exchange.ts';
import { sourceError } from './errors.ts';
import { exchange } from './exchange.ts';
import { gbt7714 } from './gbt7714.ts';
import { platformJsonl } from './json-record.ts';
import { lens } from './lens.ts';
import { patentscope } from './patentscope.ts';
import type { SourceReader } from './reader.ts';
import { uspto } from './uspto.ts';

export { mapObject } from './json-record.ts';
export type { CountedRows, SourceReader } from './reader.ts';
export { type Structured, structured, withStructured } from './structured.ts';

/** Formats of single files, in the order in which they are tried. */
const FILES: readonly SourceReader[] = [
  cnipaExchange,
  cnDocument,
  uspto,
  exchange,
  patentscope,
  lens,
  platformJsonl,
  gbt7714,
];

const archive = archiveOf(FILES);

/** All formats of sources that are read without a mapping of columns. */
export const SOURCES: readonly SourceReader[] = [...FILES, archive];

const HEAD = 64 * 1024;

/**
 * The reader of a file, by its content; null where it is none of them, which leaves the tables (XLSX, CSV). Throws
 * `TableError` for an archive that is damaged or dangerous.
 */
export async function detectSource(path: string, name: string): Promise<SourceReader | null> {
  const file = await open(path, 'r');
  let head: Buffer;
  try {
    const buffer = Buffer.alloc(HEAD);
    const { bytesRead } = await file.read(buffer, 0, HEAD, 0);
    head = buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
  if (head.length === 0) return null;
  if (archive.detect(head, name)) return (await holdsSource(FILES, path)) ? archive : null;
  return FILES.find((reader) => reader.detect(head, name)) ?? null;
}

/** The reader that an import names. Throws `patents_source_unknown`. */
export function sourceById(id: string): SourceReader {
  const found = SOURCES.find((source) => source.id === id);
  if (!found) throw sourceError('patents_source_unknown', { id });
  return found;
}
