import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { date, words } from './shared.ts';

/** Is a document genuine? */
export const verifyDocument = endpoint({
  method: 'GET',
  path: '/api/verify/:code',
  summary:
    'What the platform knows of the document that bears a code: number, office, day, and the hash of its bytes',
  access: 'public',
  params: z.object({ code: z.string().min(4).max(60) }),
  response: z.object({
    number: z.string(),
    title: words,
    office: words,
    on: date,
    /** Of the file as it was made: an edited or printed one has another. */
    sha256: z.string(),
    /** Of the same document as PDF; null where there is none. */
    pdf: z.string().nullable(),
    /** Struck out later: it does not count any more. */
    struck: z.boolean(),
  }),
});
