import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { MeasureNote, RegisterParams } from './declarations.ts';

/** A figure of a register on a day. */
export const FigureView = MeasureNote.extend({
  value: z.number().nullable(),
  /** Entries behind it. */
  facts: z.int(),
  note: z.string().nullable(),
}).meta({ id: 'RegisterFigure' });
export type FigureView = z.infer<typeof FigureView>;

/** `on`: the day of which the figure speaks; `known`: as the platform knew it at the end of that day. */
const FigureQuery = z.object({
  on: z.iso.date().optional(),
  known: z.iso.date().optional(),
  region: z.string().max(80).optional(),
  industry: z.string().max(200).optional(),
});

export const listFigures = endpoint({
  method: 'GET',
  path: '/api/registers/:register/figures',
  summary: 'The register’s figures on a day, with the indicators that stand on them',
  access: 'public',
  params: RegisterParams,
  query: FigureQuery,
  response: z.object({ on: z.iso.date(), known: z.iso.date().nullable(), figures: z.array(FigureView) }),
});

export const figureBreakdown = endpoint({
  method: 'GET',
  path: '/api/registers/:register/figures/:measure',
  summary: 'One figure by region, industry, facet or over time',
  access: 'public',
  params: RegisterParams.extend({ measure: z.string().max(80) }),
  query: FigureQuery.extend({
    /** `region`, `industry`, a facet's key, or `quarter` for the quarter ends up to `on` since the plan began. */
    by: z.string().max(60).default('region'),
  }),
  response: z.object({
    figure: FigureView,
    on: z.iso.date(),
    known: z.iso.date().nullable(),
    by: z.string(),
    rows: z.array(z.object({ key: z.string(), label: z.string(), value: z.number().nullable() })),
  }),
});
