import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { PatentHit } from '#modules/patents/contract';
import { Decision, Id, LIMITS, Number_, Numbers } from './shared.ts';

/** A share with its Wilson interval at 95 %; null values where nothing was judged. */
export const Estimate = z.object({
  hits: z.int(),
  n: z.int(),
  share: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type Estimate = z.infer<typeof Estimate>;

/** How good a node is: precision by a judged sample, recall by a list known to be relevant. */
export const NodeCheck = z
  .object({
    id: z.uuid(),
    node: z.uuid(),
    kind: z.enum(['precision', 'recall']),
    /** Seed of the sample; the same seed draws the same from the same content. */
    seed: z.int().nullable(),
    /** Publications drawn, or known to be relevant. */
    size: z.int(),
    /** Publications in the node when it was made. */
    population: z.int(),
    estimate: Estimate,
    /** Of a sample: not judged yet, and judged differently; neither is counted. */
    open: z.int(),
    disputed: z.int(),
    /** Of known ones: not in the corpus at all. They count as not found. */
    absent: z.int(),
    reading: z.string(),
    /** Name of the collection that the known ones came from. */
    source: z.string(),
    corpusVersion: z.int(),
    at: z.iso.datetime(),
    by: z.string(),
  })
  .meta({ id: 'WorkbenchNodeCheck' });
export type NodeCheck = z.infer<typeof NodeCheck>;

export const listChecks = endpoint({
  method: 'GET',
  path: '/api/workbench/nodes/:id/checks',
  summary: 'Samples and recall checks of a node, latest first',
  access: 'public',
  params: Id,
  response: z.object({ checks: z.array(NodeCheck) }),
});

export const drawSample = endpoint({
  method: 'POST',
  path: '/api/workbench/nodes/:id/samples',
  summary: 'Draw a random sample of a node, to be judged',
  access: 'signed-in',
  params: Id,
  body: z.object({
    size: z.int().min(1).max(LIMITS.sample),
    seed: z.int().min(0).max(2_147_483_647).optional(),
  }),
  response: NodeCheck,
});

export const checkRecall = endpoint({
  method: 'POST',
  path: '/api/workbench/nodes/:id/recall',
  summary: 'How many publications known to be relevant the node holds',
  access: 'signed-in',
  params: Id,
  body: z.object({
    numbers: Numbers.optional(),
    text: z.string().max(500_000).optional(),
    collection: z.uuid().optional(),
  }),
  response: NodeCheck,
});

export const getCheck = endpoint({
  method: 'GET',
  path: '/api/workbench/checks/:id',
  summary: 'One check with its publications',
  access: 'public',
  params: Id,
  response: z.object({
    check: NodeCheck,
    records: z.array(
      z.object({
        number: z.string(),
        hit: PatentHit.nullable(),
        /** Of a sample what holds; of a recall check whether it was found. */
        judged: z.enum(['relevant', 'irrelevant']).nullable(),
        disputed: z.boolean(),
        found: z.boolean(),
        decisions: z.array(Decision),
      }),
    ),
    abilities: z.object({ judge: z.boolean() }),
  }),
});

export const judgeSample = endpoint({
  method: 'POST',
  path: '/api/workbench/checks/:id/judgements',
  summary: 'Judge one publication of a sample',
  access: 'signed-in',
  params: Id,
  body: z.object({
    number: Number_,
    choice: z.enum(['relevant', 'irrelevant']).nullable(),
    why: z.string().max(2000).default(''),
    settles: z.boolean().default(false),
  }),
  response: NodeCheck,
});
