import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { matterView } from './matters.ts';
import { MATTERS_HANDLE, SERVICE_WAYS } from './names.ts';
import { codeHeader, date, numberParam } from './shared.ts';

const version = z.int();
const partyNo = z.coerce.number().int().min(1).max(10_000);
/** Why; it stands in the log. */
const reason = z.string().trim().min(2).max(1000);

/** The matter, and the code that is handed to the party: it is shown this once. */
const withCode = z.object({ matter: matterView, code: z.string() });

/** Lets a party in, or somebody who acts for one. */
export const admitParty = endpoint({
  method: 'POST',
  path: '/api/matters/:number/parties',
  summary: 'Lets a party or its agent in: with the code they see what is theirs and take their steps',
  access: MATTERS_HANDLE,
  params: z.object({ number: numberParam }),
  body: z.object({
    version,
    /** Party's role of the procedure; null for an agent, who has that of whom it acts for. */
    role: z.string().max(60).nullable().default(null),
    name: z.string().trim().min(1).max(100),
    /** Number of the party for which an agent acts, by a power of attorney; null for a party itself. */
    actsFor: z.int().nullable().default(null),
    reason,
  }),
  response: withCode,
});

/** Replaces a code that was lost or became known. */
export const renewCode = endpoint({
  method: 'POST',
  path: '/api/matters/:number/parties/:no/code',
  summary: 'Gives a party another code; the one before is no longer good',
  access: MATTERS_HANDLE,
  params: z.object({ number: numberParam, no: partyNo }),
  body: z.object({ version, reason }),
  response: withCode,
});

/** Ends what a party may see and do. */
export const dismissParty = endpoint({
  method: 'POST',
  path: '/api/matters/:number/parties/:no/end',
  summary: 'Ends the access of a party or agent; what they did stays',
  access: MATTERS_HANDLE,
  params: z.object({ number: numberParam, no: partyNo }),
  body: z.object({ version, reason }),
  response: matterView,
});

/** Ties a matter to the asker's account. */
export const joinMatter = endpoint({
  method: 'POST',
  path: '/api/matters/:number/account',
  summary: 'Puts a matter among those of the asker’s account; the code says as which party',
  access: 'signed-in',
  params: z.object({ number: numberParam }),
  headers: codeHeader,
  response: matterView,
});

/** Records that a paper was served. */
export const servePaper = endpoint({
  method: 'POST',
  path: '/api/matters/:number/papers/:no/service',
  summary: 'Serves a paper on a party: from then on the party sees it; its first opening is kept',
  access: MATTERS_HANDLE,
  params: z.object({ number: numberParam, no: partyNo }),
  body: z.object({
    version,
    /** Number of the party. */
    party: z.int(),
    how: z.enum(SERVICE_WAYS),
    /** The day on which it was served; through the platform it is today. */
    on: date.optional(),
    note: z.string().trim().max(1000).default(''),
    /** The proof of service, signed, as `POST /api/matters/papers` gave it. */
    proof: z.uuid().optional(),
  }),
  response: matterView,
});
