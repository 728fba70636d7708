import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { matterView } from './matters.ts';
import { MATTERS_APPROVE } from './names.ts';
import { date, numberParam, words } from './shared.ts';

/** Other versions of a matter's item under which it could go on. */
export const matterVersions = endpoint({
  method: 'GET',
  path: '/api/matters/:number/versions',
  summary: 'Versions of the item to which a running matter can be moved, with what would change',
  access: MATTERS_APPROVE,
  params: z.object({ number: numberParam }),
  response: z.object({
    versions: z.array(
      z
        .object({
          /** First and last day on which a matter begins under it. */
          from: date,
          to: date.nullable(),
          /** It is the version under which the matter runs, corrected since. */
          corrected: z.boolean(),
          /** Why the matter cannot go on under it; null where it can. */
          why: words.nullable(),
          /** Clocks that run, with the last days of now and then; null while a clock stands. */
          clocks: z.array(z.object({ name: words, was: date.nullable(), due: date.nullable() })),
          /** What may be done next under it, and may not now, and the other way round. */
          adds: z.array(words),
          drops: z.array(words),
        })
        .meta({ id: 'MatterVersion' }),
    ),
  }),
});

/** Moves a running matter to another version of its item. */
export const migrateMatter = endpoint({
  method: 'POST',
  path: '/api/matters/:number/version',
  summary:
    'Moves a running matter to another version of its item, with reason and ground; what was done stays as it was',
  access: MATTERS_APPROVE,
  params: z.object({ number: numberParam }),
  body: z.object({
    /** Version of the matter that was looked at. */
    version: z.int(),
    /** First day of the version of the item. */
    from: date,
    reason: z.string().trim().min(5).max(1000),
    /** The rule that says so, such as its transitional article. */
    basis: z.string().trim().min(2).max(300),
  }),
  response: matterView,
});
