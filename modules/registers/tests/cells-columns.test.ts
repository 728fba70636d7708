import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCityPack } from '#kernel/city/load';
import type { CityLookup } from '#kernel/city/lookup';
import { joinRows, joinValues, splitRows, splitValues } from '#kernel/fields/list-text';
import { readRecord } from '#kernel/fields/read';
import type { Cell, TableRow } from '#kernel/tables/cells';
import { readCsv } from '#kernel/tables/csv';
import { writeCsv } from '#kernel/tables/write-csv';
import { writeXlsx, type XlsxValue } from '#kernel/tables/write-xlsx';
import { readXlsx } from '#kernel/tables/xlsx';
import { YUNZHOU } from '#kernel/testing/cities/broken';
import { cityWithMerger, codeOf, contextOf, hardText, recordArbitrary } from '#kernel/testing/field-records';
import fc from '#kernel/testing/property';
import { modelOf } from '../server/fields/model.ts';
import { type CellContext, type SheetReader, sheetColumns, toCells } from '../server/transfer/columns.ts';
import { fromCells } from '../server/transfer/from-cells.ts';
import { guard, unguard, workbookText } from '../server/transfer/guard.ts';
import { matchColumns } from '../server/transfer/heads.ts';
import { regionWriter } from '../server/transfer/regions.ts';
import { allModel, allTypes } from './fields-register.ts';

let lookup: CityLookup;
let dir: string;
let ctx: CellContext;
const file = '0198f3a0-0000-7000-8000-000000000001';
beforeAll(async () => {
  const result = await loadCityPack(YUNZHOU);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  lookup = cityWithMerger(result.pack);
  dir = await mkdtemp(path.join(os.tmpdir(), 'zc-cells-'));
  ctx = {
    regionText: regionWriter(lookup, '2024-06-30'),
    references: new Map([['all-types/QB-0001', '=云洲 联盟']]),
    fileNames: new Map([[file, '证[书].pdf']]),
  };
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const all = { internal: true, lang: 'zh' } satisfies SheetReader;
const text = (value: string): Cell => ({ kind: 'text', value });
const heads = (names: string[], internal = true) =>
  matchColumns(allModel, names, { internal }).map(({ target }) =>
    target.kind === 'field' ? target.field.key : target.kind === 'ignored' ? `(${target.why})` : target.kind,
  );

describe('columns', () => {
  it('stand in the order of the declaration, with units, and what follows from the rest around them', () => {
    const headers = sheetColumns(allModel, all).map((c) => c.header);
    expect(headers.slice(0, 4)).toEqual(['编号', '状态', '名称', '统一社会信用代码']);
    expect(headers).toContain('产值（万元）');
    expect(headers).toContain('领域（每行一个）');
    expect(headers).toContain('成员（名称 | 统一社会信用代码 | 出资[元]；每行一个）');
    expect(headers.slice(-4)).toEqual(['人均产值（万元）', '有效期起', '有效期止', '版本']);
    const english = sheetColumns(allModel, { internal: false, lang: 'en' }).map((c) => c.header);
    expect(english).toContain('Members (Name | Code | Paid[CNY]; one a line)');
    expect(headers).toContain('负责人');
    expect(english).not.toContain('Person in charge');
  });

  it('of its own give way to fields of the same label', () => {
    const declaration = structuredClone(allTypes);
    declaration.schema.properties.note!.title = '版本';
    const columns = sheetColumns(modelOf(declaration), all);
    expect(columns.filter((c) => c.header === '版本').map((c) => c.kind)).toEqual(['field']);
    expect(columns.at(-1)).toMatchObject({ kind: 'version', header: '登记版本' });
  });

  it('are recognised by their own heads, in both languages', () => {
    for (const lang of ['zh', 'en'] as const) {
      const columns = sheetColumns(allModel, { internal: true, lang });
      const found = heads(columns.map((c) => c.header));
      columns.forEach((column, i) => {
        const expected =
          column.kind === 'field'
            ? column.field!.key
            : ['no', 'version'].includes(column.kind)
              ? column.kind
              : '(read-only)';
        expect(found[i]).toBe(expected);
      });
    }
  });

  it('are recognised in other spellings, and what is not is said', () => {
    expect(
      heads([
        '序号',
        ' ＊名 称 ',
        '统一社会信用代码（必填）',
        '基本信息 / 级别',
        '所在县(市)区',
        'STAFF',
        '人数（人）',
        'creditCode',
        '产值/亿元',
        '人均产值',
        '',
        '颜色',
        'partners',
        '负责人',
      ]),
    ).toEqual([
      '(counter)',
      'name',
      'code',
      'level',
      'region',
      'staff',
      '(duplicate)',
      '(duplicate)',
      'output',
      '(read-only)',
      '(empty)',
      '(unknown)',
      'members',
      'head',
    ]);
    expect(heads(['负责人'], false)).toEqual(['(unknown)']);
  });

  it('are what a person says they are', () => {
    const chosen = { 单位: 'firm', 名称: null, 号: '@no', 版: '@version', 无: 'nothing' };
    const found = matchColumns(allModel, Object.keys(chosen), { internal: true, chosen }).map(
      (m) => m.target,
    );
    expect(found).toMatchObject([
      { kind: 'field', field: { key: 'firm' } },
      { kind: 'ignored', why: 'chosen' },
      { kind: 'no' },
      { kind: 'version' },
      { kind: 'ignored', why: 'unknown' },
    ]);
    const former = new Map([['企业标签', 'tags']]);
    expect(
      matchColumns(allModel, ['企业标签'], { internal: true, formerLabels: former })[0]!.target,
    ).toMatchObject({
      field: { key: 'tags' },
    });
  });

  it('whose head fits two fields are not guessed', () => {
    const declaration = structuredClone(allTypes);
    declaration.schema.properties.note!.title = '名称';
    const [match] = matchColumns(modelOf(declaration), ['名称'], { internal: true });
    expect(match!.target).toEqual({ kind: 'ignored', why: 'ambiguous' });
  });
});

describe('cells', () => {
  const input = (head: string, cell: Cell) =>
    fromCells(matchColumns(allModel, [head], { internal: true }), [cell]);
  const stored = (head: string, cell: Cell) => {
    const row = input(head, cell);
    const given = { name: '某联盟', since: '2019-06-30', ...row.input };
    const { data, issues } = readRecord(allModel, given, contextOf(lookup, 'cell'));
    return issues.length > 0 ? issues.map((i) => i.code) : data;
  };

  it('count in the unit of their head', () => {
    expect(stored('产值（亿元）', { kind: 'number', value: 1.5 })).toMatchObject({ output: 15_000_000_000 });
    expect(stored('产值（亿元）', text('1.5'))).toMatchObject({ output: 15_000_000_000 });
    expect(stored('产值（亿元）', text('3万元'))).toMatchObject({ output: 3_000_000 });
    expect(stored('Output (10,000 CNY)', { kind: 'number', value: 1.5 })).toMatchObject({
      output: 1_500_000,
    });
    expect(stored('产值 (100 million CNY)', text('1.5'))).toMatchObject({ output: 15_000_000_000 });
    expect(stored('产值', text('1.5 × 10,000 CNY'))).toMatchObject({ output: 1_500_000 });
    expect(stored('产值', { kind: 'number', value: 1.5 })).toMatchObject({ output: 1_500_000 });
    expect(stored('人数（万人）', { kind: 'number', value: 1.2 })).toMatchObject({ staff: 12_000 });
    // A year in the head is no unit.
    expect(stored('人数（2019）', { kind: 'number', value: 5 })).toMatchObject({ staff: 5 });
    expect(stored('产值（美元）', { kind: 'number', value: 1.5 })).toMatchObject({ output: 1_500_000 });
  });

  it('of every kind are taken', () => {
    expect(stored('认定日期', { kind: 'date', value: '2020-01-02', time: '08:00:00' })).toMatchObject({
      since: '2020-01-02',
    });
    expect(stored('认定日期', { kind: 'number', value: 60 })).toEqual(['date']);
    expect(stored('是否运营', { kind: 'boolean', value: true })).toMatchObject({ active: true });
    expect(stored('证书编号', { kind: 'number', value: 123 })).toMatchObject({ certificate: '123' });
    expect(stored('统一社会信用代码', { kind: 'number', value: 9.1e17 })).toEqual(['digits-lost']);
    expect(input('人数', { kind: 'number', value: 3, formula: true })).toMatchObject({
      formulas: 1,
      input: { staff: 3 },
    });
    expect(input('人数', { kind: 'error', value: '#REF!' })).toMatchObject({
      input: {},
      issues: [{ key: 'staff', path: '/staff', value: '#REF!', code: 'cell-error' }],
    });
    expect(input('编号', text('ｑb-0001 '))).toMatchObject({ no: 'QB-0001' });
    expect(input('版本', text('3'))).toMatchObject({ version: 3, issues: [] });
    expect(input('版本', text('三'))).toMatchObject({ version: null, issues: [{ code: 'integer' }] });
    expect(fromCells(matchColumns(allModel, ['人数'], { internal: true }), []).input).toEqual({
      staff: null,
    });
  });

  it('of rows follow the order that the head names', () => {
    const head = '成员（出资[元] | 名称；每行一个）';
    expect(stored(head, text('1200 | 甲厂\n | 乙厂'))).toMatchObject({
      members: [{ name: '甲厂', paid: 120_000 }, { name: '乙厂' }],
    });
    expect(stored(head, text('1200 | 甲厂 | x'))).toEqual(['columns']);
    expect(stored('成员', text(`甲厂 | ${codeOf(1)}`))).toMatchObject({
      members: [{ name: '甲厂', code: codeOf(1) }],
    });
  });

  it('name a region so that it is read back', () => {
    const write = regionWriter(lookup, '2024-06-30');
    expect(write('west', '2019-01-01', 'zh')).toBe('西屏县');
    expect(write('west', null, 'zh')).toBe('西屏市');
    expect(write('quay', '2019-01-01', 'en')).toBe('Beigang District');
    expect(write('atlantis', null, 'zh')).toBe('atlantis');
  });

  it('take exactly the apostrophe off that was put before a dangerous sign', () => {
    for (const [before, after] of [
      ['=1', '=1'],
      ["'=1", "''=1"],
      ["''@", "'''@"],
      ["'a", "'a"],
      ["'", "'"],
    ] as const)
      expect(guard(before)).toBe(after);
    expect(unguard("'=1")).toBe('=1');
    expect(unguard("'甲")).toBe("'甲");
  });

  it('keep lists whatever is in them', () => {
    const item = hardText.map((t) => t.replace(/\s+/g, ' ').trim()).filter((t) => t !== '');
    fc.assert(
      fc.property(fc.array(item), (values) => {
        expect(splitValues(joinValues(values))).toEqual(values);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(item, item)), (rows) => {
        expect(splitRows(joinRows(rows))).toEqual(rows);
      }),
    );
  });
});

describe('what is exported and imported again', () => {
  const rowsOf = async (file: AsyncIterable<TableRow>) => {
    const rows: TableRow[] = [];
    for await (const row of file) rows.push(row);
    return rows;
  };
  const again = ([head, ...rows]: TableRow[]) => {
    const names = head!.cells.map((c) => (c.kind === 'text' ? c.value : ''));
    const columns = matchColumns(allModel, names, { internal: true });
    return rows.map((row) => {
      const { input, no, version, issues } = fromCells(columns, row.cells);
      const read = readRecord(allModel, input, contextOf(lookup, 'cell'));
      return {
        no,
        version,
        data: read.data,
        issues: [...issues, ...read.issues].filter((i) => i.code !== 'order'),
      };
    });
  };

  for (const lang of ['zh', 'en'] as const)
    it(`is the same, as XLSX and as CSV (${lang})`, { timeout: 60_000 }, async () => {
      const reader: SheetReader = { internal: true, lang };
      const columns = sheetColumns(allModel, reader);
      await fc.assert(
        fc.asyncProperty(fc.array(recordArbitrary, { minLength: 1, maxLength: 30 }), async (records) => {
          const entries = records
            .map((record) => readRecord(allModel, record, contextOf(lookup, 'json')).data)
            .map((data, i) => ({
              no: `QB-${i}`,
              stateLabel: '已发布',
              version: i + 1,
              validFrom: '2019-01-01',
              validTo: null,
              data,
            }));
          const cells: XlsxValue[][] = entries.map((e) => toCells(allModel, columns, e, ctx, reader));
          const xlsx = path.join(dir, 'a.xlsx');
          await writeXlsx(xlsx, [{ name: '清单', columns, rows: cells.map((row) => row.map(workbookText)) }]);
          const csv = path.join(dir, 'a.csv');
          await writeCsv(
            csv,
            columns.map((c) => c.header),
            cells,
          );
          const expected = entries.map(({ no, version, data }) => ({
            no,
            version,
            data,
            issues: 'name' in data ? [] : [expect.objectContaining({ code: 'required' })],
          }));
          expect(again(await rowsOf(readXlsx(xlsx)))).toEqual(expected);
          expect(again(await rowsOf(readCsv(csv)))).toEqual(expected);
        }),
        { numRuns: 25 },
      );
    });

  it('runs nothing in a spreadsheet', async () => {
    const data = { name: '=cmd|x', note: '@a', tags: ['-a', '+b'], members: [{ name: '=HYPERLINK("x")' }] };
    const columns = sheetColumns(allModel, all);
    const entry = { no: 'QB-1', stateLabel: '', version: 1, validFrom: null, validTo: null, data };
    const csv = path.join(dir, 'b.csv');
    await writeCsv(
      csv,
      columns.map((c) => c.header),
      [toCells(allModel, columns, entry, ctx, all)],
    );
    const [, row] = await rowsOf(readCsv(csv));
    for (const cell of row!.cells) expect(String(cell.value ?? '')).not.toMatch(/^[=+\-@\t\r]/);
  });

  it('is read from a file in GB18030 with lost quotation marks as it stands', async () => {
    const csv = path.join(dir, 'c.csv');
    await writeFile(csv, '﻿名称,认定日期\r\n"甲 ""联盟""",２０１９年６月３０日\r\n');
    expect(again(await rowsOf(readCsv(csv)))).toMatchObject([
      { data: { name: '甲 "联盟"', since: '2019-06-30' } },
    ]);
  });
});
