import type { FastifyRequest } from 'fastify';
import { AppError } from '#kernel/errors';
import type { FileInfo, Files } from '#kernel/files/files';
import { classError } from './errors.ts';
import type { ClassUpload } from './load.ts';

/** Purpose under which files of classification schemes are kept. */
const PURPOSE = 'patents.classes';

/** Reads the form of a loading: keeps the file and checks the fields, which come before it. */
export async function receiveClassFile(
  request: FastifyRequest,
  files: Files,
  ownerId: string | null,
  limit: number,
): Promise<ClassUpload> {
  if (!request.isMultipart())
    throw new AppError('media_type', { type: request.headers['content-type'] ?? '' });
  let file: FileInfo | null = null;
  let version: string | null = null;
  let licence = '';
  for await (const part of request.parts({ limits: { fileSize: limit, files: 1 } })) {
    if (part.type === 'file') {
      file = await files.put(part.file, {
        name: part.filename || 'scheme',
        ownerId,
        purpose: PURPOSE,
        limit,
      });
      continue;
    }
    if (part.fieldname !== 'version' && part.fieldname !== 'licence') continue;
    if (file) throw classError('patents_class_field_order', { field: part.fieldname });
    if (part.valueTruncated) throw new AppError('too_large', { limit: part.fieldname });
    const value = typeof part.value === 'string' ? part.value.trim() : '';
    if (part.fieldname === 'licence') licence = value.slice(0, 500);
    else if (value !== '') version = checkedVersion(value);
  }
  if (!file) throw classError('patents_class_no_file');
  return { file, version, licence };
}

function checkedVersion(value: string): string {
  if (/^(19|20)\d\d\.(0[1-9]|1[0-2])$/.test(value)) return value;
  throw classError('patents_class_version_form', { version: value.slice(0, 40) });
}
