import { beforeAll, describe, expect, it } from 'vitest';
import { loadCityPack } from '#kernel/city/load';
import type { CityLookup } from '#kernel/city/lookup';
import { YUNZHOU } from '#kernel/testing/cities/broken';
import { cityWithMerger, codeOf, contextOf, recordArbitrary } from '#kernel/testing/field-records';
import { allTypesModel, allTypesSchema } from '#kernel/testing/field-schema';
import fc from '#kernel/testing/property';
import { recordModel } from './model.ts';
import { readRecord } from './read.ts';
import { upgrade } from './upgrade.ts';

let lookup: CityLookup;
beforeAll(async () => {
  const result = await loadCityPack(YUNZHOU);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  lookup = cityWithMerger(result.pack);
});

const base = { name: '云洲智造联盟', since: '2019-06-30' };
const cell = (input: Record<string, unknown>) =>
  readRecord(allTypesModel, { ...base, ...input }, contextOf(lookup, 'cell'));
const json = (input: Record<string, unknown>) =>
  readRecord(allTypesModel, { ...base, ...input }, contextOf(lookup, 'json'));
/** The stored form of one value of a table, or the code of its fault. */
const read = (key: string, value: unknown, from = cell) => {
  const { data, issues } = from({ [key]: value });
  return issues.length > 0 ? `! ${issues.map((i) => i.code).join(' ')}` : data[key];
};

describe('values of a table', () => {
  it.each([
    ['name', '  云洲　智造 \u00a0联盟\u200b ', '云洲 智造 联盟'],
    ['name', '第１２号Ａ（甲）', '第12号A（甲）'],
    ['name', '甲', '! too-short'],
    ['name', '长'.repeat(101), '! too-long'],
    ['name', 42, '42'],
    ['note', ' 一 \r\n\r\n\r\n\r\n二 \r三 \n', '一\n\n二\n三'],
    ['note', 'a\u0000b\ud800c', 'abc'],
    ['staff', '１，２００', 1200],
    ['staff', '1,200人', 1200],
    ['staff', ' 1.2万人 ', 12_000],
    ['staff', '1.2万', 12_000],
    ['staff', '12,00', '! number'],
    ['staff', '一百', '! number'],
    ['staff', '12台', '! unit'],
    ['staff', '1.5', '! integer'],
    ['staff', '-1', '! minimum'],
    ['staff', '1000001', '! maximum'],
    ['staff', '—', undefined],
    ['staff', '/', undefined],
    ['share', '12.5％', 12.5],
    ['share', '－3', -3],
    ['share', '1e-3', 0.001],
    ['share', '1e999', '! number-range'],
    ['share', true, '! kind'],
    ['output', '1,200.5', 1_200_500_000],
    ['output', 1200.5, 1_200_500_000],
    ['output', '3亿元', 30_000_000_000],
    ['output', '￥1,234.56元', 123_456],
    ['output', '0.0000001', '! money-fen'],
    ['output', 1 / 3, 333_333],
    ['output', '12美元', '! unit'],
    ['output', '1e30', '! number-range'],
    ['year', '２０１９年', 2019],
    ['year', '1899', '! year'],
    ['year', '2019.5', '! year'],
    ['active', '是', true],
    ['active', 'TRUE', true],
    ['active', 0, false],
    ['active', '也许', '! boolean'],
    ['since', '2019年6月30日', '2019-06-30'],
    ['since', '2019/6/30', '2019-06-30'],
    ['since', '20190630', '2019-06-30'],
    ['since', 20190630, '2019-06-30'],
    ['since', '2019-06-30 08:00', '2019-06-30'],
    ['since', '2019-02-30', '! date'],
    ['since', '43646', '! date'],
    ['since', '30/6/2019', '! date'],
    ['level', '省级', 'province'],
    ['level', ' PROVINCE', 'province'],
    ['level', 'city', 'city'],
    ['level', '国家级', '! choice'],
    ['code', '９１１１００００６０００３７３４１l ', '91110000600037341L'],
    ['code', '91110000600037341X', '! identifier'],
    ['code', 911100006000373400, '! digits-lost'],
    ['code', '9.11E+17', '! digits-lost'],
    ['patent', 'ZL201510958772.0', 'CN201510958772.0'],
    ['patent', '201510958772.1', '! identifier'],
    ['patent', 'cn106844774a', 'CN106844774A'],
    ['patent', 'US 2019/0123456 A1', 'US20190123456A1'],
    ['patent', '专利', '! patent-number'],
    ['ipc', 'a47l1/03', 'A47L 1/03'],
    ['ipc', 'A47', '! identifier'],
    ['site', 'https：//a.example', 'https://a.example'],
    ['site', 'javascript:alert(1)', '! uri'],
    ['site', 'www.a.cn', '! uri'],
    ['site', 'http://u:p@a.cn', '! uri'],
    ['mail', 'A@B.CN', 'A@b.cn'],
    ['mail', 'a@b', '! email'],
    ['phone', '０１０—8000 0000', '010-80000000'],
    ['phone', '无', '! phone'],
    ['firm', '云洲精工(集团)有限公司', '云洲精工（集团）有限公司'],
    ['firm', '12345', '! organisation'],
    ['head', '……', '! person'],
    ['parent', 'qb-0001 某联盟', 'QB-0001'],
    ['parent', '某联盟', '! reference'],
    ['proof', '证书.pdf [0198F3A0-0000-7000-8000-000000000001]', '0198f3a0-0000-7000-8000-000000000001'],
    ['proof', '证书.pdf', '! file'],
    ['certificate', 'ab 1', '! pattern'],
    ['tags', '芯片、软件；设备', ['芯片、软件', '设备']],
    ['tags', '芯片、软件', ['芯片', '软件']],
    ['tags', '甲、乙\n丙', ['甲、乙', '丙']],
    ['tags', '甲\\、乙', ['甲、乙']],
    ['tags', '芯片、芯片', '! unique'],
    ['tags', Array.from({ length: 51 }, (_, i) => `领域${i}`).join('\n'), '! max-items'],
    ['members', '甲厂\n乙厂 | | 1,200元', [{ name: '甲厂' }, { name: '乙厂', paid: 120_000 }]],
    ['members', ' | 91110000600037341L', '! required'],
    ['members', '甲厂 | 1 | 2 | 3', '! columns'],
    ['members', '甲\\|乙厂 ｜ ', [{ name: '甲|乙厂' }]],
  ] as [string, unknown, unknown][])('%s: %j → %j', (key, value, expected) => {
    expect(read(key, value)).toEqual(expected);
  });

  it('names place, value and remedy of a fault inside a list', () => {
    const { issues } = cell({ members: '甲厂\n乙厂 | 91110000600037341X' });
    expect(issues).toMatchObject([
      {
        key: 'members',
        path: '/members/1/code',
        label: { zh: '成员第 2 项“统一社会信用代码”' },
        value: '91110000600037341X',
      },
    ]);
    expect(issues[0]!.message.zh).toContain('应为 L');
  });

  it('refuses a text that an export had to cut', () => {
    expect(read('note', `${'长'.repeat(100)}…（已截断，全文 40000 字）`)).toBe('! truncated');
    expect(read('members', `甲厂\n乙…（已截断，全文 40000 字）`)).toBe('! truncated');
  });

  it('asks for what is required and fills what the columns leave out from what is there', () => {
    const ctx = contextOf(lookup, 'cell', { base: { ...base, staff: 3, output: 100 } });
    expect(readRecord(allTypesModel, { staff: '4' }, ctx)).toEqual({
      data: { ...base, staff: 4, output: 100 },
      issues: [],
    });
    expect(readRecord(allTypesModel, { staff: '', name: ' ' }, ctx).issues.map((i) => i.code)).toEqual([
      'required',
    ]);
    expect(readRecord(allTypesModel, {}, contextOf(lookup, 'cell')).issues.map((i) => i.path)).toEqual([
      '/name',
      '/since',
    ]);
  });

  it('wants the end after the beginning', () => {
    expect(cell({ until: '2019-06-30' }).issues).toEqual([]);
    expect(cell({ until: '2019-06-29' }).issues).toMatchObject([{ path: '/until', code: 'order' }]);
  });

  it('finds references through the asker', () => {
    const ctx = contextOf(lookup, 'cell', {
      reference: (register, text) =>
        register === 'all-types' && (text === 'QB-0007' || text === '某联盟')
          ? { no: 'QB-0007' }
          : { problem: text === '同名' ? 'many' : 'none' },
    });
    const parent = (text: string) => readRecord(allTypesModel, { ...base, parent: text }, ctx);
    expect(parent('某联盟').data.parent).toBe('QB-0007');
    expect(parent('QB-0007').data.parent).toBe('QB-0007');
    expect(parent('QB-0008').issues[0]?.code).toBe('reference');
    expect(parent('同名').issues[0]?.code).toBe('reference-many');
  });
});

describe('regions', () => {
  const at = (since: string, region: string) => cell({ since, region });
  it('are found by id, name of any time and code, with the city before it or not', () => {
    for (const text of ['west', '西屏县', '西屏市', '云洲市西屏市', 'xiping city', '990181', '990181000000'])
      expect(at('2023-01-01', text)).toMatchObject({ data: { region: 'west' }, issues: [] });
    expect(at('2023-01-01', '全市').data.region).toBe('yunzhou');
    expect(at('2023-01-01', '亚特兰蒂斯').issues[0]?.code).toBe('region');
    expect(at('2023-01-01', '123456').issues[0]?.code).toBe('region');
  });

  it('of a former time hold for records of that time alone; the fault names the successor', () => {
    for (const text of ['990103', '北港区', 'quay']) {
      expect(at('2020-07-31', text)).toMatchObject({ data: { region: 'quay' }, issues: [] });
      const [issue] = at('2020-08-01', text).issues;
      expect(issue?.code).toBe(text === '990103' ? 'region-code-ended' : 'region-ended');
      expect(issue?.message.zh).toContain('东渡区（990102）');
      expect(issue?.message.zh).toContain('2020-07-31');
      expect(issue?.message.en).toContain('Dongdu District (990102)');
    }
    expect(at('2022-02-28', '990121').issues).toEqual([]);
    expect(at('2022-03-01', '990121').issues[0]?.message.zh).toContain('西屏市（990181）');
    expect(at('2018-01-01', '990181').data.region).toBe('west');
  });

  it('count on today where the record names no day', () => {
    const input = { name: '某联盟', region: '北港区' };
    const codes = readRecord(allTypesModel, input, contextOf(lookup, 'cell')).issues.map((i) => i.code);
    expect(codes).toEqual(['region-ended', 'required']);
  });
});

describe('values of JSON', () => {
  it.each([
    ['output', 120_050, 120_050],
    ['output', 120_050.5, '! money-json'],
    ['output', '120050', '! money-json'],
    ['tags', ['甲领域', null, ' 乙领域 '], ['甲领域', '乙领域']],
    ['tags', '甲领域、乙领域', '! list'],
    ['members', [{ name: '甲厂', paid: 5 }, {}], [{ name: '甲厂', paid: 5 }]],
    ['members', [{ name: '甲厂', x: 1 }], '! unknown-field'],
    ['members', [['甲厂']], '! row'],
    ['members', ['甲厂'], '! row'],
    ['name', { a: 1 }, '! kind'],
    ['name', 5, '! kind'],
    ['staff', '—', '! number'],
    ['share', Number.NaN, '! number-range'],
  ] as [string, unknown, unknown][])('%s: %j → %j', (key, value, expected) => {
    expect(read(key, value, json)).toEqual(expected);
  });

  it('takes old names for the new ones and names unknown fields', () => {
    expect(json({ creditCode: codeOf(1), partners: [{ name: '甲厂' }] })).toMatchObject({
      data: { code: codeOf(1), members: [{ name: '甲厂' }] },
      issues: [],
    });
    expect(json({ creditCode: codeOf(1), code: codeOf(2) }).issues[0]?.code).toBe('given-twice');
    expect(json({ 'a/b': 1 }).issues).toMatchObject([{ path: '/a~1b', code: 'unknown-field' }]);
    expect(json({ outputPerHead: 1 }).issues[0]?.code).toBe('computed-field');
    expect(json(JSON.parse('{"__proto__":{"x":1}}')).issues[0]?.code).toBe('unknown-field');
  });

  it('never throws and stays within bounds', () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`x${i}`, i]));
    expect(json(many).issues).toHaveLength(101);
    const endless = '长'.repeat(5_000_000);
    for (const key of allTypesModel.byKey.keys())
      expect(cell({ [key]: endless }).issues[0]?.value.length ?? 0).toBeLessThan(200);
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    expect(json({ name: circular }).issues[0]?.code).toBe('kind');
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...allTypesModel.byKey.keys(), 'partners'), fc.anything()),
        fc.constantFrom('json' as const, 'cell' as const),
        (input, source) => {
          const { data, issues } = readRecord(allTypesModel, input, contextOf(lookup, source));
          expect(issues.length).toBeLessThanOrEqual(101);
          expect(() => JSON.stringify(data)).not.toThrow();
        },
      ),
    );
  });
});

it('what was read is read again as it is', () => {
  fc.assert(
    fc.property(recordArbitrary, (record) => {
      const first = readRecord(allTypesModel, record, contextOf(lookup, 'json'));
      const again = readRecord(allTypesModel, first.data, contextOf(lookup, 'json'));
      expect(again.data).toEqual(first.data);
      expect(again.issues.filter((i) => i.code !== 'order' && i.code !== 'required')).toEqual([]);
    }),
  );
});

describe('data of earlier schemas', () => {
  it('comes under the present keys, what no field knows is set apart', () => {
    const stored = { name: '某联盟', creditCode: 'X', partners: [{ name: '甲' }], colour: '红' };
    expect(upgrade(allTypesModel, stored)).toEqual({
      data: { name: '某联盟', code: 'X', members: [{ name: '甲' }] },
      retired: { colour: '红' },
    });
    expect(upgrade(allTypesModel, { code: 'new', creditCode: 'old' })).toEqual({
      data: { code: 'new' },
      retired: {},
    });
  });

  it('of renamed columns too', () => {
    const schema = structuredClone(allTypesSchema);
    const members = schema.properties.members as {
      items: { properties: Record<string, object> };
    };
    Object.assign(members.items.properties.paid!, { 'x-formerly': ['capital'] });
    const model = recordModel(schema);
    expect(upgrade(model, { members: [{ name: '甲', capital: 5 }] }).data).toEqual({
      members: [{ name: '甲', paid: 5 }],
    });
    const input = { ...base, members: [{ name: '甲厂', capital: 5 }] };
    expect(readRecord(model, input, contextOf(lookup, 'json')).data.members).toEqual([
      { name: '甲厂', paid: 5 },
    ]);
  });
});
