import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CityPack } from '#kernel/city/schema';
import { codeOf } from '#kernel/testing/field-records';
import { bulkChange, getBatch, getEntry, listBatches } from '../contract.ts';
import { prepare } from '../server/batches/prepare.ts';
import { type BatchPlatform, batchPlatform, running } from './batches-platform.ts';

/** The register's counties keep the entries of their own region. */
const keptByCounties = (pack: CityPack): CityPack => ({
  ...pack,
  registers: pack.registers.map((r) => ({ ...r, keeper: { ...r.keeper, counties: 'keep' as const } })),
});

let city: BatchPlatform;
beforeAll(async () => {
  city = await batchPlatform('2021-06-30T09:00:00+08:00', keptByCounties);
});
beforeEach(async () => {
  await city.clean();
  await city.load();
});
afterAll(() => city.close());

const params = { register: 'all-types' };
const HEADS = ['名称', '统一社会信用代码', '所在县（市）区', '认定日期', '人数（人）'];
const line = (n: number, region = '东渡区') => [`联盟${n}`, codeOf(n), region, '2019-06-30', n];
const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => line(from + i));
const counts = (rows: number, added: number, changed: number, unchanged: number, rejected: number) => ({
  rows,
  added,
  changed,
  unchanged,
  rejected,
});
const entry = async (no: string) =>
  (await city.call(getEntry, { params: { ...params, no } }, await city.office())).body;
const bring = async (rows: (string | number)[][], state = 'published') =>
  city.write((await city.ready('a.csv', await city.csv(HEADS, rows), { state })).id);

describe('a bulk change', () => {
  const bulk = async (body: Parameters<typeof city.call<typeof bulkChange>>[1]['body']) => {
    const answer = await city.call(bulkChange, { params, body }, await city.office());
    if (answer.status === 200) await prepare(city.platform, answer.body.id, running);
    return answer;
  };

  it('sets fields of chosen entries, with preview', async () => {
    await bring(lines(1, 3));
    const { body } = await bulk({
      select: { nos: ['qb-0001', 'QB-0003', 'QB-0099'] },
      change: { set: { level: '省级', staff: null }, mode: 'correct' },
      reason: '统一更正',
    });
    const batch = await city.look(body.id);
    expect(batch).toMatchObject({
      kind: 'bulk',
      file: null,
      state: 'ready',
      summary: '将“级别”设为“省级”；清空“人数”',
      counts: counts(3, 0, 2, 0, 1),
    });
    expect((await city.rows(body.id))[0]!.diff).toEqual([
      { key: 'level', label: '级别', before: '', after: '省级' },
      { key: 'staff', label: '人数', before: '1 人', after: '' },
    ]);
    await city.write(body.id);
    expect((await entry('QB-0003')).data).toMatchObject({ level: 'province' });
    expect((await entry('QB-0002')).version).toBe(1);
  });

  it('takes a step with what the list shows', async () => {
    await bring([...lines(1, 2), line(3, '西屏县')], 'verified');
    const { body } = await bulk({ select: { query: 'region=east&sort=no' }, change: { action: 'publish' } });
    expect((await city.rows(body.id)).map((r) => [r.no, r.diff])).toEqual([
      ['QB-0001', [{ key: 'state', label: '状态', before: '已核实', after: '已公布' }]],
      ['QB-0002', [{ key: 'state', label: '状态', before: '已核实', after: '已公布' }]],
    ]);
    await city.write(body.id);
    expect([(await entry('QB-0001')).state, (await entry('QB-0003')).state]).toEqual([
      'published',
      'verified',
    ]);
    const again = await bulk({ select: { nos: ['QB-0001', 'QB-0003'] }, change: { action: 'publish' } });
    expect((await city.look(again.body.id)).counts).toEqual(counts(2, 0, 1, 1, 0));
  });

  it('says at once what is wrong for every entry', async () => {
    const select = { nos: ['QB-0001'] };
    for (const [change, code] of [
      [{ set: { level: 'moon' }, mode: 'correct' }, 'registers_invalid'],
      [{ set: { nothing: 1 }, mode: 'correct' }, 'registers_invalid'],
      [{ set: { name: null }, mode: 'correct' }, 'registers_invalid'],
      [{ set: {}, mode: 'correct' }, 'registers_invalid'],
      [{ set: { level: 'city' }, mode: 'change' }, 'registers_needs_day'],
      [{ action: 'remove' }, 'registers_needs_reason'],
      [{ action: 'expire' }, 'registers_needs_day'],
    ] as const)
      expect((await bulk({ select, change: change as never })).body).toMatchObject({ code });
    expect((await bulk({ select: { query: 'state=moon' }, change: { action: 'publish' } })).status).toBe(400);
  });
});

describe('a keeper of one region', () => {
  it('writes entries of that region alone, and sees no batches of others', async () => {
    const others = await city.ready('a.csv', await city.csv(HEADS, lines(1, 1)));
    await city.write(others.id);
    const county = await city.as('county-officer', { organisation: 'gov-west', region: 'west' });
    const rows = [line(1, '西屏县'), line(2, '西屏县'), line(3)];
    const { status, body } = await city.send(
      'b.csv',
      await city.csv(HEADS, rows),
      { state: 'published' },
      county,
    );
    expect(status).toBe(200);
    await prepare(city.platform, body.id, running);
    const planned = await city.rows(body.id);
    expect(planned.map((r) => [r.kind, r.issues.map((i) => i.message)])).toEqual([
      ['rejected', ['当前账号不能写入这个地区的条目，请联系管理部门']],
      ['added', []],
      ['rejected', ['当前账号不能写入这个地区的条目，请联系管理部门']],
    ]);
    expect((await city.call(getBatch, { params: { id: body.id } }, county)).status).toBe(200);
    expect((await city.call(getBatch, { params: { id: others.id } }, county)).status).toBe(404);
    expect((await city.call(listBatches, { params }, county)).body.batches.map((b) => b.id)).toEqual([
      body.id,
    ]);
    expect((await city.call(listBatches, { params }, await city.office())).body.batches).toHaveLength(2);
  });
});
