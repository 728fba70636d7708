import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '#kernel/errors';
import { sha256 } from '#kernel/ids';
import { rootPath } from '#kernel/paths';
import type { Records } from '#kernel/records';
import { migrateRecords } from '#kernel/stores/migrate';
import fc from '#kernel/testing/property';
import { cleanRecords, testStores } from '#kernel/testing/stores';
import { evidenceTypes, Files, readableSize, safeName, sniff } from './files.ts';

let records: Records;
let dir: string;
let files: Files;

beforeAll(async () => {
  const stores = await testStores();
  records = stores.records as unknown as Records;
  await migrateRecords(stores.pool, [{ module: 'kernel', dir: rootPath('kernel/migrations') }]);
});
beforeEach(async () => {
  await cleanRecords();
  dir = mkdtempSync(join(tmpdir(), 'zc-files-'));
  files = new Files(join(dir, 'files'), records);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));
afterAll(cleanRecords);

const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n');
const meta = { name: 'a.txt', ownerId: 'u', purpose: 'evidence', limit: 1000, allowed: evidenceTypes };
const put = (bytes: Buffer | string, more: Partial<typeof meta> = {}) =>
  files.put(Readable.from([Buffer.from(bytes)]), { ...meta, ...more });
const inside = () =>
  readdirSync(join(dir, 'files'), { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => e.name);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'kept',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

describe('a file', () => {
  test('is kept under its content, once, with a row for each who kept it', async () => {
    const one = await put('证明材料\n', { name: '证明.txt' });
    const two = await put('证明材料\n', { name: 'again.txt', ownerId: 'v' });
    expect(one).toMatchObject({
      sha256: sha256('证明材料\n'),
      size: 13,
      name: '证明.txt',
      mediaType: 'text/plain',
    });
    expect(two.id).not.toBe(one.id);
    expect(inside()).toEqual([one.sha256]);
    expect(statSync(files.pathOf(one.sha256)).mode & 0o777).toBe(0o600);
    expect((await buffer(await files.read(one))).toString()).toBe('证明材料\n');
    expect(await files.find(one.id)).toMatchObject({ ownerId: 'u' });
    expect(await files.find('01900000-0000-7000-8000-000000000001')).toBeUndefined();
  });

  test('comes back byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 5000 }),
        fc.integer({ min: 1, max: 700 }),
        async (bytes, step) => {
          const whole = Buffer.from(bytes);
          const pieces = Array.from({ length: Math.ceil(whole.length / step) }, (_, i) =>
            whole.subarray(i * step, (i + 1) * step),
          );
          const kept = await files.put(Readable.from(pieces), {
            name: 'x',
            ownerId: null,
            purpose: 'p',
            limit: 5000,
          });
          expect(kept).toMatchObject({ sha256: sha256(whole), size: whole.length });
          expect(await buffer(await files.read(kept))).toEqual(whole);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('that is larger than allowed is refused with the limit, and leaves nothing behind', async () => {
    expect(await codeOf(put('x'.repeat(1000)))).toBe('kept');
    const refused = put('y'.repeat(1001), { limit: 1000 });
    await expect(refused).rejects.toMatchObject({ code: 'too_large', params: { limit: '1000 B' } });
    const cut = Object.assign(Readable.from([Buffer.from('z')]), { truncated: true });
    expect(await codeOf(files.put(cut, meta))).toBe('too_large');
    expect(inside()).toEqual([sha256('x'.repeat(1000))]);
  });

  test('whose sender hangs up leaves nothing behind', async () => {
    const broken = new Readable({
      read() {
        this.push('half of it');
        this.destroy(new Error('hung up'));
      },
    });
    await expect(files.put(broken, meta)).rejects.toThrow('hung up');
    expect(inside()).toEqual([]);
    expect(await records.selectFrom('storedFile').select('id').execute()).toEqual([]);
  });

  test('that is gone from the disk is said to be gone', async () => {
    const kept = await put('x');
    rmSync(files.pathOf(kept.sha256));
    await expect(files.read(kept)).rejects.toMatchObject({ status: 404 });
  });
});

describe('evidence', () => {
  test.each<[string, string, Buffer | string, string]>([
    ['a picture', 'photo.png', png, 'kept'],
    ['a document', '红头文件.PDF', pdf, 'kept'],
    ['a text', 'note.txt', 'text', 'kept'],
    ['a table', 'rows.csv', 'a,b\n1,2\n', 'kept'],
    ['a picture behind the name of a document', 'photo.pdf', png, 'file_type'],
    [
      'a programme behind the name of a text',
      'tool.txt',
      Buffer.from('7f454c46020101000000000000000000', 'hex'),
      'file_type',
    ],
    ['bytes behind the name of a text', 'data.csv', Buffer.from([1, 0, 2]), 'file_type'],
    ['a text behind the name of a picture', 'photo.jpg', 'text', 'file_type'],
    ['a page', 'page.html', '<html><script>alert(1)</script></html>', 'file_type'],
  ])('%s (%s)', async (_, name, bytes, outcome) => {
    expect(await codeOf(put(bytes, { name }))).toBe(outcome);
    if (outcome !== 'kept') expect(inside()).toEqual([]);
  });

  test('of a wrong kind is told what it is and what is allowed', async () => {
    await expect(put(png, { name: 'photo.pdf' })).rejects.toMatchObject({
      params: { name: 'photo.pdf', found: 'image/png', allowed: expect.stringContaining('docx') },
    });
  });

  test('is known by its bytes, whatever its name', async () => {
    const path = join(dir, 'x.txt');
    writeFileSync(path, pdf);
    expect(await sniff(path)).toBe('application/pdf');
    writeFileSync(path, '');
    expect(await sniff(path)).toBe('text/plain');
  });
});

describe('a name', () => {
  test.each([
    ['证明.pdf', '证明.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\x\\表.xlsx', '表.xlsx'],
    ['.htaccess', 'htaccess'],
    ['. . .hidden', 'hidden'],
    ['a\0b\r\nc.txt', 'abc.txt'],
    ['say "hi"?<x>|*.txt', 'say hix.txt'],
    ['\u202Efdp.exe', 'fdp.exe'],
    ['e\u0301.txt', 'é.txt'],
    ['', 'file'],
    ['/', 'file'],
    ['..', 'file'],
    ['\ud800', '\ufffd'],
  ])('%j becomes %j', (given, kept) => {
    expect(safeName(given)).toBe(kept);
  });

  test('never leaves its folder, is never empty, is well formed, short, and stays as it is when made safe again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
        const name = safeName(given);
        expect(name).not.toBe('');
        expect(name).not.toMatch(/[/\\\p{Cc}\p{Cf}]/u);
        expect(name.startsWith('.')).toBe(false);
        expect(name.isWellFormed()).toBe(true);
        expect([...name].length).toBeLessThanOrEqual(200);
        expect(safeName(name)).toBe(name);
      }),
      { numRuns: 500 },
    );
  });

  test('that is too long keeps its ending', () => {
    expect(safeName(`${'长'.repeat(400)}.pdf`)).toMatch(/长{196}\.pdf$/);
  });
});

test('what an upload left behind that was cut off is taken away after a day, and nothing else', async () => {
  const kept = await put('evidence');
  const old = join(dir, 'files', 'incoming-old');
  const now = join(dir, 'files', 'incoming-now');
  for (const path of [old, now]) writeFileSync(path, 'x');
  const at = statSync(now).mtime;
  utimesSync(old, at, new Date(at.getTime() - 90_000_000));
  await files.tidy(at);
  expect(readdirSync(join(dir, 'files')).filter((name) => name.startsWith('incoming-'))).toEqual([
    'incoming-now',
  ]);
  expect((await buffer(await files.read(kept))).toString()).toBe('evidence');
  await new Files(join(dir, 'nowhere'), records).tidy(at);
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 kB'],
  [50 * 1024 ** 2, '50.0 MB'],
  [4 * 1024 ** 3, '4.0 GB'],
  [5000 * 1024 ** 3, '5000.0 GB'],
])('%d bytes are %s', (bytes, words) => {
  expect(readableSize(bytes)).toBe(words);
});
