import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { PATENTS_APPLICANTS } from './permissions.ts';
import { RegionPrecision } from './values.ts';

const Id = z.string().regex(/^\d{1,20}$/);
const Reason = z.string().trim().min(2).max(500);

/** What found that two names are of one applicant; `person` where somebody said so. */
export const LinkRule = z.enum(['spelling', 'organisation', 'former-name', 'legal-form', 'school', 'person']);
export type LinkRule = z.infer<typeof LinkRule>;

/** One name that stands for what another names: who or what said so, and what became of it. */
export const ApplicantLink = z
  .object({
    id: z.uuid(),
    member: z.object({ id: Id, name: z.string() }),
    head: z.object({ id: Id, name: z.string() }),
    rule: LinkRule,
    state: z.enum(['proposed', 'active', 'undone', 'declined']),
    /** What the rule saw, or the reason that a person gave. */
    detail: z.record(z.string(), z.string().nullable()),
    madeAt: z.iso.datetime(),
    /** 规则, or the name of the person; the names of persons only for those who work here. */
    madeBy: z.string(),
    decidedAt: z.iso.datetime().nullable(),
    decidedBy: z.string().nullable(),
    decisionReason: z.string().nullable(),
  })
  .meta({ id: 'ApplicantLink' });
export type ApplicantLink = z.infer<typeof ApplicantLink>;

/** Where an applicant sits, as far as the addresses of its records say. */
export const ApplicantPlace = z.object({
  /** Region id of the city pack; '' outside the city. */
  region: z.string(),
  /** Administrative code that held on the day; null where the region has none. */
  code: z.string().nullable(),
  precision: RegionPrecision,
  records: z.int(),
});

export const ApplicantRow = z.object({
  id: Id,
  name: z.string(),
  /** How many names stand behind it, itself included. */
  names: z.int(),
  /** Publications. */
  records: z.int(),
});
export type ApplicantRow = z.infer<typeof ApplicantRow>;

/** An applicant: all its names, why they are one, which organisation it is, and where. */
export const Applicant = z
  .object({
    id: Id,
    name: z.string(),
    records: z.int(),
    names: z.array(z.object({ id: Id, name: z.string(), records: z.int() })),
    links: z.array(ApplicantLink),
    /** The platform's record of it; `page` whether this reader may open it. */
    organisation: z.object({ id: z.uuid(), name: z.string(), page: z.boolean() }).nullable(),
    places: z.array(ApplicantPlace),
    /**
     * The district it is taken to be in: where most of its records with an address lie. `confidence` is their share (0 to 1);
     * `differs` where the organisation's own address lies elsewhere.
     */
    place: z
      .object({
        region: z.string(),
        code: z.string().nullable(),
        precision: RegionPrecision,
        confidence: z.number(),
        differs: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'Applicant' });
export type Applicant = z.infer<typeof Applicant>;

export const listApplicants = endpoint({
  method: 'GET',
  path: '/api/patents/applicants',
  summary: 'Applicants that are organisations, most records first; `q` is part of any of their names',
  access: 'public',
  query: z.object({
    q: z.string().trim().max(200).default(''),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
    size: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({ total: z.int(), applicants: z.array(ApplicantRow) }),
});

export const getApplicant = endpoint({
  method: 'GET',
  path: '/api/patents/applicants/:id',
  summary: 'One applicant with all its names; the id of any of them leads here',
  access: 'public',
  params: z.object({ id: Id }),
  response: Applicant,
});

export const listApplicantProposals = endpoint({
  method: 'GET',
  path: '/api/patents/applicants/proposals',
  summary: 'What rules think may be one applicant and a person has to decide',
  access: PATENTS_APPLICANTS,
  query: z.object({
    after: z.uuid().optional(),
    size: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({ total: z.int(), proposals: z.array(ApplicantLink), next: z.uuid().nullable() }),
});

export const mergeApplicants = endpoint({
  method: 'POST',
  path: '/api/patents/applicants/:id/merge',
  summary: 'Let an applicant, with all its names, stand for another one',
  access: PATENTS_APPLICANTS,
  params: z.object({ id: Id }),
  body: z.object({ into: Id, reason: Reason }),
  response: Applicant,
});

export const undoApplicantLink = endpoint({
  method: 'POST',
  path: '/api/patents/applicants/links/:id/undo',
  summary: 'Take a link back: the name stands for itself again, and no rule makes the link anew',
  access: PATENTS_APPLICANTS,
  params: z.object({ id: z.uuid() }),
  body: z.object({ reason: Reason }),
  response: z.object({ ok: z.literal(true) }),
});

export const answerApplicantProposal = endpoint({
  method: 'POST',
  path: '/api/patents/applicants/links/:id/answer',
  summary: 'Accept or decline what a rule proposes',
  access: PATENTS_APPLICANTS,
  params: z.object({ id: z.uuid() }),
  body: z.object({ accept: z.boolean(), reason: z.string().trim().max(500).default('') }),
  response: z.object({ ok: z.literal(true) }),
});

export const applyApplicantRules = endpoint({
  method: 'POST',
  path: '/api/patents/applicants/rules',
  summary:
    'Apply the rules to all names now, in the background; they also run every night and after each import',
  access: PATENTS_APPLICANTS,
  body: z.object({}),
  /** Null where they wait to be applied already. */
  response: z.object({ job: z.string().nullable() }),
});
