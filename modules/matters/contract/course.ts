import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { clock, date, possible, who, words } from './shared.ts';

/** What follows from what was done: state, clocks with their last days, and what may be done next. */
export const itemCourse = endpoint({
  method: 'GET',
  path: '/api/catalog/items/:id/course',
  summary:
    'Where a matter stands after some steps: state, clocks with their last days, what may be done next',
  access: 'public',
  params: z.object({ id: z.string().max(60) }),
  query: z.object({
    /** Steps in order, `action@YYYY-MM-DD` with commas between them. */
    steps: z.string().max(8000).default(''),
    /** A day of the version; without it the one in force on the day of the first step. */
    asOf: date.optional(),
  }),
  response: z
    .object({
      id: z.string(),
      title: words,
      /** The version under which the matter began. */
      from: date,
      to: date.nullable(),
      today: date,
      state: words,
      ended: z.boolean(),
      steps: z.array(
        z.object({
          action: z.string(),
          on: date,
          title: words,
          by: who,
          /** The state after it. */
          state: words,
        }),
      ),
      clocks: z.array(clock.meta({ id: 'CourseClock' })),
      next: z.array(possible),
    })
    .meta({ id: 'ItemCourse' }),
});
