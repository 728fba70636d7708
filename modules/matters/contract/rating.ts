import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { matterView } from './matters.ts';
import { MATTERS_HANDLE } from './names.ts';
import { codeHeader, numberParam } from './shared.ts';

/** Says how content the applicant is. */
export const rateMatter = endpoint({
  method: 'POST',
  path: '/api/matters/:number/rating',
  summary: 'Rates how a matter was handled, once, after it has ended',
  access: 'public',
  params: z.object({ number: numberParam }),
  headers: codeHeader,
  body: z.object({
    /** 5 very content, 4 content, 3 content on the whole, 2 not content, 1 not content at all. */
    score: z.int().min(1).max(5),
    words: z.string().trim().max(1000).default(''),
  }),
  response: matterView,
});

/** Answers a rating. */
export const answerRating = endpoint({
  method: 'POST',
  path: '/api/matters/:number/rating/answer',
  summary: 'Says to the applicant what was done about a rating',
  access: MATTERS_HANDLE,
  params: z.object({ number: numberParam }),
  body: z.object({ version: z.int(), text: z.string().trim().min(2).max(1000) }),
  response: matterView,
});
