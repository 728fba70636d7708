import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#kernel/audit/audit';
import type { PatentImport } from '../contract.ts';
import { knownSource } from '../server/imports/source-rows.ts';
import { withPatents } from '../server/tables.ts';
import { jsonl, type PatentPlatform, patentPlatform } from './helpers.ts';

let t: PatentPlatform;
beforeAll(async () => {
  t = await patentPlatform();
});
beforeEach(() => t.clean());
afterAll(() => t?.close());

const record = (n: number) => ({
  publicationNumber: `CN1${String(n).padStart(8, '0')}B`,
  title: `一种装置${n}`,
});
const total = async () => (await t.app.inject({ url: '/api/patents?size=1' })).json().total as number;

describe('an import', () => {
  const many = (count: number) => jsonl(Array.from({ length: count }, (_, i) => record(i)));
  const begin = async (bytes: string) =>
    ((await t.send('/api/patents/imports', { name: 'x.jsonl', bytes })).body as PatentImport).id;
  const act = async (id: string, action: string) => {
    const headers = await t.as('data-officer');
    const raw = await t.app.inject({ method: 'POST', url: `/api/patents/imports/${id}/${action}`, headers });
    return { status: raw.statusCode, body: raw.json() };
  };

  test('pauses after its batch, goes on where it stopped, and ends with the same counts', async () => {
    const id = await begin(many(200));
    await t.run(id, {
      batchRows: 20,
      afterWrite: async (batch) => {
        if (batch === 3)
          expect((await act(id, 'pause')).body).toMatchObject({ state: 'running', requested: 'pause' });
      },
    });
    const paused = await t.look(id);
    expect(paused).toMatchObject({
      state: 'paused',
      requested: null,
      abilities: { resume: true, pause: false },
    });
    expect(paused.counts.read).toBeGreaterThanOrEqual(60);
    expect(paused.counts.read).toBeLessThanOrEqual(80);
    expect(await total()).toBe(paused.counts.read);
    expect((await act(id, 'resume')).body).toMatchObject({ state: 'waiting' });
    await t.run(id, { batchRows: 20 });
    expect(await t.look(id)).toMatchObject({
      state: 'done',
      counts: { read: 200, accepted: 200, unchanged: 0 },
    });
    expect(await total()).toBe(200);
  });

  test('waits, is paused and cancelled before it began', async () => {
    const id = await begin(many(5));
    expect((await act(id, 'pause')).body.state).toBe('paused');
    await t.run(id);
    expect((await t.look(id)).counts.read).toBe(0);
    expect((await act(id, 'cancel')).body.state).toBe('cancelled');
    expect(await act(id, 'resume')).toMatchObject({ status: 409, body: { code: 'patents_import_state' } });
  });

  test('is cancelled in the middle and keeps what was written', async () => {
    const id = await begin(many(100));
    await t.run(id, {
      batchRows: 10,
      afterWrite: async (batch) => {
        if (batch === 2) await act(id, 'cancel');
      },
    });
    const gone = await t.look(id);
    expect(gone.state).toBe('cancelled');
    expect(await total()).toBe(gone.counts.accepted);
    expect(gone.counts.accepted).toBeLessThan(100);
    // What was written counts from now on: the line in the log makes boards compute anew.
    const last = await t.platform.records
      .selectFrom('auditLog')
      .select('action')
      .where('objectId', '=', id)
      .orderBy('seq', 'desc')
      .executeTakeFirst();
    expect(last?.action).toBe('patents.import.cancelled');
  });

  test('stops with the worker and is found again', async () => {
    const id = await begin(many(100));
    const context = { stopping: false };
    const afterWrite = async () => {
      context.stopping = true;
    };
    await t.run(id, { batchRows: 10, afterWrite }, context);
    expect((await t.look(id)).state).toBe('running');
    await t.imports.recover();
    expect((await t.look(id)).state).toBe('waiting');
    await t.run(id);
    expect((await t.look(id)).counts.accepted).toBe(100);
  });

  test('is not taken from a worker that still runs it', async () => {
    const id = await begin(many(20));
    await t.run(id, {
      batchRows: 10,
      afterWrite: async () => {
        await t.imports.recover();
        await t.run(id);
        expect((await t.look(id)).state).toBe('running');
      },
    });
    expect(await t.look(id)).toMatchObject({ state: 'done', counts: { read: 20, accepted: 20 } });
  });

  test('is announced and audited when it is done', async () => {
    const emitted: unknown[] = [];
    const id = await begin(many(3));
    await t.run(id, {
      events: { emit: async (_trx, event, payload) => void emitted.push([event.name, payload]) },
    });
    expect(emitted).toEqual([
      [
        'patents.import.finished',
        expect.objectContaining({ importId: id, counts: expect.objectContaining({ accepted: 3 }) }),
      ],
    ]);
    const log = await t.platform.records
      .selectFrom('auditLog')
      .select(['action', 'actorName'])
      .orderBy('seq')
      .execute();
    expect(log.map((l) => l.action)).toEqual(
      expect.arrayContaining(['patents.import.create', 'patents.import.finish']),
    );
    expect((await verifyAudit(t.platform.records)).ok).toBe(true);
  });

  test('is listed newest first, page by page', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      t.clock.set(`2026-06-30T09:0${i + 1}:00+08:00`);
      ids.push(await begin(many(1)));
    }
    const headers = await t.as('data-officer');
    const first = (await t.app.inject({ url: '/api/patents/imports?limit=2', headers })).json();
    expect(first.imports.map((i: PatentImport) => i.id)).toEqual([ids[2], ids[1]]);
    const rest = (
      await t.app.inject({ url: `/api/patents/imports?limit=2&cursor=${first.next}`, headers })
    ).json();
    expect(rest).toMatchObject({ next: null, imports: [{ id: ids[0] }] });
  });

  test('is listed by its time, whatever its id', async () => {
    const later = await begin(many(1));
    await withPatents(t.platform.records)
      .transaction()
      .execute(async (trx) =>
        trx
          .insertInto('patentImport')
          .values({
            id: 'ffffffff-ffff-8fff-bfff-ffffffffffff',
            sourceId: await knownSource(trx, 'demo'),
            fileName: 'generated',
            size: 0,
            format: 'demo',
            state: 'done',
            createdByName: '',
            createdByRole: 'system',
            createdAt: new Date('2020-01-01T00:00:00Z'),
          })
          .execute(),
      );
    const headers = await t.as('data-officer');
    const { imports } = (await t.app.inject({ url: '/api/patents/imports', headers })).json();
    const ids = imports.map((i: PatentImport) => i.id);
    expect(ids.indexOf(later)).toBeLessThan(ids.indexOf('ffffffff-ffff-8fff-bfff-ffffffffffff'));
  });

  test('is for data officers and administrators', async () => {
    const send = (headers: Record<string, string>) =>
      t.send('/api/patents/imports', { name: 'a.jsonl', bytes: many(1) }, {}, headers);
    expect((await send({})).status).toBe(401);
    expect((await send(await t.as('plan-office'))).status).toBe(403);
    expect((await send(await t.as('administrator'))).status).toBe(200);
    expect((await t.app.inject({ url: '/api/patents/imports' })).statusCode).toBe(401);
  });
});
