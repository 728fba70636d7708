import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '#kernel/ids';

/**
 * The secret that signs cookies and encrypts second factors: 32 random bytes in `<data>/keys/auth.secret` (mode 0600),
 * made once. Two processes that start at the same time end with the same one, because only one link can be made.
 */
export function authSecret(dataDir: string): string {
  const dir = join(dataDir, 'keys');
  const path = join(dir, 'auth.secret');
  if (!existsSync(path)) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const temporary = `${path}.${newId()}`;
    writeFileSync(temporary, randomBytes(32).toString('base64url'), { mode: 0o600 });
    try {
      linkSync(temporary, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(temporary, { force: true });
    }
  }
  const secret = readFileSync(path, 'utf8').trim();
  if (secret.length < 32)
    throw new Error(`${path} is damaged (shorter than 32 characters): restore it from the backup`);
  return secret;
}
