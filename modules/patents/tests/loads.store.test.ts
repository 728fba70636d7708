import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  changeSource,
  compareImport,
  completeness,
  createSource,
  getPatent,
  getPatentOrigin,
  listImports,
  listSources,
  searchPatents,
  withdrawImport,
} from '../contract.ts';
import { Loads } from '../server/imports/loads.ts';
import { openPlaces } from '../server/places.ts';
import { jsonl, type PatentPlatform, patentPlatform } from './helpers.ts';

let t: PatentPlatform;
let loads: Loads;
let officer: Record<string, string>;
beforeAll(async () => {
  t = await patentPlatform();
  loads = new Loads(t.platform, openPlaces(t.platform.pack).locate);
});
afterAll(() => t?.close());
beforeEach(async () => {
  await t.clean();
  officer = await t.as('data-officer');
  for (const [key, rank] of [
    ['office', 10],
    ['vendor', 50],
  ] as const)
    await t.call(
      createSource,
      { body: { key, nameZh: `来源${key}`, nameEn: key, licence: 'test', rank } },
      officer,
    );
});

const record = (n: number, fields: Record<string, unknown> = {}) => ({
  publicationNumber: `CN1${String(n).padStart(8, '0')}A`,
  title: `一种装置${n}`,
  publicationDate: '2016-01-15',
  ...fields,
});
const NUMBER = 'CN100000001A';
const read = async () => (await t.call(getPatent, { params: { number: NUMBER } })).body;
const total = async (q: string) => (await t.call(searchPatents, { query: { q } })).body.total;
const rest = { stopping: false, progress: () => {} };

describe('sources that differ', () => {
  test('are settled by trust, field by field, whoever spoke last; the origin says who and who else', async () => {
    await t.bring('office.jsonl', jsonl([record(1, { abstract: '官方摘要' })]), { source: 'office' });
    await t.bring(
      'vendor.jsonl',
      jsonl([record(1, { title: '另一名称', abstract: '商业摘要', agency: '某代理' })] as never),
      { source: 'vendor' },
    );
    expect(await read()).toMatchObject({ title: '一种装置1', abstract: '官方摘要', agency: '某代理' });
    const origin = (await t.call(getPatentOrigin, { params: { number: NUMBER } })).body;
    const field = (name: string) => origin.fields.find((f) => f.field === name);
    expect(field('abstract')).toMatchObject({
      source: '来源office',
      file: 'office.jsonl',
      licence: 'test',
      conflicts: [{ source: '来源vendor', value: '商业摘要' }],
    });
    expect(field('agency')).toMatchObject({ source: '来源vendor', conflicts: [] });
  });

  test('follow a changed trust once records are put together again', async () => {
    await t.bring('office.jsonl', jsonl([record(1, { abstract: '官方摘要' })]), { source: 'office' });
    const vendor = await t.bring('vendor.jsonl', jsonl([record(1, { abstract: '商业摘要' })]), {
      source: 'vendor',
    });
    const { status } = await t.call(
      changeSource,
      { params: { key: 'vendor' }, body: { nameZh: '可信', rank: 1 } },
      officer,
    );
    expect(status).toBe(200);
    await loads.rebuildAll(vendor.id, rest);
    expect(await read()).toMatchObject({ abstract: '商业摘要' });
    expect(await total('商业摘要')).toBe(1);
    expect(await total('官方摘要')).toBe(0);
    expect((await t.call(listSources, {}, officer)).body.sources.map((s) => s.key)).toEqual([
      'vendor',
      'office',
    ]);
  });
});

describe('a load', () => {
  test('that is taken back leaves what the others said, and what only it said goes', async () => {
    await t.bring('first.jsonl', jsonl([record(1, { abstract: '原文' })]), {
      source: 'office',
      label: '2016-01',
    });
    const second = await t.bring('second.jsonl', jsonl([record(1, { abstract: '改写' }), record(2)]), {
      source: 'office',
    });
    expect(second).toMatchObject({ source: { key: 'office' }, abilities: { withdraw: true } });
    expect(await total('装置')).toBe(2);
    const back = await t.call(withdrawImport, { params: { id: second.id } }, officer);
    expect(back.body).toMatchObject({ withdrawnAt: expect.any(String), abilities: { withdraw: false } });
    await loads.rebuildAll(second.id, rest);
    expect(await read()).toMatchObject({ abstract: '原文' });
    expect(await total('装置')).toBe(1);
    expect((await t.call(getPatent, { params: { number: 'CN100000002A' } })).status).toBe(404);
    expect(await t.call(withdrawImport, { params: { id: second.id } }, officer)).toMatchObject({
      status: 409,
    });
    // The same file again is new again.
    expect(
      await t.bring('second.jsonl', jsonl([record(1, { abstract: '改写' }), record(2)]), {
        source: 'office',
      }),
    ).toMatchObject({ counts: { read: 2, rejected: 0, unchanged: 0 } });
    expect(await total('装置')).toBe(2);
    expect(await total('改写')).toBe(1);
  });

  test('that is brought again before the records followed is not there twice', async () => {
    const first = await t.bring('a.jsonl', jsonl([record(1)]), { source: 'office' });
    await t.call(withdrawImport, { params: { id: first.id } }, officer);
    await t.bring('a.jsonl', jsonl([record(1)]), { source: 'office' });
    expect(await total('装置')).toBe(1);
    await loads.rebuildAll(first.id, rest);
    expect(await total('装置')).toBe(1);
  });

  test('is compared with the one before it of its source', async () => {
    const first = await t.bring('a.jsonl', jsonl([record(1), record(2), record(3)]), { source: 'office' });
    const second = await t.bring('b.jsonl', jsonl([record(2), record(3, { abstract: '新' }), record(4)]), {
      source: 'office',
    });
    expect(
      (await t.call(compareImport, { params: { id: second.id }, query: { with: first.id } }, officer)).body,
    ).toMatchObject({
      with: first.id,
      same: 1,
      different: 1,
      onlyThis: 1,
      onlyOther: 1,
      examples: {
        different: ['CN100000003A'],
        onlyThis: ['CN100000004A'],
        onlyOther: ['CN100000001A'],
      },
    });
    const third = await t.bring('c.jsonl', jsonl([record(2), record(3, { abstract: '新' })]), {
      source: 'office',
    });
    // Nothing of it was new, and still it is known what it held.
    expect(third.counts).toMatchObject({ read: 2, unchanged: 2 });
    const compared = async (query: object) =>
      (await t.call(compareImport, { params: { id: third.id }, query }, officer)).body;
    expect(await compared({})).toMatchObject({ with: second.id, same: 2, different: 0, onlyOther: 1 });
    expect(await compared({ with: first.id })).toMatchObject({ same: 1, different: 1, onlyOther: 1 });
    expect(
      await t.call(
        compareImport,
        { params: { id: third.id }, query: { with: '01890000-0000-7000-8000-000000000000' } },
        officer,
      ),
    ).toMatchObject({ status: 404 });
  });

  test('is listed under its source, with its file and who took it back', async () => {
    await t.bring('a.jsonl', jsonl([record(1)]), { source: 'office' });
    const other = await t.bring('b.jsonl', jsonl([record(2)]), { source: 'vendor', label: '2016-02' });
    await t.call(withdrawImport, { params: { id: other.id } }, officer);
    const { imports } = (await t.call(listImports, { query: { source: 'vendor' } }, officer)).body;
    expect(imports).toMatchObject([
      { id: other.id, label: '2016-02', fileId: expect.any(String), withdrawnBy: expect.any(String) },
    ]);
  });

  test('needs a source that exists, and a key once', async () => {
    const { status, body } = await t.send(
      '/api/patents/imports',
      { name: 'a.jsonl', bytes: jsonl([record(1)]) },
      { source: 'nobody' },
    );
    expect({ status, body }).toMatchObject({ status: 400, body: { code: 'patents_source_key' } });
    expect(await t.call(createSource, { body: { key: 'office', nameZh: '又' } }, officer)).toMatchObject({
      status: 409,
    });
  });
});

test('a source that only adds needs a record to add to, and then adds', async () => {
  const legal = {
    publicationNumber: NUMBER,
    partial: true,
    events: [{ date: '2018-02-03', office: 'CN', code: 'PE01', text: '专利权质押' }],
  };
  expect(await t.bring('legal.jsonl', jsonl([legal]), { source: 'vendor' })).toMatchObject({
    counts: { rejected: 1, accepted: 0 },
  });
  await t.bring('a.jsonl', jsonl([record(1)]), { source: 'office' });
  expect(await t.bring('legal.jsonl', jsonl([legal]), { source: 'vendor' })).toMatchObject({
    counts: { rejected: 0, updated: 1 },
  });
  expect(await read()).toMatchObject({
    title: '一种装置1',
    events: [{ date: '2018-02-03', kind: 'pledge', code: 'PE01' }],
  });
  expect(await total('法律事件=质押')).toBe(1);
});

test('completeness is told by office, year and kind', async () => {
  await t.bring(
    'a.jsonl',
    jsonl([record(1, { abstract: '有' }), record(2), { ...record(3), publicationNumber: 'EP1027777B1' }]),
  );
  const { body } = await t.call(completeness, { query: {} });
  expect(body).toMatchObject({
    asOf: '2026-06-30',
    total: 3,
    offices: [
      { country: 'CN', records: 2, abstract: 0.5, firstDay: '2016-01-15' },
      { country: 'EP', records: 1 },
    ],
  });
  expect(body.years).toContainEqual(
    expect.objectContaining({ country: 'EP', year: 2016, kind: 'B1', records: 1, abstract: 0 }),
  );
  expect(body.years).toContainEqual(
    expect.objectContaining({ country: 'CN', year: 2016, kind: 'A', records: 2, abstract: 0.5 }),
  );
});

test('records from before there were statements are taken over at the next start, once', async () => {
  const done = await t.bring('old.jsonl', jsonl([record(9)]));
  await t.deps.corpus.command({
    query: `insert into patent (number, country, kind, type, granted, title, abstract, applicants, publication_day, legal_status, keys, citations, import_id, import_row, version)
      values ('CN100000077A', 'CN', 'A', 'invention', 0, '旧库中的装置', '旧摘要', ['南通甲机械有限公司'], 20150102, 'unknown', ['p:CN100000077A', 'p:CN100000077'], ['EP1027777A1'], '${done.id}', 5, 1)`,
  });
  await t.load();
  await t.load();
  expect(await total('旧库中的装置')).toBe(1);
  expect((await t.call(getPatent, { params: { number: 'CN100000077' } })).body).toMatchObject({
    abstract: '旧摘要',
    citations: [{ number: 'EP1027777A1' }],
    provenance: { row: 5 },
  });
});
