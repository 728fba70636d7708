import type { FastifyReply } from 'fastify';
import type { FileInfo, Files } from '#kernel/files/files';
import { attachment } from '#kernel/http/attachment';

/**
 * Sends a kept file as a download. What people upload never runs in our pages' name, even when a browser is made to show it.
 * Throws `not_found` when its bytes are gone.
 * @param cache how long who may keep it, as `cache-control` says it.
 */
export async function handOut(
  reply: FastifyReply,
  files: Files,
  info: FileInfo,
  cache: string,
): Promise<FastifyReply> {
  const stream = await files.read(info);
  return reply
    .header('content-disposition', attachment(info.name))
    .header('content-length', info.size)
    .header('cache-control', cache)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .type(info.mediaType)
    .send(stream);
}
