import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '#kernel/ids';
import fc from '#kernel/testing/property';
import { askOverHttp } from '../server/stamps/ask.ts';
import { chainTo, readRoots } from '../server/stamps/chain.ts';
import { believed, type Question, question } from '../server/stamps/rfc3161.ts';
import { hasOpenssl, TestAuthority, Workshop } from './authority.ts';

const DATA = Buffer.from('a list of hashes\n');
const OTHER = sha256('another list');

// OpenSSL stamps with the machine's clock; that, and nothing else, is compared with it here.
const about = () => ({ sent: new Date(), came: new Date() });

describe.skipIf(!hasOpenssl)('an answer of a time stamp authority (needs openssl)', () => {
  let w: Workshop;
  let roots: X509Certificate[];
  let asked: Question;
  let good: Buffer;
  beforeAll(() => {
    w = new Workshop();
    w.certificate('ca', 'root');
    w.certificate('tsa', 'stamps', 'ca', 'rsa');
    roots = readRoots(w.path('ca.pem'));
    asked = question(DATA);
    good = w.answer(Buffer.from(asked.der));
  });
  afterAll(() => w.end());

  const believe = (answer: Buffer, more: object = {}, to = asked) =>
    believed(answer, to, { roots, ...about(), ...more });
  const refusal = (answer: Buffer, more: object = {}, to = asked) =>
    believe(answer, more, to).then(
      () => 'believed',
      (error) => error.params?.reason,
    );

  test('is believed when it stamps what was asked', async () => {
    const stamp = await believe(good);
    expect(stamp).toMatchObject({ authority: 'Test tsa', policy: '1.2.3.4.1', serial: '01' });
    expect(stamp.root.trim()).toBe(readFileSync(w.path('ca.pem'), 'utf8').trim());
    expect(Math.abs(stamp.genTime.getTime() - Date.now())).toBeLessThan(60_000);
    // What was sent is what OpenSSL reads in it.
    writeFileSync(w.path('asked.tsq'), asked.der);
    const text = w.run('ts', '-query', '-in', 'asked.tsq', '-text').toString();
    expect(text).toContain('Certificate required: yes');
    expect(text).toContain(`Nonce: 0x${asked.nonce.toString('hex').toUpperCase()}`);
  });

  test('is believed under the policy that was asked for, with a key on a curve, over a certificate between', async () => {
    w.certificate('middle', 'middle', 'ca');
    w.certificate('curve', 'stamps', 'middle');
    const to = question(DATA, '1.2.3.4.5');
    const answer = w.answer(Buffer.from(to.der), 'curve', '-chain', 'middle.pem');
    expect(await believe(answer, {}, to)).toMatchObject({ authority: 'Test curve', policy: '1.2.3.4.5' });
    const without = w.answer(Buffer.from(to.der), 'curve');
    expect(await refusal(without, {}, to)).toBe('chain');
  });

  test('is refused when it stamps something else, or for somebody else', async () => {
    expect(await refusal(w.answer(w.request(OTHER)))).toBe('imprint');
    expect(await refusal(w.answer(w.request(sha256(DATA))))).toBe('nonce');
    expect(await refusal(w.answer(w.request(sha256(DATA), '-no_nonce')))).toBe('nonce');
    const policy = question(DATA, '1.2.3.4.9');
    const answer = w.answer(w.request(sha256(DATA)));
    expect(await refusal(answer, {}, { ...policy, nonce: await nonceOf(answer) })).toBe('policy');
    // An authority says no.
    expect(await refusal(w.answer(Buffer.from(policy.der)), {}, policy)).toBe('status');
    expect(await refusal(w.answer(Buffer.from('nonsense')))).toBe('status');
  });

  /** Nonce of an answer, as text of OpenSSL. */
  async function nonceOf(answer: Buffer): Promise<Buffer> {
    writeFileSync(w.path('n.tsr'), answer);
    const text = w.run('ts', '-reply', '-in', 'n.tsr', '-text').toString();
    const hex = /Nonce: 0x([0-9A-F]+)/.exec(text)![1]!;
    const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
    return bytes[0]! > 127 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
  }

  test('is refused when its time is not about now', async () => {
    const at = (iso: string) => ({ sent: new Date(iso), came: new Date(iso) });
    expect(await refusal(good, at('2019-06-30T09:00:00+08:00'))).toBe('time');
    expect(await refusal(good, at('2199-06-30T09:00:00+08:00'))).toBe('time');
  });

  test('is refused when whoever signed is not trusted, or not meant for it', async () => {
    w.certificate('stranger', 'root');
    w.certificate('false', 'stamps', 'stranger');
    expect(await refusal(w.answer(Buffer.from(asked.der), 'false'))).toBe('chain');
    expect(await refusal(good, { roots: readRoots(w.path('stranger.pem')) })).toBe('chain');
    // The same name on another key is not the same authority.
    const forger = new Workshop();
    forger.certificate('ca', 'root');
    expect(await refusal(good, { roots: readRoots(forger.path('ca.pem')) })).toBe('chain');
    forger.end();
    // The same, signed again with the right certificate, is believed: so it is the certificate that is refused below.
    expect(await refusal(w.signedAgain(good, 'tsa', '-cades', '-md', 'sha256'))).toBe('believed');
    for (const use of ['lax', 'other'] as const) {
      w.certificate(use, use, 'ca');
      expect(await refusal(w.signedAgain(good, use, '-cades', '-md', 'sha256'))).toBe('purpose');
    }
    expect(await refusal(w.signedAgain(good, 'tsa', '-md', 'sha256'))).toBe('signer');
    expect(await refusal(w.signedAgain(good, 'tsa', '-cades', '-md', 'sha1'))).toBe('digest');
    expect(await refusal(w.signedAgain(good, 'tsa', '-noattr', '-md', 'sha256'))).toBe('signature');
    // No certificate of its own in it.
    expect(await refusal(w.signedAgain(good, 'tsa', '-cades', '-nocerts', '-md', 'sha256'))).toBe(
      'signature',
    );
  });

  test('is refused when its signature does not hold, or it is no answer at all', async () => {
    const bent = Buffer.from(good);
    bent[bent.length - 1]! ^= 1;
    expect(await refusal(bent)).toBe('signature');
    for (const bad of [
      Buffer.alloc(0),
      Buffer.from('<html>no</html>'),
      good.subarray(0, -1),
      Buffer.concat([good, Buffer.from([0])]),
    ])
      expect(await refusal(bad)).toBe('shape');
  });

  test('that is anything else is refused in words, never by accident', async () => {
    const places = fc.array(fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(places, async (changes) => {
        const bent = Buffer.from(good);
        for (const [at, by] of changes) bent[at]! ^= by;
        const verdict = await refusal(bent);
        expect(verdict).toBeTypeOf('string');
        // What the signature does not cover may change, and two changes of one place may undo each other: nothing is said then
        // that was not signed.
        if (verdict === 'believed') expect(await believe(bent)).toEqual(await believe(good));
      }),
      { numRuns: 150 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await refusal(Buffer.from(bytes))).toBeTypeOf('string');
      }),
    );
  });

  test('leads to a root by certificates that held then, without end where they vouch for each other', () => {
    const [leaf, ca] = ['tsa', 'ca'].map((name) => new X509Certificate(readFileSync(w.path(`${name}.pem`))));
    expect(chainTo(leaf!, [], [ca!], new Date())?.fingerprint256).toBe(ca!.fingerprint256);
    expect(chainTo(leaf!, [], [ca!], new Date('2001-01-01'))).toBeUndefined();
    expect(chainTo(leaf!, [], [ca!], new Date('2199-01-01'))).toBeUndefined();
    // One and two vouch for each other, and nobody for them.
    w.certificate('one', 'root');
    w.certificate('two', 'root');
    w.sign('one', 'root', 'two', 'one-by-two');
    w.sign('two', 'root', 'one', 'two-by-one');
    w.certificate('ring', 'stamps', 'one');
    const read = (name: string) => new X509Certificate(readFileSync(w.path(`${name}.pem`)));
    const ring = ['one-by-two', 'two-by-one', 'one', 'two'].map(read);
    expect(chainTo(read('ring'), ring, [ca!], new Date())).toBeUndefined();
    expect(chainTo(read('ring'), ring, [read('two')], new Date())?.subject).toContain('Test two');
    // Who may issue for signers alone may not make another issuer.
    w.certificate('short', 'middle', 'ca');
    w.certificate('below', 'root', 'short');
    w.certificate('deep', 'stamps', 'below');
    expect(chainTo(read('deep'), ['below', 'short'].map(read), [ca!], new Date())).toBeUndefined();
    // A signer is no issuer.
    w.sign('one', 'stamps', 'tsa', 'by-signer');
    expect(chainTo(read('by-signer'), [leaf!], [ca!], new Date())).toBeUndefined();
  });

  test('roots are read from a file, or the file is named', () => {
    writeFileSync(
      w.path('both.pem'),
      `# two\n${readFileSync(w.path('ca.pem'))}${readFileSync(w.path('tsa.pem'))}`,
    );
    expect(readRoots(w.path('both.pem'))).toHaveLength(2);
    const missing = w.path('none.pem');
    expect(() => readRoots(missing)).toThrow(/none\.pem: it cannot be read \(ENOENT\)/);
    writeFileSync(w.path('empty.pem'), 'nothing');
    expect(() => readRoots(w.path('empty.pem'))).toThrow(/no certificate/);
    writeFileSync(w.path('bad.pem'), '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    expect(() => readRoots(w.path('bad.pem'))).toThrow(/cannot be read/);
  });
});

describe('asking over HTTP', () => {
  const authority = new TestAuthority();
  let address: string;
  beforeAll(async () => {
    address = await authority.open();
  });
  afterAll(() => authority.close());
  const failure = (to = address, timeout?: number) =>
    askOverHttp(to, Buffer.from('?'), timeout).then(
      () => 'answered',
      ({ code, message }) => `${code} ${message}`,
    );

  test('gives the answer as it came, and sends name and password apart from the address', async () => {
    authority.reply = (request) => Buffer.concat([request, Buffer.from('!')]);
    const answer = await askOverHttp(address.replace('//', '//city:p%40ss@'), Buffer.from('?'));
    expect(answer.toString()).toBe('?!');
    expect(authority.headers).toMatchObject({
      'content-type': 'application/timestamp-query',
      authorization: `Basic ${Buffer.from('city:p@ss').toString('base64')}`,
    });
  });

  test('says why there was none', async () => {
    authority.reply = () => ({ status: 503 });
    expect(await failure()).toContain('matters_stamp_unreachable');
    expect(await failure(address.replace('//', '//city:secret@'))).not.toContain('secret');
    authority.reply = () => ({ status: 302, headers: { location: address } });
    expect(await failure()).toContain('redirect');
    authority.reply = () => Buffer.alloc(300_000);
    expect(await failure()).toContain('more than 262144 bytes');
    authority.reply = () => 'never';
    expect(await failure(address, 20)).toContain('matters_stamp_unreachable');
    const gone = new TestAuthority();
    const nowhere = await gone.open();
    await gone.close();
    expect(await failure(nowhere)).toContain('ECONNREFUSED');
  });
});
