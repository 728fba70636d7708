import { describe, expect, test } from 'vitest';
import { isPerson, maskAddress, maskName } from '#kernel/privacy/persons';
import fc from '#kernel/testing/property';
import type { MappedField } from '../contract.ts';
import { hashOf, merge, type PatentContent } from '../server/corpus/content.ts';
import { buildContent, splitClaims } from '../server/imports/build.ts';
import { headerScore, missingFields, suggestMapping } from '../server/imports/columns.ts';
import { readKind, readLegalStatus } from '../server/imports/status.ts';
import type { RawValue } from '../server/sources/raw.ts';

const TODAY = '2026-06-30';

function build(fields: Partial<Record<MappedField, string>>, today = TODAY) {
  const values = new Map<MappedField, RawValue[]>();
  for (const [field, text] of Object.entries(fields))
    values.set(field as MappedField, [{ head: field, text }]);
  return buildContent({ values, extra: {} }, today);
}

function good(fields: Partial<Record<MappedField, string>>): PatentContent {
  const built = build(fields);
  if (!built.ok) throw new Error(JSON.stringify(built.faults));
  return built.content;
}

const faults = (fields: Partial<Record<MappedField, string>>) => {
  const built = build(fields);
  return built.ok ? [] : built.faults.map((f) => f.field);
};

describe('a row', () => {
  test('needs a number and a title only', () => {
    const content = good({ publicationNumber: 'CN202644312U', title: '轨枕' });
    expect(content).toMatchObject({
      number: 'CN202644312U',
      country: 'CN',
      kind: 'U',
      type: 'utility',
      granted: true,
    });
    expect(good({ applicationNumber: '201220249767.4', title: '轨枕' })).toMatchObject({
      number: 'CN201220249767.4',
      type: 'utility',
      granted: false,
    });
    expect(good({ patentNumber: 'ZL201510958772.0', title: '机' })).toMatchObject({
      granted: true,
      type: 'invention',
    });
  });

  test('of the Chinese export is read whole', () => {
    const content = good({
      applicationNumber: 'CN201220249771.0',
      publicationNumber: 'CN202644313U',
      publicationDate: '2013.01.02',
      filingDate: '2012.05.31',
      title: ' 改进的\n混凝土轨枕 ',
      ipcMain: 'E01B3/32(2006.01)I',
      ipc: 'E01B3/32(2006.01)I;E01B9/10(2006.01)I',
      applicants: '甲公司；乙公司;甲公司',
      inventors: '顾甲;李乙',
      address: '226634 江苏省南通市海安县老坝港镇',
      mainClaim: '一种轨枕',
    });
    expect(content).toMatchObject({
      filingDate: '2012-05-31',
      publicationDate: '2013-01-02',
      title: '改进的 混凝土轨枕',
      ipc: ['E01B3/32', 'E01B9/10'],
      applicants: ['甲公司', '乙公司'],
      inventors: ['顾甲', '李乙'],
      claims: ['一种轨枕'],
      mainClaimOnly: true,
    });
    expect(content.keys.sort()).toEqual(['a:CN201220249771', 'p:CN202644313', 'p:CN202644313U']);
  });

  test.each<[string, Partial<Record<MappedField, string>>, string[]]>([
    ['nothing', {}, ['title', 'publicationNumber']],
    ['no title', { publicationNumber: 'CN202644312U', title: ' — ' }, ['title']],
    ['no number', { title: '轨枕' }, ['publicationNumber']],
    ['a broken number', { publicationNumber: 'CN12', title: '轨枕' }, ['publicationNumber']],
    ['a wrong check digit', { applicationNumber: '202410123456.7', title: '轨枕' }, ['applicationNumber']],
    [
      'nonsense dates',
      { publicationNumber: 'CN202644312U', title: '轨', filingDate: '去年', publicationDate: '2013.02.30' },
      ['filingDate', 'publicationDate'],
    ],
    [
      'a serial date',
      { publicationNumber: 'CN202644312U', title: '轨', filingDate: '41276' },
      ['filingDate'],
    ],
    [
      'a date to come',
      { publicationNumber: 'CN202644312U', title: '轨', filingDate: '2126-01-01' },
      ['filingDate'],
    ],
    [
      'published before filed',
      {
        publicationNumber: 'CN202644312U',
        title: '轨',
        filingDate: '2013-01-02',
        publicationDate: '2012-01-02',
      },
      ['publicationDate'],
    ],
    ['a kind that does not fit', { publicationNumber: 'CN306844774A', title: '轨' }, ['publicationNumber']],
  ])('with %s is rejected, naming the field', (_, fields, expected) =>
    expect(faults(fields)).toEqual(expected),
  );

  test.each(['-', '无', 'N/A', '0', ''])('takes %j for "not given"', (text) =>
    expect(good({ publicationNumber: 'CN202644312U', title: '轨', filingDate: text })).toMatchObject({
      filingDate: '',
    }),
  );

  test('any text gives a record or faults with remedies', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom<MappedField>(
            'publicationNumber',
            'applicationNumber',
            'patentNumber',
            'title',
            'ipc',
            'filingDate',
            'citations',
            'claims',
            'type',
          ),
          anything,
        ),
        (fields) => {
          const built = build(fields);
          if (built.ok) expect(JSON.stringify(built.content)).not.toContain('\\u0000');
          else for (const fault of built.faults) expect(fault.reason.zh.length).toBeGreaterThan(4);
        },
      ),
    );
  });
});

test('claims are cut at their running numbers', () => {
  expect(splitClaims('1.一种轨枕，含1.5份水泥。2.根据权利要求1所述的轨枕。\n3、又一种。')).toEqual([
    '1.一种轨枕，含1.5份水泥。',
    '2.根据权利要求1所述的轨枕。',
    '3、又一种。',
  ]);
  expect(splitClaims('一种轨枕。')).toEqual(['一种轨枕。']);
  expect(splitClaims('')).toEqual([]);
});

describe('merging', () => {
  const texts = fc.constantFrom('', '甲', '乙', '丙');
  const content = fc
    .record({
      abstract: texts,
      address: texts,
      agency: texts,
      inventors: texts,
      claims: texts,
      mainClaim: texts,
      legalStatus: fc.constantFrom('', '有效', '失效'),
    })
    .map((fields) => good({ publicationNumber: 'CN202644312U', title: '轨', ...fields }));

  test('a source that says the same again changes nothing', () => {
    fc.assert(
      fc.property(content, content, (a, b) => {
        const once = merge(a, b);
        expect(hashOf(merge(once, b))).toBe(hashOf(once));
        expect(hashOf(merge(a, a))).toBe(hashOf(a));
      }),
    );
  });

  test('what a source leaves out stays', () => {
    const full = good({
      publicationNumber: 'CN202644312U',
      title: '轨',
      abstract: '摘要',
      claims: '1.甲。2.乙。',
      address: '南通',
      legalStatus: '有效',
    });
    const thin = good({
      publicationNumber: 'CN202644312U',
      title: '轨枕',
      mainClaim: '甲',
      legalStatus: '失效',
    });
    expect(merge(full, thin)).toMatchObject({
      title: '轨枕',
      abstract: '摘要',
      claims: ['1.甲。', '2.乙。'],
      mainClaimOnly: false,
      address: '南通',
      legalStatus: 'lapsed',
    });
  });
});

describe('heads of columns', () => {
  test('the 25 heads of the Chinese export are known', () => {
    const heads = [
      '申请号',
      '公开（公告）号',
      '公开（公告）日',
      '申请日',
      '专利号',
      '名称',
      '主分类号',
      '分类号',
      '分案原申请号',
      '优先权',
      '申请（专利权）人',
      '发明（设计）人',
      '地址',
      '颁证日',
      '国际申请',
      '国际公布',
      '进入国家日期',
      '专利代理机构',
      '代理人',
      '摘要',
      '主权项',
      '参考文献',
      '审查员',
      '光盘号',
      'PCT公开',
    ];
    const mapping = suggestMapping(heads);
    expect(mapping).toMatchObject({
      申请号: 'applicationNumber',
      '公开（公告）号': 'publicationNumber',
      '公开（公告）日': 'publicationDate',
      名称: 'title',
      主权项: 'mainClaim',
      优先权: null,
      光盘号: null,
    });
    expect(missingFields(mapping)).toEqual([]);
    expect(headerScore(heads)).toBeGreaterThan(30);
    expect(headerScore(['南通市专利导出', ''])).toBe(0);
  });
  test.each([
    'Publication Number',
    'publication_number',
    'publicationNumber',
    '* 公开(公告)号',
    '公开（公告）号 ',
  ])('%s', (head) => expect(suggestMapping([head])[head]).toBe('publicationNumber'));
  test('a table without number or title says so', () =>
    expect(missingFields(suggestMapping(['序号', '摘要']))).toEqual(['publicationNumber', 'title']));
});

test.each([
  ['有效', 'in-force'],
  ['专利权维持', 'in-force'],
  ['授权', 'in-force'],
  ['失效-未缴年费终止', 'lapsed'],
  ['发明专利申请公布后的视为撤回', 'lapsed'],
  ['无效宣告全部无效', 'lapsed'],
  ['宣告专利权部分无效', 'in-force'],
  ['实质审查的生效', 'pending'],
  ['公开', 'pending'],
  ['Inactive', 'lapsed'],
  ['', 'unknown'],
  ['12345', 'unknown'],
] as const)('legal status %s is %s', (text, status) => expect(readLegalStatus(text)).toBe(status));

test.each([
  ['CN', 'B', '', 'invention', true],
  ['CN', 'A', '', 'invention', false],
  ['CN', 'Y', '', 'utility', true],
  ['CN', '', '3', 'design', false],
  ['WO', 'A1', '', 'invention', false],
  ['EP', 'B1', '', 'invention', true],
  ['US', 'S', '', 'design', true],
] as const)('kind %s %s %s', (country, kind, digit, type, granted) =>
  expect(readKind(country, kind, digit)).toEqual({ type, granted }),
);

describe('persons', () => {
  test.each(['张三', '欧阳娜娜', 'J·M·罗博尔', 'SMITH, John', 'John Smith', '李厂'])('%s is one', (name) =>
    expect(isPerson(name)).toBe(true),
  );
  test.each([
    '南通大学',
    '海安县建莲商品混凝土有限公司',
    '三星电子株式会社',
    'Siemens AG',
    'Huawei Technologies Co., Ltd.',
    '江苏省农业科学院',
    '南通第一纺织厂',
    'Massachusetts Institute of Technology',
    'Siemens',
    '',
  ])('%s is none', (name) => expect(isPerson(name)).toBe(false));
  test('masks show the beginning only', () => {
    expect(maskName('张三')).toBe('张*');
    expect(maskName('欧阳娜娜')).toBe('欧**');
    expect(maskName('SMITH, John')).toBe('S*** J***');
    expect(maskAddress('226634 江苏省南通市海安县老坝港镇海港村16组')).toBe('江苏省南通市海安县***');
    expect(maskAddress('某处')).toBe('***');
  });
});
