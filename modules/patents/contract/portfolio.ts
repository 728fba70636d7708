import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { FeeDueJson, RuleSource } from './value.ts';
import { LegalStatus, PatentType } from './values.ts';

const Day = z.iso.date();

/** One patent of a portfolio. */
export const PortfolioRow = z.object({
  number: z.string(),
  title: z.string(),
  type: PatentType,
  granted: z.boolean(),
  legalStatus: LegalStatus,
  filingDate: Day.nullable(),
  grantDate: Day.nullable(),
  termEnd: Day.nullable(),
  /** The fee that comes up next. */
  fee: FeeDueJson.nullable(),
  /** One whose day has passed and whose grace runs still: whether it was paid is not in the data. */
  late: FeeDueJson.nullable(),
  /** Points of the computed indicators in the first scenario, and the grade. */
  points: z.number().nullable(),
  grade: z.string().nullable(),
  /** Keys of the criteria of high value that hold. */
  criteria: z.array(z.string()),
});
export type PortfolioRow = z.infer<typeof PortfolioRow>;

/** What a firm holds: one row per application, its grant or latest publication. */
export const Portfolio = z
  .object({
    asOf: Day,
    total: z.int(),
    /** By type and status. */
    counts: z.array(z.object({ type: PatentType, legalStatus: LegalStatus, records: z.int() })),
    grades: z.array(z.object({ grade: z.string(), records: z.int() })),
    highValue: z.int(),
    /**
     * Fees of the next twelve months, in yuan without reductions; `unknown` rows have no amount. `grace`: rights whose last fee
     * is in its grace, paid or not.
     */
    fees: z.object({ records: z.int(), yuan: z.number(), unknown: z.int(), grace: z.int() }),
    /** Rights whose term ends, by year. */
    expiring: z.array(z.object({ year: z.int(), records: z.int() })),
    rows: z.array(PortfolioRow),
    sources: z.array(RuleSource),
    notes: z.array(z.string()),
  })
  .meta({ id: 'PatentPortfolio' });
export type Portfolio = z.infer<typeof Portfolio>;

export const getPortfolio = endpoint({
  method: 'GET',
  path: '/api/patents/applicants/:id/portfolio',
  summary: 'The portfolio of an applicant with terms, fees due, grades and expiry',
  access: 'public',
  params: z.object({ id: z.string().regex(/^\d{1,20}$/) }),
  query: z.object({
    asOf: Day.optional(),
    sort: z.enum(['fee', 'expiry', 'grade', 'newest']).default('fee'),
    page: z.coerce.number().int().min(1).max(1000).default(1),
    size: z.coerce.number().int().min(1).max(500).default(50),
  }),
  response: Portfolio,
});
