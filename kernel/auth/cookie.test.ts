import { describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import { findCookie, openCookie, signCookie } from './cookie.ts';

const secret = 'a'.repeat(40);

describe('signed cookies', () => {
  it('open again with the same secret and no other', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{1,40}$/), (value) => {
        const text = signCookie(value, secret);
        expect(text).toMatch(/^[^;,\s"]+$/);
        expect(openCookie(text, secret)).toBe(value);
        expect(openCookie(text, `${secret}b`)).toBeNull();
      }),
    );
  });

  it('are nothing when a character was changed, cut or added', () => {
    const text = decodeURIComponent(signCookie('token', secret));
    fc.assert(
      fc.property(fc.nat({ max: text.length - 2 }), fc.stringMatching(/^[a-z]$/), (at, c) => {
        const changed = text.slice(0, at) + c + text.slice(at + 1);
        fc.pre(changed !== text);
        expect(openCookie(changed, secret)).toBeNull();
      }),
    );
    for (const bad of ['', '.', 'x', '%', '%E0%A4%A', 'token.', '.AAAA'])
      expect(openCookie(bad, secret)).toBeNull();
  });

  it('are found by name alone', () => {
    expect(findCookie('a=1; zc.session_token=x.y%3D; b=2', 'zc.session_token')).toBe('x.y%3D');
    expect(findCookie('xzc.session_token=1', 'zc.session_token')).toBeNull();
    expect(findCookie(undefined, 'a')).toBeNull();
  });
});
