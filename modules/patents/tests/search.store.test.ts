import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PatentPage, type PatentQuery, searchPatents } from '../contract.ts';
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

const PIECES = ['机', '器', '人', '船', '一', '种', '，', '。', ' ', 'LED', '2'];
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
const holds = (d: Doc, word: string) => [d.title, d.abstract].some((text) => text.includes(word));

describe('filters', () => {
  const date = (d: Doc) => d.publicationDate ?? '';
  test('of date, type, status, IPC and applicant fit a scan, together too', async () => {
    const cases: [Partial<Record<keyof PatentQuery, string>>, (d: Doc) => boolean][] = [
      [{ q: 'PD>=2013' }, (d) => date(d) >= '2013-01-01'],
      [{ q: 'PD<=20130415' }, (d) => date(d) !== '' && date(d) <= '2013-04-15'],
      [{ q: 'PD=[2014 TO 2016]' }, (d) => date(d) >= '2014-01-01' && date(d) <= '2016-12-31'],
      [{ q: '类型=实用新型' }, (d) => d.publicationNumber.endsWith('U')],
      [{ q: 'LS=失效' }, (d) => d.legalStatus === '失效'],
      [{ filter: 'legalStatus:unknown' }, (d) => d.legalStatus === ''],
      [
        { filter: 'legalStatus:lapsed|legalStatus:in-force|-type:design' },
        (d) => /失效|有效/.test(d.legalStatus) && !d.publicationNumber.endsWith('S'),
      ],
      [{ filter: '-country:CN' }, () => false],
      [{ filter: 'year:2013' }, (d) => date(d).startsWith('2013')],
      [{ filter: 'year:0' }, (d) => date(d) === ''],
      [{ q: 'IPC=A47L' }, (d) => d.ipc.some((c) => c.startsWith('A47L'))],
      [{ q: 'IPC=A47L1' }, (d) => d.ipc.includes('A47L 1/03')],
      [{ q: 'IPC=a47l 1/03' }, (d) => d.ipc.includes('A47L 1/03')],
      [{ q: 'IPC=B' }, (d) => d.ipc.some((c) => c.startsWith('B'))],
      [{ q: 'IPC==A47L' }, () => false],
      [{ q: 'IPC=[A47L1/00 TO A47L11/00]' }, (d) => d.ipc.includes('A47L 1/03')],
      [{ q: 'IPC=[A47L TO B25J]' }, (d) => d.ipc.some((c) => c.startsWith('A47L') || c.startsWith('B25J'))],
      [{ q: 'PIC=B63B21' }, () => false],
      [{ q: 'IPC=/low B63B21/00' }, (d) => d.ipc.includes('B63B 21/50')],
      [{ q: 'PA=船舶' }, (d) => d.applicants.some((a) => a.includes('船舶'))],
      [{ q: 'ANC="YI MARINE CO., LTD"' }, (d) => d.applicants.includes('Yi Marine Co., Ltd.')],
      [{ q: 'RG=haimen' }, (d) => d.address.includes('海门')],
      [{ q: '地区=320614' }, (d) => d.address.includes('海门')],
      [{ q: '地区=320684' }, (d) => d.address.includes('海门')],
      // 港闸 was merged into 崇川.
      [{ q: '地区=崇川区' }, (d) => /港闸|崇川/.test(d.address)],
      [{ q: '地区=南通市' }, (d) => d.address.includes('南通')],
      [
        { q: '机 AND PD>=2012 AND IPC=B63B AND PA=南通 AND PT=发明' },
        (d) =>
          holds(d, '机') &&
          date(d) >= '2012-01-01' &&
          d.ipc.some((c) => c.startsWith('B63B')) &&
          d.applicants.some((a) => a.includes('南通')) &&
          d.publicationNumber.endsWith('B'),
      ],
    ];
    for (const [query, keep] of cases) {
      const found = await search({ ...query, size: '500' });
      const wanted = scan(keep);
      expect(found.total, JSON.stringify(query)).toBe(wanted.length);
      expect(
        found.hits.map((h) => h.publicationNumber),
        JSON.stringify(query),
      ).toEqual(wanted);
    }
  });

  test.each([
    [{ q: 'RG=999999' }, 'patents_query'],
    [{ q: 'IPC=nonsense' }, 'patents_query'],
    [{ q: 'PD=[2020 TO 2019]' }, 'patents_query'],
    [{ q: 'PD=20201301' }, 'patents_query'],
    [{ q: 'PN=无' }, 'patents_query'],
    [{ q: 'IN=张' }, 'patents_query'],
    [{ q: '#1' }, 'patents_query'],
    [{ q: 'NOT 机' }, 'patents_query'],
    [{ filter: 'nothing:1' }, 'patents_filter'],
    [{ facets: 'nothing' }, 'patents_facets'],
    [{ cursor: 'abc' }, 'patents_cursor'],
    [{ page: '0' }, 'validation'],
    [{ size: '100000' }, 'validation'],
    [{ sort: 'nothing' }, 'validation'],
  ])('%j is a 400 with the reason', async (query, code) => {
    const got = await t.call(searchPatents, { query } as never);
    expect(got).toMatchObject({ status: 400, body: { code } });
  });

  test('a bad query says where, what was expected and what could be meant', async () => {
    const got = await t.call(searchPatents, { query: { q: '机 AND TTI=船' } } as never);
    expect(got.body).toMatchObject({
      errors: [
        { offset: 6, length: 3, expected: expect.arrayContaining(['TI']), suggestion: '机 AND TI=船' },
      ],
    });
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
    const of = (list: { values: { value: string; label: string | null; count: number }[] } | undefined) =>
      Object.fromEntries((list?.values ?? []).map((f) => [f.label ?? f.value, f.count]));
    expect(of(facets.year)).toEqual(tally(wanted.map((d) => date(d).slice(0, 4) || '0')));
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
    const years = facets.year!.values.map((f) => f.value);
    expect(years).toEqual([...years].sort().reverse());
    const none = await search({ q: '没有这样的词语', facets: 'type,ipc' });
    expect(none).toMatchObject({
      total: 0,
      reachable: 0,
      facets: { type: { values: [] }, ipc: { values: [] } },
    });
  });

  test('every page can be reached, by number and by cursor, in every order', async () => {
    const all = scan(() => true);
    expect((await search({ size: '7', page: '58' })).hits.map((h) => h.publicationNumber)).toEqual(
      all.slice(399),
    );
    expect(await search({ size: '7', page: '59' })).toMatchObject({ total: 400, hits: [] });
    expect(await search({ size: '200', page: '100000000' })).toMatchObject({ total: 400, hits: [] });
    for (const sort of ['newest', 'oldest', 'filed', 'cited'] as const) {
      const got: string[] = [];
      let cursor: string | null = null;
      do {
        const page: PatentPage = await search({
          sort,
          size: '37',
          facets: 'none',
          ...(cursor && { cursor }),
        });
        got.push(...page.hits.map((h) => h.publicationNumber));
        cursor = page.next;
      } while (cursor);
      expect([...got].sort(), sort).toEqual([...all].sort());
      if (sort === 'newest') expect(got).toEqual(all);
    }
  });

  test('families: one publication stands for each, of the wanted kind', async () => {
    const family = (n: string, title: string, publicationDate: string) => ({
      publicationNumber: n,
      title,
      publicationDate,
      familyId: 'F77',
    });
    await t.bring(
      'family.jsonl',
      jsonl([
        family('EP1234567A1', '族甲', '2010-01-01'),
        family('EP1234567B1', '族乙', '2014-01-01'),
        family('US7654321B2', '族丙', '2012-01-01'),
      ] as never),
    );
    const ask = async (prefer?: string) => {
      const page = await search({ q: 'FAM=F77', group: 'family', ...(prefer && { prefer }) });
      expect(page).toMatchObject({ total: 3, families: 1, hits: [{ grouped: 3 }] });
      return page.hits[0]!.publicationNumber;
    };
    expect(await ask()).toBe('EP1234567B1');
    expect(await ask('earliest')).toBe('EP1234567A1');
    expect(await ask('granted')).toBe('EP1234567B1');
    expect(await ask('US,EP')).toBe('US7654321B2');
  });

  test('relevance: rarer terms and those in the title first, and it says so', async () => {
    const doc = (n: number, title: string, abstract: string) => ({
      publicationNumber: `CN15${String(n).padStart(7, '0')}A`,
      title,
      abstract,
      publicationDate: '2015-01-01',
    });
    await t.bring(
      'relevance.jsonl',
      jsonl([
        doc(1, '普通装置', '一种翊翔翎'),
        doc(2, '翊翔翎装置', '某物'),
        doc(3, '翊翔翎', '翊翔翎'),
      ] as never),
    );
    const page = await search({ q: '翊翔翎', sort: 'relevance' });
    expect(page.hits.map((h) => h.publicationNumber)).toEqual([
      'CN150000003A',
      'CN150000002A',
      'CN150000001A',
    ]);
    expect(page.hits[1]!.score!.parts).toEqual([
      { term: '翊翔翎', weight: expect.any(Number), inTitle: true, inAbstract: false },
    ]);
  });
});

describe('persons', () => {
  test('are masked in lists for everybody, left out of facets, and cannot be searched by strangers', async () => {
    expect((await search({ q: 'PA=张小三' })).total).toBe(0);
    const officer = await t.as('data-officer');
    const found = await search({ q: 'PA=张小三', size: '200' }, officer);
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
          citations: ['CN199999999U', 'CN999'],
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
        (await search({ q })).hits.map((h) => h.publicationNumber),
        q,
      ).toEqual(['CN109462287B', 'CN109462287A']);
    expect((await search({ q: 'CN 109462287 A' })).hits.map((h) => h.publicationNumber)).toEqual([
      'CN109462287A',
    ]);
    const get = async (n: string) =>
      (await t.app.inject({ url: `/api/patents/${encodeURIComponent(n)}` })).json();
    expect((await get('ZL201811107071.6')).number).toBe('CN109462287B');
    expect(await get('cn109462287a')).toMatchObject({
      number: 'CN109462287A',
      family: [{ number: 'CN109462287B', publicationDate: '2021-03-12', known: true, sameApplication: true }],
      citations: [
        { number: 'CN199999999U', known: false },
        { number: 'CN999', known: false },
      ],
    });
    for (const unknown of ['CN123456789A', '机器人', '../etc', '%00', '1'])
      expect((await t.app.inject({ url: `/api/patents/${encodeURIComponent(unknown)}` })).statusCode).toBe(
        404,
      );
  });
});
