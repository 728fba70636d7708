import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';

/** A kept file. */
export const FileView = z
  .object({
    id: z.string(),
    name: z.string(),
    /** Bytes. */
    size: z.int(),
    mediaType: z.string(),
    sha256: z.string(),
    createdAt: z.string(),
  })
  .meta({ id: 'File' });
export type FileView = z.infer<typeof FileView>;

export const uploadFile = endpoint({
  method: 'POST',
  path: '/api/files',
  summary: 'Keeps one file as evidence (multipart, part `file`); what it is is read from its bytes',
  access: 'signed-in',
  multipart: true,
  response: FileView,
});

export const downloadFile = endpoint({
  method: 'GET',
  path: '/api/files/:id',
  summary: 'The bytes of a kept file under its own name',
  access: 'signed-in',
  params: z.object({ id: z.uuid() }),
  produces: 'application/octet-stream',
  response: z.unknown(),
});
