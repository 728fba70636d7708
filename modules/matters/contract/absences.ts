import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { MATTERS_READ } from './names.ts';
import { date, words } from './shared.ts';

const person = z.object({ id: z.string(), name: z.string() });

/** Absences of the asker's offices that are not over. */
const response = z.object({
  today: date,
  offices: z.array(
    z.object({
      id: z.string(),
      name: words,
      /** Who can be away, and who can cover. */
      officers: z.array(person),
      /** For whom the asker may enter an absence: as an officer for themselves, as head for all. */
      enters: z.array(z.string()),
    }),
  ),
  absences: z.array(
    z
      .object({
        id: z.uuid(),
        office: words,
        who: person,
        cover: person,
        from: date,
        to: date,
        /** Does it last today? */
        now: z.boolean(),
        /** May the asker end it? */
        ends: z.boolean(),
      })
      .meta({ id: 'MatterAbsence' }),
  ),
});

/** Who is away, and who covers. */
export const listAbsences = endpoint({
  method: 'GET',
  path: '/api/matters/absences',
  summary: 'Who of the asker’s offices is or will be away, from when to when, and who covers',
  access: MATTERS_READ,
  response,
});

/** Enters an absence. */
export const enterAbsence = endpoint({
  method: 'POST',
  path: '/api/matters/absences',
  summary: 'Says that an officer is away for some days, and who of the same office covers',
  access: MATTERS_READ,
  body: z.object({
    office: z.string().max(60),
    account: z.string().max(100),
    cover: z.string().max(100),
    from: date,
    to: date,
  }),
  response,
});

/** Ends an absence. */
export const endAbsence = endpoint({
  method: 'POST',
  path: '/api/matters/absences/:id/end',
  summary: 'Ends an absence before its last day, or takes back one that has not begun',
  access: MATTERS_READ,
  params: z.object({ id: z.uuid() }),
  response,
});
