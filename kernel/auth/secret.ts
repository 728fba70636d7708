import { randomBytes } from 'node:crypto';
import { keyFile } from '#kernel/keys';

/** The secret that signs cookies and encrypts second factors: 32 random bytes in `<data>/keys/auth.secret`, made once. */
export function authSecret(dataDir: string): string {
  const { path, bytes } = keyFile(dataDir, 'auth.secret', () => randomBytes(32).toString('base64url'));
  const secret = bytes.toString('utf8').trim();
  if (secret.length < 32)
    throw new Error(`${path} is damaged (shorter than 32 characters): restore it from the backup`);
  return secret;
}
