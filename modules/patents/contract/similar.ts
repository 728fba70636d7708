import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { PatentHit } from './search.ts';

/** A record like another one, and what it shares with it. */
export const SimilarHit = z.object({
  hit: PatentHit,
  score: z.number(),
  /** Terms that speak most for it, with their shares of the score; of a translated one the English word. */
  why: z.array(z.object({ term: z.string(), share: z.number(), from: z.string().nullable() })),
});
export type SimilarHit = z.infer<typeof SimilarHit>;

const Similar = z.object({
  similar: z.array(SimilarHit),
  /** How likeness is measured. */
  note: z.string(),
});

export const similarPatents = endpoint({
  method: 'GET',
  path: '/api/patents/:number/similar',
  summary: 'Records most like one, with the terms that they share',
  access: 'public',
  params: z.object({ number: z.string().min(1).max(200) }),
  query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(10) }),
  response: Similar,
});

export const similarToText = endpoint({
  method: 'POST',
  path: '/api/patents/similar',
  summary: 'Records most like a text, in Chinese or English',
  access: 'public',
  body: z.object({
    title: z.string().trim().max(1000).default(''),
    abstract: z.string().trim().max(20_000).default(''),
    limit: z.int().min(1).max(100).default(20),
  }),
  response: Similar,
});
