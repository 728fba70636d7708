import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';

/** A token without its secret. */
export const TokenView = z
  .object({
    id: z.string(),
    userId: z.string(),
    username: z.string(),
    name: z.string(),
    /** Its last four characters. */
    hint: z.string(),
    state: z.enum(['active', 'expired', 'revoked']),
    createdAt: z.string(),
    expiresAt: z.string().nullable(),
    lastUsedAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
    abilities: z.object({ revoke: z.boolean() }),
  })
  .meta({ id: 'Token' });

export const listTokens = endpoint({
  method: 'GET',
  path: '/api/tokens',
  summary: 'My tokens; with `userId`, or `all`, those of others (accounts.manage)',
  access: 'signed-in',
  query: z.object({
    userId: z.string().max(100).optional(),
    all: z.enum(['true', 'false']).default('false'),
  }),
  response: z.object({ tokens: z.array(TokenView) }),
});

export const createToken = endpoint({
  method: 'POST',
  path: '/api/tokens',
  summary: 'Makes a token, for me or (accounts.manage) for another account; the answer holds its only copy',
  access: 'signed-in',
  body: z.object({
    name: z.string().trim().min(1).max(100),
    /** End of its life; absent: none. */
    expiresAt: z.iso.datetime({ offset: true }).nullable().default(null),
    userId: z.string().max(100).optional(),
  }),
  response: z.object({ id: z.string(), token: z.string() }),
});

export const revokeToken = endpoint({
  method: 'DELETE',
  path: '/api/tokens/:id',
  summary: 'Makes a token useless, at once',
  access: 'signed-in',
  params: z.object({ id: z.uuid() }),
  response: z.object({ ok: z.literal(true) }),
});
