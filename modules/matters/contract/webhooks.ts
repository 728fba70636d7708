import * as z from 'zod';
import { date } from './shared.ts';

/** Messages that webhooks hear of matters, by their types. */
export const MATTER_WEBHOOKS = {
  opened: 'matter.opened',
  step: 'matter.step',
  lastDay: 'matter.last-day',
  version: 'matter.version',
  transferred: 'matter.transferred',
  served: 'matter.served',
  struck: 'matter.struck',
  message: 'matter.message',
} as const;
/** Type of a message about a matter. */
export type MatterWebhook = (typeof MATTER_WEBHOOKS)[keyof typeof MATTER_WEBHOOKS];

/** What every message about a matter holds. Names, answers, texts and papers are not in it: they are read through the API. */
const About = z.object({
  number: z.string(),
  /** Id of the service item, and the first day of the version under which the matter ran when the entry was written. */
  item: z.string(),
  itemFrom: date,
  /** Number and hash of the entry in the matter's log, as `GET /api/matters/{number}/log` gives them. */
  entry: z.int(),
  hash: z.string(),
  /** Day of which the entry speaks; null where it speaks of none. */
  day: date.nullable(),
  /** State after the entry, by its id in the item. */
  state: z.string(),
  /** Address of the matter in the API; without a host where the installation does not know its own. */
  link: z.string(),
});

const Step = About.extend({
  /** Id of the step in the item. */
  step: z.string(),
  /** State before it; null for the first. */
  from: z.string().nullable(),
});

/** Last days that moved: of which time, from when, to when. Null while a time stands. */
const Moved = z.array(z.object({ limit: z.string(), was: date.nullable(), due: date.nullable() }));

const Paper = About.extend({
  /** Number of the paper within the matter. */
  paper: z.int(),
});

/** What stands in `data`, by type. */
export const MatterWebhookData = {
  [MATTER_WEBHOOKS.opened]: Step,
  [MATTER_WEBHOOKS.step]: Step,
  [MATTER_WEBHOOKS.lastDay]: About.extend({ moved: Moved }),
  [MATTER_WEBHOOKS.version]: About.extend({
    /** First days of the version of the item under which the matter ran, and of the one under which it goes on. */
    version: z.object({ from: date, to: date }),
    moved: Moved,
  }),
  [MATTER_WEBHOOKS.transferred]: About.extend({
    /** Ids of the departments. */
    office: z.object({ from: z.string(), to: z.string() }),
  }),
  [MATTER_WEBHOOKS.served]: Paper,
  [MATTER_WEBHOOKS.struck]: Paper,
  [MATTER_WEBHOOKS.message]: About,
} as const satisfies Record<MatterWebhook, z.ZodType>;
