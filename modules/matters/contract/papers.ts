import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { MATTERS_READ, SERVICE_WAYS } from './names.ts';
import { codeHeader, date, numberParam, who, words } from './shared.ts';

/** A paper that is handed in or goes out with a step. */
export const paperIn = z.object({
  /** Id of the material, or of the document of the step. */
  what: z.string().max(60),
  /** As `POST /api/matters/papers` gave it; null where the office has it on paper. */
  file: z.uuid().nullable(),
  /** What stands in a document that the platform makes; then there is no file. Only the office may. */
  text: z.string().trim().min(1).max(20_000).optional(),
  /** To whom it is written; to the applicant without it. */
  to: z.string().trim().min(1).max(200).optional(),
});

/** A paper of a matter. Nothing is deleted: what was wrong is struck out. */
export const paper = z
  .object({
    /** Its number within the matter. */
    no: z.int(),
    title: words,
    /** Null where the office has it on paper. */
    file: z.object({ name: z.string(), size: z.int(), mediaType: z.string(), sha256: z.string() }).nullable(),
    by: who,
    on: date,
    /** Official number, and the code with which anybody verifies it, of what the platform made. */
    number: z.string().nullable(),
    code: z.string().nullable(),
    /**
     * Version of the office's own template with which the platform made it, zero for the platform's own form; null for other papers,
     * and for those who are not of the office.
     */
    template: z.int().nullable(),
    /** The same as PDF, where it is or will be made. */
    pdf: z
      .discriminatedUnion('state', [
        z.object({ state: z.literal('made'), name: z.string(), size: z.int(), sha256: z.string() }),
        z.object({ state: z.enum(['waiting', 'failed']) }),
      ])
      .nullable(),
    /** On whom it was served, as far as the asker may know. */
    served: z.array(
      z.object({
        party: z.int(),
        name: z.string(),
        how: z.enum(SERVICE_WAYS),
        on: date,
        /** When it was first opened on the platform; null where it was not. */
        openedAt: z.iso.datetime().nullable(),
      }),
    ),
    /** Why it does not count any more; null where it counts. */
    struck: z.object({ reason: z.string(), on: date, by: z.string() }).nullable(),
  })
  .meta({ id: 'MatterPaper' });

/** Keeps a file that is to become a paper of a matter. */
export const uploadPaper = endpoint({
  method: 'POST',
  path: '/api/matters/papers',
  summary: 'Keeps a file that a step will name: PDF, pictures, Word, Excel, text',
  access: 'public',
  multipart: true,
  response: z.object({
    id: z.uuid(),
    name: z.string(),
    size: z.int(),
    mediaType: z.string(),
    sha256: z.string(),
    /** What whoever sent it should know of it; nothing was changed or refused for it. */
    warnings: z.array(z.object({ code: z.string(), text: words })),
  }),
});

/** Reads a paper. */
export const downloadPaper = endpoint({
  method: 'GET',
  path: '/api/matters/:number/papers/:no',
  summary: 'The bytes of a paper, as they came',
  access: 'public',
  params: z.object({ number: numberParam, no: z.coerce.number().int().min(1).max(100_000) }),
  headers: codeHeader,
  response: z.string(),
  produces: 'application/octet-stream',
});

/** Reads a made paper as PDF. */
export const downloadPdf = endpoint({
  method: 'GET',
  path: '/api/matters/:number/papers/:no/pdf',
  summary: 'A paper that the platform made, as PDF, for whoever may read the paper',
  access: 'public',
  params: z.object({ number: numberParam, no: z.coerce.number().int().min(1).max(100_000) }),
  headers: codeHeader,
  response: z.string(),
  produces: 'application/pdf',
});

/** The whole matter as an archive. */
export const matterDossier = endpoint({
  method: 'GET',
  path: '/api/matters/:number/dossier',
  summary:
    'Record, answers and papers as a signed archive that is checked offline with sha256sum and openssl',
  access: MATTERS_READ,
  params: z.object({ number: numberParam }),
  response: z.string(),
  produces: 'application/zip',
});
