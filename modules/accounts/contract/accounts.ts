import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { BilingualText, GrantView } from './me.ts';

/** Permission to manage accounts, roles and everybody's tokens. */
export const accountsManage = 'accounts.manage';

const OidcLink = z.object({
  /** What names the person at the identity provider: its subject, a verified e-mail address, or a user name there. */
  kind: z.enum(['subject', 'email', 'username']),
  value: z.string().trim().min(1).max(255),
});

/** An account as administrators see it. */
export const AccountView = z
  .object({
    id: z.string(),
    username: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    /** Since when it is disabled, or null. */
    disabledAt: z.string().nullable(),
    /** Give it back with a change, to notice a colleague's. */
    version: z.int(),
    grants: z.array(GrantView),
    hasPassword: z.boolean(),
    twoFactor: z.boolean(),
    oidc: OidcLink.extend({ joined: z.boolean() }).nullable(),
    createdAt: z.string(),
    lastSignInAt: z.string().nullable(),
    abilities: z.object({ disable: z.boolean(), enable: z.boolean(), resetTwoFactor: z.boolean() }),
  })
  .meta({ id: 'Account' });
export type AccountView = z.infer<typeof AccountView>;

const GrantInput = z.object({
  role: z.string().max(100),
  organisation: z.string().max(100).nullable().default(null),
  region: z.string().max(100).nullable().default(null),
});

const username = z.string().min(1).max(100);
const name = z.string().min(1).max(100);
const email = z.email().max(254).nullable();
const password = z.string().min(1).max(1000);
const version = z.int().min(1);
const params = z.object({ id: z.string().max(100) });

export const listAccounts = endpoint({
  method: 'GET',
  path: '/api/accounts',
  summary: 'Accounts by words, role and state, in the order of their user names',
  access: accountsManage,
  query: z.object({
    search: z.string().max(200).optional(),
    role: z.string().max(100).optional(),
    disabled: z.enum(['true', 'false']).optional(),
    page: z.coerce.number().int().min(1).max(100_000).default(1),
    pageSize: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({ accounts: z.array(AccountView), total: z.int(), page: z.int(), pageSize: z.int() }),
});

export const getAccount = endpoint({
  method: 'GET',
  path: '/api/accounts/:id',
  summary: 'One account',
  access: accountsManage,
  params,
  response: AccountView,
});

export const createAccount = endpoint({
  method: 'POST',
  path: '/api/accounts',
  summary: 'Makes an account; without a password it signs in through the identity provider alone',
  access: accountsManage,
  body: z.object({
    username,
    name,
    password: password.optional(),
    email: email.optional(),
    grants: z.array(GrantInput).max(100).default([]),
    oidc: OidcLink.nullable().optional(),
  }),
  response: AccountView,
});

export const updateAccount = endpoint({
  method: 'PATCH',
  path: '/api/accounts/:id',
  summary: 'Changes names, address and identity-provider link; absent fields stay',
  access: accountsManage,
  params,
  body: z.object({
    version,
    username: username.optional(),
    name: name.optional(),
    email: email.optional(),
    oidc: OidcLink.nullable().optional(),
  }),
  response: AccountView,
});

export const setGrants = endpoint({
  method: 'PUT',
  path: '/api/accounts/:id/grants',
  summary: 'Replaces the roles of an account',
  access: accountsManage,
  params,
  body: z.object({ version, grants: z.array(GrantInput).max(100) }),
  response: AccountView,
});

export const disableAccount = endpoint({
  method: 'POST',
  path: '/api/accounts/:id/disable',
  summary: 'Disables an account: its sessions end and its tokens stop working at once',
  access: accountsManage,
  params,
  body: z.object({ version }),
  response: AccountView,
});

export const enableAccount = endpoint({
  method: 'POST',
  path: '/api/accounts/:id/enable',
  summary: 'Lets a disabled account in again',
  access: accountsManage,
  params,
  body: z.object({ version }),
  response: AccountView,
});

export const resetPassword = endpoint({
  method: 'PUT',
  path: '/api/accounts/:id/password',
  summary: 'Sets a new password and ends the sessions of the account',
  access: accountsManage,
  params,
  body: z.object({ version, password }),
  response: AccountView,
});

export const resetTwoFactor = endpoint({
  method: 'DELETE',
  path: '/api/accounts/:id/two-factor',
  summary: 'Takes the second factor away, for somebody who lost it',
  access: accountsManage,
  params,
  query: z.object({ version: z.coerce.number().int().min(1) }),
  response: AccountView,
});

export const listRoles = endpoint({
  method: 'GET',
  path: '/api/roles',
  summary: 'Roles with what they are limited to and the permissions they carry',
  access: accountsManage,
  response: z.object({
    roles: z.array(
      z.object({
        id: z.string(),
        title: BilingualText,
        scope: z.enum(['platform', 'organisation', 'region']),
        permissions: z.array(z.object({ id: z.string(), title: BilingualText })),
      }),
    ),
  }),
});
