import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { MATTERS_APPROVE, MATTERS_READ } from './names.ts';
import { numberParam, words } from './shared.ts';

/** Which document of which item. */
const which = z.object({ item: z.string().max(60), document: z.string().max(60) });
/** A version of its template; zero is the platform's own form. */
const versionParams = which.extend({ version: z.coerce.number().int().min(0).max(100_000) });

/** As Word document, or as PDF where there is LibreOffice. */
const form = z.enum(['docx', 'pdf']).default('docx');

/** When which version was put in force, by whom and why. */
const use = z.object({
  /** Grows with each; whoever puts another one in force names the last one that was looked at. */
  seq: z.int(),
  version: z.int(),
  note: z.string(),
  at: z.iso.datetime(),
  by: z.string(),
});

const uploaded = z.object({
  version: z.int(),
  sha256: z.string(),
  size: z.int(),
  /** Tags in it. */
  tags: z.array(z.string()),
  at: z.iso.datetime(),
  by: z.string(),
});

/** A document that the platform makes, with the template in force. */
const line = z.object({
  item: z.object({ id: z.string(), title: words }),
  document: z.object({ id: z.string(), title: words, mark: z.string() }),
  /** Goes to somebody else than the applicant. */
  toOther: z.boolean(),
  /** Zero is the platform's own form. */
  version: z.int(),
  /** Null where nothing but the platform's own form was ever in force. */
  use: use.nullable(),
  /** The version in force, where it is the office's own. */
  uploaded: uploaded.nullable(),
});

/** One document with everything about its templates. */
export const TemplateView = line
  .extend({
    office: words,
    /** Latest first. */
    versions: z.array(uploaded),
    uses: z.array(use),
    /** Tags that may stand in a template. */
    tags: z.array(
      z.object({
        name: z.string(),
        meaning: words,
        example: z.string(),
        duty: z.boolean(),
        from: z.enum(['document', 'matter', 'form']),
      }),
    ),
    /** Largest file, in bytes. */
    limit: z.int(),
    /** Can a preview be had as PDF? */
    pdf: z.boolean(),
  })
  .meta({ id: 'DocumentTemplate' });

/** Documents of an office with their templates. */
export const listTemplates = endpoint({
  method: 'GET',
  path: '/api/templates',
  summary:
    'Documents that the platform makes in the items of the asker’s offices, with the template in force',
  access: MATTERS_APPROVE,
  response: z.object({ documents: z.array(line) }),
});

/** One document's templates. */
export const getTemplate = endpoint({
  method: 'GET',
  path: '/api/templates/:item/:document',
  summary: 'Versions of a document’s template, which were in force when, and the tags that may be used',
  access: MATTERS_APPROVE,
  params: which,
  response: TemplateView,
});

/** Takes a new version in. */
export const uploadTemplate = endpoint({
  method: 'POST',
  path: '/api/templates/:item/:document/versions',
  summary:
    'Checks a Word document as a template (multipart, part `file`) and keeps it as the next version; it is not in force by that',
  access: MATTERS_APPROVE,
  params: which,
  multipart: true,
  response: z.object({ version: z.int(), template: TemplateView }),
});

/** Puts a version in force. */
export const putTemplateInForce = endpoint({
  method: 'POST',
  path: '/api/templates/:item/:document/use',
  summary: 'Puts a version in force, or with 0 the platform’s own form; of two at once the second is told',
  access: MATTERS_APPROVE,
  params: which,
  body: z.object({
    /** The last use that was looked at; 0 where there was none. */
    seq: z.int().min(0),
    version: z.int().min(0).max(100_000),
    note: z.string().trim().min(2).max(500),
  }),
  response: TemplateView,
});

/** The template itself. */
export const downloadTemplate = endpoint({
  method: 'GET',
  path: '/api/templates/:item/:document/versions/:version/file',
  summary: 'A version of a template as Word document with its tags; 0 is the platform’s own form',
  access: MATTERS_APPROVE,
  params: versionParams,
  response: z.string(),
  produces: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
});

/** The template filled with examples. */
export const previewTemplate = endpoint({
  method: 'GET',
  path: '/api/templates/:item/:document/versions/:version/preview',
  summary: 'A version of a template filled with made-up examples, as Word document or PDF',
  access: MATTERS_APPROVE,
  params: versionParams,
  query: z.object({ form }),
  response: z.string(),
  produces: 'application/octet-stream',
});

/** A document before it is made. */
export const previewDocument = endpoint({
  method: 'POST',
  path: '/api/matters/:number/preview',
  summary:
    'A document as the platform would make it now, without number and code; nothing is kept and no number is taken',
  access: MATTERS_READ,
  params: z.object({ number: numberParam }),
  body: z.object({
    what: z.string().max(60),
    text: z.string().trim().min(1).max(20_000),
    to: z.string().trim().min(1).max(200),
    form,
  }),
  response: z.string(),
  produces: 'application/octet-stream',
});
