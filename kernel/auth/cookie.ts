import { createHmac, timingSafeEqual } from 'node:crypto';

/** Name of the session cookie; browsers accept the `__Secure-` form over https alone. */
export function sessionCookieName(secure: boolean): string {
  return `${secure ? '__Secure-' : ''}zc.session_token`;
}

/** Signs a cookie value as better-auth does: `value.base64(HMAC-SHA256)`, percent-encoded. */
export function signCookie(value: string, secret: string): string {
  return encodeURIComponent(`${value}.${createHmac('sha256', secret).update(value).digest('base64')}`);
}

/** The signed value inside, or null when the signature is not ours. */
export function openCookie(text: string, secret: string): string | null {
  let plain: string;
  try {
    plain = decodeURIComponent(text);
  } catch {
    return null;
  }
  const dot = plain.lastIndexOf('.');
  if (dot < 1) return null;
  const value = plain.slice(0, dot);
  const given = Buffer.from(plain.slice(dot + 1), 'base64');
  const right = createHmac('sha256', secret).update(value).digest();
  return given.length === right.length && timingSafeEqual(given, right) ? value : null;
}

/** The raw value of one cookie of a Cookie header; the first wins, as in browsers' own order. */
export function findCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}
