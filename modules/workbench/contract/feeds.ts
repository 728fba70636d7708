import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { Id } from './shared.ts';

const RSS = 'application/rss+xml';

export const getFeed = endpoint({
  method: 'GET',
  path: '/api/workbench/feed',
  summary: 'Whether the account has a feed of its alerts',
  access: 'signed-in',
  response: z.object({ madeAt: z.iso.datetime().nullable() }),
});

/** The address is shown once; a new one makes the former useless. */
export const makeFeed = endpoint({
  method: 'POST',
  path: '/api/workbench/feed',
  summary: 'Make a secret address for the feed of alerts',
  access: 'signed-in',
  response: z.object({ path: z.string(), madeAt: z.iso.datetime() }),
});

export const dropFeed = endpoint({
  method: 'DELETE',
  path: '/api/workbench/feed',
  summary: 'Make the feed address useless',
  access: 'signed-in',
  response: z.object({ madeAt: z.null() }),
});

/** Who knows the address reads the titles of the last hundred alerts, and nothing else. */
export const readFeed = endpoint({
  method: 'GET',
  path: '/api/workbench/feeds/:token/alerts.xml',
  summary: "RSS of an account's alerts",
  access: 'public',
  params: z.object({ token: z.string().min(20).max(100) }),
  response: z.string(),
  produces: RSS,
});

export const collectionFeed = endpoint({
  method: 'GET',
  path: '/api/workbench/collections/:id/rss.xml',
  summary: 'RSS of what was last added to a public collection',
  access: 'public',
  params: Id,
  response: z.string(),
  produces: RSS,
});

/** Begins when the query is made public. */
export const queryFeed = endpoint({
  method: 'GET',
  path: '/api/workbench/queries/:id/rss.xml',
  summary: 'RSS of what a public query found last',
  access: 'public',
  params: Id,
  response: z.string(),
  produces: RSS,
});
