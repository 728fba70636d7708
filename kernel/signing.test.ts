import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { Signer, verifySignature } from './signing.ts';

describe('signatures', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'zc-sign-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  test('fit their text alone, and outlive the process', () => {
    const signature = new Signer(dir).sign('公报');
    expect(verifySignature('公报', signature)).toBe(true);
    expect(verifySignature('公报 ', signature)).toBe(false);
    const again = new Signer(dir);
    expect(again.keyId).toBe(signature.keyId);
    expect(again.sign('公报').value).toBe(signature.value);
  });

  test('are refused, not stumbled over, when any part of them is wrong', () => {
    const signature = new Signer(dir).sign('text');
    const other = new Signer(join(dir, 'other')).sign('text');
    fc.assert(
      fc.property(
        fc.constantFrom('publicKey', 'value', 'keyId', 'algorithm'),
        fc.oneof(fc.string(), fc.base64String()),
        (field, value) => {
          fc.pre(value !== signature[field as keyof typeof signature]);
          expect(verifySignature('text', { ...signature, [field]: value })).toBe(false);
        },
      ),
    );
    // Somebody else's key under this city's key id.
    expect(verifySignature('text', { ...other, keyId: signature.keyId })).toBe(false);
    expect(verifySignature('text', other)).toBe(true);
  });

  test('come from a key that only the server may read, which is made once', () => {
    const first = new Signer(dir);
    const path = join(dir, 'keys', 'signing.pem');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const before = readFileSync(path);
    expect(new Signer(dir).keyId).toBe(first.keyId);
    expect(readFileSync(path)).toEqual(before);
  });

  test('are not made with a damaged key: it is named, and never replaced', () => {
    mkdirSync(join(dir, 'keys'));
    writeFileSync(join(dir, 'keys', 'signing.pem'), 'garbage');
    expect(() => new Signer(dir)).toThrow(/signing\.pem is damaged: restore it from the backup/);
    expect(readFileSync(join(dir, 'keys', 'signing.pem'), 'utf8')).toBe('garbage');
  });
});
