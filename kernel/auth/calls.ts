import * as z from 'zod';

/** A page of this platform to return to: a path, never another site. */
const page = z
  .string()
  .max(2000)
  .regex(/^\/(?![/\\])/, 'path');
const secretText = z.string().min(1).max(200);
const code = z.string().trim().min(1).max(40);

/** One call under `/api/auth/` that the web makes; everything else of better-auth stays closed. */
export interface AuthCall {
  method: 'GET' | 'POST';
  /** What is accepted; unknown fields are dropped before better-auth sees them. */
  body?: z.ZodType<Record<string, unknown>>;
  /** Verb for the audit log when somebody signed in did this. */
  action?: string;
  /** What the caller gets back; better-auth's own answers carry session tokens and are never passed on. */
  answer(json: Record<string, unknown>): Record<string, unknown>;
}

const done = () => ({ ok: true });
const empty = z.object({}).default({});

/** The calls by their path below `/api/auth`. */
export const authCalls: Readonly<Record<string, AuthCall>> = {
  '/sign-in/username': {
    method: 'POST',
    body: z.object({
      username: z.string().trim().min(1).max(100),
      password: secretText,
      rememberMe: z.boolean().optional(),
    }),
    answer: (json) => ({ twoFactorRedirect: json.twoFactorRedirect === true }),
  },
  '/two-factor/verify-totp': {
    method: 'POST',
    body: z.object({ code, trustDevice: z.boolean().optional() }),
    action: 'account.two-factor.enable',
    answer: done,
  },
  '/two-factor/verify-backup-code': {
    method: 'POST',
    body: z.object({ code, trustDevice: z.boolean().optional() }),
    answer: done,
  },
  '/two-factor/enable': {
    method: 'POST',
    body: z.object({ password: secretText }),
    action: 'account.two-factor.begin',
    answer: (json) => ({ totpURI: json.totpURI, backupCodes: json.backupCodes }),
  },
  '/two-factor/disable': {
    method: 'POST',
    body: z.object({ password: secretText }),
    action: 'account.two-factor.disable',
    answer: done,
  },
  '/two-factor/generate-backup-codes': {
    method: 'POST',
    body: z.object({ password: secretText }),
    action: 'account.backup-codes.renew',
    answer: (json) => ({ backupCodes: json.backupCodes }),
  },
  '/change-password': {
    method: 'POST',
    body: z
      .object({ currentPassword: secretText, newPassword: z.string().min(1).max(1000) })
      // Whoever else is signed in with the old password is signed out.
      .transform((b) => ({ ...b, revokeOtherSessions: true })),
    action: 'account.password.change',
    answer: done,
  },
  '/revoke-other-sessions': {
    method: 'POST',
    body: empty,
    action: 'account.sessions.revoke',
    answer: done,
  },
  '/sign-out': { method: 'POST', body: empty, action: 'account.sign-out', answer: done },
  '/sign-in/social': {
    method: 'POST',
    body: z
      .object({ callbackURL: page.default('/'), errorCallbackURL: page.default('/sign-in') })
      .transform((b) => ({ ...b, provider: 'oidc', disableRedirect: true })),
    answer: (json) => ({ url: json.url }),
  },
  '/callback/oidc': { method: 'GET', answer: done },
};
