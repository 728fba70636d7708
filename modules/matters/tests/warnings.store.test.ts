import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FILE_WARNINGS } from '#kernel/files/warnings/codes';
import type { EndpointResponse } from '#kernel/http/contract';
import { sha256 } from '#kernel/ids';
import { madeJpeg, madePdf } from '#kernel/testing/made-files';
import { browser, type TestPlatform } from '#kernel/testing/platform';
import type { uploadPaper } from '../contract.ts';
import { paperWarnings } from '../server/documents/warned.ts';
import { matterPlatform } from './helpers.ts';

let t: TestPlatform;
beforeAll(async () => {
  t = await matterPlatform();
});
afterAll(() => t.close());
beforeEach(() => t.clean());

async function send(name: string, bytes: Buffer): Promise<EndpointResponse<typeof uploadPaper>> {
  const payload = new FormData();
  payload.set('file', new File([Uint8Array.from(bytes)], name));
  const answer = await t.app.inject({
    method: 'POST',
    url: '/api/matters/papers',
    headers: browser,
    payload,
  });
  expect(answer.statusCode).toBe(200);
  return answer.json();
}

test('who sends a paper learns what to mind, and the bytes are kept as they came', async () => {
  const picture = madeJpeg({ place: true, serial: '4711' });
  const kept = await send('现场.jpg', picture);
  expect(kept).toMatchObject({ mediaType: 'image/jpeg', size: picture.length, sha256: sha256(picture) });
  expect(kept.warnings).toEqual([
    { code: 'location', text: FILE_WARNINGS.location },
    { code: 'person', text: FILE_WARNINGS.person },
  ]);
  expect((await readFile(t.platform.files.pathOf(kept.sha256))).equals(picture)).toBe(true);
});

test('a paper that may be useless is kept all the same', async () => {
  const pdf = madePdf({ root: '/Collection<<>>' });
  expect((await send('a.pdf', pdf)).warnings.map(({ code }) => code)).toEqual(['attachments']);
  expect((await send('b.pdf', pdf.subarray(0, -20))).warnings.map(({ code }) => code)).toEqual(['damaged']);
});

test('of what there is nothing to say, nothing is said', async () => {
  expect((await send('a.txt', Buffer.from('身份证明'))).warnings).toEqual([]);
  expect((await send('a.pdf', madePdf())).warnings).toEqual([]);
});

test('what cannot be read at all is unchecked, and fails nothing', async () => {
  const gone = { sha256: '0'.repeat(64), mediaType: 'application/pdf' };
  expect(await paperWarnings(t.platform, gone)).toEqual([
    { code: 'unchecked', text: FILE_WARNINGS.unchecked },
  ]);
});
