import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { matterView } from './matters.ts';
import { MATTERS_APPROVE, PANEL_PARTS, RECUSAL_ASKED } from './names.ts';
import { numberParam } from './shared.ts';

/** Why; it stands in the log. */
const reason = z.string().trim().min(2).max(1000);
const account = z.string().max(100);

/** Sets the panel of a matter. */
export const setPanel = endpoint({
  method: 'PUT',
  path: '/api/matters/:number/panel',
  summary:
    'Sets who sits on the panel: from then on its steps are for them alone, and the parties learn the names',
  access: MATTERS_APPROVE,
  params: z.object({ number: numberParam }),
  body: z.object({
    version: z.int(),
    /** Officers of the office, one of them presiding; none ends the panel. */
    members: z.array(z.object({ account, part: z.enum(PANEL_PARTS) })).max(15),
    reason,
  }),
  response: matterView,
});

/** Decides on a recusal. */
export const decideRecusal = endpoint({
  method: 'POST',
  path: '/api/matters/:number/recusals',
  summary: 'Decides that somebody of the office has nothing more to do with a matter, or that they stay',
  access: MATTERS_APPROVE,
  params: z.object({ number: numberParam }),
  body: z.object({
    version: z.int(),
    account,
    /** Who asked for it. */
    asked: z.enum(RECUSAL_ASKED),
    recused: z.boolean(),
    reason,
  }),
  response: matterView,
});
