import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '#kernel/errors';
import { writeZip } from '#kernel/testing/xlsx-file';
import { archiveOf } from '../server/sources/archive.ts';
import { gbt7714 } from '../server/sources/gbt7714.ts';
import { detectSource, SOURCES, sourceById, structured, withStructured } from '../server/sources/index.ts';
import { mapObject, platformJsonl } from '../server/sources/json-record.ts';
import { lens } from '../server/sources/lens.ts';
import { patentscope } from '../server/sources/patentscope.ts';
import type { RawRecord, SourceRow } from '../server/sources/raw.ts';
import type { SourceReader } from '../server/sources/reader.ts';
import { uspto } from '../server/sources/uspto.ts';
import {
  CN_DOCUMENT,
  CNIPA,
  JSONL,
  LENS,
  OPS_BIBLIO,
  OPS_FAMILY,
  REFERENCES,
  USPTO,
} from './sources-samples.ts';

let dir = '';
let count = 0;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zc-sources-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function file(content: string | Buffer): Promise<string> {
  count += 1;
  const path = join(dir, String(count));
  await writeFile(path, content);
  return path;
}

async function read(reader: SourceReader, path: string, after = 0) {
  const rows: SourceRow[] = [];
  const source = reader.open(path, after);
  let error: AppError | null = null;
  try {
    for await (const row of source) rows.push(row);
  } catch (e) {
    expect(e).toBeInstanceOf(AppError);
    error = e as AppError;
    for (const text of [error.text.zh, error.text.en]) expect(text).not.toMatch(/\{\w+\}|undefined/);
  }
  return { rows, error, seen: source.seen, share: source.share };
}

const texts = (raw: RawRecord | null | undefined) =>
  Object.fromEntries([...(raw?.values ?? [])].map(([field, values]) => [field, values.map((v) => v.text)]));

const HEADS = [
  'Publication Number',
  'Publication Date',
  'Title',
  'Priority Data',
  'IPC',
  'Applicants',
  'Inventors',
  'FP Image',
];
function resultList(): Buffer {
  const book = utils.book_new();
  const rows = [
    [],
    ['Query: EN_ALL:quilt'],
    HEADS,
    [
      'US20050000001',
      '29.12.2005',
      'Quilt',
      '[9800760 1998-01-14T23:59:59.000Z GB, 9819015 1998-09-01T23:59:59.000Z GB]',
      'A47G 9/02;A47G 9/02;D03D 15/00 20060101A I20051008RMEP',
      'Cloudwater Inc.;Cloudwater Inc.',
      'Thread Silken',
    ],
    ['KR100396150*', '02.09.2003', 'Pillow', '', 'A47G 9/0', '', ''],
  ];
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), 'ResultSet');
  return write(book, { type: 'buffer', bookType: 'biff8' });
}

test('PATENTSCOPE: days stay as they are and are marked, repetitions go, priorities are taken apart', async () => {
  const path = await file(resultList());
  const { rows, error, share } = await read(patentscope, path);
  expect([error, share]).toEqual([null, 1]);
  expect(rows.map((r) => r.row)).toEqual([4, 5]);
  expect(texts(rows[0]!.raw)).toEqual({
    publicationNumber: ['US20050000001'],
    publicationDate: ['29.12.2005'],
    title: ['Quilt'],
    ipc: ['A47G 9/02', 'D03D 15/00'],
    applicants: ['Cloudwater Inc.'],
    inventors: ['Thread Silken'],
  });
  expect(rows[0]!.raw).toMatchObject({
    dayFirst: true,
    priorities: [
      { number: '9800760', country: 'GB', date: '1998-01-14' },
      { number: '9819015', country: 'GB', date: '1998-09-01' },
    ],
  });
  expect(texts(rows[1]!.raw).publicationNumber).toEqual(['KR100396150']);
  const book = utils.book_new();
  utils.book_append_sheet(
    book,
    utils.aoa_to_sheet([
      ['名称', '数量'],
      ['床单', 1],
    ]),
    'S',
  );
  const other = await read(patentscope, await file(write(book, { type: 'buffer', bookType: 'biff8' })));
  expect(other.error?.code).toBe('patents_source_columns');
});

test('Lens: lists, priorities, kinds, and a row that lacks columns', async () => {
  const { rows, error } = await read(lens, await file(LENS));
  expect(error).toBeNull();
  expect(texts(rows[0]!.raw)).toMatchObject({
    publicationNumber: ['CN 108888881 A'],
    applicationNumber: ['CN 201811107071'],
    applicants: ['YUNZHOU WEAVING CO', 'YUNZHOU BEDDING CO'],
    cpc: ['A47G9/02', 'D03D15/00'],
  });
  expect(rows[0]!.raw).toMatchObject({
    priorities: [
      { number: 'CN 201710888888 A', country: 'CN', date: '20170927' },
      { number: 'CN 2014071250 W', country: 'CN', date: '20140123' },
    ],
    citations: [{ number: '', text: 'On quilts, vol. 3' }],
    extra: { 'Lens ID': '000-000-000-000-001' },
  });
  expect(rows[1]).toMatchObject({
    row: 3,
    raw: null,
    faults: [{ reason: { en: expect.stringMatching(/columns/) } }],
  });
  expect(texts(rows[2]!.raw)).toMatchObject({
    publicationNumber: ['EP 9000002 B9'],
    applicationNumber: ['PCT/US2014/071250'],
  });
});

test('references after GB/T 7714, in UTF-8 and in GB18030', async () => {
  const { rows, error } = await read(gbt7714, await file(REFERENCES));
  expect(error).toBeNull();
  expect(rows.map((r) => [r.row, r.raw !== null])).toEqual([
    [1, true],
    [3, true],
    [6, false],
    [8, true],
  ]);
  expect(texts(rows[0]!.raw)).toEqual({
    applicants: ['A·示例', 'G.范例'],
    title: ['一种织机'],
    publicationNumber: ['CN1387401'],
    publicationDate: ['2002-12-25'],
  });
  expect(rows[1]!.raw).toMatchObject({ extra: { 国别或省份: '江苏' } });
  expect(texts(rows[1]!.raw).applicants).toEqual(['云洲市织造有限公司', '云洲大学']);
  expect(texts(rows[3]!.raw)).toMatchObject({ applicationNumber: ['88105607.3'], title: ['一种温热装置'] });
  const gbk = Buffer.concat([
    Buffer.from('[1]'),
    Buffer.from('d2bbd6d6d7b0d6c3', 'hex'),
    Buffer.from('. A loom[P]. CN1387401,2002-12-25.'),
  ]);
  expect(texts((await read(gbt7714, await file(gbk))).rows[0]!.raw).applicants).toEqual(['一种装置']);
});

test('the own format takes structure, and says what is wrong with it', async () => {
  const { rows } = await read(platformJsonl, await file(JSONL));
  expect(rows[0]!.raw).toMatchObject({
    titles: [{ lang: 'en', text: 'Quilt' }],
    citations: [{ number: '', text: 'On quilts', category: 'X', origin: '', date: '' }],
    priorities: [{ number: '201710888888.8', country: 'CN', date: '2017-09-27' }],
    events: [{ date: '2021-03-05', office: '', code: 'PE01', text: '质押', detail: { 质权人: '云洲银行' } }],
    family: { simple: 'F77', extended: '', members: ['WO2019012345A1'] },
    extra: { 注: 'x' },
  });
  expect(texts(rows[0]!.raw)).toMatchObject({ title: ['一种蚕丝被'], citations: ['CN1382448A'] });
  expect(rows[1]!.faults.map((f) => f.field)).toEqual(['events', 'applicants']);
  expect(rows[2]!.raw).toMatchObject({ partial: true });
  expect(rows[2]!.raw?.values.get('citations')).toEqual([{ head: 'citations', text: 'CN1;CN2' }]);
  const hostile = JSON.parse('{"__proto__":{"x":1},"constructor":"a","toString":"b"}') as Record<
    string,
    unknown
  >;
  expect(mapObject(1, hostile).raw?.extra).toMatchObject({ constructor: 'a', toString: 'b' });
});

describe('columns of Chinese exports', () => {
  test('become events, citations, priorities and a family', () => {
    const found = structured({
      转让日期: '20210305;20220101',
      转让人: '甲公司;乙公司',
      受让人: '乙公司;丙公司',
      许可日期: '2021.06.01',
      被许可人: '丁公司',
      质权人: '云洲银行',
      质押次数: '1',
      法律状态历史: '2018-11-23 公开；20181218:实质审查的生效 IPC(主分类):D03D 15/00；2020年1月31日 授权',
      引证专利: 'CN1382448A(X);US 2007/0140112 A1；某手册',
      非专利引证: '仇示例等.综述.《学报》.2022.',
      优先权: '2009.06.10 US 12/481,923;CN201710888888.8 2017-09-27',
      同族专利: 'WO2019012345A1;EP9000001A1',
      简单同族数量: '2',
      无效宣告日期: '',
      实质审查日: '0',
    });
    expect(found.events).toEqual([
      {
        date: '20210305',
        office: '',
        code: '',
        text: '专利权的转移',
        detail: { 变更前权利人: '甲公司', 变更后权利人: '乙公司' },
      },
      {
        date: '20220101',
        office: '',
        code: '',
        text: '专利权的转移',
        detail: { 变更前权利人: '乙公司', 变更后权利人: '丙公司' },
      },
      {
        date: '2021.06.01',
        office: '',
        code: '',
        text: '专利实施许可合同备案',
        detail: { 受让人: '丁公司' },
      },
      { date: '', office: '', code: '', text: '专利权质押合同登记', detail: { 质权人: '云洲银行' } },
      { date: '2018-11-23', office: '', code: '', text: '公开', detail: {} },
      { date: '20181218', office: '', code: '', text: '实质审查的生效 IPC(主分类):D03D 15/00', detail: {} },
      { date: '2020年1月31日', office: '', code: '', text: '授权', detail: {} },
    ]);
    expect(found.citations.map((c) => [c.number, c.text, c.category])).toEqual([
      ['CN1382448A', '(X)', 'X'],
      ['US 2007/0140112 A1', '', ''],
      ['', '某手册', ''],
      ['', '仇示例等.综述.《学报》.2022.', ''],
    ]);
    expect(found.priorities).toEqual([
      { number: 'US 12/481,923', country: 'US', date: '2009.06.10' },
      { number: 'CN201710888888.8', country: 'CN', date: '2017-09-27' },
    ]);
    expect(found.family).toEqual({ simple: '', extended: '', members: ['WO2019012345A1', 'EP9000001A1'] });
    expect(found.used).not.toContain('质押次数');
  });

  test('are found among mapped and unmapped columns of a record', () => {
    const raw: RawRecord = {
      values: new Map([['citations', [{ head: '引证专利', text: 'CN1382448A' }]]]),
      extra: { 质押日期: '20210305', 同族号: 'F77' },
    };
    expect(withStructured(raw)).toMatchObject({
      citations: [{ number: 'CN1382448A' }],
      events: [{ date: '20210305', text: '专利权质押合同登记' }],
      family: { simple: 'F77' },
    });
    expect(structured({ 名称: '一种床单' })).toEqual({
      citations: [],
      priorities: [],
      events: [],
      family: null,
      used: [],
    });
  });
});

describe('archives', () => {
  const parts = {
    'a/1.xml': USPTO,
    '__MACOSX/a/._1.xml': 'junk',
    'readme.txt': 'hello',
    'list.xls': resultList(),
    'b.csv': LENS,
    'c.xml': OPS_BIBLIO,
  };
  const zipped = async (content: Record<string, string | Buffer>) => {
    count += 1;
    const path = join(dir, `${count}.zip`);
    await writeZip(path, content as never);
    return path;
  };

  test('are read file by file with numbers that run on, from any place', async () => {
    const path = await zipped(parts);
    const reader = (await detectSource(path, 'a.zip'))!;
    expect(reader.id).toBe('archive');
    const all = await read(reader, path);
    expect(all.error).toBeNull();
    expect(all.rows.map((r) => r.row)).toEqual([1, 2, 3, 7, 8, 10, 11, 12, 13]);
    expect(all.share).toBe(1);
    for (const after of [2, 8, 12]) {
      const rest = await read(reader, path, after);
      expect(rest.rows.map((r) => r.row)).toEqual(all.rows.map((r) => r.row).filter((n) => n > after));
      expect(rest.error).toBeNull();
    }
  }, 60_000);

  test('with nothing of ours are none of ours, and bombs are refused', async () => {
    expect(await detectSource(await zipped({ 'readme.txt': 'hello' }), 'a.zip')).toBeNull();
    const bomb = await zipped({ 'a.xml': USPTO.replace('Bedding.', ' '.repeat(40_000_000)) });
    expect((await read(archiveOf([uspto]), bomb)).error?.text.en).toMatch(/zip bomb/);
    const many = await zipped(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i}.xml`, 'x'])));
    expect((await read(archiveOf([uspto], { maxEntries: 20 }), many)).error?.code).toBe('table_zip_entries');
    const cut = await zipped({ 'a.xml': USPTO, 'b.xml': USPTO.slice(0, 3000) });
    const { rows, error } = await read(archiveOf([uspto]), cut);
    expect(rows.length).toBeGreaterThanOrEqual(3);
    expect(error).toMatchObject({ code: 'patents_source_entry', params: { entry: 'b.xml' } });
  });
});

test('every format is recognised by its content, and by its name alone none', async () => {
  const found = async (content: string | Buffer, name = 'upload') =>
    (await detectSource(await file(content), name))?.id ?? null;
  expect(await found(USPTO)).toBe('uspto-redbook');
  expect(await found(CN_DOCUMENT)).toBe('cn-patent-document');
  expect(await found(CNIPA)).toBe('cnipa-exchange');
  expect(await found(OPS_FAMILY)).toBe('epo-exchange');
  expect(await found(resultList())).toBe('wipo-patentscope');
  expect(await found(LENS)).toBe('lens-csv');
  expect(await found(REFERENCES)).toBe('gbt-7714');
  expect(await found(JSONL)).toBe('zhicheng-jsonl');
  for (const none of ['', '名称,公开号\n床单,CN1\n', '<html><p>x</p></html>', '{"a":1}', 'PK', '%PDF-1.7'])
    expect(await found(none, 'patentscope.xml')).toBeNull();
  expect(new Set(SOURCES.map((s) => s.id)).size).toBe(SOURCES.length);
  expect(sourceById('lens-csv')).toBe(lens);
  expect(() => sourceById('x')).toThrow(AppError);
});
