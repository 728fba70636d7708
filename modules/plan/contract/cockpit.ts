import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { IndicatorNo, Light } from './board.ts';

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'YYYY-MM-DD');
const counts = { total: z.int(), met: z.int(), atRisk: z.int(), behind: z.int(), noData: z.int() };

/** What a leader sees at one glance. */
export const Cockpit = z
  .object({
    asOf: date,
    demo: z.boolean(),
    summary: z.object(counts),
    projects: z.array(z.object({ id: z.string(), name: z.string(), ...counts })),
    /** Behind and at risk, worst first. */
    redList: z.array(
      z.object({
        no: IndicatorNo,
        title: z.string(),
        light: Light,
        reason: z.string(),
        lead: z.string(),
        ratio: z.number().nullable(),
        /** Measured beside reported, of the row or of those of its parts that have its light; only where one is measured. */
        figures: z.array(
          z.object({
            part: z.string().nullable(),
            measured: z.number().nullable(),
            reported: z.number().nullable(),
            /** Measured minus reported, where both speak of the same day. */
            difference: z.number().nullable(),
            unit: z.string(),
            decimals: z.int(),
          }),
        ),
      }),
    ),
    departments: z.array(z.object({ id: z.string(), name: z.string(), ...counts })),
    /** Where each numeric indicator will stand at the end of the year of `asOf`. */
    forecasts: z.array(
      z.object({
        no: IndicatorNo,
        /** Title of a composite’s part behind that of the row. */
        title: z.string(),
        unit: z.string(),
        value: z.number(),
        forecast: z.number(),
        target: z.number(),
        yearEnd: date,
        light: Light,
        /** How it was computed, with the figures used. */
        method: z.string(),
      }),
    ),
    forecastRule: z.object({ zh: z.string(), en: z.string() }),
  })
  .meta({ id: 'Cockpit' });
export type Cockpit = z.infer<typeof Cockpit>;

export const getCockpit = endpoint({
  method: 'GET',
  path: '/api/plan/cockpit',
  summary: 'Projects, red list, departments compared, forecast to the year end',
  access: 'public',
  query: z.object({ asOf: date.optional() }),
  response: Cockpit,
});
