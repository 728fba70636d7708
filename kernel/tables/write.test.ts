import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import exceljs from '@protobi/exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import { cellText, headerTitles, numberText, type TableRow } from './cells.ts';
import { csvField, csvText, neutralise } from './csv-text.ts';
import { StringTable } from './strings.ts';
import { writeCsv } from './write-csv.ts';
import { displayWidth, sheetName, writeXlsx, type XlsxColumn, type XlsxSheet } from './write-xlsx.ts';
import { readXlsx } from './xlsx.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zc-write-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function readBack(path: string, sheet?: string): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const row of readXlsx(path, sheet === undefined ? {} : { sheet })) rows.push(row);
  return rows;
}

describe('CSV exports', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1-2', "'+1-2"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', "'\rx"],
    ['-12.5', '-12.5'],
    ['+3', '+3'],
    ['-1.5e-7', '-1.5e-7'],
    ['-5%', '-5%'],
    ['a=b', 'a=b'],
    ['床单', '床单'],
    ['', ''],
    ['=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'],
    ['-1-cmd|x', "'-1-cmd|x"],
  ])('makes %j harmless', (given, expected) => {
    expect(neutralise(given)).toBe(expected);
  });

  it('quotes what must be quoted and writes values plainly', () => {
    expect(
      [1.5, -2, true, false, null, undefined, Number.NaN, 'a,b', 'a"b', 'a\nb', ' a', '=1'].map(csvField),
    ).toEqual(['1.5', '-2', 'TRUE', 'FALSE', '', '', '', '"a,b"', '"a""b"', '"a\nb"', '" a"', "'=1"]);
  });

  it('never leaves a cell that a spreadsheet would run', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'=+-@\t\r1a."') }), (value) => {
        const written = csvField(value).replace(/^"/, '');
        if (/^[=+\-@\t\r]/.test(written)) expect(Number.isFinite(Number.parseFloat(written))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('puts records under the columns of all of them', () => {
    expect(
      csvText([
        { 编号: 1, 名称: '床单' },
        { 编号: 2, 备注: '=x' },
      ]),
    ).toBe("\uFEFF编号,名称,备注\r\n1,床单,\r\n2,,'=x\r\n");
    expect(csvText([])).toBe('\uFEFF\r\n');
  });

  it('streams to a path or a stream, and hands on errors', async () => {
    const rows = function* () {
      for (let i = 0; i < 10_000; i += 1) yield [i, `名称${i}`];
    };
    const path = join(dir, 'a.csv');
    await writeCsv(path, ['号', '名'], rows());
    const written = await readFile(path, 'utf8');
    expect(written.startsWith('\uFEFF号,名\r\n0,名称0\r\n')).toBe(true);
    expect(written.split('\r\n')).toHaveLength(10_002);
    const through = new PassThrough();
    const [received] = await Promise.all([text(through), writeCsv(through, ['号', '名'], rows())]);
    expect(`\uFEFF${received.replace(/^\uFEFF/, '')}`).toBe(written);
    const failing = function* () {
      yield [1];
      throw new Error('row source failed');
    };
    await expect(writeCsv(join(dir, 'b.csv'), ['x'], failing())).rejects.toThrow('row source failed');
  });
});

const columns: XlsxColumn[] = [
  { header: '名称', type: 'text' },
  { header: '数量', type: 'integer' },
  { header: '单价', type: 'money' },
  { header: '占比', type: 'percent' },
  { header: '日期', type: 'date' },
  { header: '完成', type: 'boolean' },
  { header: '数值', type: 'number' },
];

describe('XLSX exports', () => {
  const table: XlsxSheet = {
    name: '指标',
    columns,
    rows: [
      ['床单', 12, 123_456, 0.256, '2017-10-11', true, 0.1],
      ['=1+1', null, -5, undefined, '1899-12-31', false, Number.NaN],
      ['', 1, 0, 1, '不详', null, 2],
      ['a\u0000b\ud800\uffff', 1, 0, 1, '1900-03-01', null, 1e21],
    ],
  };

  it('writes typed cells that read back', async () => {
    const path = join(dir, 'typed.xlsx');
    await writeXlsx(path, [table]);
    const rows = await readBack(path);
    expect(rows.map((row) => row.cells.map((cell) => cell.value))).toEqual([
      columns.map((c) => c.header),
      ['床单', 12, 1234.56, 0.256, '2017-10-11', true, 0.1],
      ["'=1+1", null, -0.05, null, '1899-12-31', false],
      [null, 1, 0, 1, '不详', null, 2],
      ['ab\uFFFD', 1, 0, 1, '1900-03-01', null, 1e21],
    ]);
    expect(rows[1]?.cells[4]?.kind).toBe('date');
    expect(rows[2]?.cells[4]?.kind).toBe('text');
  });

  it('gives formats, a frozen header with a filter, and widths that count Chinese double', async () => {
    const path = join(dir, 'styled.xlsx');
    await writeXlsx(path, [
      {
        name: 'S',
        columns: [
          { header: '短', type: 'text' },
          { header: 'n', type: 'integer' },
          { header: 'w', type: 'text', width: 33 },
          { header: 'f', type: 'number', format: '0.000' },
        ],
        rows: [
          ['南通市家纺知识产权', 1_234_567, 'x', 1.5],
          ['x'.repeat(500), 1, '', 2],
        ],
      },
      { name: '空', columns: [{ header: '南通市家纺', type: 'text' }], rows: [] },
    ]);
    const book = new exceljs.Workbook();
    await book.xlsx.readFile(path);
    const sheet = book.getWorksheet('S');
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet?.autoFilter).toBe('A1:D1');
    expect(sheet?.getCell('A1')).toMatchObject({ font: { bold: true }, fill: { type: 'pattern' } });
    expect([1, 2, 3, 4].map((n) => sheet?.getColumn(n).width)).toEqual([60, 11, 33, 8]);
    expect(sheet?.getCell('B2').numFmt).toBe('#,##0');
    expect(sheet?.getCell('D2').numFmt).toBe('0.000');
    expect(book.getWorksheet('空')?.getColumn(1).width).toBe(12);
    expect(await readBack(path, '空')).toHaveLength(1);
  });

  it('makes the same content twice when the time is given', async () => {
    const unzip = async (name: string) => {
      const path = join(dir, name);
      await writeXlsx(path, [table], { created: new Date('2020-01-01T00:00:00Z'), creator: '办公室' });
      const { SafeZip } = await import('./zip.ts');
      const zip = await SafeZip.open(path);
      const parts: Record<string, string> = {};
      for (const part of zip.names) parts[part] = (await buffer(zip.read(part))).toString();
      zip.close();
      return parts;
    };
    const [first, second] = [await unzip('one.xlsx'), await unzip('two.xlsx')];
    expect(first).toEqual(second);
    expect(first['docProps/core.xml']).toContain('办公室');
    expect(first['docProps/core.xml']).toContain('2020-01-01T00:00:00Z');
  });

  it('cuts what no cell can hold and says so', async () => {
    const path = join(dir, 'long.xlsx');
    await writeXlsx(path, [
      { name: 'S', columns: [{ header: 'x', type: 'text' }], rows: [['说'.repeat(40_000)]] },
    ]);
    const value = cellText((await readBack(path))[1]?.cells[0]);
    expect(value.length).toBeLessThanOrEqual(32_767);
    expect(value).toMatch(/说…（已截断，全文 40000 字）$/);
  });

  it('lets others run while it writes', async () => {
    let turns = 0;
    let writing = true;
    const tick = () => {
      turns += 1;
      if (writing) setImmediate(tick);
    };
    setImmediate(tick);
    const rows = function* () {
      for (let i = 0; i < 5000; i += 1) yield [`名称${i}`, i, i, 0.5, '2017-10-11', true, i];
    };
    await writeXlsx(join(dir, 'many.xlsx'), [{ name: 'S', columns, rows: rows() }]);
    writing = false;
    expect(turns).toBeGreaterThan(40);
    expect(await readBack(join(dir, 'many.xlsx'))).toHaveLength(5001);
  });

  it('waits for a slow target instead of filling the memory', async () => {
    const held: (() => void)[] = [];
    let open = false;
    const slow = new Writable({
      write(_chunk, _encoding, done) {
        if (open) done();
        else held.push(done);
      },
    });
    const total = 60_000;
    let produced = 0;
    const rows = function* () {
      for (; produced < total; produced += 1) yield [randomBytes(150).toString('base64')];
    };
    const writing = writeXlsx(slow, [{ name: 'S', columns: [{ header: 'x', type: 'text' }], rows: rows() }]);
    // A hundred rows a turn: without waiting, all of them would have been made long before.
    for (let turn = 0; turn < 3000; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(produced).toBeLessThan(total / 2);
    open = true;
    for (const done of held) done();
    await writing;
    expect(produced).toBe(total);
  });

  it('hands on errors and removes the half-written file', async () => {
    const failing = function* () {
      for (let i = 0; i < 500; i += 1) yield ['x'];
      throw new Error('row source failed');
    };
    const one = (rows: XlsxSheet['rows']) => [
      { name: 'S', columns: [{ header: 'x', type: 'text' }] as XlsxColumn[], rows },
    ];
    const path = join(dir, 'half.xlsx');
    await expect(writeXlsx(path, one(failing()))).rejects.toThrow('row source failed');
    expect(existsSync(path)).toBe(false);
    await expect(writeXlsx(join(dir, 'no', 'such', 'folder.xlsx'), one([['x']]))).rejects.toMatchObject({
      code: 'ENOENT',
    });
    const gone = new Writable({ write: (_c, _e, done) => done(new Error('the reader left')) });
    const endless = function* () {
      for (let i = 0; ; i += 1) yield [`行${Math.sin(i)}`];
    };
    await expect(writeXlsx(gone, one(endless()))).rejects.toThrow('the reader left');
  });
});

describe('names and widths', () => {
  it('makes sheet names that Excel takes', () => {
    const used = new Set(['指标']);
    expect(sheetName('指标', used)).toBe('指标 (2)');
    expect(sheetName("'a/b:c[d]*?'", used)).toBe('a b c d');
    expect(sheetName('', used)).toBe('Sheet');
    expect(sheetName('长'.repeat(40), used)).toHaveLength(31);
    expect(sheetName('长'.repeat(40), new Set(['长'.repeat(31)]))).toBe(`${'长'.repeat(27)} (2)`);
  });

  it('counts columns on the screen', () => {
    expect(['abc', '床单', 'a床', 'Ａ', '𠮷', '', 'ab\n床单床单', '。，'].map(displayWidth)).toEqual([
      3, 4, 3, 2, 2, 0, 8, 4,
    ]);
  });
});

describe('texts of cells', () => {
  it('writes numbers without exponent', () => {
    expect([0, -1.5, 1e21, 1.5e22, 1e-7, 123e-20, -2.5e-9, 9_007_199_254_740_992].map(numberText)).toEqual([
      '0',
      '-1.5',
      '1000000000000000000000',
      '15000000000000000000000',
      '0.0000001',
      '0.00000000000000000123',
      '-0.0000000025',
      '9007199254740992',
    ]);
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) => {
        expect(numberText(n)).not.toContain('e');
        expect(Number(numberText(n))).toBe(n || 0);
      }),
    );
  });

  it('gives a title to every column under merged headers', () => {
    const row = (rowNumber: number, ...texts: string[]): TableRow => ({
      rowNumber,
      cells: texts.map((value) => (value === '' ? { kind: 'empty', value: null } : { kind: 'text', value })),
    });
    expect(headerTitles([row(2, '一', '二')])).toEqual(['一', '二']);
    expect(headerTitles([])).toEqual([]);
    expect(
      headerTitles(
        [row(1, '甲', '', '乙'), row(2, '子', '丑', '', '寅')],
        [
          { top: 1, left: 1, bottom: 1, right: 2 },
          { top: 1, left: 3, bottom: 2, right: 3 },
          { top: 7, left: 1, bottom: 8, right: 9 },
        ],
        '-',
      ),
    ).toEqual(['甲-子', '甲-丑', '乙', '寅']);
  });
});

describe('a table of strings', () => {
  it('gives back what was put in, in memory or not, in any order', () => {
    const texts = fc.array(
      fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.constant('长'.repeat(40_000))),
      {
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(
        texts,
        fc.constantFrom(0, 500, 5000, 1e7),
        fc.array(fc.nat(70), { maxLength: 60 }),
        (values, memory, order) => {
          const table = new StringTable({ memoryBytes: memory, directory: dir });
          try {
            values.forEach((value, i) => {
              table.push(value);
              if (i % 7 === 0) expect(table.get(i) === value).toBe(true); // reading while writing
            });
            expect(table.length).toBe(values.length);
            for (const n of [...order, ...values.keys()]) expect(table.get(n) === values[n]).toBe(true);
            expect(table.get(-1)).toBeUndefined();
            expect(table.get(0.5)).toBeUndefined();
          } finally {
            table.close();
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
