import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '#kernel/testing/field-records';
import { actOnEntry, batchRejects, changeEntry, createEntry } from '../contract.ts';
import {
  type BatchPlatform,
  batchPlatform,
  counts,
  HEADS,
  handsOn,
  line,
  lines,
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

const { params, exported, table, entry, total, bring } = handsOn(() => city);

describe('rows are refused', () => {
  it('that are there twice in the file, by number, code or name', async () => {
    await bring(lines(1, 1));
    const rows = [line(1, { 4: 5 }), line(2), line(2, { 0: '另名' }), line(1, { 4: 7 })];
    const batch = await city.ready('a.csv', await city.csv(HEADS, rows));
    expect(batch.counts).toEqual(counts(4, 1, 1, 0, 2));
    const refused = (await city.rows(batch.id)).filter((r) => r.kind === 'rejected');
    expect(refused.map((r) => [r.row, r.issues[0]!.message])).toEqual([
      [4, '与第 3 行是同一条目，请只保留一行'],
      [5, '与第 2 行是同一条目，请只保留一行'],
    ]);
  });

  it('that name an entry which is not there, was removed, or whose key another one has', async () => {
    await bring(lines(1, 3));
    const act = { version: 1, action: 'remove' as const, void: true, reason: '误录' };
    await city.call(actOnEntry, { params: { ...params, no: 'QB-0003' }, body: act }, await city.office());
    const rows = [
      ['QB-0099', ...line(9)],
      ['QB-0003', ...line(3, { 4: 9 })],
      ['QB-0001', ...line(1, { 1: codeOf(2) })],
    ];
    const batch = await city.ready('a.csv', await city.csv(['编号', ...HEADS], rows));
    expect(batch.counts.rejected).toBe(3);
    const messages = (await city.rows(batch.id)).map((r) => r.issues[0]!.message);
    expect(messages[0]).toContain('没有编号为 QB-0099 的条目');
    expect(messages[1]).toContain('已移出');
    expect(messages[2]).toContain('QB-0002 联盟2 已有相同的识别信息');
  });

  it('whose entry somebody changed after the export, with what they would take back', async () => {
    await bring(lines(1, 2));
    const text = (await exported('csv')).toString();
    const body = {
      version: 1,
      mode: 'correct' as const,
      data: { ...(await entry('QB-0001')).data, staff: 77 },
    };
    await city.call(changeEntry, { params: { ...params, no: 'QB-0001' }, body }, await city.office());
    const batch = await city.ready('a.csv', text);
    expect(batch.counts).toEqual(counts(2, 0, 0, 1, 1));
    const [row] = await city.rows(batch.id);
    expect(row).toMatchObject({ kind: 'rejected', diff: [{ key: 'staff', before: '77 人', after: '1 人' }] });
    expect(row!.issues[0]!.message).toContain('plan-office 于 2021-06-30 09:00 修改过');
  });

  it('whose entry somebody changed between looking and writing, and whose key appeared meanwhile', async () => {
    await bring(lines(1, 2));
    const batch = await city.ready(
      'a.csv',
      await city.csv(HEADS, [line(1, { 4: 8 }), line(2, { 4: 9 }), line(3), line(4)]),
    );
    const body = {
      version: 1,
      mode: 'correct' as const,
      data: { ...(await entry('QB-0001')).data, staff: 77 },
    };
    await city.call(changeEntry, { params: { ...params, no: 'QB-0001' }, body }, await city.office());
    const data = { name: '先到', code: codeOf(3), since: '2019-01-01' };
    await city.call(createEntry, { params, body: { data, state: 'published' } }, await city.office());
    const done = await city.write(batch.id);
    expect(done).toMatchObject({
      state: 'done',
      counts: counts(4, 1, 1, 0, 2),
      progress: { done: 4, total: 4 },
    });
    const rows = await city.rows(batch.id);
    expect(rows.map((r) => [r.kind, r.applied])).toEqual([
      ['rejected', false],
      ['changed', true],
      ['rejected', false],
      ['added', true],
    ]);
    expect(rows[0]!.issues[0]!.message).toContain('plan-office已于2021-06-30 09:00修改了这一条目（第 2 版）');
    expect(rows[2]!.issues[0]!.message).toContain('先到');
    expect((await entry('QB-0001')).data.staff).toBe(77);
  });

  it('whose references would lead back to themselves', async () => {
    await bring(lines(1, 3));
    const rows = [
      ['QB-0001', 'QB-0002 联盟2'],
      ['QB-0002', '联盟3'],
      ['QB-0003', 'qb-0001'],
    ];
    const batch = await city.ready('a.csv', await city.csv(['编号', '上级'], rows));
    expect(batch.counts).toEqual(counts(3, 0, 3, 0, 0));
    const done = await city.write(batch.id);
    expect(done.counts).toEqual(counts(3, 0, 2, 0, 1));
    expect((await city.rows(batch.id))[2]!.issues[0]!.message).toContain('形成循环');
    const missing = await city.ready('b.csv', await city.csv(['编号', '上级'], [['QB-0001', 'QB-0099']]));
    expect((await city.rows(missing.id))[0]!.issues[0]!.message).toContain('找不到“QB-0099”');
  });

  it('of two files at once: each entry is taken once', async () => {
    const bytes = await city.csv(HEADS, lines(1, 5));
    const [a, b] = [await city.ready('a.csv', bytes), await city.ready('b.csv', bytes)];
    expect(b.notes.join()).toContain('尚未写入完毕');
    const [x, y] = await Promise.all([city.write(a.id), city.write(b.id)]);
    expect(await total()).toBe(5);
    expect(x.counts.added + y.counts.added).toBe(5);
    expect(x.counts.rejected + y.counts.rejected).toBe(5);
    const again = await city.ready('a.csv', bytes);
    expect(again.counts).toEqual(counts(5, 0, 0, 5, 0));
    expect(again.notes).toHaveLength(2);
    expect(again.notes[0]).toContain('导入过同一文件');
  });

  it('and come back as a workbook that can be mended and imported', async () => {
    const bad = [line(1, { 3: '2019-02-30' }), line(2), line(3, { 4: -1, 2: '亚特兰蒂斯' })];
    const batch = await city.ready(
      'a.csv',
      await city.csv(
        [...HEADS, '备注'],
        bad.map((r) => [...r, '=x']),
      ),
    );
    expect(batch.notes.join()).toContain('“备注”');
    const bytes = (await city.call(batchRejects, { params: { id: batch.id } }, await city.office())).raw
      .rawPayload;
    const [heads, ...rows] = await table(bytes);
    expect(heads).toEqual([...HEADS, '备注', '退回原因']);
    expect(rows.map((r) => r.slice(0, 6))).toEqual([
      ['联盟1', codeOf(1), '东渡区', '2019-02-30', '1', "'=x"],
      ['联盟3', codeOf(3), '亚特兰蒂斯', '2019-06-30', '-1', "'=x"],
    ]);
    expect(rows[0]![6]).toContain('日历上没有这一天');
    expect(rows[1]![6]).toMatch(/亚特兰蒂斯[\s\S]*人数/);
    const again = await city.ready('b.xlsx', bytes);
    expect(again.counts).toEqual(counts(2, 0, 0, 0, 2));
    expect(again.notes.join()).not.toContain('退回原因');
  });
});
