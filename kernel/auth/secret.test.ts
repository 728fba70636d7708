import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { authSecret } from './secret.ts';

const dir = mkdtempSync(join(tmpdir(), 'zc-secret-'));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the secret', () => {
  it('is made once, for its owner alone', () => {
    const first = authSecret(dir);
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(authSecret(dir)).toBe(first);
    const path = join(dir, 'keys', 'auth.secret');
    expect(readFileSync(path, 'utf8')).toBe(first);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is refused when damaged, naming the file', () => {
    authSecret(dir);
    writeFileSync(join(dir, 'keys', 'auth.secret'), 'short');
    expect(() => authSecret(dir)).toThrow(/auth\.secret is damaged/);
  });
});
