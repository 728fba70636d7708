import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { rootPath } from '#kernel/paths';
import fc from '#kernel/testing/property';
import { testDataDir } from '../../../kernel/testing/stores.ts';
import type { PatentImport } from '../contract.ts';
import { hashOf, merge, type PatentContent } from '../server/corpus/content.ts';
import { corpusState, live } from '../server/corpus/state.ts';
import { buildContent } from '../server/imports/build.ts';
import type { RawValue } from '../server/sources/raw.ts';
import { jsonl, type PatentPlatform, patentPlatform } from './helpers.ts';

let t: PatentPlatform;
beforeAll(async () => {
  t = await patentPlatform();
});
beforeEach(() => t.clean());
afterAll(() => t?.close());

const record = (n: number, abstract = `摘要${n}`) => ({
  publicationNumber: `CN1${String(n).padStart(8, '0')}B`,
  title: `一种装置${n}`,
  abstract,
});
const begin = async (bytes: string) => {
  const { status, body } = await t.send('/api/patents/imports', { name: 'x.jsonl', bytes });
  expect(status).toBe(200);
  return (body as PatentImport).id;
};
const rowsWhere = async (where: string) => {
  const result = await t.deps.corpus.query({
    query: `select number, abstract from patent_document where ${where} order by number`,
    format: 'JSONEachRow',
  });
  return result.json<{ number: string; abstract: string }>();
};
/** What readers see. */
const stored = async () => rowsWhere(live(await corpusState(t.deps.records)));

/** Addresses of this worker's databases on servers of one's own. */
function addresses(): Record<string, string> {
  const named = (address: string | undefined) => {
    if (!address) return undefined;
    const url = new URL(address);
    url.pathname = `/zc_test_${process.pid}`;
    return url.href;
  };
  const found = {
    TEST_DATABASE_URL: named(process.env.DATABASE_URL),
    TEST_CLICKHOUSE_URL: named(process.env.CLICKHOUSE_URL),
  };
  return Object.fromEntries(Object.entries(found).filter(([, v]) => v !== undefined)) as Record<
    string,
    string
  >;
}

async function dieAt(importId: string, batch: number, batchRows: number): Promise<string | null> {
  const script = fileURLToPath(new URL('./import-child.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', script, testDataDir, importId, String(batch), String(batchRows)],
    { cwd: rootPath(), stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...addresses() } },
  );
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return signal;
}

test('a worker killed between corpus and checkpoint loses nothing and counts nothing twice', async () => {
  await t.bring('before.jsonl', jsonl(Array.from({ length: 60 }, (_, i) => record(i))));
  // Of 200 rows: 60 known (half of them changed), 140 new, and every tenth line broken.
  const lines = Array.from({ length: 200 }, (_, i) =>
    record(i, i < 60 && i % 2 === 0 ? '改写' : undefined),
  ).flatMap((r, i) => (i % 10 === 9 ? [JSON.stringify(r), '{broken'] : [JSON.stringify(r)]));
  const id = await begin(lines.join('\n'));

  expect(await dieAt(id, 2, 25)).toBe('SIGKILL');
  const dead = await t.look(id);
  expect(dead).toMatchObject({ state: 'running', counts: { read: 25 } });
  // Rows of the batch that was not counted lie in the corpus already, and no reader sees them.
  expect((await rowsWhere("abstract = '改写'")).length).toBeGreaterThan(dead.counts.updated);
  expect((await stored()).filter((r) => r.abstract === '改写')).toHaveLength(dead.counts.updated);
  expect(await stored()).toHaveLength(60 + dead.counts.accepted);

  await t.imports.recover();
  expect((await t.look(id)).state).toBe('waiting');
  expect(await dieAt(id, 5, 25)).toBe('SIGKILL');
  expect((await t.look(id)).counts.read).toBe(100);

  await t.imports.recover();
  await t.run(id, { batchRows: 25 });
  expect(await t.look(id)).toMatchObject({
    state: 'done',
    counts: { read: 220, accepted: 140, updated: 30, unchanged: 30, rejected: 20 },
  });
  const rows = await stored();
  expect(rows).toHaveLength(200);
  expect(rows.filter((r) => r.abstract === '改写')).toHaveLength(30);
  const headers = await t.as('data-officer');
  const rejects = (await t.app.inject({ url: `/api/patents/imports/${id}/rejects`, headers })).json();
  expect(rejects.rejects).toHaveLength(20);
});

test('crashes anywhere give what one undisturbed reading gives', { timeout: 180_000 }, async () => {
  const line = fc.record({ n: fc.nat({ max: 6 }), abstract: fc.constantFrom('', '甲', '乙') });
  const script = fc.record({
    files: fc.array(fc.array(line, { minLength: 1, maxLength: 14 }), { minLength: 1, maxLength: 3 }),
    batchRows: fc.integer({ min: 1, max: 5 }),
    crashes: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(script, async ({ files, batchRows, crashes }) => {
      await t.clean();
      const model = new Map<string, PatentContent>();
      for (const file of files) {
        const records = file.map(({ n, abstract }) => record(n, abstract));
        const expected = { read: file.length, accepted: 0, updated: 0, unchanged: 0, rejected: 0 };
        for (const r of records) expected[apply(model, r)] += 1;
        const id = await begin(jsonl(records));
        const left = new Set(crashes);
        for (let round = 0; round <= crashes.length; round++) {
          await t.run(id, {
            batchRows,
            afterWrite: async (batch) => {
              if (left.delete(batch)) throw new Error('crash');
            },
          });
          const now = await t.look(id);
          if (now.state === 'done') break;
          expect(now.state).toBe('failed');
          const headers = await t.as('data-officer');
          await t.app.inject({ method: 'POST', url: `/api/patents/imports/${id}/resume`, headers });
        }
        expect(await t.look(id)).toMatchObject({ state: 'done', counts: expected });
      }
      expect((await stored()).map((r) => [r.number, r.abstract])).toEqual(
        [...model.values()].map((c) => [c.number, c.abstract]).sort(([a], [b]) => (a! < b! ? -1 : 1)),
      );
    }),
    // What failed is said at once: making it smaller takes longer than the test may.
    { numRuns: 6, endOnFailure: true },
  );
});

/** What one reading row by row would do. */
function apply(
  model: Map<string, PatentContent>,
  r: Record<string, string>,
): 'accepted' | 'updated' | 'unchanged' {
  const values = new Map(
    Object.entries(r).map(([head, text]) => [head as 'title', [{ head, text } as RawValue]]),
  );
  const built = buildContent({ values, extra: {} }, '2026-06-30');
  if (!built.ok) throw new Error('unreadable');
  const before = model.get(built.content.number);
  const after = before ? merge(before, built.content) : built.content;
  model.set(after.number, after);
  if (!before) return 'accepted';
  return hashOf(before) === hashOf(after) ? 'unchanged' : 'updated';
}

test('a store that is away for a moment costs a repetition, not the import', async () => {
  const id = await begin(jsonl(Array.from({ length: 10 }, (_, i) => record(i))));
  let times = 0;
  await t.run(id, {
    batchRows: 5,
    afterWrite: async () => {
      times += 1;
      if (times === 1) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    },
  });
  expect(await t.look(id)).toMatchObject({ state: 'done', counts: { read: 10, accepted: 10 } });
  expect(times).toBe(3);
});

test('a worker that lost its import to another one writes no more checkpoints', async () => {
  const id = await begin(jsonl(Array.from({ length: 10 }, (_, i) => record(i))));
  await t
    .run(id, {
      batchRows: 5,
      afterWrite: async (batch) => {
        if (batch === 1)
          await t.deps.records.updateTable('patentImport').set({ epoch: 99 }).where('id', '=', id).execute();
      },
    })
    .catch(() => {});
  expect(await t.look(id)).toMatchObject({ state: 'running', counts: { read: 0 } });
});
