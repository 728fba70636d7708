import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import { AppError } from '#kernel/errors';
import type { FileInfo } from '#kernel/files/files';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import { sniffTable } from '#kernel/tables/sniff';
import { batchError } from './errors.ts';

/** Purpose under which imported files are kept. */
const PURPOSE = 'registers.import';

/** The fields of the form. Empty ones count as not given. */
const Fields = z.object({
  mode: z.enum(['correct', 'change']).default('correct'),
  from: z.iso.date().optional(),
  state: z.enum(['proposed', 'verified', 'published']).default('proposed'),
  reason: z.string().trim().max(1000).optional(),
  basis: z.string().trim().max(300).optional(),
  sheet: z.string().max(100).optional(),
  columns: z
    .string()
    .max(200_000)
    .transform((text, ctx) => {
      const read = z.record(z.string().max(1000), z.string().max(60).nullable()).safeParse(parse(text));
      if (read.success) return read.data;
      ctx.addIssue({ code: 'custom', message: 'JSON {head: field | null}' });
      return z.NEVER;
    })
    .optional(),
});

/** What a form asked for, with the file already kept. */
export type ImportForm = z.output<typeof Fields> & { file: FileInfo };

/**
 * Reads the form of an import: keeps the file and looks whether its content is a table that its name promises. Throws 4xx
 * with the reason.
 */
export async function receiveImport(
  platform: Platform,
  actor: Actor,
  request: FastifyRequest,
): Promise<ImportForm> {
  if (!request.isMultipart())
    throw new AppError('media_type', { type: request.headers['content-type'] ?? '' });
  const given: Record<string, string> = {};
  let file: FileInfo | null = null;
  const limit = platform.config.ZC_UPLOAD_LIMIT;
  for await (const part of request.parts({ limits: { fileSize: limit, files: 1 } })) {
    if (part.type === 'file') {
      const name = part.filename || 'import';
      file = await platform.files.put(part.file, { name, ownerId: actor.id, purpose: PURPOSE, limit });
      continue;
    }
    if (!Object.hasOwn(Fields.shape, part.fieldname)) continue;
    if (file) throw batchError('registers_batch_order', { field: part.fieldname });
    if (part.valueTruncated) throw new AppError('too_large', { limit: part.fieldname });
    if (typeof part.value === 'string' && part.value.trim() !== '') given[part.fieldname] = part.value;
  }
  const fields = Fields.safeParse(given);
  if (!fields.success) {
    const [issue] = fields.error.issues;
    const field = String(issue?.path[0] ?? '');
    throw batchError('registers_batch_field', {
      field,
      why: given[field]?.slice(0, 60) ?? '',
      why_en: issue?.message ?? '',
    });
  }
  if (!file) throw batchError('registers_batch_no_file');
  const found = await sniffTable(platform.files.pathOf(file.sha256), file.name);
  if (found !== 'xlsx' && found !== 'csv')
    throw batchError('registers_batch_format', {
      name: file.name,
      found: found === 'xls' ? 'Excel 97-2003 (.xls)' : found,
    });
  return { ...fields.data, file };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
