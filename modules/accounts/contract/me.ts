import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';

/** A sentence in both languages. */
export const BilingualText = z.object({ zh: z.string(), en: z.string() });

/** A role given to an account, with the names of what it is limited to. */
export const GrantView = z
  .object({
    role: z.string(),
    title: BilingualText,
    organisation: z.object({ id: z.string(), name: z.string() }).nullable(),
    region: z.object({ id: z.string(), name: z.string() }).nullable(),
  })
  .meta({ id: 'Grant' });
export type GrantView = z.infer<typeof GrantView>;

export const getMe = endpoint({
  method: 'GET',
  path: '/api/me',
  summary: 'Who asks, what they may do, and what the sign-in page needs to know',
  access: 'public',
  response: z.object({
    actor: z.object({
      kind: z.enum(['anonymous', 'user', 'system']),
      id: z.string().nullable(),
      /** Name for people to read. */
      name: z.string(),
      username: z.string().nullable(),
      via: z.enum(['session', 'token']).nullable(),
    }),
    /** Ids of all permissions held in some scope. */
    permissions: z.array(z.string()),
    grants: z.array(GrantView),
    /** Unread messages in the inbox. */
    unread: z.int(),
    /** Is demonstration data loaded? Then every page says so. */
    demo: z.boolean(),
    city: z.object({ id: z.string(), name: BilingualText }),
    /** Sign-in through the identity provider, when there is one. */
    oidc: z.object({ name: z.string() }).nullable(),
    /** How the account signs in; null for visitors. */
    security: z.object({ hasPassword: z.boolean(), twoFactor: z.boolean() }).nullable(),
  }),
});
