import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { canonicalJson, sha256 } from '#kernel/ids';
import { readZip } from '#kernel/office/zip';
import type { TestPlatform } from '#kernel/testing/platform';
import * as contract from '../contract.ts';
import { act, asked, type Headers, matterPlatform, OFFICE, ok } from './helpers.ts';

let t: TestPlatform;
let officer: Headers;
let dir: string;
beforeAll(async () => {
  t = await matterPlatform();
  dir = mkdtempSync(join(tmpdir(), 'zc-dossier-'));
});
afterAll(async () => {
  rmSync(dir, { recursive: true, force: true });
  await t.close();
});
beforeEach(async () => {
  await t.clean();
  await t.load();
  officer = await t.as('case-officer', OFFICE);
});

const get = (number: string, headers: Headers) =>
  t.app.inject({ url: `/api/matters/${encodeURIComponent(number)}/dossier`, headers });

/** The dossier of a matter with a made document and a struck paper, laid out in a folder. */
async function unpacked(): Promise<string> {
  const matter = await asked(t);
  const body = { version: 1, reason: '传错了' };
  const params = { number: matter.number, no: 1 };
  const struck = ok(await t.call(contract.strikePaper, { params, body }, officer));
  const papers = [{ what: 'correction-notice', file: null, text: '请补正。' }];
  ok(await act(t, struck, 'ask-correction', officer, { papers }));
  const answer = await get(matter.number, officer);
  expect(answer.headers['content-type']).toBe('application/zip');
  const folder = mkdtempSync(join(dir, 'x-'));
  for (const [path, bytes] of await readZip(answer.rawPayload)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

const run = (folder: string, command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }).toString();
const signed = (folder: string) =>
  run(
    folder,
    'openssl',
    ...['pkeyutl', '-verify', '-pubin', '-inkey', 'public.pem', '-rawin', '-in', 'manifest.json'],
    ...['-sigfile', 'manifest.sig'],
  );

/** Both are there on Debian; elsewhere these tests are skipped. */
const tools = ['openssl', 'sha256sum'].every((tool) => spawnSync(tool, ['--help']).error === undefined);
const withTools = test.skipIf(!tools);

withTools('is checked offline with sha256sum and openssl, as it says itself', async () => {
  const folder = await unpacked();
  const readme = readFileSync(join(folder, '说明 README.txt'), 'utf8');
  expect(readme).toContain('sha256sum -c SHA256SUMS');
  expect(readme).toContain('openssl pkeyutl -verify -pubin -inkey public.pem -rawin -in manifest.json');
  expect(run(folder, 'sha256sum', '-c', 'SHA256SUMS').match(/: OK$/gm)).toHaveLength(2);
  expect(signed(folder)).toContain('Signature Verified Successfully');

  // The chain, by the rule that stands in the file.
  const { log } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  let before = '0'.repeat(64);
  for (const { hash, prevHash, ...entry } of log) {
    expect([prevHash, hash]).toEqual([before, sha256(`${before}\n${canonicalJson(entry)}`)]);
    before = hash;
  }
  const [answers] = JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8'));
  expect(log[0].content.answers).toBe(sha256(`${answers.salt}\n${canonicalJson(answers.answers)}`));
});

withTools('shows that something was altered', async () => {
  const folder = await unpacked();
  const manifest = join(folder, 'manifest.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('传错了', '没有错'));
  expect(() => signed(folder)).toThrow();
  const [line] = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').split('\n');
  writeFileSync(join(folder, line!.slice(66)), 'x');
  expect(() => run(folder, 'sha256sum', '-c', 'SHA256SUMS')).toThrow();
});

test('is for the office alone, and leaves its trace', async () => {
  const mine = await t.as('firm-user');
  const matter = await asked(t, { headers: mine });
  const other = await t.as('case-officer', { username: 'other', organisation: 'science' });
  expect((await get(matter.number, mine)).statusCode).toBe(403);
  expect((await get(matter.number, other)).statusCode).toBe(404);
  expect((await get(matter.number, officer)).statusCode).toBe(200);
  const { rows } = await t.platform.stores.pool.query(
    "select actor_name, object_id from audit_log where action = 'matters.dossier'",
  );
  expect(rows).toEqual([{ actor_name: 'case-officer', object_id: matter.number }]);
});
