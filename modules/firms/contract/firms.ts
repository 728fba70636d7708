import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import {
  FIRMS_DECIDE,
  Firm,
  FirmPerson,
  FirmState,
  GrantTerms,
  OneTimePassword,
  UsageReport,
} from './shared.ts';

const params = z.object({ id: z.uuid() });
const version = z.int().min(1);
const reason = z.string().trim().min(2).max(1000);

/** A firm with its people, for those who decide. */
export const FirmDetail = z.object({
  firm: Firm,
  people: z.array(FirmPerson),
  abilities: z.object({
    change: z.boolean(),
    suspend: z.boolean(),
    resume: z.boolean(),
    end: z.boolean(),
  }),
});
export type FirmDetail = z.infer<typeof FirmDetail>;

export const listFirms = endpoint({
  method: 'GET',
  path: '/api/firms',
  summary: 'Firms with what they were granted and have used, by name',
  access: FIRMS_DECIDE,
  query: z.object({
    state: FirmState.optional(),
    page: z.coerce.number().int().min(1).max(100_000).default(1),
    pageSize: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({ firms: z.array(Firm), total: z.int() }),
});

export const getFirm = endpoint({
  method: 'GET',
  path: '/api/firms/:id',
  summary: 'One firm with its people',
  access: FIRMS_DECIDE,
  params,
  response: FirmDetail,
});

export const changeFirm = endpoint({
  method: 'PUT',
  path: '/api/firms/:id',
  summary: 'Changes features, quotas, seats and the last day of a grant',
  access: FIRMS_DECIDE,
  params,
  body: GrantTerms.extend({ version, reason }),
  response: FirmDetail,
});

export const setFirmState = endpoint({
  method: 'POST',
  path: '/api/firms/:id/state',
  summary: 'Suspends, resumes or ends a grant; ending disables its accounts and cannot be taken back',
  access: FIRMS_DECIDE,
  params,
  body: z.object({ version, state: z.enum(['active', 'suspended', 'ended']), reason }),
  response: FirmDetail,
});

export const resetManagerPassword = endpoint({
  method: 'POST',
  path: '/api/firms/:id/people/:account/password',
  summary: 'Gives a manager of the firm a new one-time password',
  access: FIRMS_DECIDE,
  params: params.extend({ account: z.string().max(100) }),
  response: OneTimePassword,
});

export const firmUsage = endpoint({
  method: 'GET',
  path: '/api/firms/:id/usage',
  summary: 'What a firm used, by month and person',
  access: FIRMS_DECIDE,
  params,
  response: UsageReport,
});

export const firmUsageCsv = endpoint({
  method: 'GET',
  path: '/api/firms/:id/usage.csv',
  summary: 'What a firm used, by month and person, as CSV',
  access: FIRMS_DECIDE,
  params,
  response: z.string(),
  produces: 'text/csv',
});
