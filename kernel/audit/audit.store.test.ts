import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rootPath } from '#kernel/paths';
import { anonymous, system } from '#kernel/policy/policy';
import type { Records } from '#kernel/records';
import { migrateRecords } from '#kernel/stores/migrate';
import fc from '#kernel/testing/property';
import { cleanRecords, testStores } from '#kernel/testing/stores';
import { type AuditEntry, audit, auditHash, verifyAudit } from './audit.ts';

let records: Records;
let pool: Awaited<ReturnType<typeof testStores>>['pool'];
const now = new Date('2019-06-30T01:02:03.456Z');

beforeAll(async () => {
  const stores = await testStores();
  pool = stores.pool;
  records = stores.records as unknown as Records;
  await migrateRecords(pool, [{ module: 'kernel', dir: rootPath('kernel/migrations') }]);
});
beforeEach(cleanRecords);
afterAll(cleanRecords);

const write = (entry: Partial<AuditEntry> = {}) =>
  records.transaction().execute((trx) =>
    audit(trx, now, {
      actor: system,
      action: 'test.act',
      objectType: 'thing',
      objectId: '1',
      ...entry,
    }),
  );

/** Changes the log as somebody with the database in their hands would. */
async function tamper(sql: string): Promise<void> {
  await pool.query('alter table audit_log disable trigger user');
  await pool.query(sql);
  await pool.query('alter table audit_log enable trigger user');
}

describe('the log', () => {
  test('is whole when it is empty', async () => {
    expect(await verifyAudit(records)).toEqual({ ok: true, rows: 0, head: '0'.repeat(64), brokenAt: null });
  });

  test('keeps one chain without gaps when many write at once, and nothing of what was rolled back', async () => {
    const broken = records.transaction().execute(async (trx) => {
      await audit(trx, now, { actor: anonymous, action: 'x', objectType: 'x', objectId: 'x' });
      throw new Error('rolled back');
    });
    await Promise.all([
      broken.catch(() => {}),
      ...Array.from({ length: 30 }, (_, n) => write({ detail: { n } })),
    ]);
    const verdict = await verifyAudit(records);
    expect(verdict).toMatchObject({ ok: true, rows: 30 });
    const rows = await records.selectFrom('auditLog').selectAll().orderBy('seq').execute();
    expect(rows.map((r) => r.seq)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    expect(new Set(rows.map((r) => (r.detail as { n: number }).n)).size).toBe(30);
    expect(verdict.head).toBe(rows.at(-1)?.hash);
  });

  test('verifies whatever was written into it, and page after page', async () => {
    const text = fc.string({ unit: 'grapheme' }).map((s) => s.replaceAll('\0', '').toWellFormed());
    // jsonb turns -0 into 0 and cannot hold NUL; neither ever comes from a call.
    const detail = fc.dictionary(
      text.filter((k) => k !== '__proto__'),
      fc.oneof(
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(text),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((d) => (d === 0 ? 0 : d)),
      ),
    );
    await fc.assert(
      fc.asyncProperty(text, text, detail, async (name, objectId, d) => {
        await write({ actor: { kind: 'user', id: 'u', name }, objectId, detail: d, requestId: null });
      }),
      { numRuns: 60 },
    );
    expect(await verifyAudit(records)).toMatchObject({ ok: true, rows: 60 });
    await records.transaction().execute(async (trx) => {
      for (let n = 0; n < 1000; n++)
        await audit(trx, now, { actor: system, action: 'a', objectType: 'o', objectId: String(n) });
    });
    expect(await verifyAudit(records)).toMatchObject({ ok: true, rows: 1060 });
  });

  test('refuses to be changed, shortened or emptied', async () => {
    await write();
    for (const sql of ["update audit_log set action = 'x'", 'delete from audit_log', 'truncate audit_log'])
      await expect(pool.query(sql)).rejects.toThrow('append-only');
  });
});

describe('whoever changes it behind the back of the platform is found out', () => {
  beforeEach(async () => {
    for (let n = 1; n <= 5; n++) await write({ objectId: String(n), detail: { n } });
  });

  test.each([
    ['the actor', "update audit_log set actor_name = 'x' where seq = 3", 3],
    ['the time', "update audit_log set at = at + interval '1 second' where seq = 2", 2],
    ['the detail', `update audit_log set detail = '{"n": 9}' where seq = 4`, 4],
    ['what was absent', "update audit_log set request_id = 'r' where seq = 1", 1],
    ['a missing entry', 'delete from audit_log where seq = 2', 3],
    ['a missing first entry', 'delete from audit_log where seq = 1', 2],
    [
      'two entries in each other’s place',
      'update audit_log set seq = case seq when 2 then -3 else -2 end where seq in (2, 3); update audit_log set seq = -seq where seq < 0',
      2,
    ],
  ])('%s', async (_, sql, brokenAt) => {
    await tamper(sql);
    expect(await verifyAudit(records)).toMatchObject({
      ok: false,
      brokenAt,
      rows: brokenAt - (sql.startsWith('delete') ? 2 : 1),
    });
  });

  test('an entry with a hash that fits its new content breaks at the next one', async () => {
    const row = await records
      .selectFrom('auditLog')
      .selectAll()
      .where('seq', '=', 3)
      .executeTakeFirstOrThrow();
    const { hash: _, ...rest } = { ...row, actorName: 'x' };
    await tamper(`update audit_log set actor_name = 'x', hash = '${auditHash(rest as never)}' where seq = 3`);
    expect(await verifyAudit(records)).toMatchObject({ ok: false, brokenAt: 4 });
  });
});
