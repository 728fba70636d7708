import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { newSecret, seal, signedHeaders, unseal } from '../server/secret.ts';
import { allowedHosts, isPublic, publicLookup, readTarget } from '../server/target.ts';

describe('where messages may go', () => {
  test('public https addresses, and no others', () => {
    for (const good of [
      'https://example.cn/hook?a=1',
      'https://8.8.8.8/',
      'https://[2606:4700::1111]:8443/x',
    ])
      expect(readTarget(good, []).href).toContain('https://');
    for (const bad of [
      ...['http://example.cn/', 'ftp://example.cn/', 'example.cn', '', 'https://', 'javascript:alert(1)'],
      ...['https://localhost/', 'https://LOCALHOST./', 'https://a.localhost', 'https://intranet/'],
      ...['https://127.0.0.1/', 'https://127.1/', 'https://0x7f000001/', 'https://2130706433/', 'https://0/'],
      ...['https://10.0.0.1/', 'https://172.16.3.4/', 'https://192.168.1.1/', 'https://169.254.169.254/'],
      ...[
        'https://100.64.0.1/',
        'https://[::1]/',
        'https://[::]/',
        'https://[fd00::1]/',
        'https://[fe80::1]/',
      ],
      ...['https://[::ffff:127.0.0.1]/', 'https://[::ffff:7f00:1]/', 'https://[64:ff9b::7f00:1]/'],
      ...[
        'https://[2002:7f00:1::]/',
        'https://user:pass@example.cn/',
        'https://nas.local/',
        'https://a.internal/',
      ],
    ])
      expect(() => readTarget(bad, []), bad).toThrow();
  });

  test('hosts that the installation allows, also without TLS', () => {
    const allowed = allowedHosts({ ZC_WEBHOOK_HOSTS: ' 127.0.0.1, Hub.intranet ,' });
    expect(allowed).toEqual(['127.0.0.1', 'hub.intranet']);
    expect(readTarget('http://127.0.0.1:9/x', allowed).port).toBe('9');
    expect(readTarget('http://hub.intranet/', allowed).host).toBe('hub.intranet');
    expect(() => readTarget('http://127.0.0.2/', allowed)).toThrow();
    expect(allowedHosts({ ZC_WEBHOOK_HOSTS: undefined })).toEqual([]);
  });

  test('a name that leads to this machine is not called', async () => {
    const look = (allowed: string[]) =>
      new Promise<string>((resolve) => {
        publicLookup(allowed)('localhost', {}, (error, address) =>
          resolve(error ? `refused: ${error.message}` : String(address)),
        );
      });
    expect(await look([])).toContain('refused');
    expect(await look(['localhost'])).not.toContain('refused');
  });

  test('addresses of private networks are none of the public one, whatever stands in them', () => {
    const byte = fc.nat({ max: 255 });
    fc.assert(
      fc.property(byte, byte, byte, fc.nat({ max: 15 }), (a, b, c, d) => {
        expect(isPublic(`10.${a}.${b}.${c}`)).toBe(false);
        expect(isPublic(`127.${a}.${b}.${c}`)).toBe(false);
        expect(isPublic(`192.168.${b}.${c}`)).toBe(false);
        expect(isPublic(`172.${16 + d}.${b}.${c}`)).toBe(false);
        expect(isPublic(`::ffff:${a}.${a}.${b}.${c}`)).toBe(false);
      }),
    );
    expect(isPublic('nonsense')).toBe(false);
  });
});

describe('a secret', () => {
  const signer = (value: string) => ({ sign: () => ({ value }) as never });

  test('is sealed for the store and opened with the same key alone', () => {
    const secret = newSecret();
    expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
    const sealed = seal(signer('a'), secret);
    expect(sealed).not.toContain(secret.slice(6, 20));
    expect(unseal(signer('a'), sealed)).toBe(secret);
    expect(() => unseal(signer('b'), sealed)).toThrow();
    expect(() => unseal(signer('a'), '')).toThrow();
    expect(seal(signer('a'), secret)).not.toBe(sealed);
  });

  test('signs id, time and body as Standard Webhooks has it', () => {
    // The example of the specification's reference libraries.
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const at = new Date(1_614_265_330_000);
    const body = '{"test": 2432232314}';
    const headers = signedHeaders(secret, 'msg_p5jXN8AQM9LWM0D4loKWxJek', at, body);
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
    const key = Buffer.from(secret.slice(6), 'base64');
    const own = createHmac('sha256', key).update(`msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.${body}`);
    expect(headers['webhook-signature']).toBe(`v1,${own.digest('base64')}`);
  });
});
