import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import { cellText, type TableRow } from './cells.ts';
import { type CsvOptions, readCsv } from './csv.ts';
import { CsvParser, guessDelimiter, MAX_CSV_COLUMNS } from './csv-parser.ts';
import { csvLine } from './csv-text.ts';
import { detectEncoding } from './encoding.ts';
import { type JsonlRow, readJsonl } from './jsonl.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zc-text-'));
});
afterAll(() => rm(dir, { recursive: true }));

let count = 0;
async function file(...content: (string | Buffer)[]): Promise<string> {
  count += 1;
  const path = join(dir, String(count));
  await writeFile(path, Buffer.concat(content.map((c) => Buffer.from(c as string))));
  return path;
}

/** GB18030 bytes of a text, by asking the decoder (there is no encoder in the platform). */
const gbTable = new Map<string, Buffer>();
for (let lead = 0x81; lead <= 0xfe; lead += 1) {
  for (let trail = 0x40; trail <= 0xfe; trail += 1) {
    if (trail === 0x7f) continue;
    const bytes = Buffer.from([lead, trail]);
    gbTable.set(new TextDecoder('gb18030').decode(bytes), bytes);
  }
}
const gb = (text: string) =>
  Buffer.concat(
    Array.from(text, (c) => (c.charCodeAt(0) < 0x80 ? Buffer.from(c) : (gbTable.get(c) ?? Buffer.from('?')))),
  );

async function csv(path: string, options?: CsvOptions) {
  const reader = readCsv(path, options);
  const rows: TableRow[] = [];
  for await (const row of reader) rows.push(row);
  return { reader, rows, texts: rows.map((row) => row.cells.map(cellText)) };
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: { code?: string; params?: unknown }) => ({ code: error.code, params: error.params }),
  );

describe('encodings', () => {
  const rows = '名称,地址\r\n家纺城,南通市通州区川姜镇\r\n';
  const table = [
    ['名称', '地址'],
    ['家纺城', '南通市通州区川姜镇'],
  ];
  const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(rows), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${rows}`), 'utf-8'],
    ['GB18030', gb(rows), 'gb18030'],
    ['UTF-16, little end first', Buffer.from(`\uFEFF${rows}`, 'utf16le'), 'utf-16le'],
    ['UTF-16, big end first', utf16be(`\uFEFF${rows}`), 'utf-16be'],
  ])('reads %s', async (_, bytes, encoding) => {
    const { reader, texts } = await csv(await file(bytes));
    expect(texts).toEqual(table);
    expect(reader.encoding).toBe(encoding);
    expect(reader.bytesRead).toBe(reader.totalBytes);
    expect(reader.totalBytes).toBe(bytes.length);
  });

  it('judges the whole file, not its beginning', async () => {
    const ascii = 'abcdefg,1234567890\r\n'.repeat(150_000); // 3 MB
    expect((await csv(await file(ascii, gb('家纺,床单\r\n')))).texts.at(-1)).toEqual(['家纺', '床单']);
    expect((await csv(await file(ascii, '家纺,床单\r\n'))).texts.at(-1)).toEqual(['家纺', '床单']);
    expect(await detectEncoding(await file(ascii))).toBe('utf-8');
    expect(await detectEncoding(await file('a', ascii, '家'))).toBe('utf-8');
  });

  it('reads four-byte GB18030 characters', async () => {
    const fourByte = Buffer.from([0x81, 0x39, 0xee, 0x39]); // U+3400
    const { reader, texts } = await csv(await file(gb('家'), fourByte, '\n'));
    expect(reader.encoding).toBe('gb18030');
    expect(texts).toEqual([['家㐀']]);
  });

  it('is right wherever the pieces are cut', async () => {
    for (const shift of [0, 1, 2, 3]) {
      const ascii = Buffer.alloc(1024 * 1024 - 2 - shift, 'x');
      expect(await detectEncoding(await file(ascii, '家纺𠀀家纺'))).toBe('utf-8');
      expect(await detectEncoding(await file(ascii, gb('家纺家纺')))).toBe('gb18030');
    }
  });

  it('does not pass damaged UTF-8 off as GB18030', async () => {
    const good = '南通市家纺市场知识产权保护，\n'.repeat(20);
    const path = await file(good, Buffer.from([0xe5, 0x8d]), '\n', good);
    expect(await codeOf(csv(path))).toEqual({ code: 'table_encoding_damaged', params: { line: 21 } });
    const end = await file(good, Buffer.from('通').subarray(0, 2));
    expect(await codeOf(csv(end))).toEqual({ code: 'table_encoding_damaged', params: { line: 21 } });
    // GB18030 that looks like UTF-8 for long (通 is both) is refused too; whoever knows better may say so.
    const odd = await file(gb(`${'通'.repeat(40)}家纺\n`));
    expect(await codeOf(csv(odd))).toMatchObject({ code: 'table_encoding_damaged' });
    expect((await csv(odd, { encoding: 'gbk' })).texts).toEqual([[`${'通'.repeat(40)}家纺`]]);
  });

  it('names the line that is in no known encoding', async () => {
    const bad = Buffer.from([0x41, 0xff, 0xff, 0x0a]);
    expect(await codeOf(csv(await file('a\nb\n', bad, 'c\n')))).toMatchObject({
      code: 'table_encoding',
      params: { line: 3 },
    });
    expect(await codeOf(csv(await file('\uFEFFa\nb\n', gb('家纺'))))).toMatchObject({
      code: 'table_encoding',
      params: { line: 3, encoding: 'UTF-8' },
    });
    expect(await codeOf(csv(await file('a\n', gb('家纺')), { encoding: 'utf-8' }))).toMatchObject({
      code: 'table_encoding',
      params: { line: 2, encoding: 'UTF-8' },
    });
    expect(
      await codeOf(csv(await file(gb('家纺\n床单\n'), bad, gb('家')), { encoding: 'gb18030' })),
    ).toMatchObject({
      code: 'table_encoding',
      params: { line: 3, encoding: 'GB18030' },
    });
    const half = Buffer.concat([Buffer.from('\uFEFFa\n', 'utf16le'), Buffer.from([0x00, 0xd8, 0x41, 0x00])]);
    expect(await codeOf(csv(await file(half)))).toMatchObject({ code: 'table_encoding' });
  });

  it('refuses NUL bytes, naming the line', async () => {
    expect(await codeOf(csv(await file('a\nb\0\n')))).toEqual({ code: 'table_nul', params: { line: 2 } });
    expect(await codeOf(csv(await file(gb('家纺\n'), 'b\0\n')))).toEqual({
      code: 'table_nul',
      params: { line: 2 },
    });
    const wide = Buffer.from('\uFEFFa\nb\nc\0', 'utf16le');
    expect(await codeOf(csv(await file(wide)))).toEqual({ code: 'table_nul', params: { line: 3 } });
    const unmarked = Buffer.from('a,b\n', 'utf16le');
    expect(await codeOf(csv(await file(unmarked)))).toMatchObject({ code: 'table_nul' });
  });

  it('finds the encoding of any Chinese text', async () => {
    const han = fc.string({
      unit: fc.constantFrom(...'南通市家纺知识产权保护中心川姜镇叠石桥,，。\n1a'),
      minLength: 1,
      maxLength: 80,
    });
    const path = join(dir, 'any');
    await fc.assert(
      fc.asyncProperty(han, async (text) => {
        await writeFile(path, text);
        expect(await detectEncoding(path)).toBe('utf-8');
        // One character that cannot be UTF-8 decides; without any (联通) even a person could not tell.
        await writeFile(path, gb(`${text}家`));
        expect(await detectEncoding(path)).toBe('gb18030');
      }),
      { numRuns: 60 },
    );
  });
});

describe('records', () => {
  it.each<[string, string, string[][]]>([
    [
      'LF, CRLF and CR',
      'a,b\nc,d\r\ne,f\rg,h',
      [
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'f'],
        ['g', 'h'],
      ],
    ],
    [
      'quoted delimiters, marks and line breaks',
      '"a,1","b""2""","c\r\nd"\n"",x,"\n"',
      [
        ['a,1', 'b"2"', 'c\r\nd'],
        ['', 'x', '\n'],
      ],
    ],
    ['blank lines left out', '\n\na\n\n\nb\n\n', [['a'], ['b']]],
    [
      'rows of delimiters left out',
      'a,b\n,,\n,\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['empty fields at the end dropped', 'a,b,c\n1,,\n', [['a', 'b', 'c'], ['1']]],
    ['a mark inside a field as an ordinary character', 'a"b,5" 管\n', [['a"b', '5" 管']]],
    [
      'no line end at the end',
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['a quoted last field without line end', 'a\n"b"', [['a'], ['b']]],
    ['blanks kept', ' a , b \n', [[' a ', ' b ']]],
    [
      'the first line that Excel writes for its own',
      'sep=;\r\na;b\r\n1;2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
  ])('reads %s', async (_, text, expected) => {
    const { texts, rows } = await csv(await file(text));
    expect(texts).toEqual(expected);
    expect(rows.filter((row) => row.problem)).toEqual([]);
  });

  it('numbers rows as a spreadsheet does and lines as an editor does', async () => {
    const { rows } = await csv(await file('h1,h2\n\n"x\ny\nz",1\nb,2\n'));
    expect(rows.map((row) => [row.rowNumber, row.line])).toEqual([
      [1, 1],
      [3, 3],
      [4, 6],
    ]);
  });

  it('reports rows with another number of columns and goes on', async () => {
    const { rows } = await csv(await file('a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n1,2,3\n"x"y,2,3\n'));
    expect(rows.map((row) => row.problem?.code ?? null)).toEqual([
      null,
      'table_ragged',
      'table_ragged',
      null, // empty columns beyond the last do no harm
      null,
      'table_quote_stray',
    ]);
    expect(rows[1]?.problem).toMatchObject({ params: { row: 2, line: 2, found: 2, expected: 3 } });
    expect(rows[5]?.cells[0]?.value).toBe('xy');
    const titled = await csv(await file('检索结果\n\n序号,名称\n1,床单\n2\n'), { headerRow: 3 });
    expect(titled.rows.map((row) => row.problem?.code ?? null)).toEqual([null, null, null, 'table_ragged']);
  });

  it('refuses a quotation mark that is never closed, naming the line', async () => {
    expect(await codeOf(csv(await file('a,b\n1,2\n"x,3\n1,2\n')))).toEqual({
      code: 'table_quote_open',
      params: { line: 3 },
    });
  });

  it('refuses endless records and absurdly many columns', async () => {
    const path = await file('a\nb,"', 'x'.repeat(300_000), '"\n');
    expect(await codeOf(csv(path, { maxRecordChars: 100_000 }))).toMatchObject({
      code: 'table_record_long',
      params: { line: 2 },
    });
    expect((await csv(path)).texts[1]?.[1]).toHaveLength(300_000);
    const wide = await file('a,b\n', ','.repeat(MAX_CSV_COLUMNS), '\n');
    expect(await codeOf(csv(wide))).toMatchObject({ code: 'table_columns', params: { row: 2 } });
    expect(await codeOf(csv(await file('')))).toMatchObject({ code: 'table_empty' });
  });

  it('reads any table back, cut into pieces anywhere', () => {
    const cell = fc.string({ unit: fc.constantFrom(...'ab家,"\r\n;\t \'=1'), maxLength: 6 });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(table, fc.array(fc.nat(200), { maxLength: 8 }), (values, cuts) => {
        const text = values
          .map((row) => row.map((v) => `"${v.replaceAll('"', '""')}"`).join(','))
          .join('\r\n');
        const parser = new CsvParser({ delimiter: ',', headerRow: 1, maxRecordChars: 10_000 });
        const edges = [0, ...cuts.map((c) => Math.min(c, text.length)).sort((a, b) => a - b), text.length];
        const rows = [
          ...edges.slice(1).flatMap((end, i) => parser.write(text.slice(edges[i], end))),
          ...parser.end(),
        ];
        const found = new Map(rows.map((row) => [row.rowNumber, row.cells.map(cellText)]));
        for (const [i, row] of values.entries()) {
          const want = [...row];
          while (want.at(-1) === '') want.pop();
          expect(found.get(i + 1) ?? []).toEqual(want);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('reads its own exports back', () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.string({ unit: fc.constantFrom(...' ",\r\n家1') }),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 6 }), (values) => {
        const parser = new CsvParser({ delimiter: ',', headerRow: 1, maxRecordChars: 10_000 });
        const cells = parser.write(csvLine(['x', ...values, 'x']))[0]?.cells.map(cellText);
        // What could be a formula comes back with the apostrophe that disarmed it.
        expect(cells?.slice(1, -1).map((v, i) => (v === `'${values[i]}` ? values[i] : v))).toEqual(values);
      }),
      { numRuns: 500 },
    );
  });
});

describe('delimiters', () => {
  it.each([
    ['a,b\n1,2\n', ','],
    ['a;b;c\n1,5;2;3\n2,5;3;4\n', ';'],
    ['a\tb\n1\t2,3\n', '\t'],
    ['a|b\n1|2\n', '|'],
    ['名称\n床单\n', ','],
    ['', ','],
    ['"a;b",c\n"d;e",f\n', ','],
    ['标题行,没有意义\nh1;h2;h3\n1;2;3\n4;5;6\n', ';'],
    ['a,b,,\n1,,,\n', ','],
    ['sep=|\n1,2\n', '|'],
    ['"never closed,\n1,2\n', ','],
  ])('guesses that of %j', (text, delimiter) => {
    expect(guessDelimiter(text)).toBe(delimiter);
  });

  it('obeys when told', async () => {
    expect((await csv(await file('a,b;c\n'), { delimiter: ';' })).texts).toEqual([['a,b', 'c']]);
  });
});

describe('JSON lines', () => {
  async function lines(path: string, maxLineBytes?: number) {
    const reader = readJsonl(path, maxLineBytes === undefined ? {} : { maxLineBytes });
    const rows: JsonlRow[] = [];
    for await (const row of reader) rows.push(row);
    return { reader, rows };
  }

  it('hands out objects, and problems with the line, and never stops for one', async () => {
    const path = await file(
      '\uFEFF{"a":1}\r\n\n  {"b":"家纺"}  \n{"c":\nnull\n[1]\n"x"\n',
      Buffer.from([0x7b, 0xff, 0x7d, 0x0a]),
      `{"long":"${'x'.repeat(200)}"}\n{"d":4}`,
    );
    const { reader, rows } = await lines(path, 100);
    expect(rows.map((row) => [row.lineNumber, row.problem?.code ?? row.value])).toEqual([
      [1, { a: 1 }],
      [3, { b: '家纺' }],
      [4, 'table_json'],
      [5, 'table_json_object'],
      [6, 'table_json_object'],
      [7, 'table_json_object'],
      [8, 'table_utf8'],
      [9, 'table_line_long'],
      [10, { d: 4 }],
    ]);
    expect(rows[2]?.problem?.text.zh).toContain('第 4 行');
    expect(reader.bytesRead).toBe(reader.totalBytes);
  });

  it('reads lines longer than a piece, and drops endless ones without keeping them', async () => {
    const long = 'x'.repeat(700_000);
    const path = await file(`{"a":"${long}"}\n{"b":1}\n`);
    const { rows } = await lines(path);
    expect(rows.map((row) => Object.keys(row.value ?? {}))).toEqual([['a'], ['b']]);
    const short = await lines(path, 1000);
    expect(short.rows.map((row) => row.problem?.code)).toEqual(['table_line_long', undefined]);
  });

  it('does not confuse a record with its prototype', async () => {
    const { rows } = await lines(await file('{"__proto__":{"admin":true}}\n'));
    expect(Object.getPrototypeOf(rows[0]?.value)).toBe(Object.prototype);
    expect(rows[0]?.value?.admin).toBeUndefined();
  });

  it('refuses empty files and UTF-16', async () => {
    expect(await codeOf(lines(await file('')))).toMatchObject({ code: 'table_empty' });
    expect(await codeOf(lines(await file(Buffer.from('\uFEFF{}', 'utf16le'))))).toMatchObject({
      code: 'table_utf8',
    });
  });
});

const real = new URL('../../../shared/data/', import.meta.url);

describe.skipIf(!existsSync(real))('real tables (skipped without ../shared/data)', () => {
  const path = (name: string) => fileURLToPath(new URL(name, real));
  it.each([
    ['classification/ipc_zh_2026.01.csv', 77_259, 'utf-8', ','],
    ['patents-en/lens/lens_drones_families_5884.csv', 5885, 'utf-8', ','],
    ['patents-zh/lxingy3-chinese-patent-ipc-classifier/oof_predictions.csv', 9741, 'utf-8', ','],
    ['geo/gb2260_3206xx_history.tsv', 842, 'utf-8', '\t'],
  ])('reads %s without a problem', async (name, n, encoding, delimiter) => {
    const reader = readCsv(path(name));
    let rows = 0;
    let problems = 0;
    for await (const row of reader) {
      rows += 1;
      if (row.problem) problems += 1;
    }
    expect([rows, problems, reader.encoding, reader.delimiter]).toEqual([n, 0, encoding, delimiter]);
  });
});
