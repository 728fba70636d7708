import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { idempotencyKey, matterView } from './matters.ts';
import { codeHeader, numberParam } from './shared.ts';

/** Most signs of a message. */
export const MESSAGE_LONG = 2000;

/** Writes a message. */
export const writeMessage = endpoint({
  method: 'POST',
  path: '/api/matters/:number/messages',
  summary:
    'Writes to the office, or as the office to a party; sent again with the same key it is written once',
  access: 'public',
  params: z.object({ number: numberParam }),
  headers: codeHeader,
  body: z.object({
    /** Version of the matter that was looked at. */
    version: z.int(),
    idempotencyKey,
    text: z.string().trim().min(1).max(MESSAGE_LONG),
    /** Number of the party to whom the office writes; a party writes to the office alone. */
    to: z.int().min(1).nullable().default(null),
  }),
  response: matterView,
});
