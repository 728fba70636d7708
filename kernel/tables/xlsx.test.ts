import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import { type WorkbookSpec, workbookParts, writeWorkbook, writeZip } from '#kernel/testing/xlsx-file';
import { cellText, headerTitles, type TableRow } from './cells.ts';
import { SheetParser } from './sheet.ts';
import { StringTable } from './strings.ts';
import { readXlsx, type XlsxOptions } from './xlsx.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zc-xlsx-'));
});
afterAll(() => rm(dir, { recursive: true }));

let count = 0;
function fresh(): string {
  count += 1;
  return join(dir, `${count}.xlsx`);
}

async function collect(path: string, options?: XlsxOptions) {
  const reader = readXlsx(path, options);
  const rows: TableRow[] = [];
  for await (const row of reader) rows.push(row);
  return { reader, rows };
}

async function read(spec: WorkbookSpec, options?: XlsxOptions) {
  const path = fresh();
  await writeWorkbook(path, spec);
  return collect(path, options);
}

const sheet = (xml: string) => ({ sheets: [{ name: '表一', xml }] });
const data = (rows: string) => sheet(`<sheetData>${rows}</sheetData>`);

describe('cells of a worksheet', () => {
  it('reads every type of value', async () => {
    const { rows } = await read({
      ...data(
        `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>内联</t></is></c>` +
          `<c r="D1"><v>12.5</v></c><c r="E1" t="b"><v>1</v></c><c r="F1" t="e"><v>#N/A</v></c>` +
          `<c r="G1" t="str"><f>A1&amp;B1</f><v>结果</v></c><c r="H1"><f>1/0</f></c><c r="I1" t="d"><v>2013-01-02T08:30:00</v></c>` +
          `<c r="J1"><v>1.5E-7</v></c><c r="K1" t="s"><v>2</v></c></row>`,
      ),
      strings:
        '<si><t>名称</t></si><si><r><t>富</t></r><r><rPr><b/></rPr><t xml:space="preserve">文 本</t></r><rPh sb="0" eb="1"><t>フ</t></rPh></si><si><t/></si>',
    });
    expect(rows).toEqual([
      {
        rowNumber: 1,
        cells: [
          { kind: 'text', value: '名称' },
          { kind: 'text', value: '富文 本' },
          { kind: 'text', value: '内联' },
          { kind: 'number', value: 12.5 },
          { kind: 'boolean', value: true },
          { kind: 'error', value: '#N/A' },
          { kind: 'text', value: '结果', formula: true },
          { kind: 'empty', value: null, formula: true },
          { kind: 'date', value: '2013-01-02', time: '08:30:00' },
          { kind: 'number', value: 1.5e-7 },
        ],
      },
    ]);
    expect(rows[0]?.cells.map(cellText).slice(3)).toEqual([
      '12.5',
      'TRUE',
      '#N/A',
      '结果',
      '',
      '2013-01-02 08:30:00',
      '0.00000015',
    ]);
  });

  it('keeps line breaks, entities, escaped characters and characters outside the basic plane', async () => {
    const { rows } = await read({
      ...data('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'),
      strings:
        '<si><t>一\n二&lt;三&gt;&amp;&#x20BB7;_x000D_</t></si><si><t><![CDATA[<𠮷>]]>_x005F_x000D_</t></si>',
    });
    expect(rows[0]?.cells.map(cellText)).toEqual(['一\n二<三>&𠮷\r', '<𠮷>_x000D_']);
  });

  it('places cells by address or by order, fills gaps, skips rows without content, keeps hidden rows', async () => {
    const { rows } = await read(
      data(
        '<row><c><v>1</v></c><c r="C1"><v>3</v></c><c><v>4</v></c></row><row r="3" hidden="1"><c r="B3"><v>2</v></c><c r="C3" s="1"/></row>' +
          '<row r="4"><c r="A4" s="2"/></row><row/><row r="9"><c r="XFD9"><v>9</v></c></row>',
      ),
    );
    expect(rows.map((r) => [r.rowNumber, r.cells.length, r.hidden])).toEqual([
      [1, 4, undefined],
      [3, 2, true],
      [9, 16_384, undefined],
    ]);
    expect(rows[0]?.cells.map((c) => c.value)).toEqual([1, null, 3, 4]);
    expect(rows[1]?.cells.map((c) => c.value)).toEqual([null, 2]);
  });

  it('reads a part whose elements carry a prefix, and ignores look-alikes outside the data', async () => {
    const path = fresh();
    const parts = workbookParts(sheet(''));
    parts['xl/worksheets/sheet1.xml'] =
      '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row></x:sheetData>' +
      '<x:mergeCells count="1"><x:mergeCell ref="A1:B2"/></x:mergeCells><x:controls><from><row>5</row><v>8</v></from></x:controls></x:worksheet>';
    await writeZip(path, parts);
    const { rows, reader } = await collect(path, { merged: true });
    expect(rows).toEqual([{ rowNumber: 1, cells: [{ kind: 'number', value: 7 }] }]);
    expect(reader.merged).toEqual([{ top: 1, left: 1, bottom: 2, right: 2 }]);
  });

  it('reads UTF-16 parts', async () => {
    const path = fresh();
    const parts = workbookParts(data('<row r="1"><c r="A1" t="inlineStr"><is><t>宽</t></is></c></row>'));
    const xml = String(parts['xl/worksheets/sheet1.xml']).replace('UTF-8', 'UTF-16');
    parts['xl/worksheets/sheet1.xml'] = Buffer.from(`\uFEFF${xml}`, 'utf16le');
    await writeZip(path, parts);
    expect((await collect(path)).rows[0]?.cells[0]?.value).toBe('宽');
  });
});

describe('dates', () => {
  const styles =
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="165" formatCode="[Red]#,##0.00&quot;d&quot;;[$-804]yyyy"/>' +
    '<numFmt numFmtId="166" formatCode="[$-804]yyyy/m/d hh:mm;@"/><numFmt numFmtId="167" formatCode="[h]:mm:ss"/><numFmt numFmtId="168" formatCode="mmm"/><numFmt numFmtId="169" formatCode="General"/></numFmts>' +
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>' +
    [0, 14, 164, 165, 166, 167, 168, 22, 31, 57, 20, 169].map((id) => `<xf numFmtId="${id}"/>`).join('') +
    '</cellXfs><cellStyles/><dxfs><dxf><numFmt numFmtId="0" formatCode="yyyy"/></dxf></dxfs>';
  const cell = (style: number, value: number) => `<c s="${style}"><v>${value}</v></c>`;
  const one = async (style: number, value: number, properties = '') => {
    const { rows } = await read({ ...data(`<row r="1">${cell(style, value)}</row>`), styles, properties });
    return rows[0]?.cells[0];
  };

  it('follows the style of the cell', async () => {
    const { rows } = await read({
      ...data(
        `<row r="1">${[...Array(12).keys()].map((s) => cell(s, 41276)).join('')}</row><row r="2">${cell(7, 41276.354166666664)}${cell(10, 0.75)}${cell(5, 1.5)}</row>`,
      ),
      styles,
    });
    const date = { kind: 'date', value: '2013-01-02' };
    const number = { kind: 'number', value: 41276 };
    expect(rows[0]?.cells).toEqual([
      number, // General
      date, // built-in 14
      date, // yyyy"年"m"月"d"日"
      number, // a quoted d is no day; the second section does not count
      date, // locale, time
      number, // [h]:mm:ss of more than a day is a duration
      date, // a lone month
      date, // built-in 22
      date, // Chinese built-ins 31 and 57
      date,
      number, // h:mm of more than a day
      number, // General written out
    ]);
    expect(rows[1]?.cells).toEqual([
      { kind: 'date', value: '2013-01-02', time: '08:30:00' },
      { kind: 'time', value: '18:00:00' },
      { kind: 'number', value: 1.5 },
    ]);
  });

  it('knows the day that never was, both systems, and rounding to the next day', async () => {
    expect(await one(1, 59)).toEqual({ kind: 'date', value: '1900-02-28' });
    expect(await one(1, 60)).toEqual({ kind: 'number', value: 60 });
    expect(await one(1, 61)).toEqual({ kind: 'date', value: '1900-03-01' });
    expect(await one(1, 41276.9999999)).toEqual({ kind: 'date', value: '2013-01-03' });
    expect(await one(1, -1)).toEqual({ kind: 'number', value: -1 });
    expect(await one(1, 9e9)).toEqual({ kind: 'number', value: 9e9 });
    expect(await one(1, 39814, 'date1904="1"')).toEqual({ kind: 'date', value: '2013-01-02' });
    expect(await one(1, 0, 'date1904="true"')).toEqual({ kind: 'date', value: '1904-01-01' });
    expect(await one(1, 41276, 'date1904="0"')).toEqual({ kind: 'date', value: '2013-01-02' });
  });
});

describe('sheets', () => {
  const two: WorkbookSpec = {
    sheets: [
      { name: '说明', state: 'hidden', xml: '<sheetData><row><c><v>0</v></c></row></sheetData>' },
      { name: '数据', xml: '<sheetData><row><c><v>1</v></c></row></sheetData>' },
      { name: '附表', xml: '<sheetData/>' },
    ],
  };

  it('takes the first visible sheet, or the one named', async () => {
    const { reader, rows } = await read(two);
    expect(reader.sheetName).toBe('数据');
    expect(reader.sheets.map((s) => [s.name, s.hidden])).toEqual([
      ['说明', true],
      ['数据', false],
      ['附表', false],
    ]);
    expect(rows[0]?.cells[0]?.value).toBe(1);
    expect((await read(two, { sheet: '说明' })).rows[0]?.cells[0]?.value).toBe(0);
    expect((await read(two, { sheet: '附表' })).rows).toEqual([]);
    await expect(read(two, { sheet: '无此表' })).rejects.toMatchObject({
      code: 'table_no_sheet',
      params: { sheet: '无此表', sheets: '说明、数据、附表' },
    });
  });

  it('follows relationships wherever they lead', async () => {
    const path = fresh();
    const parts = workbookParts(data('<row><c t="s"><v>0</v></c></row>'));
    const rels = String(parts['xl/_rels/workbook.xml.rels'])
      .replace('worksheets/sheet1.xml', '/odd/Tabelle.xml')
      .replace(
        '</Relationships>',
        '<Relationship Id="q" Type="x/sharedStrings" Target="../odd/texts.xml"/></Relationships>',
      );
    parts['odd/tabelle.XML'] = parts['xl/worksheets/sheet1.xml'] ?? '';
    delete parts['xl/worksheets/sheet1.xml'];
    parts['xl/_rels/workbook.xml.rels'] = rels;
    parts['odd/texts.xml'] = '<sst><si><t>远</t></si></sst>';
    await writeZip(path, parts);
    expect((await collect(path)).rows[0]?.cells[0]?.value).toBe('远');
  });

  it('gives merged ranges before the rows when asked, and headers over them', async () => {
    const spec: WorkbookSpec = {
      ...sheet(
        '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="B2" t="s"><v>2</v></c><c r="C2" t="s"><v>3</v></c></row></sheetData>' +
          '<mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>',
      ),
      strings: ['指标', '2017年', '目标', '实际\n完成'].map((t) => `<si><t>${t}</t></si>`).join(''),
    };
    const path = fresh();
    await writeWorkbook(path, spec);
    const reader = readXlsx(path, { merged: true });
    const rows: TableRow[] = [];
    for await (const row of reader) {
      expect(reader.merged).toHaveLength(2);
      rows.push(row);
    }
    expect(headerTitles(rows, reader.merged)).toEqual(['指标', '2017年 / 目标', '2017年 / 实际 完成']);
    expect(headerTitles(rows)).toEqual(['指标', '2017年 / 目标', '实际 完成']);
    const late = readXlsx(path);
    for await (const _ of late) expect(late.merged).toEqual([]);
    expect(late.merged).toEqual(reader.merged);
  });
});

describe('reading in a stream', () => {
  const many = (rows: number): WorkbookSpec => ({
    sheets: [
      {
        name: 'S',
        xml: function* () {
          yield '<sheetData>';
          for (let r = 1; r <= rows; r += 1) {
            yield `<row r="${r}"><c r="A${r}" t="s"><v>${r - 1}</v></c><c r="B${r}"><v>${r}</v></c></row>`;
          }
          yield '</sheetData>';
        },
      },
    ],
    strings: function* () {
      for (let r = 1; r <= rows; r += 1)
        yield `<si><t>${r % 3 === 0 ? `名称${r}` : `摘要${r}`.repeat(20)}</t></si>`;
    },
  });
  const expected = (r: number) => (r % 3 === 0 ? `名称${r}` : `摘要${r}`.repeat(20));

  it('counts bytes up to the total and can be read twice', async () => {
    const path = fresh();
    await writeWorkbook(path, many(6000));
    const reader = readXlsx(path);
    for (let round = 0; round < 2; round += 1) {
      let rows = 0;
      let before = -1;
      for await (const row of reader) {
        rows += 1;
        if (rows % 1000 === 0) {
          expect(reader.bytesRead).toBeGreaterThanOrEqual(before);
          expect(reader.bytesRead).toBeLessThanOrEqual(reader.totalBytes);
          before = reader.bytesRead;
        }
        if (row.rowNumber === 1) expect(reader.bytesRead).toBeLessThan(reader.totalBytes);
      }
      expect(rows).toBe(6000);
      expect(reader.bytesRead).toBe(reader.totalBytes);
    }
  });

  it('reads the same whether strings lie in memory or in a temporary file', async () => {
    const path = fresh();
    await writeWorkbook(path, many(5000));
    const spill = join(dir, 'spill');
    await mkdir(spill);
    const reader = readXlsx(path, { strings: { memoryBytes: 20_000, directory: spill } });
    const wrong: number[] = [];
    let n = 0;
    for await (const row of reader) {
      n += 1;
      if (row.cells[0]?.value !== expected(row.rowNumber)) wrong.push(row.rowNumber);
      // The file is unlinked as soon as it is open.
      if (n === 4000) expect(readdirSync(spill)).toEqual([]);
    }
    expect([n, wrong]).toEqual([5000, []]);
    await expect(collect(path, { strings: { maxBytes: 100_000 } })).rejects.toMatchObject({
      code: 'table_strings',
    });
  });

  it('stops early without leaving the file open', async () => {
    const path = fresh();
    await writeWorkbook(path, many(6000));
    const openFiles = () => readdirSync('/proc/self/fd').length;
    const before = existsSync('/proc/self/fd') ? openFiles() : 0;
    for (let i = 0; i < 5; i += 1) {
      for await (const row of readXlsx(path, { strings: { memoryBytes: 1000 } }))
        if (row.rowNumber === 3) break;
    }
    await new Promise((resolve) => setImmediate(resolve));
    if (before > 0) expect(openFiles()).toBeLessThan(before + 5);
  });

  it('parses pieces that end anywhere, also inside a character', () => {
    const xml = Buffer.from(
      '<worksheet><sheetData><row r="2"><c r="A2" t="inlineStr"><is><t>家纺&amp;𠮷</t></is></c><c><v>1.5</v></c></row></sheetData></worksheet>',
    );
    const workbook = { sheets: [], date1904: false, stringsPart: null, styles: [] };
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(xml.length), { maxLength: 30 }), (cuts) => {
        const parser = new SheetParser('sheet1.xml', workbook, new StringTable());
        const edges = [0, ...cuts.sort((a, b) => a - b), xml.length];
        const rows = edges.slice(1).flatMap((end, i) => parser.feed(xml.subarray(edges[i], end)));
        parser.end();
        expect(rows.map((r) => [r.rowNumber, ...r.cells.map((c) => c.value)])).toEqual([[2, '家纺&𠮷', 1.5]]);
      }),
    );
  });

  it('reads stored parts and zip64', async () => {
    const path = fresh();
    await writeWorkbook(path, many(50), { compress: false, zip64: true });
    expect((await collect(path)).rows.map((r) => r.cells[0]?.value)).toEqual(
      Array.from({ length: 50 }, (_, i) => expected(i + 1)),
    );
  });

  it('gives back any texts and numbers', async () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n || 0), // no minus zero
      fc.boolean(),
      fc.constant(null),
    );
    const escaped = (s: string) =>
      s
        .replaceAll('_x', '_x005F_x')
        .replaceAll(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`)
        .replaceAll(
          /[^\P{Cc}\t\n]|[\ufffe\uffff]/gu,
          (c) => `_x${c.charCodeAt(0).toString(16).padStart(4, '0')}_`,
        );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(value, { maxLength: 8 }), { maxLength: 20 }), async (table) => {
        const xml = table.map(
          (row) =>
            `<row>${row
              .map((v) =>
                typeof v === 'string'
                  ? `<c t="inlineStr"><is><t>${escaped(v)}</t></is></c>`
                  : typeof v === 'number'
                    ? `<c><v>${v}</v></c>`
                    : v === null
                      ? '<c/>'
                      : `<c t="b"><v>${v ? 1 : 0}</v></c>`,
              )
              .join('')}</row>`,
        );
        const { rows } = await read(data(xml.join('')));
        const found = new Map(rows.map((r) => [r.rowNumber, r.cells.map((c) => c.value)]));
        for (const [i, row] of table.entries()) {
          const want = row.map((v) => (v === '' ? null : v));
          while (want.length > 0 && want.at(-1) === null) want.pop();
          expect(found.get(i + 1) ?? []).toEqual(want);
        }
      }),
      { numRuns: 40 },
    );
  });
});

const real = new URL('../../../shared/data/patents-zh/carrotc-cnipr-export/', import.meta.url);

describe.skipIf(!existsSync(real))('real exports (skipped without ../shared/data/patents-zh)', () => {
  const path = (name: string) => fileURLToPath(new URL(name, real));

  it('gives the same 199 records as their JSON lines', async () => {
    const { rows } = await collect(path('训练文件.xlsx'));
    const titles = rows[0]?.cells.map(cellText) ?? [];
    expect(titles).toHaveLength(25);
    const records = readFileSync(path('cnipr_199.jsonl'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, string>);
    expect(rows.length - 1).toBe(records.length);
    for (const [i, record] of records.entries()) {
      const cells = rows[i + 1]?.cells ?? [];
      expect(titles.map((_, column) => cellText(cells[column]))).toEqual(
        titles.map((title) => record[title]),
      );
    }
  });

  it.each([
    ['专利.xlsx', 91, '序号'],
    ['训练集2.xlsx', 60, '序号'],
  ])('reads %s', async (name, n, title) => {
    const { rows } = await collect(path(name));
    expect(rows).toHaveLength(n);
    expect(cellText(rows[0]?.cells[0])).toBe(title);
  });
});
