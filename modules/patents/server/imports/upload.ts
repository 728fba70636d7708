import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { AppError } from '#kernel/errors';
import type { FileInfo, Files } from '#kernel/files/files';
import { sniffTable } from '#kernel/tables/sniff';
import { ColumnMapping, type ImportFormat, ImportFormat as ImportFormatSchema } from '../../contract.ts';
import { patentError } from '../errors.ts';
import { detectSource } from '../sources/index.ts';

/** What a form asked for, with the file already kept. */
export interface Upload {
  file: FileInfo;
  path: string;
  format: Exclude<ImportFormat, 'demo'>;
  sheet: string | null;
  encoding: string | null;
  delimiter: string | null;
  mapping: ColumnMapping | null;
  mappingId: string | null;
  mappingName: string | null;
  /** Key of the source; null for a file of nobody in particular. */
  source: string | null;
  /** What this load is called. */
  label: string;
}

const FIELDS = [
  'fileId',
  'format',
  'sheet',
  'encoding',
  'delimiter',
  'mapping',
  'mappingId',
  'mappingName',
  'source',
  'label',
] as const;
type Field = (typeof FIELDS)[number];

const ENCODINGS = new Set(['utf-8', 'gb18030', 'gbk', 'utf-16le', 'utf-16be']);
const DELIMITERS = new Set([',', ';', '\t', '|']);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Purpose under which import files are kept; other stored files cannot be imported by their id. */
const PURPOSE = 'patents.import';

/**
 * Reads the form of an import or a preview: keeps the file (or finds one that a preview kept), recognises its format by
 * its content, and checks the other fields. Throws 4xx with the reason; wrong content behind a right name among them.
 */
export async function receiveUpload(
  request: FastifyRequest,
  files: Files,
  ownerId: string | null,
  limit: number,
): Promise<Upload> {
  if (!request.isMultipart())
    throw new AppError('media_type', { type: request.headers['content-type'] ?? '' });
  const fields = new Map<Field, string>();
  let file: FileInfo | null = null;
  for await (const part of request.parts({ limits: { fileSize: limit, files: 1 } })) {
    if (part.type === 'file') {
      file = await keep(part, files, ownerId, limit);
      continue;
    }
    const name = FIELDS.find((known) => known === part.fieldname);
    if (!name) continue;
    if (part.valueTruncated) throw new AppError('too_large', { limit: part.fieldname });
    if (file && name === 'fileId') throw patentError('patents_field_order', { field: name });
    if (typeof part.value === 'string' && part.value !== '') fields.set(name, part.value);
  }
  file ??= await findKept(fields.get('fileId'), files);
  const path = files.pathOf(file.sha256);
  const format = await recognise(path, file.name, fields.get('format'));
  return {
    file,
    path,
    format,
    sheet: fields.get('sheet') ?? null,
    encoding: oneOf(fields, 'encoding', ENCODINGS),
    delimiter: oneOf(fields, 'delimiter', DELIMITERS),
    mapping: readMapping(fields.get('mapping')),
    mappingId: readId(fields, 'mappingId'),
    mappingName: fields.get('mappingName')?.trim().slice(0, 100) || null,
    source: fields.get('source')?.trim() || null,
    label: fields.get('label')?.trim().slice(0, 100) ?? '',
  };
}

/** A file of this machine, kept and recognised like an upload; for the command line. */
export async function uploadOfPath(path: string, files: Files, limit: number): Promise<Upload> {
  const file = await files.put(createReadStream(path), {
    name: basename(path),
    ownerId: null,
    purpose: PURPOSE,
    limit,
  });
  const kept = files.pathOf(file.sha256);
  return {
    file,
    path: kept,
    format: await recognise(kept, file.name, undefined),
    sheet: null,
    encoding: null,
    delimiter: null,
    mapping: null,
    mappingId: null,
    mappingName: null,
    source: null,
    label: '',
  };
}

async function keep(
  part: MultipartFile,
  files: Files,
  ownerId: string | null,
  limit: number,
): Promise<FileInfo> {
  return files.put(part.file, { name: part.filename || 'import', ownerId, purpose: PURPOSE, limit });
}

async function findKept(id: string | undefined, files: Files): Promise<FileInfo> {
  if (id === undefined) throw patentError('patents_no_file');
  const file = UUID.test(id) ? await files.find(id) : undefined;
  if (file?.purpose !== PURPOSE) throw patentError('patents_file_gone');
  return file;
}

async function recognise(path: string, name: string, wanted: string | undefined): Promise<Upload['format']> {
  const source = await detectSource(path, name);
  const found = source
    ? source.id === 'zhicheng-jsonl'
      ? 'jsonl'
      : source.id
    : await sniffTable(path, name);
  const format = FORMATS.find((known) => known === found);
  if (!format) throw patentError('patents_format', { name, found });
  // A Lens export is a CSV too, and a PATENTSCOPE export an XLS: who asks for the table gets the table.
  const table = wanted !== undefined && wanted !== found ? await sniffTable(path, name) : null;
  if (table !== null && table === wanted) return table as Upload['format'];
  if (wanted !== undefined && wanted !== found)
    throw patentError('patents_format_mismatch', { wanted: wanted.slice(0, 20), found });
  return format;
}

const FORMATS = ImportFormatSchema.options.filter((f) => f !== 'demo');

function oneOf(fields: ReadonlyMap<Field, string>, name: Field, allowed: ReadonlySet<string>): string | null {
  const value = fields.get(name);
  if (value === undefined || value === 'auto') return null;
  if (allowed.has(value)) return value;
  throw new AppError('bad_request', {
    why: `${name}: ${[...allowed].map((v) => JSON.stringify(v)).join(' ')}`,
  });
}

function readId(fields: ReadonlyMap<Field, string>, name: Field): string | null {
  const value = fields.get(name);
  if (value === undefined) return null;
  if (!UUID.test(value)) throw new AppError('bad_request', { why: `${name}: UUID` });
  return value;
}

function readMapping(text: string | undefined): ColumnMapping | null {
  if (text === undefined) return null;
  try {
    const read = ColumnMapping.safeParse(JSON.parse(text));
    if (read.success) return read.data;
    const issue = read.error.issues[0];
    throw patentError('patents_mapping_unreadable', { why: `${issue?.path.join('.')}: ${issue?.message}` });
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw patentError('patents_mapping_unreadable', { why: 'JSON' });
  }
}
