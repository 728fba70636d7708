import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { MASK_RULES } from '#kernel/privacy/mask-text';
import { matterView } from './matters.ts';
import { MATTERS_APPROVE, MATTERS_HANDLE, MATTERS_READ, PUBLICATION_STATES } from './names.ts';
import { date, limit, numberParam, words } from './shared.ts';

const title = z.string().trim().min(2).max(200);
const summary = z.string().trim().min(2).max(5000);
const body = z.string().trim().min(2).max(200_000);

/** A place that the rules masked, or that they would mask in what was prepared. */
const place = z.object({ rule: z.enum(MASK_RULES), was: z.string(), is: z.string() });

/** What was prepared, with what the rules still find in it. */
const prepared = z.object({
  id: z.uuid(),
  state: z.enum(PUBLICATION_STATES),
  /** Number of the paper whose text it is. */
  paper: z.int(),
  title: z.string(),
  summary: z.string(),
  body: z.string(),
  ends: z.string().nullable(),
  by: z.string(),
  at: z.iso.datetime(),
  /** Why it was sent back or came down. */
  reason: z.string().nullable(),
  releasedOn: date.nullable(),
  until: date.nullable(),
  /** What the rules still find: each was left on purpose, or is to be masked. */
  left: z.array(place),
});

/** What is prepared or public of a matter, and a proposal from one of its papers. */
export const getPublication = endpoint({
  method: 'GET',
  path: '/api/matters/:number/publication',
  summary:
    'What of a matter is prepared for publication or public, and the text of a paper as the rules mask it',
  access: MATTERS_READ,
  params: z.object({ number: numberParam }),
  query: z.object({ paper: z.coerce.number().int().min(1).max(100_000).optional() }),
  response: z.object({
    /** Papers whose text may be published: the newest first. */
    papers: z.array(z.object({ no: z.int(), title: words, on: date, number: z.string().nullable() })),
    /** Limits of which one says for how long it stands. */
    ends: z.array(limit),
    /** Ids of the steps with which it is released, and whether the asker may review and release it. */
    steps: z.array(z.string()),
    mayRelease: z.boolean(),
    /** The last that was prepared; null where nothing was. */
    current: prepared.nullable(),
    /** Of the paper that was asked for, or else the newest; its text is null where it cannot be read, as in a scan. */
    proposal: z
      .object({
        ...{ paper: z.int(), title: z.string(), summary: z.string() },
        original: z.string().nullable(),
        body: z.string(),
        masked: z.array(place),
      })
      .nullable(),
  }),
});

/** Prepares what is to be published. */
export const preparePublication = endpoint({
  method: 'PUT',
  path: '/api/matters/:number/publication',
  summary: 'Prepares what is to be published; the head releases it with the step of the procedure',
  access: MATTERS_HANDLE,
  params: z.object({ number: numberParam }),
  body: z.object({
    version: z.int(),
    paper: z.int(),
    ...{ title, summary, body },
    /** Id of one of the limits that end it; null where the item names none. */
    ends: z.string().max(60).nullable(),
  }),
  response: matterView,
});

/** Sends back what was prepared, or takes down what is public. */
export const endPublication = endpoint({
  method: 'POST',
  path: '/api/matters/:number/publication/end',
  summary: 'Sends back what was prepared, or takes down what is public, with the reason',
  access: MATTERS_APPROVE,
  params: z.object({ number: numberParam }),
  body: z.object({ version: z.int(), reason: z.string().trim().min(2).max(1000) }),
  response: matterView,
});

const shown = {
  id: z.uuid(),
  item: z.object({ id: z.string(), title: words }),
  title: z.string(),
  office: words,
  on: date,
  /** Last day on which it stands; null where no rule ends it. */
  until: date.nullable(),
};

/** What is public now. */
export const listPublications = endpoint({
  method: 'GET',
  path: '/api/publications',
  summary: 'Decisions and rulings that are public now, newest first',
  access: 'public',
  query: z.object({
    q: z.string().trim().max(100).default(''),
    item: z.string().max(60).optional(),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
    pageSize: z.coerce.number().int().min(1).max(100).default(20),
  }),
  response: z.object({
    publications: z.array(z.object(shown)),
    total: z.int(),
    items: z.array(z.object({ id: z.string(), title: words, count: z.int() })),
  }),
});

/** One publication. */
export const readPublication = endpoint({
  method: 'GET',
  path: '/api/publications/:id',
  summary: 'A publication; of one that came down no more than that, when and why',
  access: 'public',
  params: z.object({ id: z.uuid() }),
  response: z.object({
    state: z.enum(['public', 'over', 'down', 'replaced']),
    /** Null of what stands no more. */
    shown: z.object({ ...shown, summary: z.string(), body: z.string() }).nullable(),
    /** When and why it came down before its time. */
    down: z.object({ on: date, reason: z.string() }).nullable(),
    /** What took its place. */
    replacedBy: z.uuid().nullable(),
  }),
});
