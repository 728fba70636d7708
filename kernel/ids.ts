import { createHash, randomBytes } from 'node:crypto';

/** Counts this process's ids, in 26 bits that start at random below their half. */
let count = randomBytes(4).readUInt32BE() >>> 7;

/**
 * A new UUIDv7 (RFC 9562): sorts by time of creation, and among the ids of this process also inside one millisecond (section
 * 6.2: the bits behind the time are a counter).
 */
export function newId(now = Date.now()): string {
  const b = randomBytes(16);
  count = (count + 1) & 0x3ffffff;
  b.writeUIntBE(now, 0, 6);
  b.writeUInt16BE(0x7000 | ((count >>> 14) & 0x0fff), 6);
  b.writeUInt16BE(0x8000 | (count & 0x3fff), 8);
  const h = b.toString('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}

/** SHA-256 in lower-case hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/**
 * JSON with sorted keys and no spaces, so that equal values give equal bytes to hash or sign
 * (the subset of RFC 8785 that strings, finite numbers, booleans, null, arrays and objects need). A date and whatever
 * else knows its own JSON form is written in that form.
 */
export function canonicalJson(value: unknown): string {
  if (hasJsonForm(value)) return canonicalJson(value.toJSON());
  if (Array.isArray(value)) return `[${value.map((v) => canonicalJson(v ?? null)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

function hasJsonForm(value: unknown): value is { toJSON(): unknown } {
  return typeof (value as { toJSON?: unknown } | null | undefined)?.toJSON === 'function';
}

/** A key of the shape of a UUID that is the same for the same name. */
export function uuidOf(name: string): string {
  const hex = sha256(name);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}
