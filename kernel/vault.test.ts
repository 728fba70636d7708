import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { Vault } from './vault.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'zc-vault-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** What a sealed text says, sign for sign. */
const read = (sealed: string) =>
  sealed
    .split('.')
    .map((part, i) => (i === 0 ? part : Buffer.from(part, 'base64').toString('hex')))
    .join('.');

const where = (name: string) => join(dir, name);

test('what is sealed is read again by the same key, for the same place, unchanged', () => {
  const vault = new Vault(where('a'));
  const again = new Vault(where('a'));
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, context) => {
      const sealed = vault.seal(text, context);
      expect(again.open(sealed, context)).toBe(text);
      expect(sealed).not.toBe(vault.seal(text, context));
    }),
  );
});

test('nobody else reads it, and nobody changes or moves it unnoticed', () => {
  const vault = new Vault(where('a'));
  const other = new Vault(where('b'));
  const sealed = vault.seal('举报人示例', 'matter 1');
  expect(Buffer.from(sealed).includes('举报人')).toBe(false);
  expect(() => other.open(sealed, 'matter 1')).toThrow('cannot be opened');
  expect(() => vault.open(sealed, 'matter 2')).toThrow('cannot be opened');
  fc.assert(
    fc.property(fc.nat(sealed.length - 1), fc.constantFrom(...'ABCdef012'), (at, sign) => {
      fc.pre(sealed[at] !== sign);
      const changed = sealed.slice(0, at) + sign + sealed.slice(at + 1);
      // The last sign of a part may hold bits that base64 leaves out.
      fc.pre(read(changed) !== read(sealed));
      expect(() => vault.open(changed, 'matter 1')).toThrow();
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => vault.open(text, '')).toThrow('cannot be opened');
    }),
  );
  expect(vault.mark('x')).not.toBe(other.mark('x'));
});

test('a damaged key is said, with its place', () => {
  new Vault(where('c'));
  writeFileSync(join(where('c'), 'keys', 'vault.key'), 'short');
  expect(() => new Vault(where('c'))).toThrow('vault.key is damaged');
});
