import { mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  oleFile,
  type PartContent,
  type WorkbookSpec,
  workbookParts,
  writeWorkbook,
  writeZip,
} from '#kernel/testing/xlsx-file';
import { readCsv } from './csv.ts';
import { TableError } from './errors.ts';
import { readJsonl } from './jsonl.ts';
import { sniffTable } from './sniff.ts';
import { readXlsx, type XlsxOptions } from './xlsx.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zc-bad-'));
});
afterAll(() => rm(dir, { recursive: true }));

let count = 0;
async function file(content: string | Buffer): Promise<string> {
  count += 1;
  const path = join(dir, String(count));
  await writeFile(path, content);
  return path;
}

async function drain(rows: AsyncIterable<unknown>): Promise<number> {
  let n = 0;
  for await (const _ of rows) n += 1;
  return n;
}

/** The error of reading, which must be a client error with both texts filled in. */
async function errorOf(work: Promise<unknown>): Promise<TableError> {
  try {
    await work;
  } catch (error) {
    expect(error).toBeInstanceOf(TableError);
    const e = error as TableError;
    expect(e.status).toBeGreaterThanOrEqual(400);
    expect(e.status).toBeLessThan(500);
    for (const text of [e.text.zh, e.text.en])
      expect(text).not.toMatch(/\{\w+\}|\bundefined\b(?! entity)|NaN/);
    return e;
  }
  throw new Error('was read without an error');
}

const simple: WorkbookSpec = {
  sheets: [{ name: 'S', xml: '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>' }],
  strings: '<si><t>名称</t></si>',
};

async function workbook(spec: WorkbookSpec = simple, change?: (parts: Record<string, PartContent>) => void) {
  count += 1;
  const path = join(dir, `${count}.xlsx`);
  const parts = workbookParts(spec);
  change?.(parts);
  await writeZip(path, parts);
  return path;
}

const readError = (path: string, options?: XlsxOptions) => errorOf(drain(readXlsx(path, options)));
const sheetXml = (xml: string): WorkbookSpec => ({ ...simple, sheets: [{ name: 'S', xml }] });

describe('files that are no workbook', () => {
  it.each([
    ['an empty file', '', 'table_empty', /0 bytes/],
    ['text', '名称,数量\r\n床单,1\r\n', 'table_unsupported', /CSV/],
    [
      'HTML, as many systems export it',
      '<html><table><tr><td>1</td></tr></table></html>',
      'table_unsupported',
      /HTML/,
    ],
    ['a PDF', '%PDF-1.7\n%âãÏÓ\n1 0 obj', 'table_unsupported', /PDF/],
    ['nothing but NUL bytes', Buffer.alloc(5000), 'table_unsupported', /binary/],
    ['the old format', oleFile(['Workbook']), 'table_legacy_xls', /\.xlsx/],
    ['the older format', oleFile(['Book']), 'table_legacy_xls', /\.xlsx/],
    ['a password', oleFile(['EncryptionInfo', 'EncryptedPackage']), 'table_password', /password/],
    ['an old document', oleFile(['WordDocument']), 'table_unsupported', /DOC/],
    ['a compound file cut short', oleFile(['Workbook']).subarray(0, 600), 'table_unsupported', /OLE/],
  ])('says so of %s', async (_, content, code, text) => {
    const error = await readError(await file(content));
    expect(error.code).toBe(code);
    expect(error.text.en).toMatch(text);
  });

  it.each([
    ['a document', { '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>' }, /DOCX/],
    ['slides', { '[Content_Types].xml': '<Types/>', 'ppt/presentation.xml': '<p/>' }, /PPTX/],
    ['a binary workbook', { '[Content_Types].xml': '<Types/>', 'xl/workbook.bin': 'x' }, /XLSB/],
    [
      'an OpenDocument',
      { mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<o/>' },
      /ODS/,
    ],
    ['any archive', { 'readme.txt': 'hello' }, /ZIP/],
  ])('tells %s in a ZIP from a workbook', async (_, parts, text) => {
    const path = join(dir, `zip-${text.source}`);
    await writeZip(path, parts);
    expect(await readError(path)).toMatchObject({
      code: 'table_unsupported',
      params: { found: expect.stringMatching(text) },
    });
    expect(await errorOf(sniffTable(path, '专利.xlsx'))).toMatchObject({ code: 'table_contradiction' });
    expect(await sniffTable(path, 'no-extension')).toBe('unknown');
  });
});

describe('damaged workbooks', () => {
  it('finds every truncation', async () => {
    const whole = await readFile(await workbook());
    for (const length of [4, 30, 100, whole.length >> 1, whole.length - 1]) {
      const error = await readError(await file(whole.subarray(0, length)));
      expect(error.code, `cut at ${length}`).toBe('table_zip_broken');
    }
  });

  it('finds a flipped byte anywhere in the packed sheet', async () => {
    const text = Array.from(
      { length: 200 },
      (_, i) => `<c t="inlineStr"><is><t>第${i * 7919}号</t></is></c>`,
    ).join('');
    const path = await workbook(sheetXml(`<sheetData><row>${text}</row></sheetData>`));
    const whole = await readFile(path);
    const at = whole.indexOf('xl/worksheets/sheet1.xml') + 40;
    for (const offset of [0, 100, 333, 700]) {
      const bytes = Buffer.from(whole);
      bytes[at + offset] = (bytes[at + offset] ?? 0) ^ 0x10;
      const error = await readError(await file(bytes));
      expect(['table_zip_broken', 'table_xml', 'table_address', 'table_workbook', 'table_xml_dtd']).toContain(
        error.code,
      );
    }
  });

  it('checks the checksum of what it unpacked', async () => {
    const path = await workbook(sheetXml('<sheetData><row><c><v>12345</v></c></row></sheetData>'));
    const stored = join(dir, 'stored.xlsx');
    await writeWorkbook(stored, sheetXml('<sheetData><row><c><v>12345</v></c></row></sheetData>'), {
      compress: false,
    });
    const bytes = await readFile(stored);
    bytes.write('12340', bytes.indexOf('12345'));
    expect(await readError(await file(bytes))).toMatchObject({
      code: 'table_zip_broken',
      params: { why: 'CRC-32' },
    });
    expect(await drain(readXlsx(path))).toBe(1);
  });

  it.each([
    ['no workbook part', (p: Record<string, PartContent>) => delete p['xl/workbook.xml'], 'table_workbook'],
    [
      'no sheet part',
      (p: Record<string, PartContent>) => delete p['xl/worksheets/sheet1.xml'],
      'table_workbook',
    ],
    [
      'no relationships',
      (p: Record<string, PartContent>) => delete p['xl/_rels/workbook.xml.rels'],
      'table_workbook',
    ],
    ['no strings', (p: Record<string, PartContent>) => delete p['xl/sharedStrings.xml'], 'table_workbook'],
  ])('names what is missing: %s', async (_, drop, code) => {
    expect((await readError(await workbook(simple, (parts) => void drop(parts)))).code).toBe(code);
  });

  it.each([
    ['an XML part that ends in the middle', '<sheetData><row><c><v>1</v></c>', 'table_xml'],
    ['tags that do not match', '<sheetData><row></c></row></sheetData>', 'table_xml'],
    ['an unknown entity', '<sheetData><row><c><v>&bomb;</v></c></row></sheetData>', 'table_xml'],
    [
      'a string that is not there',
      '<sheetData><row><c t="s"><v>7</v></c></row></sheetData>',
      'table_workbook',
    ],
    [
      'an address beyond the last column',
      '<sheetData><row><c r="XFE1"><v>1</v></c></row></sheetData>',
      'table_address',
    ],
    ['an absurd address', '<sheetData><row><c r="ZZZZZZZZ1"><v>1</v></c></row></sheetData>', 'table_address'],
    [
      'an address of another row',
      '<sheetData><row r="1"><c r="A2"><v>1</v></c></row></sheetData>',
      'table_address',
    ],
    ['a row beyond the last', '<sheetData><row r="1048577"/></sheetData>', 'table_address'],
    ['rows out of order', '<sheetData><row r="2"/><row r="1"/></sheetData>', 'table_address'],
    [
      'a merged range of nonsense',
      '<sheetData/><mergeCells><mergeCell ref="A0:Q"/></mergeCells>',
      'table_address',
    ],
  ])('refuses %s', async (_, xml, code) => {
    expect((await readError(await workbook(sheetXml(xml)))).code).toBe(code);
  });

  it('refuses bytes that are not the declared encoding', async () => {
    const latin = (text: string) => (parts: Record<string, PartContent>) => {
      parts['xl/worksheets/sheet1.xml'] = Buffer.from(text, 'latin1');
    };
    const cell = '<sheetData><row><c t="str"><v>\xe9\xe9</v></c></row></sheetData>';
    expect((await readError(await workbook(simple, latin(`<worksheet>${cell}</worksheet>`)))).code).toBe(
      'table_xml',
    );
    const declared = `<?xml version="1.0" encoding="GBK"?><worksheet><sheetData/></worksheet>`;
    expect((await readError(await workbook(simple, latin(declared)))).text.en).toContain('GBK');
  });
});

describe('hostile workbooks', () => {
  const dtd =
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>';

  it.each(['xl/workbook.xml', 'xl/sharedStrings.xml', 'xl/worksheets/sheet1.xml', '_rels/.rels'])(
    'refuses a DTD in %s',
    async (part) => {
      const path = await workbook(simple, (parts) => {
        parts[part] = String(parts[part]).replace('?>', `?>${dtd}`);
      });
      expect(await readError(path)).toMatchObject({ code: 'table_xml_dtd', params: { part } });
    },
  );

  const renamed = async (from: string, to: string) => {
    const path = await workbook(simple, (parts) => {
      parts[from] = 'x';
    });
    const bytes = await readFile(path);
    for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + 1)) bytes.write(to, at);
    return file(bytes);
  };

  it.each([
    ['xx/evil.txt', '../evil.txt'],
    ['x/../y/evil.txt'.replace('..', 'zz'), 'x/../y/evil.txt'],
    ['xevil.txt', '/evil.txt'],
    ['xx/evil.txt', 'C:/evil.txt'],
    ['xx/evil.txt', '..\\evil.txt'],
  ])('refuses the entry name that was %s and became %s', async (from, to) => {
    const path = await renamed(from, to);
    const error = await readError(path);
    expect(error.code).toBe('table_zip_name');
    expect(await errorOf(sniffTable(path, 'a.xlsx'))).toMatchObject({ code: 'table_zip_name' });
  });

  it('refuses two entries of one name', async () => {
    expect(
      (await readError(await renamed('xl/worksheets/sheetA.xml', 'xl/worksheets/sheet1.xml'))).code,
    ).toBe('table_zip_broken');
  });

  const bomb = (bytes: number) =>
    workbook({
      ...simple,
      sheets: [
        {
          name: 'S',
          xml: function* () {
            yield '<sheetData>';
            for (let done = 0; done < bytes; done += 1_000_000) yield ' '.repeat(1_000_000);
            yield '</sheetData>';
          },
        },
      ],
    });

  it('refuses a part that is packed too tightly, unless the limits are raised', async () => {
    const path = await bomb(40_000_000);
    expect(await readError(path)).toMatchObject({
      code: 'table_zip_ratio',
      params: { part: 'xl/worksheets/sheet1.xml' },
    });
    const raised = await readError(path, { limits: { maxRatio: 2000 } });
    expect(raised.code).toBe('table_cell_long'); // blanks without end are no cell
  });

  it('refuses too much in all', async () => {
    const error = await readError(await bomb(3_000_000), { limits: { maxUncompressedBytes: 2_000_000 } });
    expect(error).toMatchObject({ code: 'table_zip_size', status: 413, params: { limit: 2 } });
  });

  it('refuses a header that lies about the size', async () => {
    const path = await bomb(3_000_000);
    const bytes = await readFile(path);
    const central = bytes.lastIndexOf('xl/worksheets/sheet1.xml') - 46;
    expect(bytes.readUInt32LE(central)).toBe(0x02_01_4b_50);
    bytes.writeUInt32LE(1000, central + 24);
    const error = await readError(await file(bytes), { limits: { maxUncompressedBytes: 100_000 } });
    expect(error.code).toBe('table_zip_broken');
  });

  it('refuses too many entries', async () => {
    const path = await workbook(simple, (parts) => {
      for (let i = 0; i < 50; i += 1) parts[`junk/${i}`] = '';
    });
    expect(await readError(path, { limits: { maxEntries: 20 } })).toMatchObject({
      code: 'table_zip_entries',
      params: { count: 56, limit: 20 },
    });
  });

  it('refuses encrypted entries', async () => {
    const bytes = await readFile(await workbook());
    const central = bytes.lastIndexOf('xl/worksheets/sheet1.xml') - 46;
    bytes.writeUInt16LE(bytes.readUInt16LE(central + 8) | 1, central + 8);
    expect((await readError(await file(bytes))).code).toBe('table_password');
  });

  it('refuses more merged ranges than any header has', async () => {
    const path = await workbook({
      ...simple,
      sheets: [
        {
          name: 'S',
          xml: `<sheetData/><mergeCells>${'<mergeCell ref="A1:B1"/>'.repeat(100_001)}</mergeCells>`,
        },
      ],
    });
    expect((await readError(path)).code).toBe('table_merges');
    expect((await readError(path, { merged: true })).code).toBe('table_merges');
  });
});

describe('names and contents', () => {
  const jsonl = '{"a":1}\n{"a":2}\n';
  const gbk = Buffer.from('c3fbb3c62cc1bf0d0ab4b2b5a52c310d0a', 'hex'); // 名称,量 / 床单,1
  it.each<[string, string | Buffer, string]>([
    ['a.csv', '名称,数量\n床单,1\n', 'csv'],
    ['a.CSV', gbk, 'csv'],
    ['a.txt', '\uFEFF名称\t数量\n', 'csv'],
    ['a.tsv', Buffer.from('\uFEFF名称\t数量\n', 'utf16le'), 'csv'],
    ['a.jsonl', jsonl, 'jsonl'],
    ['a.ndjson', `\uFEFF${jsonl}`, 'jsonl'],
    ['a.json', '{"a":1}', 'jsonl'],
    ['a.jsonl', `{"a":"${'x'.repeat(100_000)}"}\n`, 'jsonl'],
    ['a.jsonl', '{"a":1\n{"a":2}\n', 'jsonl'],
    ['a.xls', oleFile(['Workbook']), 'xls'],
    ['noname', 'a,b\n', 'csv'],
    ['a.csv', 'BMI,GIF89a\n1,2\n', 'csv'],
    [
      'a.csv',
      '摘要\n有个\u000b怪字符的一行，其余都是正常的文字，正常的文字，正常的文字，正常的文字，正常的文字\n',
      'csv',
    ],
    ['upload.bin', Buffer.from([0, 1, 2, 3]), 'unknown'],
    ['a.pdf', '%PDF-1.7\n', 'unknown'],
  ])('finds %s to be what it is', async (name, content, kind) => {
    expect(await sniffTable(await file(content), name)).toBe(kind);
  });

  it('finds a workbook whatever it is called, if its name promises nothing else', async () => {
    const path = await workbook();
    for (const name of ['a.xlsx', 'a.XLSM', 'upload', 'a.upload'])
      expect(await sniffTable(path, name)).toBe('xlsx');
  });

  it.each<[string, string | Buffer, RegExp]>([
    ['专利.xlsx', '名称,数量\n', /CSV/],
    ['专利.xlsx', '%PDF-1.7\n', /PDF/],
    ['专利.xlsx', oleFile(['Workbook']), /XLS/],
    ['专利.csv', jsonl, /JSONL/],
    ['专利.csv', '<!DOCTYPE html><html></html>', /HTML/],
    ['专利.csv', '<?xml version="1.0"?><Workbook/>', /XML/],
    ['专利.xls', '<html><table></table></html>', /HTML/],
    ['专利.jsonl', '名称,数量\n', /CSV/],
    ['专利.csv', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /PNG/],
    ['专利.csv', Buffer.alloc(100), /binary/],
  ])('refuses %s with another content', async (name, content, found) => {
    const error = await errorOf(sniffTable(await file(content), name));
    expect(error).toMatchObject({ code: 'table_contradiction', status: 415 });
    expect(error.text.zh).toContain(name);
    expect(error.params.found).toMatch(found);
  });

  it('refuses what is bad under any name', async () => {
    expect(await errorOf(sniffTable(await file(''), '空.csv'))).toMatchObject({
      code: 'table_empty',
      params: { name: '空.csv' },
    });
    const locked = await file(oleFile(['EncryptionInfo', 'EncryptedPackage']));
    for (const name of ['a.xlsx', 'a.xls', 'a'])
      expect((await errorOf(sniffTable(locked, name))).code).toBe('table_password');
    expect((await errorOf(sniffTable(await file('[{"a":1}]'), 'a.json'))).code).toBe('table_json_array');
    const cut = (await readFile(await workbook())).subarray(0, 200);
    expect((await errorOf(sniffTable(await file(cut), 'a.xlsx'))).code).toBe('table_zip_broken');
  });

  it('lets errors of the file system pass', async () => {
    await expect(sniffTable(join(dir, 'absent'), 'a.csv')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(drain(readXlsx(join(dir, 'absent')))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(drain(readCsv(join(dir, 'absent')))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('a file of 2 GB', () => {
  const GB2 = 2 * 1024 ** 3 + 1000;

  it('that is a hole on the disk is refused at once by every reader', async () => {
    const path = await file('名称,数量\n');
    await truncate(path, GB2);
    expect(await errorOf(drain(readCsv(path)))).toMatchObject({ code: 'table_nul', params: { line: 2 } });
    expect((await errorOf(sniffTable(path, 'a.csv'))).code).toBe('table_contradiction');
    const rows: unknown[] = [];
    for await (const row of readJsonl(path, { maxLineBytes: 1000 })) {
      rows.push(row.problem?.code);
      break;
    }
    expect(rows).toEqual(['table_json']);
  });

  it('may be a ZIP whose directory stands behind the second gigabyte', async () => {
    // A stored entry in front of the rest, kept as a hole: offsets beyond 2^31 are followed.
    const small = await readFile(await workbook());
    const central = small.readUInt32LE(small.length - 6);
    const path = await file('');
    const handle = await open(path, 'r+');
    const head = Buffer.from(small.subarray(0, central));
    const tail = Buffer.from(small.subarray(central));
    const shift = GB2;
    for (let at = 0; tail.readUInt32LE(at) === 0x02_01_4b_50; ) {
      tail.writeUInt32LE(tail.readUInt32LE(at + 42) + shift, at + 42);
      at += 46 + tail.readUInt16LE(at + 28) + tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32);
    }
    tail.writeUInt32LE(central + shift, tail.length - 6);
    await handle.write(small.subarray(0, 30), 0, 30, 0);
    await handle.write(head, 0, head.length, shift);
    await handle.write(tail, 0, tail.length, shift + central);
    await handle.close();
    expect(await sniffTable(path, 'a.xlsx')).toBe('xlsx');
    expect(await drain(readXlsx(path))).toBe(1);
  });
});
