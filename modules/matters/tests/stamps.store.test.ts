import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { verifyAudit } from '#kernel/audit/audit';
import { loadCityPack } from '#kernel/city/load';
import { metrics } from '#kernel/metrics';
import { readZip } from '#kernel/office/zip';
import { rootPath } from '#kernel/paths';
import { type TestPlatform, testPlatform } from '#kernel/testing/platform';
import { until } from '#kernel/testing/until';
import { organisations } from '#modules/organisations/server/index';
import { parties } from '#modules/parties/server/index';
import { registers } from '#modules/registers/server/index';
import { webhooks } from '#modules/webhooks/server/index';
import * as contract from '../contract.ts';
import { matters } from '../server/index.ts';
import { authorityOf } from '../server/stamps/ask.ts';
import { lastStamp } from '../server/stamps/shown.ts';
import { stampAll } from '../server/stamps/stamp.ts';
import { hasOpenssl, TestAuthority, Workshop } from './authority.ts';
import { act, asked, type Headers, OFFICE, ok } from './helpers.ts';

const NOW = '2026-09-21T09:00:00+08:00';

describe.skipIf(!hasOpenssl)('time stamps of matters (needs openssl)', () => {
  const authority = new TestAuthority();
  let w: Workshop;
  let t: TestPlatform;
  let officer: Headers;
  let dir: string;
  beforeAll(async () => {
    w = new Workshop();
    w.certificate('ca', 'root');
    w.certificate('tsa', 'stamps', 'ca');
    dir = mkdtempSync(join(tmpdir(), 'zc-stamps-'));
    const result = await loadCityPack(rootPath('cities', 'nantong'));
    if (!result.ok) throw new Error('the pack is broken');
    const env = { ZC_TSA_URL: await authority.open(), ZC_TSA_CA: w.path('ca.pem') };
    t = await testPlatform({
      modules: [matters, organisations, parties, registers, webhooks],
      pack: result.pack,
      now: NOW,
      env,
    });
  });
  afterAll(async () => {
    await t.close();
    await authority.close();
    w.end();
    rmSync(dir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await t.clean();
    await t.load();
    officer = await t.as('case-officer', OFFICE);
    authority.reply = (request) => w.answer(request);
    authority.came.length = 0;
  });

  const rows = async <T>(query: string) => (await t.platform.stores.pool.query(query)).rows as T[];
  const counts = async () => {
    const [row] = await rows<{ stamps: number; heads: number; open: number }>(
      `select (select count(*) from matter_stamp)::int as stamps, (select count(*) from matter_stamped)::int as heads,
              (select count(*) from matter where stamped < version)::int as open`,
    );
    return row!;
  };

  /** Has stamped what is not: OpenSSL stamps with the machine's clock, so the platform's is there meanwhile. */
  async function stamp(batch?: number): Promise<number> {
    t.clock.set(new Date().toISOString());
    try {
      return await stampAll(t.platform, authorityOf(t.config)!, {
        ...{ stopping: () => false, progress: () => {} },
        ...(batch && { batch }),
      });
    } finally {
      t.clock.set(NOW);
    }
  }

  async function unpacked(number: string): Promise<string> {
    const url = `/api/matters/${encodeURIComponent(number)}/dossier`;
    const answer = await t.app.inject({ url, headers: officer });
    const folder = mkdtempSync(join(dir, 'x-'));
    for (const [path, bytes] of await readZip(answer.rawPayload)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    return folder;
  }
  const readme = (folder: string) => readFileSync(join(folder, '说明 README.txt'), 'utf8');
  const commands = (folder: string) => readme(folder).match(/^ {3}(grep|openssl ts) .+$/gm) ?? [];
  const shell = (folder: string, command: string) => {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder });
    return { status, said: String(stdout).trim(), out: `${stdout}${stderr}` };
  };

  test('one answer stamps the heads of all matters that have grown, and none twice', async () => {
    const first = await asked(t);
    await asked(t);
    expect(await stamp()).toBe(2);
    expect(await stamp()).toBe(0);
    expect(authority.came).toHaveLength(1);
    ok(
      await act(t, first, 'ask-correction', officer, {
        papers: [{ what: 'correction-notice', file: null, text: '请补正。' }],
      }),
    );
    await asked(t);
    expect(await stamp(1)).toBe(2);
    expect(authority.came).toHaveLength(3);
    expect(await counts()).toEqual({ stamps: 3, heads: 4, open: 0 });
    const [{ id }] = (await rows<{ id: string }>(
      `select id from matter where number = '${first.number}'`,
    )) as [{ id: string }];
    expect(await lastStamp(t.platform.records, id)).toMatchObject({ seq: 2, authority: 'Test tsa' });
    const log = await t.call(contract.matterLog, { params: { number: first.number } }, officer);
    expect(log.body.stamped).toEqual({ seq: 2, at: expect.any(String), authority: 'Test tsa' });
    expect((await verifyAudit(t.platform.records)).ok).toBe(true);
    expect(
      await rows(
        "select detail->'heads' as heads from audit_log where action = 'matters.stamped' order by seq",
      ),
    ).toEqual([{ heads: 2 }, { heads: 1 }, { heads: 1 }]);
    expect(await metrics.metrics()).toMatch(/zc_matter_stamps_total\{outcome="stored"\} \d/);
  });

  test('a stranger checks the stamps of a dossier with grep and openssl, as it says itself', async () => {
    const matter = await asked(t);
    const other = await asked(t);
    expect(readme(await unpacked(matter.number))).toContain('4. 时间戳 time stamps：\n   没有');
    await stamp();
    ok(
      await act(t, matter, 'ask-correction', officer, {
        papers: [{ what: 'correction-notice', file: null, text: '请补正。' }],
      }),
    );
    await stamp();
    const folder = await unpacked(matter.number);
    const all = commands(folder);
    expect(all.map((one) => one.trim().split(' ')[0])).toEqual(['grep', 'openssl', 'grep', 'openssl']);
    for (const command of all) {
      const { status, said } = shell(folder, command);
      expect([status, said]).toEqual([0, expect.stringMatching(/^[0-9a-f]{64}$|Verification: OK$/)]);
    }
    // What was stamped is the log.
    const { log, stamps } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    expect(stamps).toHaveLength(2);
    for (const { folder: at, seq, hash } of stamps) {
      const [salt, ...rest] = readFileSync(join(folder, at, 'head.txt'), 'utf8').split('\n');
      expect(salt).toMatch(/^[0-9a-f]{32}$/);
      expect(rest).toEqual([matter.number, String(seq), log[seq - 1].hash, '']);
      expect(hash).toBe(log[seq - 1].hash);
    }
    // Of the other matter, which was stamped with it, the dossier says nothing.
    const everything = all.length > 0 ? shell(folder, 'cat manifest.json stamps/*/*').out : '';
    expect(everything).toContain(matter.number);
    expect(everything).not.toContain(other.number);

    // Whatever is altered shows.
    const [grep, verify] = all as [string, string];
    writeFileSync(join(folder, 'stamps/001/head.txt'), `0\n${matter.number}\n1\n${log[0].hash}\n`);
    expect(shell(folder, grep).status).not.toBe(0);
    const list = join(folder, 'stamps/001/list.txt');
    writeFileSync(
      list,
      readFileSync(list, 'utf8').replace(/^./, (c) => (c === '0' ? '1' : '0')),
    );
    expect(shell(folder, verify).out).toContain('Verification: FAILED');
  });

  test('an authority that fails blocks nothing and leaves nothing; it is asked again', async () => {
    const matter = await asked(t);
    const good = w.answer(w.request('00'.repeat(32)));
    for (const reply of [
      { status: 500 },
      Buffer.from('nonsense'),
      // What was stamped for somebody else.
      good,
    ]) {
      authority.reply = () => reply;
      await expect(stamp()).rejects.toMatchObject({
        code: expect.stringMatching(/^matters_stamp_(unreachable|refused)$/),
      });
    }
    w.certificate('stranger', 'root');
    w.certificate('false', 'stamps', 'stranger');
    authority.reply = (request) => w.answer(request, 'false');
    await expect(stamp()).rejects.toMatchObject({ params: { reason: 'chain' } });
    // This machine's clock is off.
    authority.reply = (request) => w.answer(request);
    await expect(stampAll(t.platform, authorityOf(t.config)!)).rejects.toMatchObject({
      params: { reason: 'time' },
    });
    expect(await counts()).toEqual({ stamps: 0, heads: 0, open: 1 });
    ok(
      await act(t, matter, 'ask-correction', officer, {
        papers: [{ what: 'correction-notice', file: null, text: '请补正。' }],
      }),
    );
    expect(await stamp()).toBe(1);
    expect(await counts()).toEqual({ stamps: 1, heads: 1, open: 0 });
    expect(await metrics.metrics()).toMatch(/zc_matter_stamps_total\{outcome="failed"\} \d/);
  });

  test('what was answered and not stored is asked again', async () => {
    await asked(t);
    // Storing breaks off in its last line, as if the process ended there.
    await rows("alter table audit_log add constraint broken check (action <> 'matters.stamped') not valid");
    try {
      await expect(stamp()).rejects.toThrow(/broken/);
      expect(await counts()).toEqual({ stamps: 0, heads: 0, open: 1 });
    } finally {
      await rows('alter table audit_log drop constraint broken');
    }
    expect(await stamp()).toBe(1);
    expect(authority.came).toHaveLength(2);
  });

  test('a step that is taken while the authority thinks is stamped the next time', async () => {
    const matter = await asked(t);
    const { ask, ...rest } = authorityOf(t.config)!;
    t.clock.set(new Date().toISOString());
    await stampAll(t.platform, {
      ...rest,
      ask: async (request) => {
        t.clock.set(NOW);
        ok(
          await act(t, matter, 'ask-correction', officer, {
            papers: [{ what: 'correction-notice', file: null, text: '请补正。' }],
          }),
        );
        t.clock.set(new Date().toISOString());
        return ask(request);
      },
    });
    t.clock.set(NOW);
    expect(await counts()).toEqual({ stamps: 1, heads: 1, open: 1 });
    expect(await stamp()).toBe(1);
    expect(await rows('select seq from matter_stamped order by seq')).toEqual([{ seq: 1 }, { seq: 2 }]);
  });

  test('stamps are never altered', async () => {
    await asked(t);
    await stamp();
    for (const query of [
      'delete from matter_stamped',
      "update matter_stamp set authority = 'x'",
      'delete from matter_stamp',
    ])
      await expect(rows(query)).rejects.toThrow(/append-only/);
  });

  test('the job stamps, and says why it could not', async () => {
    await asked(t);
    authority.reply = () => ({ status: 500 });
    t.clock.set(new Date().toISOString());
    await t.platform.jobs.work();
    const send = () =>
      t.platform.jobs.send({ name: 'matters.stamp', schema: z.object({}), run: async () => {} }, {});
    const state = async (id: string | null) =>
      (
        await rows<{ state: string; error: string | null }>(
          `select state, error from job_run where id = '${id}'`,
        )
      )[0];
    const failing = await send();
    const failed = await until('the failure', async () => {
      const run = await state(failing);
      return run?.error ? run : undefined;
    });
    // It waits for its next try.
    expect(failed).toEqual({ state: 'waiting', error: expect.stringContaining('HTTP 500') });
    expect(await counts()).toMatchObject({ stamps: 0 });
    authority.reply = (request) => w.answer(request);
    const working = await send();
    await until('the stamp', async () => (await state(working))?.state === 'done' || undefined);
    expect(await counts()).toEqual({ stamps: 1, heads: 1, open: 0 });
    t.clock.set(NOW);
  });
});
