import { readFile } from 'node:fs/promises';
import { TextEncoder } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ImportPreview, PatentImport } from '../contract.ts';
import { hasReal, jsonl, type PatentPlatform, patentPlatform, REAL } from './helpers.ts';

let t: PatentPlatform;
beforeAll(async () => {
  t = await patentPlatform();
});
beforeEach(() => t.clean());
afterAll(() => t?.close());

const record = (n: number, more: Record<string, unknown> = {}) => ({
  publicationNumber: `CN1${String(n).padStart(8, '0')}B`,
  title: `一种装置${n}`,
  ...more,
});
const total = async () => (await t.app.inject({ url: '/api/patents?size=1' })).json().total as number;
const record1 = async (number: string) => (await t.app.inject({ url: `/api/patents/${number}` })).json();

describe('JSONL', () => {
  test('takes the platform’s own format whole, and a number and a title alone', async () => {
    const full = {
      ...record(1),
      applicationNumber: '201510958772.0',
      abstract: '本发明公开了一种装置。',
      claims: ['1.一种装置。', '2.根据权利要求1所述的装置。'],
      description: '说明',
      applicants: ['南通某某有限公司'],
      inventors: ['甲某'],
      ipc: ['A47L 1/03'],
      cpc: ['A47L1/03'],
      filingDate: '2015-12-18',
      publicationDate: '20170616',
      address: '江苏省南通市海门区某路1号',
      legalStatus: '有效',
      familyId: 'F1',
      citations: ['CN 101234567 A'],
      somethingElse: { a: 1 },
    };
    const done = await t.bring('a.jsonl', jsonl([full, record(2)]));
    expect(done).toMatchObject({
      state: 'done',
      format: 'jsonl',
      counts: { read: 2, accepted: 2, updated: 0, unchanged: 0, rejected: 0 },
      bytesDone: done.size,
      rejectFile: null,
    });
    const headers = await t.as('data-officer');
    const seen = await t.app.inject({ url: '/api/patents/201510958772.0', headers });
    expect(seen.json()).toMatchObject({
      number: 'CN100000001B',
      claims: [
        { number: 1, dependsOn: [], text: full.claims[0] },
        { number: 2, dependsOn: [1], text: full.claims[1] },
      ],
      mainClaimOnly: false,
      ipc: ['A47L 1/03'],
      publicationDate: '2017-06-16',
      region: 'haimen',
      regionPrecision: 'county',
      legalStatus: 'in-force',
      citations: [{ number: 'CN101234567A', known: false }],
      extra: { somethingElse: '{"a":1}' },
      provenance: { file: 'a.jsonl', row: 1, byRole: 'data-officer', importId: done.id },
    });
  });

  test('rejects row by row with field, value and remedy, and keeps the rest', async () => {
    const lines = [
      JSON.stringify(record(1)),
      '{"publicationNumber": "CN100000002B", "title": ',
      '',
      '[1]',
      JSON.stringify({ ...record(3), filingDate: '昨天' }),
      JSON.stringify({ ...record(4), title: '', publicationNumber: 'X' }),
      JSON.stringify({ ...record(5), applicants: [{ name: '甲' }] }),
      JSON.stringify(record(6)),
    ];
    const done = await t.bring('mixed.jsonl', lines.join('\n'));
    expect(done.counts).toEqual({ read: 7, accepted: 2, updated: 0, unchanged: 0, rejected: 5 });
    const headers = await t.as('data-officer');
    const page = (await t.app.inject({ url: `/api/patents/imports/${done.id}/rejects`, headers })).json();
    expect(page.rows).toBe(5);
    expect(page.rejects.map((r: { row: number; field: string }) => `${r.row} ${r.field}`)).toEqual([
      '2 ',
      '4 ',
      '5 filingDate',
      '6 publicationNumber',
      '6 title',
      '7 applicants',
    ]);
    expect(page.rejects[2]).toMatchObject({ value: '昨天', reason: expect.stringContaining('2013-01-02') });

    const csv = await t.app.inject({ url: done.rejectFile!.csv, headers });
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.body.startsWith('\ufeff行号,字段,原值,')).toBe(true);
    expect(csv.body.trim().split('\r\n')).toHaveLength(7);
    const xlsx = await t.app.inject({ url: done.rejectFile!.xlsx, headers });
    expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK');
    const english = { ...headers, 'accept-language': 'en' };
    expect((await t.app.inject({ url: done.rejectFile!.csv, headers: english })).body).toContain('Row,Field');
  });

  test('counts repeats inside one file by their content', async () => {
    const done = await t.bring(
      'twice.jsonl',
      jsonl([record(1), record(1), record(1, { abstract: '新' }), record(1), record(2)]),
    );
    // The third says something new, the fourth leaves the abstract out: nothing is lost and nothing changes.
    expect(done.counts).toEqual({ read: 5, accepted: 2, updated: 1, unchanged: 2, rejected: 0 });
    expect((await record1('CN100000001B')).abstract).toBe('新');
    expect(await total()).toBe(2);
  });
});

describe('again', () => {
  test('the same file changes nothing; a changed one updates what changed and keeps what it leaves out', async () => {
    const many = Array.from({ length: 60 }, (_, i) =>
      record(i, { abstract: `摘要${i}`, address: '江苏省南通市如东县' }),
    );
    await t.bring('a.jsonl', jsonl(many));
    expect((await t.bring('a.jsonl', jsonl(many))).counts).toMatchObject({
      unchanged: 60,
      accepted: 0,
      updated: 0,
    });
    const changed = many.map((r, i) => (i % 3 === 0 ? { ...record(i), title: `改名${i}` } : r));
    expect((await t.bring('b.jsonl', jsonl([...changed, record(100)]))).counts).toEqual({
      read: 61,
      accepted: 1,
      updated: 20,
      unchanged: 40,
      rejected: 0,
    });
    expect(await record1('CN100000003B')).toMatchObject({
      title: '改名3',
      abstract: '摘要3',
      region: 'rudong',
    });
    expect(await total()).toBe(61);
    // The words of a replaced text are gone with it.
    const search = (q: string) => t.app.inject({ url: `/api/patents?q=${encodeURIComponent(q)}` });
    expect((await search('一种装置3')).json().hits.map((h: { number: string }) => h.number)).not.toContain(
      'CN100000003B',
    );
    expect((await search('改名3')).json().total).toBeGreaterThan(0);
  });

  test('two imports at once never both take a publication for new', async () => {
    const many = jsonl(Array.from({ length: 400 }, (_, i) => record(i)));
    await t.as('data-officer');
    const ids = await Promise.all(
      ['a.jsonl', 'b.jsonl'].map(async (name) => {
        const { body } = await t.send('/api/patents/imports', { name, bytes: many });
        return (body as PatentImport).id;
      }),
    );
    await Promise.all(ids.map((id) => t.run(id, { batchRows: 40 })));
    const [a, b] = await Promise.all(ids.map((id) => t.look(id)));
    expect(a!.counts.accepted + b!.counts.accepted).toBe(400);
    expect(a!.counts.unchanged + b!.counts.unchanged).toBe(400);
    expect(await total()).toBe(400);
  });
});

describe('CSV', () => {
  const text =
    '授权公告号,发明名称,申请人,地址,备注\r\nCN100000001B,一种装置,南通某某有限公司,江苏省南通市启东市,甲\r\nCN100000002B,另一种,,,\r\n';
  const gb18030 = (s: string) =>
    // Bytes of the two rows' Chinese words in GB18030, written once by hand so that nothing but the reader is tested.
    Buffer.concat(
      [...s].map((char) =>
        char.charCodeAt(0) < 128 ? Buffer.from(char) : Buffer.from(GB[char] ?? 'a1f5', 'hex'),
      ),
    );

  test.each([
    ['UTF-8', new TextEncoder().encode(text), 'utf-8'],
    ['UTF-8 with BOM', new TextEncoder().encode(`\ufeff${text}`), 'utf-8'],
    ['semicolons', new TextEncoder().encode(text.replaceAll(',', ';')), 'utf-8'],
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
  ])('in %s', async (_, bytes, encoding) => {
    const done = await t.bring('表.csv', bytes);
    expect(done).toMatchObject({ state: 'done', format: 'csv', encoding, counts: { read: 2, accepted: 2 } });
    expect(await record1('CN100000001B')).toMatchObject({
      applicants: ['南通某某有限公司'],
      region: 'qidong',
    });
  });

  test('in GB18030', async () => {
    const done = await t.bring('gb.csv', gb18030('公开号,名称\nCN100000001B,一种装置\n'));
    expect(done).toMatchObject({ state: 'done', encoding: 'gb18030', counts: { accepted: 1 } });
    expect((await record1('CN100000001B')).title).toBe('一种装置');
  });

  test('a mapping is suggested, used, remembered and forgotten', async () => {
    const odd = '号,叫什么,谁\nCN100000001B,一种装置,南通某某有限公司\n';
    const looked = await t.send('/api/patents/imports/preview', { name: 'odd.csv', bytes: odd });
    const preview = looked.body as ImportPreview;
    expect(preview).toMatchObject({
      format: 'csv',
      encoding: 'utf-8',
      delimiter: ',',
      header: ['号', '叫什么', '谁'],
      rows: [['CN100000001B', '一种装置', '南通某某有限公司']],
      remembered: null,
      missing: ['publicationNumber', 'title'],
    });
    const refused = await t.send('/api/patents/imports', null, { fileId: preview.fileId });
    expect(refused).toMatchObject({ status: 400, body: { code: 'patents_mapping' } });

    const mapping = JSON.stringify({ 号: 'publicationNumber', 叫什么: 'title', 谁: null });
    const made = await t.send('/api/patents/imports', null, {
      fileId: preview.fileId,
      mapping,
      mappingName: '某局',
    });
    await t.run((made.body as PatentImport).id);
    expect((await t.look((made.body as PatentImport).id)).counts.accepted).toBe(1);

    const again = (await t.send('/api/patents/imports/preview', { name: 'odd2.csv', bytes: odd }))
      .body as ImportPreview;
    expect(again).toMatchObject({
      missing: [],
      remembered: { name: '某局' },
      mapping: { 号: 'publicationNumber' },
    });
    const headers = await t.as('data-officer');
    const list = (await t.app.inject({ url: '/api/patents/mappings', headers })).json();
    expect(list.mappings).toHaveLength(1);
    const url = `/api/patents/mappings/${list.mappings[0].id}`;
    expect((await t.app.inject({ method: 'DELETE', url, headers })).statusCode).toBe(200);
    expect((await t.app.inject({ method: 'DELETE', url, headers })).statusCode).toBe(404);
  });

  test('a row with too many columns is rejected, the others are not', async () => {
    const done = await t.bring(
      'r.csv',
      '公开号,名称\nCN100000001B,甲\nCN100000002B,乙,多\nCN100000003B,丙\n',
    );
    expect(done.counts).toEqual({ read: 3, accepted: 2, updated: 0, unchanged: 0, rejected: 1 });
  });

  test('grants win over applications where both have columns', async () => {
    await t.bring(
      'b.csv',
      '公开号,公开日,授权公告号,授权公告日,名称\nCN100000001A,2015-01-01,CN100000002B,2017-01-01,甲\nCN100000003A,2015-01-01,,,乙\n',
    );
    expect(await record1('CN100000002B')).toMatchObject({ publicationDate: '2017-01-01', granted: true });
    expect(await record1('CN100000003A')).toMatchObject({ publicationDate: '2015-01-01', granted: false });
  });
});

/** GB18030 of the characters in the test above. */
const GB: Record<string, string> = {
  公: 'b9ab',
  开: 'bfaa',
  号: 'bac5',
  名: 'c3fb',
  称: 'b3c6',
  一: 'd2bb',
  种: 'd6d6',
  装: 'd7b0',
  置: 'd6c3',
};

describe.skipIf(!hasReal)('real exports', () => {
  test('all 199 rows of the 25-column workbook are accepted, and unchanged the second time', async () => {
    const bytes = await readFile(`${REAL}/carrotc-cnipr-export/训练文件.xlsx`);
    const done = await t.bring('训练文件.xlsx', bytes);
    expect(done).toMatchObject({
      state: 'done',
      format: 'xlsx',
      sheet: 'Sheet1',
      counts: { read: 199, accepted: 199, updated: 0, unchanged: 0, rejected: 0 },
    });
    expect((await t.bring('训练文件.xlsx', bytes)).counts).toMatchObject({ unchanged: 199, accepted: 0 });
    const found = (
      await t.app.inject({ url: `/api/patents?q=${encodeURIComponent('混凝土 轨枕 RG=320621')}` })
    ).json();
    expect(found.total).toBe(5);
    expect(found.facets.region).toMatchObject({ values: [{ value: 'haian', count: 5 }] });
  });

  test.each(['专利.xlsx', '训练集2.xlsx'])(
    '%s has no numbers: refused before it begins, with the reason',
    async (name) => {
      const bytes = await readFile(`${REAL}/carrotc-cnipr-export/${name}`);
      const refused = await t.send('/api/patents/imports', { name, bytes });
      expect(refused).toMatchObject({
        status: 400,
        body: { code: 'patents_mapping', message: expect.stringContaining('申请号') },
      });
    },
  );

  test('4,097 real abstracts come in as JSONL and are found as a scan finds them', async () => {
    const lines = (await readFile(`${REAL}/ccf-bdci-2022-fewshot/expand_train_1.jsonl`, 'utf8'))
      .trim()
      .split('\n');
    const records = lines.map((line, i) => {
      const { title, abstract, assignee } = JSON.parse(line) as Record<string, string>;
      return {
        publicationNumber: `CN1${String(i).padStart(8, '0')}A`,
        title,
        abstract,
        applicants: [assignee],
      };
    });
    const done = await t.bring('real.jsonl', jsonl(records));
    expect(done.counts).toEqual({ read: 4097, accepted: 4097, updated: 0, unchanged: 0, rejected: 0 });
    const { formOf } = await import('../query/form.ts');
    for (const word of ['图像', '神经网络', '龙', '机器人', 'LED', '南通', '的方法及']) {
      const form = formOf(word);
      const wanted = records.filter((r) =>
        [r.title!, r.abstract!].some((text) => formOf(text).includes(form)),
      );
      const got = (await t.app.inject({ url: `/api/patents?q=${encodeURIComponent(word)}` })).json();
      expect(got.total, word).toBe(wanted.length);
    }
  });
});
