import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestPlatform, testPlatform, yunzhou } from '#kernel/testing/platform';
import { parties } from '#modules/parties/server/index';
import * as contract from '../contract.ts';
import { accounts } from '../server/index.ts';

let t: TestPlatform;
let mine: Record<string, string>;
beforeAll(async () => {
  t = await testPlatform({
    modules: [accounts, parties],
    pack: await yunzhou(),
    env: { ZC_EVIDENCE_LIMIT: '100000', ZC_UPLOAD_LIMIT: '1000000' },
  });
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.clean();
  mine = await t.as('department-officer', { organisation: 'education' });
});

const pdf = (text: string) => Buffer.from(`%PDF-1.4\n${text}\n%%EOF\n`);

function upload(name: string, content: Buffer, headers = mine, field = 'file') {
  const form = new FormData();
  form.append(field, new Blob([new Uint8Array(content)]), name);
  return t.app.inject({ method: 'POST', url: '/api/files', headers, payload: form });
}

const incoming = () =>
  readdirSync(join(t.config.ZC_DATA, 'files')).filter((name) => name.startsWith('incoming-'));

describe('evidence files', () => {
  it('come back byte for byte under their own name, once on disk', async () => {
    const content = pdf('证据');
    const sent = await upload('2019上半年 证明“一”.pdf', content);
    expect(sent.statusCode).toBe(200);
    const file = sent.json() as { id: string; sha256: string };
    expect(file).toMatchObject({
      name: '2019上半年 证明“一”.pdf',
      size: content.length,
      mediaType: 'application/pdf',
    });
    const again = (await upload('other.pdf', content)).json() as { id: string; sha256: string };
    expect(again.sha256).toBe(file.sha256);
    expect(again.id).not.toBe(file.id);
    const got = await t.call(contract.downloadFile, { params: { id: file.id } }, mine);
    expect(got.status).toBe(200);
    expect(got.raw.rawPayload.equals(content)).toBe(true);
    expect(got.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(content.length),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const name = /filename\*=UTF-8''(.*)$/.exec(String(got.headers['content-disposition']))?.[1];
    expect(decodeURIComponent(name as string)).toBe('2019上半年 证明“一”.pdf');
  });

  it.each([
    [
      'a program behind a harmless name',
      'report.pdf',
      Buffer.from('MZ\x90\0\x03\0\0\0\x04\0', 'latin1'),
      415,
      'file_type',
    ],
    [
      'a page that could run in our name',
      'page.html',
      Buffer.from('<html><script>1</script>'),
      415,
      'file_type',
    ],
    [
      'a picture called PDF',
      'x.pdf',
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      415,
      'file_type',
    ],
    ['something too large', 'x.pdf', pdf('x'.repeat(200_000)), 413, 'too_large'],
    ['something larger than any upload', 'x.pdf', pdf('x'.repeat(2_000_000)), 413, 'too_large'],
  ])('refuse %s, leaving nothing behind', async (_, name, content, status, code) => {
    const answer = await upload(name, content);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(incoming()).toEqual([]);
    expect((await t.platform.records.selectFrom('storedFile').selectAll().execute()).length).toBe(0);
  });

  it('keep a name inside their folder', async () => {
    const answer = await upload('../../etc/passwd.pdf', pdf('x'));
    expect(answer.json().name).toBe('passwd.pdf');
  });

  it('need a file in the form, and an account', async () => {
    expect((await upload('x.pdf', pdf('x'), mine, 'other')).json().code).toBe('file_missing');
    const empty = await t.app.inject({
      method: 'POST',
      url: '/api/files',
      headers: mine,
      payload: new FormData(),
    });
    expect(empty.statusCode).toBe(400);
    const json = await t.app.inject({ method: 'POST', url: '/api/files', headers: mine, payload: { a: 1 } });
    expect(json.statusCode).toBeGreaterThanOrEqual(400);
    expect(json.statusCode).toBeLessThan(500);
    expect((await upload('x.pdf', pdf('x'), {})).statusCode).toBe(401);
    const id = (await upload('x.pdf', pdf('x'))).json().id as string;
    expect((await t.call(contract.downloadFile, { params: { id } })).status).toBe(401);
    const none = { params: { id: '01900000-0000-7000-8000-000000000001' } };
    expect((await t.call(contract.downloadFile, none, mine)).status).toBe(404);
    expect((await t.call(contract.downloadFile, { params: { id: '../x' } }, mine)).status).toBe(400);
  });
});
