import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeXlsx } from '#kernel/tables/write-xlsx';
import { browser } from '#kernel/testing/platform';
import { batchLookUp, lookUpNumber } from '../contract.ts';
import { exportRows } from '../server/export/rows.ts';
import { jsonl, type PatentPlatform, patentPlatform } from './helpers.ts';

let t: PatentPlatform;
afterAll(() => t?.close());

const COUNT = 230;
const records = Array.from({ length: COUNT }, (_, i) => ({
  publicationNumber: `CN1${String(i).padStart(8, '0')}A`,
  applicationNumber: `CN2015${1}${String(1_000_000 + i)}`,
  title: `一种装置${i}`,
  abstract: i === 7 ? '含 "引号", 逗号\n和换行 =1+1' : `摘要${i}`,
  applicants: ['南通甲机械有限公司', ...(i === 3 ? ['张小三'] : [])],
  inventors: ['李小四'],
  ipc: ['A47L 1/03'],
  filingDate: '2015-01-02',
  publicationDate: `2016-0${1 + (i % 9)}-15`,
}));

beforeAll(async () => {
  t = await patentPlatform();
  await t.clean();
  expect(await t.bring('a.jsonl', jsonl(records))).toMatchObject({ counts: { accepted: COUNT } });
});

const get = async (query: string, headers = {}) =>
  t.app.inject({ url: `/api/patents/export?${query}`, headers });

describe('a download', () => {
  test('holds every record of the result, once, in order', async () => {
    const got = await get(`q=${encodeURIComponent('装置')}&format=numbers`);
    expect(got.statusCode).toBe(200);
    expect(got.headers['x-total-count']).toBe(String(COUNT));
    const numbers = got.body.trim().split('\r\n');
    expect(new Set(numbers).size).toBe(COUNT);
    const day = (n: string) => records.find((r) => r.publicationNumber === n)!.publicationDate;
    expect(numbers).toEqual(
      [...numbers].sort((a, b) => (day(a) === day(b) ? (a < b ? 1 : -1) : day(a) < day(b) ? 1 : -1)),
    );
  });

  test.each(['newest', 'oldest', 'filed'] as const)(
    'by pages, %s first, is what it is at once',
    async (sort) => {
      const needs = { abstract: false, mainClaim: false, rest: false, open: false };
      const numbers = async (first: number, later: number) => {
        const found: string[] = [];
        const pages = { first, later };
        for await (const rows of exportRows(t.platform.stores.corpus, '1', {}, sort, needs, pages))
          found.push(...rows.map((row) => row.number));
        return found;
      };
      const once = await numbers(1000, 1000);
      expect(new Set(once).size).toBe(COUNT);
      expect(await numbers(7, 50)).toEqual(once);
      expect(await numbers(COUNT, 1)).toEqual(once);
    },
  );

  test('as CSV has the chosen fields, quoted and harmless, and masks persons', async () => {
    const got = await get('format=csv&fields=publicationNumber,abstract,applicants,inventors');
    expect(got.headers['content-type']).toContain('text/csv');
    expect(got.body).toContain('CN100000007A,"含 ""引号"", 逗号');
    expect(got.body).toContain('张**');
    expect(got.body).not.toMatch(/张小三|李小四/);
    const open = await get('format=csv&fields=publicationNumber,inventors', await t.as('data-officer'));
    expect(open.body).toContain('李小四');
    const logged = await t.platform.records
      .selectFrom('auditLog')
      .select('detail')
      .where('action', '=', 'patents.personal.export')
      .execute();
    expect(logged).toHaveLength(1);
  });

  test('as JSON, RIS, BibTeX and GB/T 7714 has its own form', async () => {
    const one = `q=${encodeURIComponent('PN=CN100000003A')}`;
    expect(JSON.parse((await get(`${one}&format=json&fields=publicationNumber,filingDate`)).body)).toEqual([
      { publicationNumber: 'CN100000003A', filingDate: '2015-01-02' },
    ]);
    expect(JSON.parse((await get('q=%E6%B2%A1%E6%9C%89&format=json')).body)).toEqual([]);
    expect((await get(`${one}&format=ris`)).body).toMatch(
      /TY {2}- PAT\r\n(?:.*\r\n)*TI {2}- 一种装置3\r\n(?:.*\r\n)*ER {2}- /,
    );
    expect((await get(`${one}&format=bibtex`)).body).toContain('@patent{CN100000003A,');
    expect((await get(`${one}&format=gbt7714`)).body.trim()).toBe(
      '\ufeff[1] 南通甲机械有限公司, 张**. 一种装置3: CN100000003A[P]. 2016-04-15.'.trim(),
    );
  });

  test('as XLSX and as a Word report opens, and a report says its limit', async () => {
    for (const format of ['xlsx', 'docx']) {
      const got = await get(`format=${format}`);
      expect(got.statusCode, format).toBe(200);
      expect(got.rawPayload.subarray(0, 2).toString()).toBe('PK');
    }
  });

  test('takes a list of numbers as a selection sends it, and many', async () => {
    const named = async (numbers: string) =>
      t.app.inject({
        method: 'POST',
        url: '/api/patents/export',
        payload: { format: 'numbers', numbers },
      });
    const few = await named(
      records
        .slice(0, 3)
        .map((r) => r.publicationNumber)
        .join(' '),
    );
    expect([few.statusCode, few.headers['x-total-count']]).toEqual([200, '3']);
    const all = await named(records.map((r) => r.publicationNumber).join(', '));
    expect(all.headers['x-total-count']).toBe(String(COUNT));
  });

  test('takes a list of numbers in any spelling', async () => {
    const got = await t.app.inject({
      method: 'POST',
      url: '/api/patents/export',
      payload: { format: 'numbers', numbers: 'CN 100000001 A\nCN100000002' },
    });
    expect(got.body.trim().split('\r\n').sort()).toEqual(['CN100000001A', 'CN100000002A']);
  });

  test.each(['format=nothing', 'fields=nothing', 'q=NOT%20a', 'filter=x'])('%s is a 400', async (query) => {
    expect((await get(query)).statusCode).toBe(400);
  });
});

describe('numbers', () => {
  test('in a batch are found, ambiguous, missing or unreadable, each with the reason, in order', async () => {
    const text = [
      'CN100000001A',
      'ZL 2015 1 1000002',
      '',
      'CN199999999A',
      '不是号码',
      'CN100000004A; CN100000005A',
      '202310123456.7',
    ].join('\n');
    const { status, body } = await t.call(batchLookUp, { body: { text } });
    expect(status).toBe(200);
    expect(body.lines.map((l) => [l.state, l.records])).toEqual([
      ['found', ['CN100000001A']],
      ['found', ['CN100000002A']],
      ['missing', []],
      ['unreadable', []],
      ['found', ['CN100000004A']],
      ['found', ['CN100000005A']],
      ['missing', []],
    ]);
    expect(body.lines.map((l) => l.readAs.includes(l.records[0] ?? 'CN202310123456'))).toEqual([
      true,
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
    expect(body.lines[1]!.readAs).toEqual(['CN201511000002']);
    expect(body.lines[3]!.readAs).toEqual([]);
    expect(body.counts).toEqual({ lines: 7, found: 4, ambiguous: 0, missing: 2, unreadable: 1 });
    expect(body.lines[6]!.reason).toContain('202310123456.6');
    expect(body.lines[3]!.reason).not.toBe('');
  });

  test('one by one tell what they can mean', async () => {
    const ask = async (number: string) => (await t.call(lookUpNumber, { params: { number } })).body;
    expect((await ask('cn100000001')).candidates.filter((c) => c.kind === 'publication')).toMatchObject([
      { kind: 'publication', records: [{ publicationNumber: 'CN100000001A' }] },
    ]);
    expect((await ask('202310123456.7')).warning).toContain('202310123456.6');
    expect((await ask('机器人')).candidates).toEqual([]);
  });

  test('in a workbook come as its cells, also for somebody without an account; other files are refused', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'zc-')), 'book.xlsx');
    const number = (header: string) => ({ header, type: 'text' as const });
    const rows = [
      ['一种\n装置', 'CN100000001A'],
      ['另一种', '201510958772.0'],
    ];
    await writeXlsx(path, [{ name: '清单', columns: [number('名称'), number('公开号')], rows }]);
    const send = (name: string, bytes: Uint8Array | string) =>
      t.send('/api/patents/numbers/file', { name, bytes }, {}, browser);
    const kept = () => t.platform.records.selectFrom('storedFile').select('id').execute();
    const before = await kept();
    expect(await send('book.xlsx', readFileSync(path))).toMatchObject({
      status: 200,
      body: { sheet: '清单', text: '名称\t公开号\n一种 装置\tCN100000001A\n另一种\t201510958772.0' },
    });
    expect(await kept()).toEqual(before);
    expect(await send('list.txt', 'CN100000001A\n')).toMatchObject({
      status: 415,
      body: { code: 'patents_number_file' },
    });
    expect(await send('book.xlsx', readFileSync(path).subarray(0, 900))).toMatchObject({
      status: 400,
      body: { code: 'table_zip_broken' },
    });
    expect(await send('list.xlsx', 'CN100000001A\n')).toMatchObject({
      status: 415,
      body: { code: 'table_contradiction' },
    });
  });

  test('as many as a batch holds are all looked up', async () => {
    const numbers = Array.from({ length: 100_000 }, (_, i) => `CN1${String(99_999 - i).padStart(8, '0')}A`);
    const { status, body } = await t.call(batchLookUp, { body: { text: numbers.join('\n') } });
    expect(status).toBe(200);
    expect(body.counts).toMatchObject({ lines: 100_000, found: COUNT, missing: 100_000 - COUNT });
    expect(body.lines.at(-1)).toMatchObject({ line: 100_000, state: 'found', records: ['CN100000000A'] });
    // The longest keys there are.
    const long = Array.from({ length: 6000 }, (_, i) => `US ${'1'.repeat(30)}${String(i).padStart(6, '0')}`);
    expect((await t.call(batchLookUp, { body: { text: long.join('\n') } })).status).toBe(200);
  });

  test('more than a batch holds are refused with the limit', async () => {
    const text = Array.from({ length: 100_001 }, (_, i) => `CN1${String(i).padStart(8, '0')}A`).join('\n');
    expect(await t.call(batchLookUp, { body: { text } })).toMatchObject({
      status: 422,
      body: { code: 'patents_batch_size' },
    });
  });
});
