import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { isCalendarDate } from '#kernel/calendar/date';
import { loadCityPack } from '#kernel/city/load';
import type { CityLookup } from '#kernel/city/lookup';
import { checkUscc } from '#kernel/identifiers/uscc';
import { YUNZHOU } from '#kernel/testing/cities/broken';
import { cityWithMerger, codeOf, contextOf, recordArbitrary } from '#kernel/testing/field-records';
import { allTypesModel } from '#kernel/testing/field-schema';
import fc from '#kernel/testing/property';
import { diffRecords, sameValue } from './diff.ts';
import { jsonSchema } from './json-schema.ts';
import { readRecord } from './read.ts';
import { type ShowContext, showField } from './show.ts';
import { CellView } from './view.ts';

let lookup: CityLookup;
beforeAll(async () => {
  const result = await loadCityPack(YUNZHOU);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  lookup = cityWithMerger(result.pack);
});

const file = '0198f3a0-0000-7000-8000-000000000001';
const ctx: ShowContext = {
  regionName: (id, lang) => ({ west: { zh: '西屏市', en: 'Xiping City' } })[id]?.[lang] ?? null,
  references: new Map([['all-types/QB-0001', '云洲联盟']]),
  fileNames: new Map([[file, '证书.pdf']]),
  organisation: (path) => (path === '/members/1/name' ? 'org-1' : null),
};
const show = (key: string, value: unknown, lang: 'zh' | 'en' = 'zh') =>
  showField(allTypesModel.byKey.get(key)!, value, ctx, lang);

describe('values as people read them', () => {
  it.each([
    ['level', 'province', '省级', 'Province', null],
    ['region', 'west', '西屏市', 'Xiping City', null],
    ['region', 'atlantis', 'atlantis', 'atlantis', null],
    ['parent', 'QB-0001', 'QB-0001 云洲联盟', 'QB-0001 云洲联盟', '/registers/all-types/QB-0001'],
    ['parent', 'QB-0002', 'QB-0002', 'QB-0002', null],
    ['proof', file, '证书.pdf', '证书.pdf', `/api/files/${file}`],
    ['site', 'https://a.cn/x', 'https://a.cn/x', 'https://a.cn/x', 'https://a.cn/x'],
    ['site', 'javascript:alert(1)', 'javascript:alert(1)', 'javascript:alert(1)', null],
    ['mail', 'a@b.cn', 'a@b.cn', 'a@b.cn', 'mailto:a@b.cn'],
    ['patent', 'CN106844774A', 'CN106844774A', 'CN106844774A', '/patents?q=CN106844774A'],
    ['staff', 12_345, '12,345 人', '12,345 people', null],
    ['share', 12.25, '12.3%', '12.3%', null],
    ['output', 1_234_567_800, '1,234.5678 万元', '1,234.5678 × 10,000 CNY', null],
    ['year', 2019, '2019', '2019', null],
    ['active', false, '否', 'No', null],
    ['since', '2019-06-30', '2019-06-30', '2019-06-30', null],
    ['staff', 'damaged', 'damaged', 'damaged', null],
  ] as [string, unknown, string, string, string | null][])('%s: %j → %s', (key, value, zh, en, href) => {
    expect(show(key, value)).toEqual({ value, text: zh, href, rows: null });
    expect(show(key, value, 'en').text).toBe(en);
    expect(CellView.safeParse(show(key, value)).success).toBe(true);
  });

  it('nothing is an empty cell', () => {
    for (const key of allTypesModel.byKey.keys())
      expect(show(key, undefined)).toEqual({ value: null, text: '', href: null, rows: null });
  });

  it('lists are short, with all their cells beside', () => {
    const members = ['甲', '乙', '丙', '丁'].map((name) => ({ name, paid: 100 }));
    const shown = show('members', members);
    expect(shown.text).toBe('甲、乙、丙 等 4 项');
    expect(show('members', members, 'en').text).toBe('甲, 乙, 丙 … 4 in all');
    expect(shown.rows?.[1]).toEqual([
      { text: '乙', href: '/organisations/org-1' },
      { text: '', href: null },
      { text: '1 元', href: null },
    ]);
    expect(show('tags', ['芯片']).text).toBe('芯片');
  });
});

describe('differences', () => {
  const diff = (before: object, after: object) =>
    diffRecords(
      allTypesModel,
      before as Record<string, unknown>,
      after as Record<string, unknown>,
      ctx,
      'zh',
    );

  it('stand in the order of the declaration, what no field knows any more last', () => {
    expect(
      diff(
        { colour: '红', since: '2019-01-01', creditCode: codeOf(1), level: 'city', share: 1 },
        { since: '2019-01-01', code: codeOf(1), level: 'province', active: true },
      ),
    ).toEqual([
      { key: 'level', label: '级别', before: '市级', after: '省级' },
      { key: 'share', label: '占比', before: '1.0%', after: '' },
      { key: 'active', label: '是否运营', before: '', after: '是' },
      { key: 'colour', label: 'colour', before: '红', after: '' },
    ]);
  });

  it('of lists name the rows, of long ones only those that differ', () => {
    const rows = (n: number) => Array.from({ length: n }, (_, i) => ({ name: `企业${i}` }));
    expect(diff({ members: rows(2) }, { members: rows(3) })).toEqual([
      { key: 'members', label: '成员', before: '企业0\n企业1', after: '企业0\n企业1\n企业2' },
    ]);
    expect(diff({ members: rows(30) }, { members: rows(31) })).toEqual([
      { key: 'members', label: '成员', before: '（30 项相同）', after: '企业30\n（30 项相同）' },
    ]);
  });

  it('do not see the order of keys, nor nothing beside empty', () => {
    expect(
      diff({ members: [{ name: '甲', paid: 1 }] }, { members: [{ paid: 1, name: '甲' }], tags: [] }),
    ).toEqual([]);
    expect(sameValue([1], [1, 2])).toBe(false);
    expect(sameValue({ a: 1 }, [1])).toBe(false);
    expect(sameValue(0, null)).toBe(false);
  });

  it('are none between a record and itself, and some between others', () => {
    const read = (record: Record<string, unknown>) =>
      readRecord(allTypesModel, record, contextOf(lookup, 'json')).data;
    fc.assert(
      fc.property(recordArbitrary, recordArbitrary, (a, b) => {
        const [x, y] = [read(a), read(b)];
        expect(diff(x, structuredClone(x))).toEqual([]);
        expect(diff(x, y).length > 0).toBe(JSON.stringify(x) !== JSON.stringify(y));
      }),
    );
  });
});

describe('the JSON Schema', () => {
  const head = { title: { zh: '全类型', en: 'All types' }, description: { zh: '试验', en: 'A trial' } };
  const ajv = () => {
    const made = new Ajv2020({ strict: false, allErrors: true });
    const texts: Record<string, (text: string) => boolean> = {
      uscc: (text) => checkUscc(text).normalized === text,
      region: (text) => lookup.region(text) !== null,
      date: isCalendarDate,
      uri: (text) => URL.canParse(text),
      email: (text) => /^\S+@\S+$/.test(text),
      file: (text) => /^[0-9a-f-]{36}$/.test(text),
      reference: (text) => /^[A-Z]{2,5}-\d+$/.test(text),
      'patent-number': (text) => /^(CN|US|PCT\/CN)[0-9A-Z./]+$/.test(text),
      organisation: () => true,
      person: () => true,
      phone: (text) => /^[\d+()转-]+$/.test(text),
      ipc: (text) => /^[A-H]\d\d[A-Z]( \d+\/\d+)?$/.test(text),
    };
    for (const [name, validate] of Object.entries(texts)) made.addFormat(name, validate);
    for (const name of ['money', 'year'])
      made.addFormat(name, { type: 'number', validate: Number.isSafeInteger });
    return made;
  };

  it('holds for everything that a reading accepts', () => {
    const validate = ajv().compile(jsonSchema(allTypesModel, head, { internal: true, lang: 'zh' }));
    let accepted = 0;
    fc.assert(
      fc.property(recordArbitrary, (record) => {
        const { data, issues } = readRecord(allTypesModel, record, contextOf(lookup, 'json'));
        if (issues.length > 0) return;
        accepted += 1;
        expect(validate(data) ? null : validate.errors).toBeNull();
      }),
    );
    expect(accepted).toBeGreaterThan(10);
  });

  it('refuses what a reading refuses', () => {
    const validate = ajv().compile(jsonSchema(allTypesModel, head, { internal: true, lang: 'en' }));
    const good = { name: '云洲联盟', since: '2019-06-30' };
    expect(validate(good)).toBe(true);
    for (const bad of [
      { since: '2019-06-30' },
      { ...good, x: 1 },
      { ...good, staff: 1.5 },
      { ...good, staff: -1 },
      { ...good, level: '省级' },
      { ...good, year: 1800 },
      { ...good, code: '91110000600037341X' },
      { ...good, tags: ['a', 'a'] },
      { ...good, members: [{ paid: 1 }] },
      { ...good, certificate: 'a' },
    ])
      expect(validate(bad)).toBe(false);
  });

  it('names nothing internal to those who may not see it, and has no id', () => {
    const schema = jsonSchema(allTypesModel, head, { internal: false, lang: 'zh' });
    expect(Object.keys(schema.properties as object)).not.toContain('head');
    expect(
      Object.keys(jsonSchema(allTypesModel, head, { internal: true, lang: 'zh' }).properties as object),
    ).toContain('head');
    expect(schema).not.toHaveProperty('$id');
    expect(schema).toMatchObject({
      title: '全类型',
      description: '试验',
      additionalProperties: false,
      required: ['name', 'since'],
    });
  });
});
