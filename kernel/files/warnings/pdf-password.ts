import { createCipheriv, createHash } from 'node:crypto';
import type { PdfDict } from './pdf-objects.ts';

/** What fills up a short password (ISO 32000-1, 7.6.3.3): all of it, where there is none. */
const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');

/**
 * Does a PDF open without a password, so that its encryption only restricts what may be done with it? Null where it is encrypted
 * in another way than with passwords. `id` is the first string of the trailer's ID.
 */
export function opensWithout(encrypt: PdfDict, id: Buffer): boolean | null {
  const number = (key: string) => (typeof encrypt.get(key) === 'number' ? (encrypt.get(key) as number) : 0);
  const bytes = (key: string) =>
    encrypt.get(key) instanceof Buffer ? (encrypt.get(key) as Buffer) : Buffer.alloc(0);
  const [revision, u, o] = [number('R'), bytes('U'), bytes('O')];
  if (u.length < 32 || o.length < 32) return null;
  if (revision === 5 || revision === 6) {
    if (u.length < 48) return null;
    const salt = u.subarray(32, 40);
    const hash = revision === 5 ? digest('sha256', salt) : hardened(salt);
    return hash.equals(u.subarray(0, 32));
  }
  if (revision < 2 || revision > 4) return null;
  const length =
    revision === 2
      ? 5
      : Math.min(16, Math.max(5, Math.floor((number('Length') || (revision === 4 ? 128 : 40)) / 8)));
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(number('P') | 0);
  const open =
    revision >= 4 && encrypt.get('EncryptMetadata') === false ? Buffer.alloc(4, 255) : Buffer.alloc(0);
  let key = digest('md5', PADDING, o.subarray(0, 32), permissions, id, open).subarray(0, length);
  if (revision === 2) return rc4(key, PADDING).equals(u.subarray(0, 32));
  for (let i = 0; i < 50; i++) key = digest('md5', key).subarray(0, length);
  let check = digest('md5', PADDING, id);
  for (let i = 0; i < 20; i++) check = rc4(key.map((byte) => byte ^ i) as Buffer, check);
  return check.equals(u.subarray(0, 16));
}

function digest(name: string, ...parts: Buffer[]): Buffer {
  return createHash(name).update(Buffer.concat(parts)).digest();
}

/** Algorithm 2.B of ISO 32000-2 for the empty password: rounds until the last byte says that it is enough. */
function hardened(salt: Buffer): Buffer {
  let key = digest('sha256', salt);
  for (let round = 0; ; round++) {
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(
      false,
    );
    const mixed = cipher.update(Buffer.concat(Array<Buffer>(64).fill(key)));
    const sum = mixed.subarray(0, 16).reduce((all, byte) => all + byte, 0);
    key = digest(['sha256', 'sha384', 'sha512'][sum % 3]!, mixed);
    // The last byte is 255 at most, so this ends by round 287.
    if (round >= 63 && mixed.at(-1)! <= round + 1 - 32) return key.subarray(0, 32);
  }
}

/** RC4, which Node no longer has, since nothing should be kept secret with it; here it only tells old passwords from none. */
function rc4(key: Buffer, data: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + state[i]! + key[i % key.length]!) & 255;
    [state[i], state[j]] = [state[j]!, state[i]!];
  }
  let [i, j] = [0, 0];
  return Buffer.from(
    data.map((byte) => {
      i = (i + 1) & 255;
      j = (j + state[i]!) & 255;
      [state[i], state[j]] = [state[j]!, state[i]!];
      return byte ^ state[(state[i]! + state[j]!) & 255]!;
    }),
  );
}
