import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { call } from '#shell/api';

const done = z.object({ ok: z.boolean().optional() });

/** One of the calls under `/api/auth/` that change how the own account signs in. */
const authCall = <R extends z.ZodType>(path: string, response: R) =>
  endpoint({
    method: 'POST',
    path: `/api/auth/${path}`,
    summary: '',
    access: 'public',
    body: z.unknown(),
    response,
  });

const enable = authCall(
  'two-factor/enable',
  z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) }),
);
const verify = authCall('two-factor/verify-totp', done);
const disable = authCall('two-factor/disable', done);
const renew = authCall('two-factor/generate-backup-codes', z.object({ backupCodes: z.array(z.string()) }));
const change = authCall('change-password', done);
const revoke = authCall('revoke-other-sessions', done);

/** What the authenticator is set up with; in force after the first code. */
export interface Enrolment {
  /** `otpauth://totp/…` */
  uri: string;
  /** The secret to type where no picture can be taken. */
  secret: string;
  backupCodes: string[];
}

// A wrong password is answered with 401 too: no sign-in dialog opens for these.
const plain = { interactive: false } as const;

/** First step of two-step sign-in. Throws ApiError `password_wrong`. */
export async function beginTwoFactor(password: string): Promise<Enrolment> {
  const { totpURI, backupCodes } = await call(enable, { body: { password }, ...plain });
  return { uri: totpURI, secret: new URL(totpURI).searchParams.get('secret') ?? '', backupCodes };
}

/** Second step: a code of the authenticator puts it in force. */
export async function confirmTwoFactor(code: string): Promise<void> {
  await call(verify, { body: { code: code.replace(/\s/g, '') }, ...plain });
}

/** Takes the second step away. */
export async function endTwoFactor(password: string): Promise<void> {
  await call(disable, { body: { password }, ...plain });
}

/** New backup codes; the old ones end. */
export async function renewBackupCodes(password: string): Promise<string[]> {
  return (await call(renew, { body: { password }, ...plain })).backupCodes;
}

/** Changes the own password and ends the other sessions. Throws `password_wrong`, `password_weak`. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await call(change, { body: { currentPassword, newPassword }, ...plain });
}

/** Signs out everywhere else. */
export async function endOtherSessions(): Promise<void> {
  await call(revoke, { body: {}, ...plain });
}
