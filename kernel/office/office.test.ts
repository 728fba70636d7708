import ExcelJS from '@protobi/exceljs';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import { type BarChartSpec, barChartXml } from './chart.ts';
import { packageFaults } from './faults.ts';
import { addPart, addRelationship, editPart, relsPathOf } from './package.ts';
import { settle } from './settle.ts';
import { addSheetCharts } from './sheet-chart.ts';
import { xmlEscape } from './xml.ts';
import { readZip, writeZip, type ZipEntries } from './zip.ts';

const spec: BarChartSpec = {
  title: 'A & B',
  categories: { ref: "'数据'!$A$2:$A$3", values: ['甲', '<乙>'] },
  series: [
    {
      name: { ref: "'数据'!$B$1", values: ['● 达标'] },
      values: { ref: "'数据'!$B$2:$B$3", values: [1.5, null] },
      color: '2E7D4F',
      labelFormat: '"●"0;;;',
    },
  ],
  stacked: false,
  axisFormat: '0%',
  font: '宋体',
};
const placed = { spec, description: '甲1.5', from: { column: 3, row: 0 }, to: { column: 9, row: 20 } };

/** A workbook of one sheet; a note gives it a legacy drawing, which must stay behind the chart's drawing. */
async function workbook(note: boolean): Promise<ZipEntries> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('数据');
  sheet.addRows([
    ['项', '● 达标'],
    ['甲', 1.5],
    ['<乙>', null],
  ]);
  if (note) sheet.getCell('A1').note = 'a note';
  return readZip(Buffer.from(await book.xlsx.writeBuffer()));
}

/** Text of a well-formed document's root; throws where it is not well formed. */
function textOf(xml: string): string {
  let text = '';
  const parser = new SaxesParser();
  parser.on('error', (e) => {
    throw e;
  });
  parser.on('text', (t) => {
    text += t;
  });
  parser.write(xml).close();
  return text;
}

describe('zip', () => {
  it('gives back what was packed, in one order and with equal bytes however the entries came', async () => {
    const name = fc.stringMatching(/^[a-z]{1,8}\/[a-z0-9]{1,8}\.xml$/);
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, fc.uint8Array({ maxLength: 500 })), async (files) => {
        const entries = Object.entries(files).map(([k, v]) => [k, Buffer.from(v)] as const);
        const one = await writeZip(new Map(entries));
        const other = await writeZip(new Map(entries.toReversed()));
        expect(one.equals(other)).toBe(true);
        const back = await readZip(one);
        expect([...back.keys()]).toEqual(Object.keys(files).sort());
        for (const [k, v] of entries) expect(back.get(k)!.equals(v)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('puts the content types first', async () => {
    const zip = await writeZip(
      new Map(['a.xml', '_rels/.rels', '[Content_Types].xml'].map((n) => [n, Buffer.from('x')])),
    );
    expect([...(await readZip(zip)).keys()]).toEqual(['[Content_Types].xml', '_rels/.rels', 'a.xml']);
  });
});

describe('xml', () => {
  it('makes any text well formed and keeps everything that XML can hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = textOf(`<a b="${xmlEscape(text)}">${xmlEscape(text)}</a>`);
        // A reader of XML turns CR and CR LF into LF.
        const kept = [...text]
          .filter((c) => /[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(c))
          .join('')
          .replace(/\r\n?/g, '\n');
        expect(shown).toBe(kept);
      }),
    );
  });

  it('drops lone halves of a pair and control characters', () => {
    expect(xmlEscape('a\u0000b\ud800c\udc00d\u{20bb7}')).toBe('abcd\u{20bb7}');
  });
});

describe('charts on a sheet', () => {
  it.each([false, true])('leave a package without faults (sheet with a note: %s)', async (note) => {
    const entries = await workbook(note);
    addSheetCharts(entries, 'xl/worksheets/sheet1.xml', 9, [placed, placed]);
    expect(packageFaults(entries)).toEqual([]);
    const sheet = entries.get('xl/worksheets/sheet1.xml')!.toString();
    expect(sheet).toMatch(/<drawing [^>]*r:id="rId\d+"\/>/);
    if (note) expect(sheet.indexOf('<drawing ')).toBeLessThan(sheet.indexOf('<legacyDrawing '));
  });

  it('survive another program reading and writing the workbook', async () => {
    const entries = await workbook(false);
    addSheetCharts(entries, 'xl/worksheets/sheet1.xml', 1, [placed]);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await writeZip(entries)) as never);
    const again = await readZip(Buffer.from(await book.xlsx.writeBuffer()));
    const charts = [...again].filter(([path]) => /charts\/chart\d+\.xml$/.test(path));
    expect(charts.map(([, data]) => data.toString())).toEqual([barChartXml(spec)]);
  });

  it('refuse a sheet that already has a drawing', async () => {
    const entries = await workbook(false);
    addSheetCharts(entries, 'xl/worksheets/sheet1.xml', 1, [placed]);
    expect(() => addSheetCharts(entries, 'xl/worksheets/sheet1.xml', 2, [placed])).toThrow(/already/);
  });

  it('carry the values beside the references, gaps left out', () => {
    const xml = barChartXml(spec);
    expect(xml).toContain("<c:f>'数据'!$B$2:$B$3</c:f>");
    expect(xml).toContain('<c:ptCount val="2"/><c:pt idx="0"><c:v>1.5</c:v></c:pt></c:numCache>');
    expect(textOf(xml)).toContain('<乙>');
  });
});

describe('faults of a package', () => {
  const broken: [string, (e: ZipEntries) => void, RegExp][] = [
    ['XML that is not well formed', (e) => editPart(e, 'xl/workbook.xml', (x) => `${x}<`), /workbook\.xml: /],
    ['a missing part', (e) => e.delete('xl/styles.xml'), /styles\.xml/],
    [
      'a part nobody knows',
      (e) => e.set('xl/extra.xml', Buffer.from('<a/>')),
      /extra\.xml: has no content type/,
    ],
    [
      'a part nobody refers to',
      (e) => addPart(e, 'xl/extra.xml', 'application/xml', '<a/>'),
      /extra\.xml: nothing refers to it/,
    ],
    [
      'a reference that is not listed',
      (e) => editPart(e, 'xl/workbook.xml', (x) => x.replace(/ r:id="[^"]+"/, ' r:id="rId77"')),
      /uses rId77/,
    ],
    [
      'a doubled id',
      (e) => editPart(e, 'xl/_rels/workbook.xml.rels', (x) => x.replace(/(<Relationship [^>]*>)/, '$1$1')),
      /listed twice/,
    ],
    [
      'a doubled content type',
      (e) => editPart(e, '[Content_Types].xml', (x) => x.replace(/(<Override [^>]*>)/, '$1$1')),
      /listed twice/,
    ],
    [
      'elements out of order',
      (e) =>
        editPart(e, 'xl/worksheets/sheet1.xml', (x) =>
          x.replace(
            '<sheetData>',
            '<pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/><sheetData>',
          ),
        ),
      /<sheetData> stands too late/,
    ],
  ];
  it.each(broken)('finds %s', async (_, damage, message) => {
    const entries = await workbook(false);
    expect(packageFaults(entries)).toEqual([]);
    damage(entries);
    expect(packageFaults(entries).join('\n')).toMatch(message);
  });
});

describe('settle', () => {
  it('numbers relationships, fixes the dates and repacks what lies inside', async () => {
    const make = async (id: string, clock: string) => {
      const entries = await workbook(false);
      editPart(entries, 'docProps/core.xml', (x) => x.replace(/>\d{4}-[^<]+</g, `>${clock}<`));
      const path = relsPathOf('xl/workbook.xml');
      const old = /Id="([^"]+)"[^>]*worksheet/.exec(entries.get(path)!.toString())![1]!;
      for (const part of [path, 'xl/workbook.xml'])
        editPart(entries, part, (x) => x.replaceAll(`"${old}"`, `"${id}"`));
      entries.set('xl/embeddings/inner.xlsx', Buffer.from(await writeZip(await workbook(false))));
      return entries;
    };
    const at = '2032-01-20T16:30:00.123Z';
    const one = await settle(await make('rIdabc-1', '2001-01-01T00:00:00Z'), { at });
    const two = await settle(await writeZip(await make('rIdxyz_2', '2002-02-02T00:00:00Z')), { at });
    expect(one.equals(two)).toBe(true);
    const entries = await readZip(one);
    const core = entries.get('docProps/core.xml')!.toString();
    expect(core.match(/2032-01-20T16:30:00Z/g)).toHaveLength(2);
    const inner = await readZip(entries.get('xl/embeddings/inner.xlsx')!);
    expect(inner.get('docProps/core.xml')!.toString()).toContain('2032-01-20T16:30:00Z');
    entries.delete('xl/embeddings/inner.xlsx');
    expect(packageFaults(entries)).toEqual([]);
  });
});

describe('package', () => {
  it('opens an empty list of relationships and says when a part is missing or there twice', () => {
    const entries: ZipEntries = new Map([
      ['word/_rels/document.xml.rels', Buffer.from('<Relationships xmlns="x"/>')],
    ]);
    expect(addRelationship(entries, 'word/document.xml', 'word/charts/chart1.xml', 'chart')).toBe('rId1');
    expect(addRelationship(entries, 'word/document.xml', 'docProps/a.xml', 'a')).toBe('rId2');
    const xml = entries.get('word/_rels/document.xml.rels')!.toString();
    expect(xml).toContain('Target="charts/chart1.xml"');
    expect(xml).toContain('Target="../docProps/a.xml"');
    expect(() => editPart(entries, 'none.xml', (x) => x)).toThrow(/none\.xml/);
  });
});
