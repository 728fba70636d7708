import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import {
  FEATURES,
  FeatureList,
  FIRM_LIMITS,
  FIRMS_DECIDE,
  Firm,
  GrantTerms,
  OneTimePassword,
} from './shared.ts';

/** Where an application stands. */
export const ApplicationState = z.enum(['waiting', 'granted', 'declined']);
export type ApplicationState = z.infer<typeof ApplicationState>;

/** What a visitor sees with the receipt: nothing of the contact person. */
export const Receipt = z
  .object({
    receipt: z.string(),
    name: z.string(),
    sentAt: z.string(),
    state: ApplicationState,
    decidedAt: z.string().nullable(),
    /** Why it was declined; empty otherwise. */
    reason: z.string(),
  })
  .meta({ id: 'FirmReceipt' });
export type Receipt = z.infer<typeof Receipt>;

/** An application as those who decide see it. */
export const Application = z
  .object({
    id: z.uuid(),
    name: z.string(),
    code: z.string(),
    contact: z.string(),
    phone: z.string(),
    email: z.string(),
    features: z.array(z.enum(FEATURES)),
    seats: z.int(),
    reason: z.string(),
    sentAt: z.string(),
    state: ApplicationState,
    decidedAt: z.string().nullable(),
    decidedBy: z.string().nullable(),
    decisionReason: z.string(),
    /** The firm that it became. */
    firm: z.uuid().nullable(),
    version: z.int(),
  })
  .meta({ id: 'FirmApplication' });
export type Application = z.infer<typeof Application>;

const params = z.object({ id: z.uuid() });

export const applyForFirm = endpoint({
  method: 'POST',
  path: '/api/firms/applications',
  summary: 'A firm applies for accounts; the same key again gives the same application',
  access: 'public',
  body: z.object({
    /** Made once per intended application. */
    key: z.uuid(),
    name: z.string().trim().min(2).max(120),
    code: z.string().trim().min(1).max(40),
    contact: z.string().trim().min(1).max(60),
    phone: z
      .string()
      .trim()
      .regex(/^\+?[0-9][0-9 ()（）-]{5,28}$/),
    email: z.email().max(254),
    features: FeatureList,
    seats: z.int().min(1).max(FIRM_LIMITS.seats),
    reason: z.string().trim().min(2).max(1000),
    consent: z.literal(true),
  }),
  response: Receipt,
});

export const readReceipt = endpoint({
  method: 'GET',
  path: '/api/firms/applications/receipts/:receipt',
  summary: 'Where an application stands, for whoever has its receipt',
  access: 'public',
  params: z.object({ receipt: z.string().trim().min(1).max(60) }),
  response: Receipt,
});

export const listApplications = endpoint({
  method: 'GET',
  path: '/api/firms/applications',
  summary: 'Applications by state, latest first, with how many of each state there are',
  access: FIRMS_DECIDE,
  query: z.object({
    state: ApplicationState.optional(),
    page: z.coerce.number().int().min(1).max(100_000).default(1),
    pageSize: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({
    applications: z.array(Application),
    total: z.int(),
    counts: z.object({ waiting: z.int(), granted: z.int(), declined: z.int() }),
  }),
});

export const getApplication = endpoint({
  method: 'GET',
  path: '/api/firms/applications/:id',
  summary:
    'One application, with the organisation that it resolves to and what else is known under its name and code',
  access: FIRMS_DECIDE,
  params,
  response: z.object({
    application: Application,
    /** The record that a grant would go to; null where granting makes one. */
    organisation: z.object({ id: z.uuid(), name: z.string(), code: z.string().nullable() }).nullable(),
    /** Other records that bear or bore the name. */
    sameName: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        kind: z.enum(['present', 'former', 'spelling']),
        code: z.string().nullable(),
      }),
    ),
    /** Firms with that code, the ended ones too. */
    firms: z.array(Firm),
    /** Other applications with that code that wait. */
    others: z.int(),
    abilities: z.object({ decide: z.boolean() }),
  }),
});

export const grantApplication = endpoint({
  method: 'POST',
  path: '/api/firms/applications/:id/grant',
  summary: 'Grants an application: the firm and the account of its manager are made',
  access: FIRMS_DECIDE,
  params,
  body: GrantTerms.extend({ version: z.int().min(1), username: z.string().trim().min(1).max(63) }),
  response: z.object({ firm: Firm, manager: OneTimePassword }),
});

export const declineApplication = endpoint({
  method: 'POST',
  path: '/api/firms/applications/:id/decline',
  summary: 'Declines an application with a reason that the applicant reads',
  access: FIRMS_DECIDE,
  params,
  body: z.object({ version: z.int().min(1), reason: z.string().trim().min(2).max(1000) }),
  response: Application,
});
