import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { writeZip } from '#kernel/testing/xlsx-file';
import { editionFor } from '../server/classes/source.ts';
import { CSV, DATA, faultOf, file, read, readPath, withClassFiles, XML } from './classes-files.ts';

withClassFiles();

const hasData = existsSync(join(DATA, 'classification'));
if (!hasData) console.info(`classes: tests with real schemes are skipped, ${DATA} is not there`);

describe('schemes', () => {
  test('CSV without dots: titles and levels, the depth of subgroups is not known', async () => {
    const { scheme, format, facts, rows } = await read('ipc_zh_2026.01.csv', CSV);
    expect({ scheme, format, lang: facts.lang }).toEqual({ scheme: 'ipc', format: 'scheme-csv', lang: 'zh' });
    expect(editionFor(facts, null)).toBe('2026.01');
    expect(rows).toHaveLength(7);
    expect(rows[3]).toEqual({
      line: 5,
      symbol: 'A01B1/00',
      parent: 'A01B',
      depth: 3,
      title: '手动工具（草坪修整机入A01G3/06）',
    });
    expect(rows[5]).toMatchObject({ symbol: 'A01B1/04', depth: null });
  });

  test('CSV with dots has depth', async () => {
    const { rows } = await read(
      'a.csv',
      'symbol,title_en,dots,parent\nA01B1/02,Spades,1,A01B1/00\nA01B1/04,with teeth,2,A01B1/02\n',
    );
    expect(rows).toMatchObject([
      { depth: 4, parent: 'A01B1/00' },
      { depth: 5, parent: 'A01B1/02' },
    ]);
  });

  test('rows that cannot be right are left out and noted', async () => {
    const { rows, facts } = await read(
      'a.csv',
      `${CSV}E01D101/0,subgroup,E01D,0 桥梁,\nG01N23/2000,subgroup,G01N23/00,8,\nA01B3/00,subgroup,A01B,犁,\n`,
    );
    expect(rows).toHaveLength(7);
    expect(facts.faults.map((f) => f.line)).toEqual([9, 10, 11]);
    expect(facts.faults[0]!.en).toContain('E01D101/0');
    expect(facts.faults[2]!.en).toContain('subgroup');
  });

  test('XML of WIPO: depth by dots, headings and notes left out, references not in titles', async () => {
    const { scheme, facts, rows } = await read('EN_ipc_scheme.xml', XML);
    expect({ scheme, version: facts.version, lang: facts.lang }).toEqual({
      scheme: 'ipc',
      version: '2026.01',
      lang: 'en',
    });
    expect(rows.map((r) => ({ ...r, line: 0 }))).toEqual(
      [
        { symbol: 'A', parent: null, depth: 0, title: 'HUMAN NECESSITIES' },
        { symbol: 'A01', parent: 'A', depth: 1, title: 'AGRICULTURE; FORESTRY' },
        { symbol: 'A01B', parent: 'A01', depth: 2, title: 'SOIL WORKING' },
        { symbol: 'A01B1/00', parent: 'A01B', depth: 3, title: 'Hand tools' },
        { symbol: 'A01B1/02', parent: 'A01B1/00', depth: 4, title: 'Spades; Shovels' },
        { symbol: 'A01B1/04', parent: 'A01B1/02', depth: 5, title: 'with teeth' },
        { symbol: 'A01B1/06', parent: 'A01B1/00', depth: 4, title: 'Hoes' },
      ].map((r) => ({ line: 0, ...r })),
    );
  });

  test('title lists: the first of several titles counts', async () => {
    const { format, facts, rows } = await read(
      'IPC_8.txt',
      'A01B1\tHand tools\r\n\r\nA01B3\tPloughs\nA01B3\tPloughs with shares\n',
    );
    expect({ format, lang: facts.lang }).toEqual({ format: 'titles', lang: 'en' });
    expect(rows).toMatchObject([
      { symbol: 'A01B1/00', title: 'Hand tools' },
      { symbol: 'A01B3/00', title: 'Ploughs' },
    ]);
    expect((await faultOf(Promise.resolve().then(() => editionFor(facts, null)))).code).toBe(
      'patents_class_version',
    );
    expect(editionFor(facts, '2017.01')).toBe('2017.01');
  });

  test('concordances, as CSV of two kinds and as XML', async () => {
    const own = await read('a.csv', 'old,new,version\nH01L31,H10F,2025.01\nH01L31/00,H01L31/00,\n');
    expect(own.rows).toEqual([{ line: 2, old: 'H01L31/00', new: 'H10F', since: '2025.01' }]);
    expect(own.facts.version).toBe('2025.01');
    const wipo = await read(
      'b.csv',
      'from-version,to-version,from-symbol,to-symbol,modification\n20240101,20250101,H01L0031040000,H10F0010000000,d\n',
    );
    expect(wipo.rows).toEqual([{ line: 2, old: 'H01L31/04', new: 'H10F10/00', since: '2025.01' }]);
    const xml = await read(
      'c.xml',
      `<IPCConcordanceList from-version="20240101" to-version="20250101"><concordance from-symbol="H01L0031040000" modification="d">
      <concordance-to to-symbol="H10F0010000000"/><concordance-to to-symbol="H01L0031040000"/></concordance></IPCConcordanceList>`,
    );
    expect(xml.rows).toMatchObject([{ old: 'H01L31/04', new: 'H10F10/00', since: '2025.01' }]);
  });

  test('the technology table: prefixes of keys, edition from its last change', async () => {
    const { scheme, facts, rows } = await read(
      't.csv',
      'Field_number,Sector_en,Field_en,IPC_code,Updated_on\n1,Electrical engineering,Machinery,F21H%,\n2,Electrical engineering,Audio,H04N   3/%,"July 10, 2019"\n',
    );
    expect({ scheme, version: facts.version }).toEqual({ scheme: 'fields', version: '2019.07' });
    expect(rows).toMatchObject([
      { prefix: 'F21H', field: 1 },
      { prefix: 'H04N0003', field: 2, title: 'Audio' },
    ]);
  });

  test('an archive of several files is one scheme', async () => {
    const path = await file('c.zip', '');
    await writeZip(path, {
      'a/EN_1.xml': XML,
      'a/FR_1.xml': XML.replaceAll('lang="EN"', 'lang="FR"'),
      'a/EN_2.xml': XML,
      'readme.pdf': 'x',
    });
    const { rows, facts } = await readPath(path, 'c.zip');
    expect(rows).toHaveLength(7);
    expect(facts).toMatchObject({ version: '2026.01', lang: 'en' });
    await writeZip(path, { 'a.xml': XML, 'b.txt': 'A01\tx\n' });
    expect((await faultOf(readPath(path, 'c.zip'))).code).toBe('patents_class_mixed');
  });
});

describe('hostile files', () => {
  test.each([
    ['nothing', '', 'patents_class_empty'],
    ['a page', '<html><body>no</body></html>', 'patents_class_format'],
    ['a table of something else', '名称,数量\n床单,1\n', 'patents_class_format'],
    ['binary', '\u0001\u0000\u0002\u0000', 'patents_class_format'],
    ['cut XML', XML.slice(0, -40), 'patents_class_xml'],
    ['tags that do not match', XML.replace('</title>', '</titel>'), 'patents_class_xml'],
    ['entities of its own', XML.replace('?>', '?><!DOCTYPE x [<!ENTITY a "ha">]>'), 'patents_class_dtd'],
    ['an unknown entity', XML.replace('Hoes', '&bomb;'), 'patents_class_xml'],
    ['a symbol that is none', XML.replace('A01B0001060000', 'A01B00010'), 'patents_class_symbol'],
    ['dots in a wrong place', XML.replace('kind="2"', 'kind="1"'), 'patents_class_level'],
    [
      'a level that does not fit',
      XML.replace('kind="u" symbol="A01B"', 'kind="u" symbol="A01"'),
      'patents_class_level',
    ],
    ['French', XML.replaceAll('lang="EN"', 'lang="FR"'), 'patents_class_language'],
    ['an endless title', XML.replace('Hoes', 'Hoes '.repeat(2000)), 'patents_class_long'],
    ['an open quotation mark', `${CSV}"A01B3/00,`, 'table_quote_open'],
    ['a row of too many columns', `${CSV}A01B3/00,main-group,A01B,犁,,x,y\n`, 'table_ragged'],
    ['a bad concordance', 'old,new\nA01B1/00,nowhere\n', 'patents_class_symbol'],
    ['a bad edition', 'old,new,version\nA01B1/00,A01B3/00,soon\n', 'patents_class_value'],
    ['a bad field', 'Field_number,IPC_code\nmany,A01B%\n', 'patents_class_value'],
    ['a bad rule', 'Field_number,IPC_code\n1,A0%\n', 'patents_class_value'],
  ])('%s', async (name, content, code) => {
    const fault = await faultOf(read(`${name}.x`, content));
    expect(fault.code).toBe(code);
  });

  test('the line of a fault is named', async () => {
    expect(
      (await faultOf(read('a.csv', 'old,new\nA01B1/00,A01B3/00\nA01B1/00,nowhere\n'))).params,
    ).toMatchObject({ line: 3, symbol: 'nowhere' });
    const lines = XML.slice(0, XML.indexOf('A01B0001060000')).split('\n').length;
    expect((await faultOf(read('a.xml', XML.replace('A01B0001060000', 'Q')))).params).toMatchObject({
      line: lines,
    });
  });

  test('XML that was changed at random is read or refused, never more', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(XML.length - 1),
        fc.string({ minLength: 1, maxLength: 5 }),
        async (at, text) => {
          const changed = XML.slice(0, at) + text + XML.slice(at + text.length);
          const answer = await read('x.xml', changed).then(
            () => null,
            (error: { status?: number }) => error.status ?? String(error),
          );
          expect([null, 400, 413, 415]).toContain(answer);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe.skipIf(!hasData)('real files', () => {
  test('the Chinese IPC is read but for 72 rows that were cut when it was made', async () => {
    const { rows, facts } = await readPath(
      join(DATA, 'classification/ipc_zh_2026.01.csv'),
      'ipc_zh_2026.01.csv',
    );
    expect(rows.length + facts.faults.length).toBe(77_258);
    expect(facts.faults.length).toBeLessThan(100);
  });

  test('CPC as it is published, the technology table, English titles', async () => {
    const cpc = await readPath(
      join(DATA, 'patents-en/uspto/cpcScheme/cpc-scheme-A01L.xml'),
      'cpc-scheme-A01L.xml',
    );
    expect(cpc).toMatchObject({
      scheme: 'cpc',
      format: 'cpc-xml',
      facts: { version: '2016.05', lang: 'en' },
    });
    expect(cpc.rows[0]).toMatchObject({ symbol: 'A01L', depth: 2, title: 'SHOEING OF ANIMALS' });
    expect(cpc.rows).toContainEqual(
      expect.objectContaining({
        symbol: 'A01L1/02',
        parent: 'A01L1/00',
        depth: 4,
        title: 'Solid horseshoes consisting of one part',
      }),
    );
    const symbols = cpc.rows.map((r) => (r as { symbol: string }).symbol);
    expect(new Set(symbols).size).toBe(symbols.length);
    const fields = await readPath(
      join(DATA, 'classification/wipo_ipc_technology_35.csv'),
      'wipo_ipc_technology_35.csv',
    );
    expect(fields.rows).toHaveLength(764);
    const titles = await readPath(join(DATA, 'classification/p2n-ipc-en/IPC_4.txt'), 'IPC_4.txt');
    expect(titles.rows.length).toBe(637);
    expect(titles.rows[0]).toMatchObject({ symbol: 'A01B' });
    expect(
      (await readFile(join(DATA, 'classification/p2n-ipc-en/IPC_3.txt'), 'utf8')).length,
    ).toBeGreaterThan(0);
  });
});
