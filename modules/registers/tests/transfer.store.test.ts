import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cellText, type TableRow } from '#kernel/tables/cells';
import { readCsv } from '#kernel/tables/csv';
import { readXlsx } from '#kernel/tables/xlsx';
import { codeOf } from '#kernel/testing/field-records';
import type { TestPlatform } from '#kernel/testing/platform';
import { createEntry, exportCsv, exportXlsx, templateXlsx } from '../contract.ts';
import { matchColumns } from '../server/transfer/heads.ts';
import { allModel } from './fields-register.ts';
import { registerPlatform } from './transfer-platform.ts';

let city: TestPlatform;
let dir: string;
beforeAll(async () => {
  city = await registerPlatform('2021-06-30T09:00:00+08:00');
  dir = await mkdtemp(path.join(os.tmpdir(), 'zc-transfer-'));
});
beforeEach(async () => {
  await city.clean();
  await city.load();
});
afterAll(async () => {
  await rm(dir, { recursive: true, force: true });
  await city.close();
});

const params = { register: 'all-types' };
const office = () => city.as('plan-office', { organisation: 'patent-office' });
const entries = [
  {
    name: '=甲联盟',
    since: '2019-06-30',
    region: 'west',
    head: '甲某',
    output: 120_050_000_000,
    code: codeOf(1),
  },
  {
    name: '乙联盟',
    since: '2020-06-30',
    region: 'east',
    members: [{ name: '@厂', paid: 5 }],
    note: '"一"\n二',
  },
];
const fill = async () => {
  const headers = await office();
  for (const data of entries) {
    const made = await city.call(createEntry, { params, body: { data, state: 'published' } }, headers);
    expect(made.status).toBe(200);
  }
};
/** Rows of an answer as texts, by head. */
const table = async (bytes: Buffer, format: 'csv' | 'xlsx', sheet?: string) => {
  const file = path.join(dir, `a.${format}`);
  await writeFile(file, bytes);
  const rows: TableRow[] = [];
  for await (const row of format === 'csv' ? readCsv(file) : readXlsx(file, sheet ? { sheet } : {}))
    rows.push(row);
  const [heads = [], ...rest] = rows.map((r) => r.cells.map(cellText));
  return { heads, rows: rest.map((cells) => Object.fromEntries(heads.map((h, i) => [h, cells[i] ?? '']))) };
};

describe('exports', () => {
  it('hold what the asker may see, in the shape that an import reads', async () => {
    await fill();
    for (const [endpoint, format] of [
      [exportCsv, 'csv'],
      [exportXlsx, 'xlsx'],
    ] as const) {
      const answer = await city.call(endpoint, { params, query: {} }, await office());
      expect(answer.status).toBe(200);
      expect(decodeURIComponent(String(answer.headers['content-disposition']))).toContain(
        `全类型清单-2021-06-30.${format}`,
      );
      const { heads, rows } = await table(answer.raw.rawPayload, format);
      expect(rows).toMatchObject([
        {
          编号: 'QB-0001',
          状态: '已公布',
          名称: "'=甲联盟",
          '所在县（市）区': '西屏县',
          负责人: '甲某',
          '产值（万元）': '120050',
          认定日期: '2019-06-30',
          有效期起: '2019-06-30',
          版本: '1',
        },
        {
          编号: 'QB-0002',
          说明: '"一"\n二',
          '成员（名称 | 统一社会信用代码 | 出资[元]；每行一个）': "'@厂 |  | 0.05",
        },
      ]);
      const unread = matchColumns(allModel, heads, { internal: true }).filter(
        (m) => m.target.kind === 'ignored',
      );
      expect(unread.map((m) => m.head)).toEqual(['状态', '人均产值（万元）', '有效期起', '有效期止']);
      const visitor = await table((await city.call(endpoint, { params, query: {} })).raw.rawPayload, format);
      expect(visitor.heads).not.toContain('负责人');
      expect(visitor.rows).toHaveLength(2);
    }
  });

  it('are narrowed like the list, and a wrong narrowing is said before anything is sent', async () => {
    await fill();
    const { rows } = await table(
      (await city.call(exportCsv, { params, query: { region: 'east' } })).raw.rawPayload,
      'csv',
    );
    expect(rows.map((r) => r.编号)).toEqual(['QB-0002']);
    for (const query of [{ filters: '{' }, { state: 'x' }])
      expect((await city.call(exportXlsx, { params, query })).status).toBe(400);
    expect((await city.call(exportCsv, { params: { register: 'none' }, query: {} })).status).toBe(404);
  });

  it('leave internal cells empty outside the region of a county officer', async () => {
    await fill();
    const officer = await city.as('county-officer', { organisation: 'gov-east', region: 'east' });
    const { heads, rows } = await table(
      (await city.call(exportCsv, { params, query: {} }, officer)).raw.rawPayload,
      'csv',
    );
    expect(heads).toContain('负责人');
    expect(rows.map((r) => r.负责人)).toEqual(['', '']);
  });
});

describe('the template', () => {
  it('has every column to fill in and explains each', async () => {
    const answer = await city.call(templateXlsx, { params }, await office());
    expect(decodeURIComponent(String(answer.headers['content-disposition']))).toContain(
      '全类型清单-模板.xlsx',
    );
    const { heads, rows } = await table(answer.raw.rawPayload, 'xlsx');
    expect(rows).toEqual([]);
    expect(
      matchColumns(allModel, heads, { internal: true }).map(({ target }) =>
        target.kind === 'field' ? target.field.key : target.kind,
      ),
    ).toEqual(['no', ...allModel.byKey.keys()]);
    const explained = (await table(answer.raw.rawPayload, 'xlsx', '填写说明')).rows;
    for (const head of heads) expect(explained.map((r) => r.列)).toContain(head);
    expect(explained.find((r) => r.列 === '名称')).toMatchObject({ 必填: '必填' });
    expect(explained.find((r) => r.列 === '级别')).toMatchObject({ 可选内容: '市级、省级' });
    expect(explained.find((r) => r.列 === '人数（人）')?.怎样填写).toContain('不小于 0，不大于 1000000');
    expect(explained.every((r) => r.怎样填写 !== '')).toBe(true);
  });
});
