import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { guide } from './guide.ts';
import { difference, portalShown } from './portals.ts';
import { rewardRule } from './reward.ts';
import { basis, date, limit, portalParam, who, words } from './shared.ts';

const summary = z.object({
  id: z.string(),
  title: words,
  summary: words,
  group: z.string(),
  kind: z.string(),
  opens: z.enum(['application', 'office']),
  /** First and last day on which a matter begins under this version. */
  from: date,
  to: date.nullable(),
  keeper: z.object({ id: z.string(), name: words, level: z.enum(['city', 'county']) }),
  duration: z.object({ limit, promised: z.string().nullable() }).nullable(),
  /** Null where no rule on a fee was found. */
  charged: z.boolean().nullable(),
  materials: z.int(),
  /** In what the portal that was asked for differs from the city; the values above are the portal’s. */
  differs: z.array(difference),
});

/** The catalogue: service items in force on a day. */
export const catalogItems = endpoint({
  method: 'GET',
  path: '/api/catalog/items',
  summary:
    'Service items in force on a day, in the order of the catalogue; of the whole city or of one portal',
  access: 'public',
  query: z.object({ asOf: date.optional(), portal: portalParam }),
  response: z.object({
    asOf: date,
    /** The portal that was asked for. */
    portal: portalShown.nullable(),
    items: z.array(summary.meta({ id: 'CatalogItem' })),
    /** Items of the city that are not to be had there, and why. */
    except: z.array(z.object({ id: z.string(), title: words, reason: words })),
  }),
});

/** What somebody may do, in which states, and what follows. */
const action = z.object({
  id: z.string(),
  title: words,
  by: who,
  /** Names of the states in which it may be done. */
  from: z.array(words),
  /** The state that follows; null where the matter stays where it is. */
  to: words.nullable(),
  when: words.nullable(),
  /** Names of the actions that were done before. */
  needs: z.array(words),
  /** Limits that must have run out, within which it is to be done, that begin, stand still, go on, or get more time. */
  after: z.array(limit),
  within: z.array(limit),
  starts: z.array(limit),
  pauses: z.array(limit),
  resumes: z.array(limit),
  extends: z.array(limit),
  /** The extension that is granted, by its place in the limit, counted from 1. */
  extension: z.int(),
  documents: z.array(words),
  basis: z.array(basis),
});

const point = z.object({ x: z.number(), y: z.number() });
const flow = z
  .object({
    width: z.number(),
    height: z.number(),
    nodes: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['start', 'state', 'end', 'action', 'states']),
        /** Text, broken into lines. */
        lines: z.array(z.string()),
        /** Who acts; null for states. */
        actor: z.object({ name: z.string(), side: who.shape.side }).nullable(),
        /** Middle, width and height, in pixels. */
        x: z.number(),
        y: z.number(),
        width: z.number(),
        height: z.number(),
      }),
    ),
    edges: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        points: z.array(point),
        label: point.extend({ text: z.string() }).nullable(),
      }),
    ),
  })
  .meta({ id: 'FlowChart' });

const which = z.object({
  /** A day of the version that is asked for; today without it. */
  asOf: date.optional(),
  lang: z.enum(['zh', 'en']).default('zh'),
});

/** One item: guide, procedure and flow chart. */
export const catalogItem = endpoint({
  method: 'GET',
  path: '/api/catalog/items/:id',
  summary: 'Guide, procedure and flow chart of a service item, in the version in force on a day',
  access: 'public',
  params: z.object({ id: z.string().max(60) }),
  query: which.extend({ portal: portalParam }),
  response: summary
    .extend({
      /** The portal that was asked for. */
      portal: portalShown.nullable(),
      note: words.nullable(),
      /** All versions, the first one first. */
      versions: z.array(z.object({ from: date, to: date.nullable() })),
      basis: z.array(basis),
      audience: z.array(z.enum(['person', 'organisation'])),
      conditions: z.array(z.object({ text: words, otherwise: words.nullable(), basis: z.array(basis) })),
      materials: z.array(
        z.object({
          id: z.string(),
          title: words,
          form: z.enum(['original', 'copy', 'either']),
          copies: z.int(),
          required: z.boolean(),
          when: words.nullable(),
          /** The online form makes it. */
          byForm: z.boolean(),
          /** The step with which it is handed in; null for the one that opens a matter. */
          at: words.nullable(),
          /** Who issues it; null where the applicant makes it. */
          issuer: words.nullable(),
          standard: words,
          /** Addresses of a blank form and of one that is filled in, and how to fill it in. */
          blank: z.string().nullable(),
          sample: z.string().nullable(),
          hint: words.nullable(),
          basis: z.array(basis),
        }),
      ),
      fee: z.object({ charged: z.boolean().nullable(), text: words, basis: z.array(basis) }),
      results: z.array(z.object({ title: words, kind: z.string() })),
      remedies: z.array(
        z.object({
          text: words,
          basis: z.array(basis),
          kind: z.enum(['review', 'suit', 'other']),
          /** The body that takes it; null where the office has not said. */
          body: z
            .object({
              name: words,
              address: words.nullable(),
              phone: z.string().nullable(),
              web: z.string().nullable(),
            })
            .nullable(),
        }),
      ),
      guide,
      /** Rules by which rewards are computed, each for the matters opened while it holds. */
      rewards: z.array(rewardRule),
      actions: z.array(action),
      /** Ratings of the last twelve months: how many, and how many of them content. */
      ratings: z.object({ count: z.int(), content: z.int() }),
      flow,
    })
    .meta({ id: 'ServiceItem' }),
});

/** The procedure for other tools. */
export const catalogBpmn = endpoint({
  method: 'GET',
  path: '/api/catalog/items/:id/bpmn',
  summary: 'The procedure of a service item as BPMN 2.0 with its drawing, for other tools',
  access: 'public',
  params: z.object({ id: z.string().max(60) }),
  query: which,
  response: z.string(),
  produces: 'application/xml',
});
