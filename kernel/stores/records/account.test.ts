import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseAccount, firstClosed } from './account.ts';

let top: string;
let inner: string;

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'zc-account-')));
  inner = join(top, 'a', 'b');
  mkdirSync(inner, { recursive: true });
  chmodSync(top, 0o755);
});
afterEach(() => rmSync(top, { recursive: true }));

const stranger = { uid: 54321, gid: 54321 };

describe('firstClosed', () => {
  it('names the first folder on the way that the account may not enter', () => {
    expect(firstClosed(inner, stranger)).toBeUndefined();
    chmodSync(join(top, 'a'), 0o700);
    expect(firstClosed(inner, stranger)).toBe(join(top, 'a'));
    chmodSync(join(top, 'a'), 0o711);
    expect(firstClosed(inner, stranger)).toBeUndefined();
  });

  it('counts the rights of owner and group', () => {
    const { uid, gid } = statSync(join(top, 'a'));
    chmodSync(join(top, 'a'), 0o710);
    expect(firstClosed(inner, { uid, gid: 54321 })).toBeUndefined();
    expect(firstClosed(inner, { uid: 54321, gid })).toBeUndefined();
    expect(firstClosed(inner, stranger)).toBe(join(top, 'a'));
    chmodSync(join(top, 'a'), 0o101);
    expect(firstClosed(inner, { uid: 54321, gid })).toBe(join(top, 'a'));
    chmodSync(join(top, 'a'), 0o755);
  });

  it('leaves folders that do not exist yet to whoever makes them', () => {
    expect(firstClosed(join(inner, 'new', 'deeper'), stranger)).toBeUndefined();
  });
});

describe('chooseAccount', () => {
  it.skipIf(process.getuid?.() === 0)('is oneself for an ordinary user', () => {
    expect(chooseAccount([inner], undefined)).toEqual({ prefix: [] });
  });

  it.runIf(process.getuid?.() === 0)('never is root, and follows whoever owns the data', () => {
    const chosen = chooseAccount([inner], undefined);
    expect(chosen.ids?.uid !== undefined ? chosen.ids.uid !== 0 : chosen.prefix[0] === 'unshare').toBe(true);
    expect(chooseAccount([inner], stranger)).toEqual({ ids: stranger, prefix: [] });
    chmodSync(top, 0o700);
    expect(() => chooseAccount([inner], stranger)).toThrow(`may not enter ${top}.`);
  });
});
