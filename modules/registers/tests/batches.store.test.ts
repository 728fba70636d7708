import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '#kernel/testing/field-records';
import {
  applyBatch,
  cancelBatch,
  createEntry,
  entryHistory,
  getBatch,
  listBatches,
  listBatchRows,
} from '../contract.ts';
import { apply } from '../server/batches/apply.ts';
import { prepare } from '../server/batches/prepare.ts';
import {
  type BatchPlatform,
  batchPlatform,
  counts,
  HEADS,
  handsOn,
  line,
  lines,
  running,
} from './batches-platform.ts';

let city: BatchPlatform;
beforeAll(async () => {
  city = await batchPlatform();
});
beforeEach(async () => {
  await city.clean();
  await city.load();
});
afterAll(() => city.close());

const { params, exported, entry, total, bring } = handsOn(() => city);

describe('an import', () => {
  it('is looked at before anything is written, then written', async () => {
    const batch = await city.ready(
      '清单.csv',
      await city.csv(HEADS, [...lines(1, 3), line(4, { 1: codeOf(4).slice(0, 17) })]),
    );
    expect(batch).toMatchObject({
      state: 'ready',
      file: { name: '清单.csv', sheet: null },
      counts: counts(4, 3, 0, 0, 1),
      progress: { done: 4, total: 4 },
      abilities: { apply: true, cancel: true },
      notes: [],
    });
    expect(batch.columns.map((c) => c.field)).toEqual(['name', 'code', 'region', 'since', 'staff']);
    expect(await total()).toBe(0);
    const rows = await city.rows(batch.id);
    expect(rows[0]).toMatchObject({
      row: 2,
      kind: 'added',
      title: '联盟1',
      no: null,
      applied: false,
      issues: [],
    });
    expect(rows[0]!.diff).toContainEqual({
      key: 'region',
      label: '所在县（市）区',
      before: '',
      after: '东渡区',
    });
    expect(rows[3]).toMatchObject({ row: 5, kind: 'rejected', issues: [{ field: '统一社会信用代码' }] });
    expect(rows[3]!.issues[0]!.message).toContain('18 位');

    const done = await city.write(batch.id);
    expect(done).toMatchObject({
      state: 'done',
      counts: counts(4, 3, 0, 0, 1),
      progress: { done: 3, total: 3 },
    });
    expect(done.finishedAt).not.toBeNull();
    expect(await total()).toBe(3);
    expect((await city.rows(batch.id))[0]).toMatchObject({ no: 'QB-0001', applied: true });
    expect(await entry('QB-0002')).toMatchObject({
      title: '联盟2',
      state: 'published',
      data: { code: codeOf(2), region: 'east', since: '2019-06-30', staff: 2 },
    });
    const { changes } = (
      await city.call(entryHistory, { params: { ...params, no: 'QB-0002' } }, await city.office())
    ).body;
    expect(changes).toMatchObject([{ action: 'create', batch: batch.id }]);
  });

  it('of what was exported changes nothing; edited cells alone are changed', async () => {
    await bring(lines(1, 3));
    const members = [{ name: '=甲厂', paid: 5 }, { name: '乙|厂' }];
    const data = {
      name: "'=联盟",
      since: '2018-01-01',
      note: '一\n"二"',
      members,
      tags: ['甲、乙'],
      parent: 'QB-0001',
    };
    await city.call(createEntry, { params, body: { data, state: 'published' } }, await city.office());
    for (const format of ['csv', 'xlsx'] as const) {
      const same = await city.ready(`a.${format}`, await exported(format));
      expect(same.counts).toEqual(counts(4, 0, 0, 4, 0));
      expect(same.notes).toContain('所有行都与现有内容相同，没有需要写入的');
      expect(same.abilities.apply).toBe(false);
    }
    const text = (await exported('csv')).toString().replace('联盟2', '联盟二');
    const edited = await city.ready('b.csv', text);
    expect(edited.counts).toEqual(counts(4, 0, 1, 3, 0));
    const changed = (await city.rows(edited.id)).find((r) => r.kind === 'changed');
    expect(changed).toMatchObject({
      no: 'QB-0002',
      diff: [{ key: 'name', label: '名称', before: '联盟2', after: '联盟二' }],
    });
    await city.write(edited.id);
    expect(await entry('QB-0002')).toMatchObject({ title: '联盟二', version: 2, data: { staff: 2 } });
  });

  it('leaves fields without a column as they are, and empties cells that are empty', async () => {
    await bring(lines(1, 2));
    const batch = await city.ready(
      'a.csv',
      await city.csv(
        ['编号', '人数'],
        [
          ['QB-0001', 9],
          ['QB-0002', ''],
        ],
      ),
    );
    expect(batch.counts).toEqual(counts(2, 0, 2, 0, 0));
    await city.write(batch.id);
    expect((await entry('QB-0001')).data).toMatchObject({ name: '联盟1', code: codeOf(1), staff: 9 });
    expect((await entry('QB-0002')).data).not.toHaveProperty('staff');
  });

  it('finds entries by what tells them apart, also where they lacked the first of it', async () => {
    await bring([['联盟1', null, '东渡区', '2019-06-30', 1], line(2)]);
    const batch = await city.ready(
      'a.csv',
      await city.csv(HEADS, [line(1, { 4: 5 }), line(2, { 0: '新名' })]),
    );
    expect((await city.rows(batch.id)).map((r) => [r.no, r.kind, r.diff.map((d) => d.key)])).toEqual([
      ['QB-0001', 'changed', ['code', 'staff']],
      ['QB-0002', 'changed', ['name']],
    ]);
  });

  it('from a day on lets the old content stand before it', async () => {
    await bring(lines(1, 1));
    const fields = { mode: 'change', from: '2020-01-01', state: 'published' };
    const batch = await city.ready('a.csv', await city.csv(HEADS, [line(1, { 4: 50 })]), fields);
    expect(batch).toMatchObject({
      mode: 'change',
      from: '2020-01-01',
      summary: expect.stringContaining('2020-01-01'),
    });
    await city.write(batch.id);
    expect((await entry('QB-0001')).segments).toMatchObject([
      { validTo: '2019-12-31', data: { staff: 1 } },
      { validFrom: '2020-01-01', data: { staff: 50 } },
    ]);
    expect((await city.send('a.csv', 'x', { mode: 'change' })).body.code).toBe('registers_needs_day');
  });
});

describe('a batch', () => {
  it('goes on after its worker ended, and nothing is written twice', async () => {
    const batch = await city.ready('a.csv', await city.csv(HEADS, lines(1, 2100)));
    const answer = await city.call(applyBatch, { params: { id: batch.id } }, await city.office());
    expect(answer.body).toMatchObject({ state: 'applying', progress: { done: 0, total: 2100 } });
    let stopping = false;
    const ending = {
      ...running,
      get stopping() {
        return stopping;
      },
      progress: () => {
        stopping = true;
      },
    };
    await apply(city.platform, batch.id, ending);
    expect(await city.look(batch.id)).toMatchObject({
      state: 'applying',
      progress: { done: 1000, total: 2100 },
      abilities: { apply: false, cancel: false },
    });
    expect(await total()).toBe(1000);
    await Promise.all([1, 2].map(() => apply(city.platform, batch.id, running)));
    expect(await city.look(batch.id)).toMatchObject({
      state: 'done',
      progress: { done: 2100, total: 2100 },
      counts: counts(2100, 2100, 0, 0, 0),
    });
    expect(await total()).toBe(2100);
  });

  /** An import of which 1,000 rows of 1,100 were written when it failed. */
  async function halfWritten() {
    const bytes = await city.csv(HEADS, lines(1, 1100));
    const { id } = await city.ready('a.csv', bytes);
    await city.call(applyBatch, { params: { id } }, await city.office());
    const progress = () => {
      throw new Error('no more');
    };
    await expect(apply(city.platform, id, { ...running, progress })).rejects.toThrow('no more');
    return { id, bytes };
  }

  it('keeps what was written when it fails, and the same file does the rest', async () => {
    const { id, bytes } = await halfWritten();
    const failed = await city.look(id);
    expect(failed).toMatchObject({ state: 'failed', progress: { done: 1000, total: 1100 } });
    expect(failed.error).toContain('已做的部分有效');
    const again = await city.ready('a.csv', bytes);
    expect(again.counts).toEqual(counts(1100, 100, 0, 1000, 0));
  });

  it('that failed on the way goes on with the rows that are left', async () => {
    const { id } = await halfWritten();
    expect((await city.look(id)).abilities.apply).toBe(true);
    const { body: begun } = await city.call(applyBatch, { params: { id } }, await city.office());
    expect(begun).toMatchObject({ state: 'applying', error: null, progress: { done: 1000, total: 1100 } });
    await apply(city.platform, id, running);
    expect(await city.look(id)).toMatchObject({
      state: 'done',
      progress: { done: 1100, total: 1100 },
      counts: counts(1100, 1100, 0, 0, 0),
      abilities: { apply: false },
    });
    expect(await total()).toBe(1100);
  });

  it('is prepared anew where a run ended half-way', async () => {
    const { body } = await city.send('a.csv', await city.csv(HEADS, lines(1, 1500)));
    let pieces = 0;
    const dying = {
      ...running,
      progress: () => {
        pieces += 1;
        throw new Error('killed');
      },
    };
    await expect(prepare(city.platform, body.id, dying)).rejects.toThrow('killed');
    expect(pieces).toBe(1);
    const stopping = {
      ...running,
      get stopping() {
        return true;
      },
    };
    const second = (await city.send('b.csv', await city.csv(HEADS, lines(1, 1500)))).body;
    await prepare(city.platform, second.id, stopping);
    expect(await city.look(second.id)).toMatchObject({ state: 'preparing' });
    await prepare(city.platform, second.id, running);
    expect(await city.look(second.id)).toMatchObject({ state: 'ready', counts: counts(1500, 1500, 0, 0, 0) });
  });

  it('is written with the rights that its keeper has then', async () => {
    const batch = await city.ready('a.csv', await city.csv(HEADS, lines(1, 2)));
    await city.call(applyBatch, { params: { id: batch.id } }, await city.office());
    const { records, auth } = city.platform;
    const account = await auth.findAccountByUsername('plan-office');
    await records.deleteFrom('accountGrant').where('userId', '=', account!.id).execute();
    await apply(city.platform, batch.id, running);
    const rows = await records
      .selectFrom('registerBatchRow' as never)
      .selectAll()
      .execute();
    expect(rows).toMatchObject([
      { kind: 'rejected', applied: false },
      { kind: 'rejected', applied: false },
    ]);
    expect(rows[0]).toMatchObject({ issues: [{ message: { zh: expect.stringContaining('不能新增') } }] });
  });

  it('is thrown away once, and not applied after that', async () => {
    const batch = await city.ready('a.csv', await city.csv(HEADS, lines(1, 1)));
    const office = await city.office();
    expect((await city.call(cancelBatch, { params: { id: batch.id } }, office)).body.state).toBe('cancelled');
    expect((await city.call(cancelBatch, { params: { id: batch.id } }, office)).status).toBe(409);
    await expect(city.write(batch.id)).rejects.toThrow('registers_batch_state');
    await apply(city.platform, batch.id, running);
    expect(await total()).toBe(0);
  });

  it('belongs to those who keep the register', async () => {
    const bytes = await city.csv(HEADS, lines(1, 1));
    const batch = await city.ready('a.csv', bytes);
    const county = await city.as('county-officer', { organisation: 'gov-east', region: 'east' });
    expect((await city.send('a.csv', bytes, {}, county)).status).toBe(403);
    expect((await city.send('a.csv', bytes, {}, { host: 'zc.test' })).status).toBe(401);
    for (const endpoint of [getBatch, listBatchRows, cancelBatch])
      expect(
        (await city.call(endpoint as typeof getBatch, { params: { id: batch.id } }, county)).status,
      ).toBe(403);
    expect((await city.call(listBatches, { params }, county)).status).toBe(403);
    expect((await city.call(listBatches, { params }, await city.office())).body.batches).toHaveLength(1);
  });
});
