import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { FIRMS_MEMBER, FIRMS_PEOPLE, Firm, FirmPerson, OneTimePassword, UsageReport } from './shared.ts';

const params = z.object({ account: z.string().max(100) });

/** One's own firm. */
export const OwnFirm = z.object({
  firm: Firm,
  /** Empty for those who do not manage people. */
  people: z.array(FirmPerson),
  /** The asker still has the one-time password. */
  oneTime: z.boolean(),
  abilities: z.object({
    people: z.boolean(),
    /** Somebody can be added now. */
    add: z.boolean(),
  }),
});
export type OwnFirm = z.infer<typeof OwnFirm>;

export const getOwnFirm = endpoint({
  method: 'GET',
  path: '/api/firm',
  summary: 'One’s own firm: features, what is left, seats and, for its manager, people',
  access: FIRMS_MEMBER,
  response: OwnFirm,
});

export const addPerson = endpoint({
  method: 'POST',
  path: '/api/firm/people',
  summary: 'Makes an account for a person of the firm, where a seat is free',
  access: FIRMS_PEOPLE,
  body: z.object({
    username: z.string().trim().min(1).max(63),
    name: z.string().trim().min(1).max(60),
    email: z.email().max(254).nullable().default(null),
  }),
  response: OneTimePassword,
});

export const disablePerson = endpoint({
  method: 'POST',
  path: '/api/firm/people/:account/disable',
  summary: 'Disables a person: sessions end at once and the seat is free',
  access: FIRMS_PEOPLE,
  params,
  response: OwnFirm,
});

export const enablePerson = endpoint({
  method: 'POST',
  path: '/api/firm/people/:account/enable',
  summary: 'Lets a person in again, where a seat is free',
  access: FIRMS_PEOPLE,
  params,
  response: OwnFirm,
});

export const resetPersonPassword = endpoint({
  method: 'POST',
  path: '/api/firm/people/:account/password',
  summary: 'Gives a person a new one-time password and ends the sessions',
  access: FIRMS_PEOPLE,
  params,
  response: OneTimePassword,
});

export const ownUsage = endpoint({
  method: 'GET',
  path: '/api/firm/usage',
  summary: 'What one’s own firm used, by month and person',
  access: FIRMS_PEOPLE,
  response: UsageReport,
});

export const ownUsageCsv = endpoint({
  method: 'GET',
  path: '/api/firm/usage.csv',
  summary: 'What one’s own firm used, by month and person, as CSV',
  access: FIRMS_PEOPLE,
  response: z.string(),
  produces: 'text/csv',
});
