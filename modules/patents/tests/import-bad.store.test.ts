import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type PartContent, workbookParts, writeZip } from '../../../kernel/testing/xlsx-file.ts';
import type { PatentImport } from '../contract.ts';
import { type PatentPlatform, patentPlatform } from './helpers.ts';

let t: PatentPlatform;
let dir: string;
beforeAll(async () => {
  t = await patentPlatform();
  dir = await mkdtemp(join(tmpdir(), 'zc-patents-'));
});
beforeEach(() => t.clean());
afterAll(async () => {
  await t?.close();
  await rm(dir, { recursive: true, force: true });
});

const text = (ref: string, value: string) => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;
const row = (n: number, ...values: string[]) =>
  `<row r="${n}">${values.map((v, i) => (v.startsWith('<c') ? v : text(`${'ABCDEFG'[i]}${n}`, v))).join('')}</row>`;
const sheet = (rows: string[], after = '') => `<sheetData>${rows.join('')}</sheetData>${after}`;
const HEAD = row(1, '公开（公告）号', '名称', '申请日');

async function zip(parts: Record<string, PartContent>): Promise<Buffer> {
  const path = join(dir, `${Math.random()}.xlsx`);
  await writeZip(path, parts);
  return readFile(path);
}
const workbook = (xml: string, more: { strings?: string; styles?: string } = {}) =>
  zip(workbookParts({ sheets: [{ name: '专利', xml }], ...more }));
const begin = async (name: string, bytes: Uint8Array | string, fields?: Record<string, string>) =>
  t.send('/api/patents/imports', { name, bytes }, fields) as Promise<{
    status: number;
    body: PatentImport & { code: string };
  }>;

/** The head of an encrypted workbook: a compound file with a stream of that name. */
function encrypted(): Buffer {
  const bytes = Buffer.alloc(512 * 4);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes);
  bytes.writeUInt16LE(0x3e, 24);
  bytes.writeUInt16LE(3, 26);
  bytes.writeUInt16LE(0xfffe, 28);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt16LE(6, 32);
  bytes.writeUInt32LE(1, 44);
  bytes.writeUInt32LE(1, 48);
  bytes.writeUInt32LE(4096, 56);
  bytes.writeUInt32LE(0xfffffffe, 60);
  bytes.writeUInt32LE(0xfffffffe, 68);
  bytes.writeUInt32LE(0, 76);
  for (let i = 80; i < 512; i += 4) bytes.writeUInt32LE(0xffffffff, i);
  bytes.fill(0xff, 512, 1024);
  bytes.writeUInt32LE(0xfffffffd, 512);
  bytes.writeUInt32LE(0xfffffffe, 516);
  const entry = (at: number, name: string, type: number, child: number) => {
    const offset = 1024 + at * 128;
    bytes.write(name, offset, 'utf16le');
    bytes.writeUInt16LE((name.length + 1) * 2, offset + 64);
    bytes.writeUInt8(type, offset + 66);
    bytes.writeUInt8(1, offset + 67);
    bytes.writeUInt32LE(0xffffffff, offset + 68);
    bytes.writeUInt32LE(0xffffffff, offset + 72);
    bytes.writeUInt32LE(child, offset + 76);
    bytes.writeUInt32LE(0xfffffffe, offset + 116);
  };
  entry(0, 'Root Entry', 5, 1);
  entry(1, 'EncryptedPackage', 2, 0xffffffff);
  return bytes;
}

describe('is refused before it begins', () => {
  test.each<[string, string, () => Promise<Uint8Array | string>, number, string]>([
    ['nothing', 'a.xlsx', async () => '', 400, 'table_empty'],
    [
      'a picture behind .xlsx',
      'a.xlsx',
      async () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      415,
      'table_contradiction',
    ],
    ['a workbook behind .csv', 'a.csv', () => workbook(sheet([HEAD])), 415, 'table_contradiction'],
    ['a table behind .jsonl', 'a.jsonl', async () => '公开号,名称\nCN1,甲\n', 415, 'table_contradiction'],
    ['a JSON array', 'a.jsonl', async () => '[{"title": "甲"}]', 415, 'table_json_array'],
    ['a password', 'a.xlsx', async () => encrypted(), 400, 'table_password'],
    [
      'a cut workbook',
      'a.xlsx',
      async () => (await workbook(sheet([HEAD]))).subarray(0, 300),
      400,
      'table_zip_broken',
    ],
    [
      'an archive with ../',
      'a.xlsx',
      async () => {
        const bytes = await zip({
          ...workbookParts({ sheets: [{ name: '专利', xml: sheet([HEAD]) }] }),
          'aaa/evil': 'x',
        });
        return Buffer.from(bytes.toString('latin1').replaceAll('aaa/evil', '../../ev'), 'latin1');
      },
      400,
      'table_zip_name',
    ],
    [
      'an archive of something else',
      'a.xlsx',
      () => zip({ 'readme.txt': 'hello' }),
      415,
      'table_contradiction',
    ],
    ['a sheet without heads', 'a.xlsx', () => workbook(sheet([])), 400, 'patents_no_header'],
    [
      'heads without a number',
      'a.xlsx',
      () => workbook(sheet([row(1, '名称', '摘要')])),
      400,
      'patents_mapping',
    ],
    ['a sheet that is not there', 'a.xlsx', () => workbook(sheet([HEAD])), 400, 'table_no_sheet'],
    ['a web page', 'a.html', async () => '<html><body>登录</body></html>', 415, 'patents_format'],
  ])('%s', async (what, name, bytes, status, code) => {
    const fields = what.startsWith('a sheet that') ? { sheet: '没有' } : {};
    const got = await begin(name, await bytes(), fields as Record<string, string>);
    expect(got.body).toMatchObject({ code });
    expect(got.status).toBe(status);
    expect((got.body as unknown as { message: string }).message.length).toBeGreaterThan(5);
  });

  test.each([
    ['no file', {}, 400, 'patents_no_file'],
    [
      'a file that was never sent',
      { fileId: '019f160a-4680-7ae4-9b0a-4d17a827ae07' },
      404,
      'patents_file_gone',
    ],
    ['no id at all', { fileId: "'; drop table patent" }, 404, 'patents_file_gone'],
  ] as const)('%s', async (_, fields, status, code) =>
    expect(await t.send('/api/patents/imports', null, fields)).toMatchObject({ status, body: { code } }),
  );

  test('a format that is not the file’s, an unreadable mapping, a field after the file', async () => {
    const csv = '公开号,名称\nCN100000001B,甲\n';
    expect(await begin('a.csv', csv, { format: 'xlsx' })).toMatchObject({
      status: 400,
      body: { code: 'patents_format_mismatch' },
    });
    expect(await begin('a.csv', csv, { mapping: '{"名称": "nonsense"}' })).toMatchObject({
      status: 400,
      body: { code: 'patents_mapping_unreadable' },
    });
    expect(await begin('a.csv', csv, { mapping: '{' })).toMatchObject({
      status: 400,
      body: { code: 'patents_mapping_unreadable' },
    });
    expect(await begin('a.csv', csv, { encoding: 'latin1' })).toMatchObject({
      status: 400,
      body: { code: 'bad_request' },
    });
  });

  test('a body that is no form', async () => {
    const headers = await t.as('data-officer');
    const raw = await t.app.inject({
      method: 'POST',
      url: '/api/patents/imports',
      headers,
      payload: { a: 1 },
    });
    expect(raw.statusCode).toBe(415);
  });
});

test('a file beyond the limit is refused and leaves nothing behind', async () => {
  const small = await patentPlatform({ ZC_UPLOAD_LIMIT: '1000' });
  try {
    const lines = '{"publicationNumber": "CN100000001B", "title": "甲"}\n'.repeat(100);
    const got = await small.send('/api/patents/imports', { name: 'a.jsonl', bytes: lines });
    expect(got).toMatchObject({ status: 413, body: { code: 'too_large' } });
    const kept = await small.platform.records.selectFrom('storedFile').select('id').execute();
    expect(kept).toEqual([]);
    const { readdir } = await import('node:fs/promises');
    const left = await readdir(small.platform.files.dir);
    expect(left.filter((name) => name.startsWith('incoming-'))).toEqual([]);
  } finally {
    await small.close();
  }
});

test('a name with ../ keeps to its folder', async () => {
  const got = await begin('../../etc/passwd.csv', '公开号,名称\nCN100000001B,甲\n');
  expect(got).toMatchObject({ status: 200, body: { file: 'passwd.csv' } });
});

test('a zip bomb ends the import with the reason', async () => {
  const zeros = '0'.repeat(1 << 20);
  const bytes = await zip({
    ...workbookParts({ sheets: [{ name: '专利', xml: 'x' }] }),
    'xl/worksheets/sheet1.xml': function* () {
      yield `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${HEAD}`;
      for (let i = 0; i < 64; i++)
        yield `<row r="${i + 2}"><c r="A${i + 2}" t="inlineStr"><is><t>${zeros}</t></is></c></row>`;
      yield '</sheetData></worksheet>';
    },
  });
  expect(bytes.length).toBeLessThan(1 << 20);
  expect(await begin('bomb.xlsx', bytes)).toMatchObject({ status: 413, body: { code: 'table_zip_ratio' } });
});

test('damage in the middle fails the import, and what was counted is there', async () => {
  const rows = Array.from({ length: 3000 }, (_, i) =>
    row(i + 2, `CN1${String(i).padStart(8, '0')}B`, `一种装置${Math.random()}`, '2015.01.02'),
  );
  const bytes = await workbook(sheet([HEAD, ...rows]));
  const at = bytes.indexOf('sheet1.xml') + Math.floor(bytes.length * 0.5);
  bytes.fill(0x55, at, at + 200);
  const got = await begin('damaged.xlsx', bytes);
  expect(got.status).toBe(200);
  await t.run(got.body.id, { batchRows: 100 });
  const ended = await t.look(got.body.id);
  expect(ended.state).toBe('failed');
  expect(ended.error!.code).toMatch(/^table_/);
  expect(ended.error!.message).toMatch(/重新/);
  const { total } = (await t.app.inject({ url: '/api/patents?size=1' })).json();
  expect(total).toBe(ended.counts.accepted);
});

test('formulas, error cells, merged cells, real dates and hidden rows are read as a person reads them', async () => {
  const styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>';
  const bytes = await workbook(
    sheet(
      [
        '<row r="1"><c r="A1" t="inlineStr"><is><t>南通市专利导出</t></is></c></row>',
        row(2, '公开（公告）号', '名称', '申请日', '申请人'),
        `<row r="3">${text('A3', 'CN100000001B')}<c r="B3" t="str"><f>"一种"&amp;"装置"</f><v>一种装置</v></c><c r="C3" s="1"><v>41276</v></c>${text('D3', '南通某某有限公司')}</row>`,
        `<row r="4" hidden="1">${text('A4', 'CN100000002B')}${text('B4', '二')}${text('C4', '20130102')}</row>`,
        `<row r="5">${text('A5', 'CN100000003B')}<c r="B5" t="e"><v>#REF!</v></c></row>`,
        `<row r="6">${text('A6', 'CN100000004B')}${text('B6', '四')}<c r="C6"><v>41276</v></c></row>`,
      ],
      '<mergeCells count="2"><mergeCell ref="A1:D1"/><mergeCell ref="D3:D4"/></mergeCells>',
    ),
    { styles },
  );
  const done = await t.bring('混.xlsx', bytes);
  expect(done.counts).toEqual({ read: 4, accepted: 2, updated: 0, unchanged: 0, rejected: 2 });
  const headers = await t.as('data-officer');
  const get = async (n: string) => (await t.app.inject({ url: `/api/patents/${n}`, headers })).json();
  expect(await get('CN100000001B')).toMatchObject({ title: '一种装置', filingDate: '2013-01-02' });
  expect(await get('CN100000002B')).toMatchObject({
    filingDate: '2013-01-02',
    applicants: ['南通某某有限公司'],
  });
  const { rejects } = (
    await t.app.inject({ url: `/api/patents/imports/${done.id}/rejects`, headers })
  ).json();
  expect(rejects.map((r: { row: number; field: string }) => [r.row, r.field])).toEqual([
    [5, '名称'],
    [6, '申请日'],
  ]);
});
