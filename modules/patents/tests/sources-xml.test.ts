import { describe, expect, test } from 'vitest';
import { AppError } from '#kernel/errors';
import { cnDocument } from '../server/sources/cn-document.ts';
import { cnipaExchange } from '../server/sources/cnipa-exchange.ts';
import { exchange } from '../server/sources/exchange.ts';
import type { RawRecord, SourceRow } from '../server/sources/raw.ts';
import { rootName, type SourceReader } from '../server/sources/reader.ts';
import { uspto } from '../server/sources/uspto.ts';
import { CN_DOCUMENT, CNIPA, OPS_BIBLIO, OPS_CLAIMS, OPS_FAMILY, USPTO } from './sources-samples.ts';

async function* pieces(content: string | Buffer, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(content as string);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Rows of a file that is read as a stream, and the error at its end. */
async function read(reader: SourceReader, content: string | Buffer, after = 0, size = 1000) {
  const rows: SourceRow[] = [];
  let error: AppError | null = null;
  const source = reader.stream!(pieces(content, size), content.length, after);
  try {
    for await (const row of source) rows.push(row);
  } catch (e) {
    expect(e).toBeInstanceOf(AppError);
    error = e as AppError;
  }
  return { rows, error, seen: source.seen };
}

const raw = (row: SourceRow | undefined): RawRecord => {
  expect(row?.faults).toEqual([]);
  return row!.raw!;
};
const texts = (record: RawRecord) =>
  Object.fromEntries([...record.values].map(([field, values]) => [field, values.map((v) => v.text)]));

describe('USPTO', () => {
  test('reads grants one after the other, and passes over what is none', async () => {
    const { rows, error, seen } = await read(uspto, USPTO);
    expect(error).toBeNull();
    expect([rows.length, seen]).toEqual([3, 3]);
    const record = raw(rows[0]);
    expect(texts(record)).toEqual({
      publicationNumber: ['US09000001B2'],
      publicationDate: ['20150106'],
      country: ['US'],
      applicationNumber: ['US13000001'],
      filingDate: ['20121009'],
      type: ['invention'],
      title: ['Quilt — with a heart ♥ + a pocket'],
      abstract: ['A quilt with H2O pockets.'],
      description: ['FIELD\nBedding.\nSee FIG. 1.'],
      claims: ['1. A quilt comprising:\na cover; and\na filling.', '2. The quilt of claim 1, being blue.'],
      ipcMain: ['A47G9/02'],
      cpc: ['D03D15/0027'],
      applicants: ['Cloudwater Textile Inc.'],
      inventors: ['Thread Silken Q.'],
      address: ['Fairport, NY, US'],
    });
    expect(record.titles).toEqual([{ lang: 'en', text: 'Quilt — with a heart ♥ + a pocket' }]);
    expect(record.citations).toEqual([
      {
        number: 'US2007/0140112A1',
        text: 'Weaver et al.',
        category: '',
        origin: 'applicant',
        date: '20070600',
      },
      { number: '', text: 'On quilts, vol. 3.', category: '', origin: 'examiner', date: '' },
    ]);
    expect(record.priorities).toEqual([
      { number: '2008-148514', country: 'JP', date: '20080605' },
      { number: '60319621', country: 'US', date: '20021016' },
    ]);
  });

  test('a broken document costs itself, a file that breaks off ends with an error', async () => {
    const broken = USPTO.replace('</us-parties>', '</us-party>');
    const { rows, error } = await read(uspto, broken);
    expect(error).toBeNull();
    expect(rows.map((r) => [r.row, r.raw !== null])).toEqual([
      [1, false],
      [2, true],
      [3, true],
    ]);
    expect(rows[0]!.faults[0]!.reason.zh).toMatch(/第 \d+ 行第 \d+ 列/);
    const cut = await read(uspto, USPTO.slice(0, USPTO.length - 300));
    expect(cut.rows).toHaveLength(2);
    expect(cut.error?.code).toBe('xml_truncated');
  });

  test('ten thousand classes, a claim without end and texts of entities cost one record', async () => {
    const cpc = '<classification-cpc><section>D</section><class>03</class></classification-cpc>';
    const many = USPTO.replace('</main-cpc>', `</main-cpc><further-cpc>${cpc.repeat(10_001)}</further-cpc>`);
    const { rows } = await read(uspto, many, 0, 60_000);
    expect(rows.map((r) => r.raw !== null)).toEqual([false, true, true]);
    expect(rows[0]!.faults[0]).toMatchObject({ field: 'classification-cpc', value: '> 10000' });
    const endless = USPTO.replace('a filling.', 'x'.repeat(5_000_000));
    const long = await read(uspto, endless, 0, 60_000);
    expect(long.rows.map((r) => r.raw !== null)).toEqual([false, true, true]);
    expect(long.error).toBeNull();
    const laughs = USPTO.replace('[ ]', `[<!ENTITY a "${'ha'.repeat(99)}"><!ENTITY b "&a;&a;">]`).replace(
      'Bedding.',
      '&b;',
    );
    expect(texts(raw((await read(uspto, laughs)).rows[0])).description![0]).toContain('&b;');
  });
});

test('a Chinese document after the DTD of 2006', async () => {
  const { rows, error } = await read(cnDocument, CN_DOCUMENT);
  expect(error).toBeNull();
  const record = raw(rows[0]);
  expect(texts(record)).toEqual({
    publicationNumber: ['CN108888881A'],
    publicationDate: ['20181123'],
    applicationNumber: ['CN201811107071.6'],
    filingDate: ['20180921'],
    type: ['发明'],
    title: ['一种可水洗的蚕丝被'],
    abstract: ['公开了一种蚕丝被。'],
    description: ['一种可水洗的蚕丝被\n技术领域\n本发明涉及家纺。'],
    claims: ['1. 一种蚕丝被，其特征在于，包括被套。', '2. 如权利要求1所述的蚕丝被。'],
    ipcMain: ['D03D15/00'],
    ipc: ['A47G9/02'],
    applicants: ['云洲市织造有限公司'],
    inventors: ['林示例'],
    agency: ['云洲专利代理事务所'],
    agents: ['范例'],
    address: ['226000 江苏省云洲市纺织路1号'],
  });
  expect(record.extra).toMatchObject({ 公报期号: '34-4702', 分案原申请号: 'CN201610112692.8' });
  expect(record.citations).toMatchObject([{ number: 'CN1382448A', category: 'X' }]);
  expect(record.priorities).toEqual([{ number: '201710888888.8', country: 'CN', date: '20170927' }]);
});

describe('Chinese data exchange', () => {
  test('a publication, and what is said of it later', async () => {
    const { rows, error } = await read(cnipaExchange, CNIPA);
    expect(error).toBeNull();
    const [document, legal, dealings, family] = rows.map(raw) as [RawRecord, RawRecord, RawRecord, RawRecord];
    expect(texts(document)).toMatchObject({
      publicationNumber: ['CN108888881B'],
      applicationNumber: ['CN201811107071.6'],
      legalStatus: ['有权'],
      title: ['一种可水洗的蚕丝被'],
      ipcMain: ['D03D15/00'],
      ipc: ['A47G9/02'],
      claims: ['1. 一种蚕丝被，包括：\n被套；', '2. 如权利要求1所述的蚕丝被。'],
      description: ['技术领域\n家纺。'],
      address: ['226000 江苏省云洲市纺织路1号'],
    });
    expect(document.extra.标准化公开号).toBe('CN2018108888881B');
    expect(document.titles?.map((t) => t.lang)).toEqual(['en', 'zh']);
    expect(document.citations).toMatchObject([{ number: 'CN1382448A', category: 'Y', origin: 'examiner' }]);
    expect(document.partial).toBeUndefined();
    expect(legal).toMatchObject({
      partial: true,
      events: [{ date: '20200131', code: 'GR01', text: '授权', detail: { 对权利的影响: '有权' } }],
    });
    expect(dealings).toMatchObject({
      partial: true,
      events: [
        {
          date: '20210305',
          code: 'PE01',
          text: '专利权质押合同登记的生效',
          detail: { 质押登记号: 'Y2021320000001', 出质人: '云洲市织造有限公司', 质权人: '云洲银行' },
        },
      ],
    });
    expect(family.family).toEqual({ simple: 'F77', extended: '', members: ['WO2019012345A1'] });
  });

  test('GB18030 is read as declared, and an error where it is not declared', async () => {
    const gbk = Buffer.concat([
      Buffer.from(
        '<?xml version="1.0" encoding="GB18030"?><Documents producer="ipph"><PatentDocument><BibliographicData><Title lang="zh">',
      ),
      Buffer.from('d2bbd6d6d7b0d6c3', 'hex'),
      Buffer.from('</Title></BibliographicData></PatentDocument></Documents>'),
    ]);
    expect(texts(raw((await read(cnipaExchange, gbk)).rows[0])).title).toEqual(['一种装置']);
    const filled = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="UTF-8"?><Documents><PatentDocument>'),
      ...Array.from({ length: 50 }, () => Buffer.from('d2bbd6d6d7b0d6c3', 'hex')),
    ]);
    expect((await read(cnipaExchange, filled)).error?.code).toBe('xml_encoding');
  });
});

describe('EPO', () => {
  test('bibliographic data give a whole record', async () => {
    const record = raw((await read(exchange, OPS_BIBLIO)).rows[0]);
    expect(texts(record)).toEqual({
      publicationNumber: ['EP9000001A1'],
      publicationDate: ['20200517'],
      country: ['EP'],
      applicationNumber: ['PCT/CN2018/106599'],
      filingDate: ['20181108'],
      familyId: ['77'],
      title: ['Quilt'],
      abstract: ['A quilt.'],
      ipcMain: ['D03D15/00'],
      cpc: ['A47G9/0207'],
      applicants: ['YUNZHOU WEAVING CO'],
    });
    expect(record.titles).toHaveLength(2);
    expect(record.citations).toEqual([
      { number: 'DE3546191A1', text: 'claims 1-3', category: 'A', origin: 'examiner', date: '19870702' },
    ]);
    expect(record.priorities).toEqual([{ number: 'CN201710888888', country: 'CN', date: '20170927' }]);
    expect(record.partial).toBeUndefined();
  });

  test('families, legal events and claims add to known records', async () => {
    const members = (await read(exchange, OPS_FAMILY)).rows.map(raw);
    const family = { simple: '77', extended: '', members: ['EP9000001A1', 'CN108888881A'] };
    expect(members).toMatchObject([
      { partial: true, family },
      { partial: true, family },
    ]);
    expect(members[0]!.events).toEqual([
      {
        date: '2020-12-27',
        office: 'EP',
        code: '17P',
        text: 'REQUEST FOR EXAMINATION FILED',
        detail: { 'Effective DATE': '20201027', Influence: '+' },
      },
    ]);
    const claims = raw((await read(exchange, OPS_CLAIMS)).rows[0]);
    expect(claims).toMatchObject({ partial: true });
    expect(texts(claims)).toMatchObject({
      publicationNumber: ['EP9000001A1'],
      claims: ['1. A quilt.', '2. A quilt of claim 1.'],
    });
  });

  test('an answer without records is an error', async () => {
    const { error } = await read(
      exchange,
      '<ops:world-patent-data xmlns:ops="x"><ops:meta/></ops:world-patent-data>',
    );
    expect(error?.code).toBe('patents_source_nothing');
    expect(error?.text.zh).not.toMatch(/\{\w+\}/);
  });
});

test('the root is found behind declarations, comments and a DTD', () => {
  const doc = '<?xml version="1.0"?>\n<!-- a <b> --><?p x?><!DOCTYPE r [<!ENTITY x "<y>">]>\n<n:root a="1"/>';
  expect(rootName(Buffer.from(doc))).toBe('root');
  expect(rootName(Buffer.from(`\ufeff${doc}`, 'utf16le'))).toBe('root');
  expect(rootName(Buffer.from(`\ufeff${doc}`))).toBe('root');
  for (const none of ['', 'a,b', '{"a":1}', '<?xml version="1.0"?>'])
    expect(rootName(Buffer.from(none))).toBeNull();
});
