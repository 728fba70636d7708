import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { MATTERS_READ } from './names.ts';

const made = z.object({ madeAt: z.iso.datetime().nullable() });

/** Is there an address for calendars? */
export const getCalendar = endpoint({
  method: 'GET',
  path: '/api/matters/calendar',
  summary: 'Whether the account has an address under which calendars read its last days',
  access: MATTERS_READ,
  response: made,
});

/** The address is shown once; a new one makes the former useless. */
export const makeCalendar = endpoint({
  method: 'POST',
  path: '/api/matters/calendar',
  summary: 'Makes a secret address under which calendars read the account’s last days',
  access: MATTERS_READ,
  response: z.object({ path: z.string(), madeAt: z.iso.datetime() }),
});

/** Makes the address useless. */
export const dropCalendar = endpoint({
  method: 'DELETE',
  path: '/api/matters/calendar',
  summary: 'Makes the address useless',
  access: MATTERS_READ,
  response: made,
});

/** Who knows the address reads numbers, steps and days, and nothing about the parties. */
export const readCalendar = endpoint({
  method: 'GET',
  path: '/api/matters/calendar/:token/due.ics',
  summary: 'iCalendar of the last days of the matters that an officer has, and of those that nobody has yet',
  access: 'public',
  params: z.object({ token: z.string().min(20).max(100) }),
  response: z.string(),
  produces: 'text/calendar',
});
