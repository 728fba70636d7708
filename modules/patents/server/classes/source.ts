import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AppError } from '#kernel/errors';
import { SafeZip } from '#kernel/tables/zip';
import type { ClassFormat } from '../../contract/classes.ts';
import { classError } from './errors.ts';
import { headsOf, readConcordanceCsv, readFields, readSchemeCsv, readTitles } from './read-text.ts';
import { readConcordanceXml, readCpcXml, readIpcXml } from './read-xml.ts';
import { type ConcordanceRow, type EntryRow, editionOf, type FieldRow, type FileFacts } from './rows.ts';

/** The rows of a file, by what it is. */
export type SourceRows =
  | { kind: 'entries'; rows: AsyncIterable<EntryRow> }
  | { kind: 'concordance'; rows: AsyncIterable<ConcordanceRow> }
  | { kind: 'fields'; rows: AsyncIterable<FieldRow> };

/** A recognised file. `facts` are complete once all rows were read. Close it in the end. */
export interface ClassSource {
  scheme: 'ipc' | 'cpc' | 'fields';
  format: ClassFormat;
  facts: FileFacts;
  content: SourceRows;
  close(): void;
}

const SAMPLE = 64 * 1024;

/**
 * Recognises a file of a classification scheme by its content and opens it for reading. `name` is what people call it; its
 * edition is taken from there where the content does not say it. Throws 4xx: nothing known, an archive of different kinds.
 */
export async function openSource(path: string, name: string): Promise<ClassSource> {
  const facts: FileFacts = { name, version: null, lang: null, faults: [] };
  const head = await sampleOf(path);
  if (head.length === 0) throw classError('patents_class_empty', { name });
  if (head.readUInt16BE(0) === 0x50_4b) return openArchive(path, facts);
  const format = formatOf(head);
  if (format) return of(format, facts, () => createReadStream(path));
  if (head.includes(0)) throw unknown(name, 'binary');
  const heads = await headsOf(path);
  const found = heads?.format ?? null;
  if (!heads || found === null) throw unknown(name, heads?.names.join(' | ').slice(0, 100) ?? '');
  const close = () => {};
  const source = { format: found, facts, close };
  if (found === 'fields')
    return { ...source, scheme: 'fields', content: { kind: 'fields', rows: readFields(facts, path) } };
  if (found === 'concordance')
    return {
      ...source,
      scheme: 'ipc',
      content: { kind: 'concordance', rows: readConcordanceCsv(facts, path) },
    };
  return { ...source, scheme: 'ipc', content: { kind: 'entries', rows: readSchemeCsv(facts, path) } };
}

/** The edition: as asked for, else as the content says, else as the name says. Throws where none is to be seen. */
export function editionFor(facts: FileFacts, asked: string | null): string {
  const version = asked ?? facts.version ?? editionOf(facts.name);
  if (version === null) throw classError('patents_class_version', { name: facts.name });
  return version;
}

type StreamFormat = 'ipc-xml' | 'cpc-xml' | 'concordance' | 'titles';

function of(format: StreamFormat, facts: FileFacts, read: () => AsyncIterable<Buffer>): ClassSource {
  const close = () => {};
  if (format === 'concordance') {
    const rows = readConcordanceXml(facts, read());
    return { scheme: 'ipc', format, facts, content: { kind: 'concordance', rows }, close };
  }
  const reader = { 'ipc-xml': readIpcXml, 'cpc-xml': readCpcXml, titles: readTitles }[format];
  const scheme = format === 'cpc-xml' ? 'cpc' : 'ipc';
  return { scheme, format, facts, content: { kind: 'entries', rows: reader(facts, read()) }, close };
}

/** What a stream of bytes begins like; null for anything but XML of a known root and a list of titles. */
function formatOf(head: Buffer): StreamFormat | null {
  const utf16 = head[0] === 0xff && head[1] === 0xfe;
  const text = head.toString(utf16 ? 'utf16le' : 'utf8').replace(/^\ufeff/, '');
  if (/^\s*</.test(text)) {
    const root =
      /<([A-Za-z_][\w.-]*(?::[\w.-]+)?)[\s/>]/.exec(text.replace(/<!--[\s\S]*?-->/g, ''))?.[1] ?? '';
    if (/concordance/i.test(root)) return 'concordance';
    if (/(^|:)class-scheme$/.test(root)) return 'cpc-xml';
    return /<(\w+:)?ipcEntry\b/.test(text) ? 'ipc-xml' : null;
  }
  return /^[A-HY][\dA-Z/]*\t\S/.test(text) ? 'titles' : null;
}

/** Several files of one kind in an archive are read one behind the other; what one of them repeats counts once. */
async function openArchive(path: string, facts: FileFacts): Promise<ClassSource> {
  const zip = await SafeZip.open(path);
  try {
    const names = zip.names
      .filter((n) => /\.(xml|txt|tsv)$/i.test(n) && !/(^|\/)(fr_|__macosx)/i.test(n))
      .sort();
    let first: { name: string; format: StreamFormat } | null = null;
    for (const name of names) {
      const format = formatOf(await firstPiece(zip.read(name)));
      if (format === null) throw unknown(`${facts.name}: ${name}`, basename(name));
      if (first && first.format !== format) throw classError('patents_class_mixed', { name, found: format });
      first ??= { name, format };
    }
    if (!first) throw unknown(facts.name, 'ZIP');
    const source = of(first.format, facts, () => zip.read(first.name));
    if (source.content.kind !== 'entries' && names.length > 1)
      throw classError('patents_class_mixed', { name: names[1], found: first.format });
    const close = () => zip.close();
    if (source.content.kind !== 'entries') return { ...source, close };
    return { ...source, content: { kind: 'entries', rows: members(zip, names, first.format, facts) }, close };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function* members(
  zip: SafeZip,
  names: readonly string[],
  format: StreamFormat,
  facts: FileFacts,
): AsyncGenerator<EntryRow> {
  const before = new Set<string>();
  for (const name of names) {
    const own: FileFacts = { ...facts, name: `${facts.name}: ${basename(name)}` };
    const { content } = of(format, own, () => zip.read(name));
    if (content.kind !== 'entries') return;
    const here: string[] = [];
    for await (const row of content.rows) {
      if (before.has(row.symbol)) continue;
      here.push(row.symbol);
      yield row;
    }
    for (const symbol of here) before.add(symbol);
    facts.version ??= own.version ?? editionOf(name);
    facts.lang ??= own.lang;
  }
}

async function firstPiece(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  for await (const piece of pieces) return piece.subarray(0, SAMPLE);
  return Buffer.alloc(0);
}

async function sampleOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0);
    return bytesRead < 2 ? Buffer.alloc(0) : buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function unknown(name: string, found: string): AppError {
  return classError('patents_class_format', { name, found: found === '' ? '?' : found });
}
