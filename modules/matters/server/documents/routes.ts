import { buffer } from 'node:stream/consumers';
import type { FastifyReply } from 'fastify';
import { attachment } from '#kernel/http/attachment';
import { type Route, route } from '#kernel/http/route';
import * as contract from '../../contract.ts';
import type { MatterContext } from '../matters/context.ts';
import { matterError } from '../matters/errors.ts';
import { findFile } from '../matters/file.ts';
import { documentError } from './errors.ts';
import { previewOf } from './make.ts';
import { exampleOfVersion, fileOfVersion, listOf, putInForce, upload, viewOf } from './templates/keep.ts';
import { TEMPLATE_LIMIT } from './templates/package.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Endpoints about templates, and about documents before they are made. */
export function templateRoutes(ctx: MatterContext): Route[] {
  /** Sends a document as it is, or as PDF. */
  const send = async (
    reply: FastifyReply,
    { name, bytes }: { name: string; bytes: Buffer },
    form: 'docx' | 'pdf' = 'docx',
  ) => {
    if (form === 'pdf' && !ctx.pdf) throw documentError('matters_pdf_none');
    const sent = form === 'pdf' ? await ctx.pdf!.show(bytes) : bytes;
    return reply
      .header('content-disposition', attachment(form === 'pdf' ? name.replace(/\.docx$/, '.pdf') : name))
      .header('cache-control', 'private, no-store')
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .type(form === 'pdf' ? 'application/pdf' : DOCX)
      .send(sent);
  };
  return [
    route(contract.listTemplates, async (call) => ({ documents: await listOf(ctx, call) })),
    route(contract.getTemplate, (call) => viewOf(ctx, call, call.params.item, call.params.document)),
    route(contract.uploadTemplate, async (call) => {
      const { item, document } = call.params;
      // Who may not does not send a file first.
      await viewOf(ctx, call, item, document);
      const part = await call.request.file({ limits: { fileSize: TEMPLATE_LIMIT + 1 } });
      if (part?.fieldname !== 'file') {
        part?.file.resume();
        throw matterError('matters_no_file');
      }
      const bytes = await buffer(part.file);
      const version = await upload(ctx, call, item, document, bytes);
      return { version, template: await viewOf(ctx, call, item, document) };
    }),
    route(contract.putTemplateInForce, async (call) => {
      const { item, document } = call.params;
      await putInForce(ctx, call, item, document, call.body);
      return viewOf(ctx, call, item, document);
    }),
    route(contract.downloadTemplate, async (call) => {
      const { item, document, version } = call.params;
      return send(call.reply, await fileOfVersion(ctx, call, item, document, version));
    }),
    route(contract.previewTemplate, async (call) => {
      const { item, document, version } = call.params;
      return send(call.reply, await exampleOfVersion(ctx, call, item, document, version), call.query.form);
    }),
    route(contract.previewDocument, async ({ params, body, actor, reply }) => {
      const found = await findFile(ctx, ctx.platform.records, params.number, { actor });
      const { handles, approves } = found.standing;
      if (!handles && !approves) throw matterError('matters_none', { number: params.number });
      return send(reply, await previewOf(ctx, found, body), body.form);
    }),
  ];
}
