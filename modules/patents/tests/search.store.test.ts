import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PatentPage, type PatentQuery, searchPatents } from '../contract.ts';
import { splitQuery } from '../server/query.ts';
import { findMarks, searchForm } from '../server/text.ts';
import { jsonl, type PatentPlatform, patentPlatform } from './helpers.ts';

let t: PatentPlatform;
afterAll(() => t?.close());

type Doc = {
  publicationNumber: string;
  title: string;
  abstract: string;
  applicants: string[];
  ipc: string[];
  publicationDate?: string;
  legalStatus: string;
  address: string;
};

const PIECES = [
  '机',
  '器',
  '人',
  '抓',
  '手',
  '龙',
  '船',
  '一',
  '种',
  '，',
  '。',
  ' ',
  '\n',
  'A',
  'b',
  'LED',
  'Ｌｅｄ',
  '2',
  '２',
  '3D',
  '𠮷',
  'é',
  '-',
  '%',
  '_',
  "'",
  '\\',
  'ß',
  '(',
  '㎜',
];
/** Numbers that nobody chose, but the same ones in every run. */
function* steps(seed: number): Generator<number> {
  for (let x = seed; ; ) {
    x = (Math.imul(x, 1_103_515_245) + 12_345) >>> 0;
    yield x >>> 8;
  }
}
const roll = steps(42);
const draw = <T>(list: readonly T[]): T => list[(roll.next().value as number) % list.length]!;
const phrase = (most: number) =>
  Array.from({ length: 1 + ((roll.next().value as number) % most) }, () => draw(PIECES)).join('');

const ORGANISATIONS = ['南通甲机械有限公司', '南通乙船舶重工有限公司', 'Yi Marine Co., Ltd.', '南通大学'];
const docs: Doc[] = Array.from({ length: 400 }, (_, i) => ({
  publicationNumber: `CN${[1, 2, 3][i % 3]}${String(i).padStart(8, '0')}${['B', 'U', 'S'][i % 3]}`,
  title: `名${phrase(6)}`,
  abstract: i % 7 === 0 ? '' : `述${phrase(40)}`,
  applicants: [draw(ORGANISATIONS), ...(i % 5 === 0 ? ['张小三'] : [])],
  ipc: [draw(['A47L 1/03', 'A47L 11/02', 'B63B 35/44', 'B25J 9/16']), ...(i % 4 === 0 ? ['B63B 21/50'] : [])],
  ...(i % 9 !== 0 && { publicationDate: `201${i % 10}-0${1 + (i % 9)}-15` }),
  legalStatus: draw(['有效', '失效', '', '在审']),
  address: draw([
    '江苏省南通市海门区甲路1号',
    '江苏省南通市港闸区乙路2号',
    '江苏省南通市崇川区丙路',
    '上海市浦东新区',
    '',
  ]),
}));

beforeAll(async () => {
  t = await patentPlatform();
  await t.clean();
  // An earlier version of every third document must leave no trace.
  const former = docs
    .filter((_, i) => i % 3 === 0)
    .map((d) => ({ ...d, title: `旧${phrase(8)}`, abstract: `旧${phrase(40)}` }));
  await t.bring('former.jsonl', jsonl(former));
  const done = await t.bring('docs.jsonl', jsonl(docs));
  expect(done.counts.rejected).toBe(0);
});

const search = async (
  query: Partial<Record<keyof PatentQuery, string>>,
  headers = {},
): Promise<PatentPage> => {
  const got = await t.call(searchPatents, { query } as never, headers);
  expect(got.status, JSON.stringify(got.body)).toBe(200);
  return got.body;
};
/** What a person would do: look into every text. */
function scan(keep: (d: Doc) => boolean): string[] {
  const day = (d: Doc) => d.publicationDate ?? '';
  return docs
    .filter(keep)
    .sort((a, b) =>
      day(a) === day(b) ? (a.publicationNumber < b.publicationNumber ? 1 : -1) : day(a) < day(b) ? 1 : -1,
    )
    .map((d) => d.publicationNumber);
}
const holds = (d: Doc, word: string) =>
  [d.title, formerOr(d)].some((text) => searchForm(text.trim()).includes(word));
/** A document whose abstract is empty keeps the one of its earlier version. */
const formerOr = (d: Doc) => abstracts.get(d.publicationNumber) ?? d.abstract;
const abstracts = new Map<string, string>();
beforeAll(async () => {
  const result = await t.deps.corpus.query({
    query: 'select number, abstract from patent final',
    format: 'JSONEachRow',
  });
  for (const r of await result.json<{ number: string; abstract: string }>()) {
    abstracts.set(r.number, r.abstract);
    const doc = docs.find((d) => d.publicationNumber === r.number)!;
    if (doc.abstract !== '') expect(searchForm(r.abstract)).toBe(searchForm(doc.abstract.trim()));
  }
});

describe('words', () => {
  test('find exactly what a scan of the same texts finds, newest first, to the last page', {
    timeout: 180_000,
  }, async () => {
    const word = fc
      .array(fc.constantFrom(...PIECES.filter((p) => p.trim() !== '')), { minLength: 1, maxLength: 4 })
      .map((p) => p.join(''));
    const query = fc.oneof(
      word,
      fc.tuple(word, word).map(([a, b]) => `${a} ${b}`),
      fc.tuple(word, word).map(([a, b]) => `"${a} ${b}"`),
      fc.nat({ max: docs.length - 1 }).map((i) => docs[i]!.title),
    );
    await fc.assert(
      fc.asyncProperty(query, async (q) => {
        const words = splitQuery(q)
          .map(searchForm)
          .filter((w) => w !== '');
        const wanted = scan((d) => words.every((w) => holds(d, w)));
        const found = await search({ q, size: '200' });
        expect(found.searched.words).toEqual([...new Set(words)]);
        expect(found.total).toBe(wanted.length);
        const got = found.hits.map((h) => h.number);
        for (let page = 2; got.length < found.total; page++)
          got.push(...(await search({ q, size: '200', page: String(page) })).hits.map((h) => h.number));
        expect(got).toEqual(wanted);
        for (const hit of found.hits.slice(0, 5)) {
          const marked = findMarks(hit.title, words);
          expect(hit.titleMarks).toEqual(marked);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('of nothing, nonsense and great length are no errors', async () => {
    expect((await search({ q: '' })).total).toBe(docs.length);
    expect((await search({ q: '   "" ' })).total).toBe(docs.length);
    expect((await search({ q: '没有这样的词语' })).total).toBe(0);
    expect((await search({ q: '机'.repeat(900) })).total).toBe(0);
    expect((await search({ q: "'; drop table patent; --" })).total).toBe(0);
    expect((await search({ q: '{w0:String} \\' })).total).toBeGreaterThanOrEqual(0);
    expect((await search({ q: '' })).total).toBe(docs.length);
  });
});

describe('filters', () => {
  const date = (d: Doc) => d.publicationDate ?? '';
  test('of date, type, status, IPC and applicant fit a scan, together too', async () => {
    const cases: [Partial<Record<keyof PatentQuery, string>>, (d: Doc) => boolean][] = [
      [{ from: '2013-01-01' }, (d) => date(d) >= '2013-01-01'],
      [{ to: '2013-04-15' }, (d) => date(d) !== '' && date(d) <= '2013-04-15'],
      [{ from: '2014-01-01', to: '2016-12-31' }, (d) => date(d) >= '2014-01-01' && date(d) <= '2016-12-31'],
      [{ type: 'utility' }, (d) => d.publicationNumber.endsWith('U')],
      [{ status: 'lapsed' }, (d) => d.legalStatus === '失效'],
      [{ status: 'unknown' }, (d) => d.legalStatus === ''],
      [{ ipc: 'A47L' }, (d) => d.ipc.some((c) => c.startsWith('A47L'))],
      [{ ipc: 'A47L1' }, (d) => d.ipc.includes('A47L 1/03')],
      [{ ipc: 'a47l 1/03' }, (d) => d.ipc.includes('A47L 1/03')],
      [{ ipc: 'B' }, (d) => d.ipc.some((c) => c.startsWith('B'))],
      [{ applicant: '船舶' }, (d) => d.applicants.some((a) => a.includes('船舶'))],
      [{ applicant: 'MARINE co' }, (d) => d.applicants.includes('Yi Marine Co., Ltd.')],
      [{ region: 'haimen' }, (d) => d.address.includes('海门')],
      [{ region: '320614' }, (d) => d.address.includes('海门')],
      [{ region: '320684' }, (d) => d.address.includes('海门')],
      // 港闸 was merged into 崇川.
      [{ region: '320613' }, (d) => /港闸|崇川/.test(d.address)],
      [{ region: 'nantong' }, (d) => d.address.includes('南通')],
      [
        { q: '机', from: '2012-01-01', ipc: 'B63B', applicant: '南通', type: 'invention' },
        (d) =>
          holds(d, '机') &&
          date(d) >= '2012-01-01' &&
          d.ipc.some((c) => c.startsWith('B63B')) &&
          d.applicants.some((a) => a.includes('南通')) &&
          d.publicationNumber.endsWith('B'),
      ],
    ];
    for (const [query, keep] of cases) {
      const found = await search({ ...query, size: '200' });
      const wanted = scan(keep);
      expect(found.total, JSON.stringify(query)).toBe(wanted.length);
      expect(
        found.hits.map((h) => h.number),
        JSON.stringify(query),
      ).toEqual(wanted.slice(0, 200));
    }
  });

  test.each([
    [{ region: '999999' }, 'patents_query_region'],
    [{ ipc: 'nonsense' }, 'patents_query_ipc'],
    [{ from: '2020-01-01', to: '2019-01-01' }, 'patents_query_range'],
    [{ from: '2020-13-01' }, 'validation'],
    [{ page: '0' }, 'validation'],
    [{ size: '100000' }, 'validation'],
    [{ type: 'nothing' }, 'validation'],
  ])('%j is a 400 with the reason', async (query, code) => {
    const got = await t.call(searchPatents, { query } as never);
    expect(got).toMatchObject({ status: 400, body: { code } });
  });

  test('facets count the whole result', async () => {
    const { facets, total } = await search({ q: '机', size: '1' });
    const wanted = docs.filter((d) => holds(d, '机'));
    expect(total).toBe(wanted.length);
    const tally = (values: string[]) => {
      const counts = new Map<string, number>();
      for (const v of values) counts.set(v, (counts.get(v) ?? 0) + 1);
      return Object.fromEntries(counts);
    };
    const of = (list: { value: string; count: number }[]) =>
      Object.fromEntries(list.map((f) => [f.value, f.count]));
    expect(of(facets.year)).toEqual(tally(wanted.map((d) => date(d).slice(0, 4))));
    expect(of(facets.type)).toEqual(
      tally(
        wanted.map((d) => ({ B: 'invention', U: 'utility', S: 'design' })[d.publicationNumber.slice(-1)]!),
      ),
    );
    expect(of(facets.applicant)).toEqual(
      tally(wanted.flatMap((d) => d.applicants.filter((a) => a !== '张小三'))),
    );
    expect(of(facets.ipc)).toEqual(
      tally(wanted.flatMap((d) => [...new Set(d.ipc.map((c) => c.slice(0, 4)))])),
    );
    expect(facets.year.map((f) => f.value)).toEqual(
      facets.year
        .map((f) => f.value)
        .sort()
        .reverse(),
    );
    expect((await search({ q: '没有这样的词语' })).facets).toEqual({
      year: [],
      type: [],
      legalStatus: [],
      region: [],
      applicant: [],
      ipc: [],
    });
  });

  test('the last page of many, and one beyond it', async () => {
    const all = await search({ size: '7', page: '58' });
    expect(all.hits.map((h) => h.number)).toEqual(scan(() => true).slice(399));
    expect(await search({ size: '7', page: '59' })).toMatchObject({ total: 400, hits: [] });
    expect(await search({ size: '200', page: '100000000' })).toMatchObject({ total: 400, hits: [] });
  });
});

describe('persons', () => {
  test('are masked in lists for everybody, left out of facets, and cannot be searched by strangers', async () => {
    expect((await search({ applicant: '张小三' })).total).toBe(0);
    const officer = await t.as('data-officer');
    const found = await search({ applicant: '张小三', size: '200' }, officer);
    expect(found.total).toBe(docs.filter((d) => d.applicants.includes('张小三')).length);
    expect(JSON.stringify(found.hits)).not.toContain('张小三');
    expect(JSON.stringify((await search({ size: '200' })).facets)).not.toContain('张小三');
  });

  test('are shown in a record to those who may see them, and each opening is logged', async () => {
    const url = `/api/patents/${docs[0]!.publicationNumber}`;
    const stranger = (await t.app.inject({ url })).json();
    expect(stranger).toMatchObject({ masked: true });
    expect(stranger.applicants).toContain('张**');
    const opened = async () =>
      (
        await t.platform.records
          .selectFrom('auditLog')
          .select('seq')
          .where('action', '=', 'patents.personal.open')
          .execute()
      ).length;
    const before = await opened();
    const leader = (await t.app.inject({ url, headers: await t.as('leader') })).json();
    expect(leader.masked).toBe(true);
    expect(await opened()).toBe(before);
    const officer = (await t.app.inject({ url, headers: await t.as('data-officer') })).json();
    expect(officer).toMatchObject({ masked: false, applicants: expect.arrayContaining(['张小三']) });
    expect(await opened()).toBe(before + 1);
  });
});

describe('numbers', () => {
  test('in any spelling find the record; one that is not there says so', async () => {
    await t.bring(
      'n.jsonl',
      jsonl([
        {
          publicationNumber: 'CN109462287A',
          applicationNumber: '201811107071.6',
          title: '一种申请',
          publicationDate: '2019-03-12',
          citations: ['CN100000003U', 'CN999'],
        },
        {
          publicationNumber: 'CN109462287B',
          applicationNumber: '201811107071.6',
          title: '一种授权',
          publicationDate: '2021-03-12',
        },
      ]),
    );
    for (const q of [
      'CN201811107071.6',
      '201811107071',
      'ZL 2018 1 1107071.6',
      'ＺＬ２０１８１１１０７０７１．６',
      'CN109462287',
    ])
      expect(
        (await search({ q })).hits.map((h) => h.number),
        q,
      ).toEqual(['CN109462287B', 'CN109462287A']);
    expect((await search({ q: 'CN 109462287 A' })).hits.map((h) => h.number)).toEqual(['CN109462287A']);
    const get = async (n: string) =>
      (await t.app.inject({ url: `/api/patents/${encodeURIComponent(n)}` })).json();
    expect((await get('ZL201811107071.6')).number).toBe('CN109462287B');
    expect(await get('cn109462287a')).toMatchObject({
      number: 'CN109462287A',
      related: [{ number: 'CN109462287B', publicationDate: '2021-03-12' }],
      citations: [
        { number: 'CN100000003U', known: false },
        { number: 'CN999', known: false },
      ],
    });
    for (const unknown of ['CN123456789A', '机器人', '../etc', '%00', '1'])
      expect((await t.app.inject({ url: `/api/patents/${encodeURIComponent(unknown)}` })).statusCode).toBe(
        404,
      );
  });
});
