import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '#kernel/testing/field-records';
import { workbookParts, writeZip } from '../../../kernel/testing/xlsx-file.ts';
import { getEntry } from '../contract.ts';
import { type BatchPlatform, batchPlatform } from './batches-platform.ts';

let city: BatchPlatform;
beforeAll(async () => {
  city = await batchPlatform('2021-06-30T09:00:00+08:00', (pack) => {
    const sourced = { source: 'yearbook', verified: true };
    const ended = {
      id: 'quay',
      kind: 'county' as const,
      parent: 'yunzhou',
      names: [{ zh: '北港区', en: 'Beigang District', from: null, to: '2020-07-31', ...sourced }],
      codes: [{ code: '990103', system: 'gb2260' as const, from: null, to: '2020-07-31', ...sourced }],
      successors: [{ to: 'east', from: '2020-08-01', kind: 'merged' as const, ...sourced }],
      addressKeywords: [],
    };
    return { ...pack, regions: [...pack.regions, ended] };
  });
});
beforeEach(async () => {
  await city.clean();
  await city.load();
});
afterAll(() => city.close());

type Cell = string | number | { xml: string } | null;
const column = (i: number) => String.fromCharCode(65 + i);
const row = (n: number, cells: Cell[], attributes = '') =>
  `<row r="${n}" ${attributes}>${cells
    .map((cell, i) => {
      const ref = `${column(i)}${n}`;
      if (cell === null) return '';
      if (typeof cell === 'object') return cell.xml.replace('<c', `<c r="${ref}"`);
      if (typeof cell === 'number') return `<c r="${ref}"><v>${cell}</v></c>`;
      return `<c r="${ref}" t="inlineStr"><is><t xml:space="preserve">${cell}</t></is></c>`;
    })
    .join('')}</row>`;
const STYLES = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>';
const date = (serial: number) => ({ xml: `<c s="1"><v>${serial}</v></c>` });
const formula = (f: string, value: string, type = '') => ({
  xml: `<c ${type}><f>${f}</f><v>${value}</v></c>`,
});
async function workbook(
  rows: string[],
  more: { merged?: string[]; properties?: string } = {},
): Promise<Buffer> {
  const merges = (more.merged ?? []).map((ref) => `<mergeCell ref="${ref}"/>`).join('');
  const xml = `<sheetData>${rows.join('')}</sheetData>${merges && `<mergeCells>${merges}</mergeCells>`}`;
  const file = path.join(city.dir, 'made.xlsx');
  await writeZip(
    file,
    workbookParts({
      sheets: [{ name: '清单', xml }],
      styles: STYLES,
      ...(more.properties && { properties: more.properties }),
    }),
  );
  return readFile(file);
}
const HEADS = ['名称', '认定日期', '人数', '所在县（市）区', '统一社会信用代码'];
const entry = async (no: string) =>
  (await city.call(getEntry, { params: { register: 'all-types', no } }, await city.office())).body;
/** The stored contents of an imported workbook. */
const bring = async (bytes: Buffer) => {
  const ready = await city.ready('a.xlsx', bytes);
  const batch = ready.abilities.apply ? await city.write(ready.id) : ready;
  const rows = await city.rows(batch.id);
  return {
    batch,
    rows,
    data: await Promise.all(
      rows.flatMap((r) => (r.no && r.applied ? [entry(r.no).then((e) => e.data)] : [])),
    ),
  };
};

describe('workbooks as people keep them', () => {
  it('have titles above, heads over two rows with merged cells, merged and hidden rows', async () => {
    const bytes = await workbook(
      [
        row(1, ['云洲市产业联盟清单']),
        row(2, ['截至 2021 年 6 月']),
        row(4, ['序号', '基本信息', null, '人数（人）', '地区']),
        row(5, [null, '名 称', '认定日期', null, '所在县(市)区']),
        row(6, [1, '甲联盟', '2019年6月30日', '１，２００ ', '东渡区']),
        row(7, [2, ' 乙联盟　', '2019/7/1', 3, null], 'hidden="1"'),
        row(8, [3, '丙联盟', '20190702', '', '西屏县']),
        row(9, [null, '', ' ']),
      ],
      { merged: ['A1:E1', 'A4:A5', 'B4:C4', 'D4:D5', 'E6:E7'] },
    );
    const { batch, rows, data } = await bring(bytes);
    expect(batch.columns).toMatchObject([
      { head: '序号', field: null },
      { head: '基本信息 / 名 称', field: 'name' },
      { head: '基本信息 / 认定日期', field: 'since' },
      { head: '人数（人）', field: 'staff' },
      { head: '地区 / 所在县(市)区', field: 'region' },
    ]);
    expect(batch.file).toMatchObject({ sheet: '清单' });
    expect(batch.notes).toEqual(['有 1 行在表格中被隐藏或筛选掉，也已读取']);
    expect(rows.map((r) => [r.row, r.kind])).toEqual([
      [6, 'added'],
      [7, 'added'],
      [8, 'added'],
    ]);
    expect(data).toEqual([
      { name: '甲联盟', since: '2019-06-30', staff: 1200, region: 'east' },
      { name: '乙联盟', since: '2019-07-01', staff: 3, region: 'east' },
      { name: '丙联盟', since: '2019-07-02', region: 'west' },
    ]);
  });

  it('count days from 1900 or from 1904', async () => {
    const rows = [row(1, HEADS), row(2, ['甲联盟', date(43_646)])];
    expect((await bring(await workbook(rows))).data).toMatchObject([{ since: '2019-06-30' }]);
    const later = [row(1, HEADS), row(2, ['乙联盟', date(43_646 - 1462)])];
    const { data } = await bring(await workbook(later, { properties: 'date1904="1"' }));
    expect(data).toMatchObject([{ since: '2019-06-30' }]);
    const never = [row(1, HEADS), row(2, ['丙联盟', date(60)]), row(3, ['丁联盟', 43_646])];
    const refused = await bring(await workbook(never));
    expect(refused.rows.map((r) => r.issues.map((i) => i.field))).toEqual([['认定日期'], ['认定日期']]);
    expect(refused.rows[1]!.issues[0]!.message).toContain('日期序号');
  });

  it('hold formulas, whose saved results are read, and errors, which are refused', async () => {
    const bytes = await workbook([
      row(1, HEADS),
      row(2, [formula('A9', '甲联盟', 't="str"'), '2019-06-30', formula('1+1', '2')]),
      row(3, ['乙联盟', '2019-06-30', formula('1/0', '#DIV/0!', 't="e"')]),
      row(4, ['=1+1联盟', '2019-06-30']),
    ]);
    const { batch, rows, data } = await bring(bytes);
    expect(batch.notes).toEqual(['有 2 个单元格是公式，读取的是文件中保存的计算结果']);
    expect(rows[1]).toMatchObject({
      kind: 'rejected',
      title: '乙联盟',
      issues: [{ field: '人数', value: '#DIV/0!' }],
    });
    expect(data).toMatchObject([{ name: '甲联盟', staff: 2 }, { name: '=1+1联盟' }]);
  });

  it('name counties that were dissolved, by code or name', async () => {
    const bytes = await workbook([
      row(1, HEADS),
      row(2, ['甲联盟', '2019-06-30', 1, 990_103]),
      row(3, ['乙联盟', '2020-08-01', 1, '990103']),
      row(4, ['丙联盟', '2020-08-01', 1, '北港区']),
    ]);
    const { rows, data } = await bring(bytes);
    expect(data).toMatchObject([{ region: 'quay' }]);
    for (const refused of rows.slice(1)) expect(refused.issues[0]!.message).toContain('东渡区（990102）');
  });

  it('lose digits of codes that became numbers, which is said', async () => {
    const bytes = await workbook([
      row(1, HEADS),
      row(2, ['甲联盟', '2019-06-30', 1, null, 911100006000373400]),
      row(3, ['乙联盟', '2019-06-30', 1, null, ' 91110000600037341l ']),
      row(4, ['丙联盟', '2019-06-30', 1, null, codeOf(5).replace(/.$/, 'I')]),
    ]);
    const { rows } = await bring(bytes);
    expect(rows.map((r) => r.kind)).toEqual(['rejected', 'added', 'rejected']);
    expect(rows[0]!.issues[0]!.message).toContain('设为“文本”格式');
    expect(rows[2]!.issues[0]!.message).toContain('是否应为 1');
  });

  it('are read from the sheet that is asked for', async () => {
    const xml = (name: string) => `<sheetData>${row(1, HEADS)}${row(2, [name, '2019-06-30'])}</sheetData>`;
    const file = path.join(city.dir, 'two.xlsx');
    await writeZip(
      file,
      workbookParts({
        sheets: [
          { name: '一', xml: xml('甲联盟') },
          { name: '二', xml: xml('乙联盟') },
        ],
      }),
    );
    const bytes = await readFile(file);
    const batch = await city.ready('a.xlsx', bytes, { sheet: '二' });
    expect((await city.rows(batch.id)).map((r) => r.title)).toEqual(['乙联盟']);
    expect(await city.ready('a.xlsx', bytes, { sheet: '三' })).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('三'),
    });
  });
});

describe('columns', () => {
  it('are what a person says they are', async () => {
    const bytes = await city.csv(
      ['联盟', '起', '备注', '人数（万人）'],
      [['甲联盟', '2019-06-30', 'x', '1.2']],
    );
    const first = await city.ready('a.csv', bytes);
    expect(first.notes.join()).toMatch(
      /未能识别的列.*“联盟”、“起”、“备注”[\s\S]*没有必填的列“名称”、“认定日期”/,
    );
    const columns = JSON.stringify({ 联盟: 'name', 起: 'since', 备注: null });
    const batch = await city.ready('a.csv', bytes, { columns, state: 'published' });
    expect(batch.notes.filter((n) => !n.includes('同一文件'))).toEqual([]);
    const done = await city.write(batch.id);
    expect((await entry((await city.rows(done.id))[0]!.no!)).data).toEqual({
      name: '甲联盟',
      since: '2019-06-30',
      staff: 12_000,
    });
    expect((await city.send('a.csv', bytes, { columns: '[1]' })).body.code).toBe('registers_batch_field');
  });

  it('of files made before a field got another label are still found', async () => {
    await city.platform.records
      .insertInto('registerSchema' as never)
      .values({
        register: 'all-types',
        version: 9,
        hash: 'x',
        at: city.clock.now(),
        doc: JSON.stringify(withLabel('name', '联盟全称')),
      } as never)
      .execute();
    const batch = await city.ready(
      'a.csv',
      await city.csv(['联盟全称', '认定日期'], [['甲联盟', '2019-06-30']]),
    );
    expect(batch.columns[0]).toMatchObject({ head: '联盟全称', field: 'name', label: '名称' });
  });
});

function withLabel(key: string, label: string): object {
  const doc = structuredClone(city.platform.pack.registers[0]!) as unknown as {
    schema: { properties: Record<string, { title: string }> };
  };
  doc.schema.properties[key]!.title = label;
  return doc;
}

describe('files that hold no list', () => {
  it.each([
    ['nothing', 'a.csv', '', 'table_empty'],
    ['a web page', 'a.html', '<html><body>登录</body></html>', 'registers_batch_format'],
    ['text behind .xlsx', 'a.xlsx', '名称,认定日期\n', 'table_contradiction'],
  ])('%s is refused at once', async (_, name, bytes, code) => {
    const { status, body } = await city.send(name, bytes);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(body.code).toBe(code);
  });

  it.each([
    ['no heads', '甲,乙\n1,2\n', '找不到列标题'],
    ['heads alone', '名称,认定日期\n', '没有数据'],
    ['an open quotation mark', '名称,认定日期\n"甲,2019-06-30\n', '引号'],
  ])('%s ends with the reason', async (_, bytes, reason) => {
    const batch = await city.ready('a.csv', bytes);
    expect(batch).toMatchObject({ state: 'failed', abilities: { apply: false } });
    expect(batch.error).toContain(reason);
    await expect(city.write(batch.id)).rejects.toThrow('registers_batch_state');
  });

  it('lines with another number of columns are refused, the others not', async () => {
    const batch = await city.ready(
      'a.csv',
      '清单\n名称,认定日期\n甲联盟,2019-06-30\n乙联盟,2019-06-30,多余\n',
    );
    expect((await city.rows(batch.id)).map((r) => [r.row, r.kind])).toEqual([
      [3, 'added'],
      [4, 'rejected'],
    ]);
  });

  it('no form, no file, fields after the file', async () => {
    const headers = await city.office();
    const url = '/api/registers/all-types/imports';
    const send = async (payload: FormData | object) =>
      (await city.app.inject({ method: 'POST', url, headers, payload })).json().code as string;
    expect(await send({ a: 1 })).toBe('media_type');
    expect(await send(new FormData())).toBe('registers_batch_no_file');
    const form = new FormData();
    form.set('file', new File(['名称\n甲'], 'a.csv'));
    form.set('state', 'published');
    expect(await send(form)).toBe('registers_batch_order');
  });
});
