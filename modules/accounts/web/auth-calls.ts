import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { call } from '#shell/api';

const post = <R extends z.ZodType>(path: string, response: R) =>
  endpoint({
    method: 'POST',
    path: `/api/auth/${path}`,
    summary: '',
    access: 'signed-in',
    body: z.record(z.string(), z.unknown()),
    response,
  });
const ok = z.object({ ok: z.boolean() });
const codes = z.object({ backupCodes: z.array(z.string()) });

const change = post('change-password', ok);
const enable = post('two-factor/enable', codes.extend({ totpURI: z.string() }));
const verify = post('two-factor/verify-totp', ok);
const disable = post('two-factor/disable', ok);
const renew = post('two-factor/generate-backup-codes', codes);
const revoke = post('revoke-other-sessions', ok);

// A wrong code answers 401: that must not open the sign-in dialog.
const interactive = false;

/** Changes one's password and ends all other sessions. */
export const changePassword = (currentPassword: string, newPassword: string) =>
  call(change, { body: { currentPassword, newPassword }, interactive });

/** Begins two-step verification; in force after the first {@link confirmTwoFactor}. */
export const beginTwoFactor = (password: string) => call(enable, { body: { password }, interactive });

/** The first code of the authenticator puts two-step verification in force. */
export const confirmTwoFactor = (code: string) =>
  call(verify, { body: { code: code.replace(/\s/g, '') }, interactive });

/** Ends two-step verification. */
export const endTwoFactor = (password: string) => call(disable, { body: { password }, interactive });

/** New backup codes; the old ones stop working. */
export const renewBackupCodes = (password: string) => call(renew, { body: { password }, interactive });

/** Signs out everywhere else. */
export const endOtherSessions = () => call(revoke, { body: {}, interactive });
