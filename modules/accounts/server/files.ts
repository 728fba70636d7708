import { AppError } from '#kernel/errors';
import { evidenceTypes } from '#kernel/files/files';
import { handOut } from '#kernel/http/hand-out';
import { type Route, route } from '#kernel/http/route';
import type { Platform } from '#kernel/module';
import * as contract from '../contract.ts';
import { accountError } from './errors.ts';
import { fileView } from './views.ts';

/** Evidence files: keeping and giving back. */
export function fileRoutes({ files, config }: Platform): Route[] {
  return [
    route(contract.uploadFile, async ({ actor, request }) => {
      const part = await request.file();
      if (part?.fieldname !== 'file') {
        part?.file.resume();
        throw accountError('file_missing');
      }
      const info = await files.put(part.file, {
        name: part.filename,
        ownerId: actor.id,
        purpose: 'evidence',
        limit: config.ZC_EVIDENCE_LIMIT,
        allowed: evidenceTypes,
      });
      return fileView(info);
    }),
    route(contract.downloadFile, async ({ params, reply }) => {
      const info = await files.find(params.id);
      if (!info) throw new AppError('not_found', { what: '文件' });
      return handOut(reply, files, info, 'private, max-age=31536000, immutable');
    }),
  ];
}
