import { describe, expect, test } from 'vitest';
import type { FieldView } from '#kernel/fields/view';
import { ApiError } from '../../api-error.ts';
import { pasted } from './paste.ts';
import { placedIssues, placeId, placeLabel, placeOf } from './places.ts';
import { shownValue } from './shown-value.ts';
import { keptForm, moved, pruned, type SimpleView, sameValue, toData, toForm } from './values.ts';

function simple(part: Partial<SimpleView> & Pick<SimpleView, 'key' | 'type'>): SimpleView {
  return {
    label: part.key,
    help: null,
    unit: null,
    fen: null,
    decimals: null,
    required: false,
    internal: false,
    example: null,
    choices: null,
    register: null,
    minLength: null,
    maxLength: null,
    minimum: null,
    maximum: null,
    pattern: null,
    computed: false,
    ...part,
  };
}
function field(part: Partial<FieldView> & Pick<FieldView, 'key' | 'type'>): FieldView {
  return { ...simple(part), items: [], minItems: null, maxItems: null, ...part };
}
const fields: readonly FieldView[] = [
  field({ key: 'name', type: 'text', label: '名称', required: true }),
  field({ key: 'output', type: 'money', label: '产值', fen: 1_000_000 }),
  field({ key: 'staff', type: 'integer', label: '人数' }),
  field({ key: 'listed', type: 'boolean', label: '上市' }),
  field({ key: 'since', type: 'date', label: '认定日期' }),
  field({ key: 'share', type: 'number', label: '占比', computed: true }),
  field({ key: 'tags', type: 'values', label: '领域', items: [simple({ key: '', type: 'text' })] }),
  field({
    key: 'members',
    type: 'rows',
    label: '成员',
    items: [
      simple({ key: 'firm', type: 'text', label: '单位' }),
      simple({ key: 'paid', type: 'money', label: '出资', fen: 100 }),
    ],
  }),
];
const data = {
  name: '云洲齿轮联盟',
  output: 12_345_678,
  staff: 0,
  listed: false,
  since: '2017-05-01',
  tags: ['机械', '电子'],
  members: [{ firm: '甲厂', paid: 110 }, { firm: '乙所' }],
};

describe('the form', () => {
  test('gives back what is stored, to the fen', () => {
    const form = toForm(fields, data);
    expect(form).toMatchObject({ output: '12.345678', staff: '0', listed: 'false' });
    expect(form.members).toEqual([
      { firm: '甲厂', paid: '1.1' },
      { firm: '乙所', paid: '' },
    ]);
    expect('share' in form).toBe(false);
    expect(toData(fields, form)).toEqual({ data, problems: [] });
  });

  test('leaves out what is empty and reads what people type', () => {
    const form = { ...toForm(fields, {}), name: ' 甲 ', since: '2017年5月1日', staff: '１，２００' };
    expect(toData(fields, form).data).toEqual({ name: '甲', since: '2017-05-01', staff: 1200 });
    // What is no date is sent as it is: the server says what it expects.
    expect(toData(fields, { ...form, since: '去年' }).data.since).toBe('去年');
  });

  test('names the place of a number that cannot be read', () => {
    const form = toForm(fields, data);
    const bad = { ...form, output: '0.0000001', members: [{ firm: '甲厂', paid: '三' }] };
    const { data: sent, problems } = toData(fields, bad);
    expect(problems).toEqual([
      { place: 'output', problem: 'too-fine' },
      { place: 'members/0/paid', problem: 'not-number' },
    ]);
    expect('output' in sent).toBe(false);
  });

  test('drops rows in which nothing was typed, so that rows keep their places', () => {
    const form = pruned({
      tags: [{ '': ' ' }, { '': '机械' }],
      members: [
        { firm: '', paid: '' },
        { firm: '甲', paid: '' },
      ],
    });
    expect(form).toEqual({ tags: [{ '': '机械' }], members: [{ firm: '甲', paid: '' }] });
  });

  test('moves rows within the list only', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
    expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 1, 2)).toEqual(['a', 'b']);
  });

  test('knows when two values say the same', () => {
    expect(sameValue('甲 ', '甲')).toBe(true);
    expect(sameValue(undefined, [{ firm: ' ' }])).toBe(true);
    expect(sameValue([{ firm: '甲', paid: '' }], [{ firm: '甲' }])).toBe(true);
    expect(sameValue([{ firm: '甲' }], [{ firm: '乙' }])).toBe(false);
    expect(sameValue('', '0')).toBe(false);
  });
});

describe('what was kept of a form', () => {
  const field = (key: string, type: string) => ({ key, type, fen: null, items: [] }) as unknown as FieldView;
  const fields = [field('name', 'text'), field('means', 'values'), field('later', 'text')];

  test('comes back as it was typed; fields that are new begin empty', () => {
    const kept = { name: '甲', means: [{ '': '邮寄' }], gone: 'x' };
    expect(keptForm(fields, kept)).toEqual({ name: '甲', means: [{ '': '邮寄' }], later: '' });
  });

  test('begins empty where another program kept it in another shape', () => {
    for (const means of ['邮寄', ['邮寄'], [null], [{ '': 1 }], 7, null])
      expect(keptForm(fields, { name: ['甲'], means })).toEqual({ name: '', means: [], later: '' });
  });
});

describe('what the server finds wrong', () => {
  const words = { whole: '整条', row: (n: number) => `第${n}行`, beside: { reason: '理由' } };

  test('stands beside its field', () => {
    for (const [pointer, place] of [
      ['/body/data/name', 'name'],
      ['/data/members/1/paid', 'members/1/paid'],
      ['/body/data', ''],
      ['/body/reason', '.reason'],
      ['/data/reason', 'reason'],
    ] as const)
      expect(placeOf(pointer)).toBe(place);
    expect(placeId('members/1/paid', fields)).toBe('entry-members-1-paid');
    expect(placeId('members/1', fields)).toBe('entry-members-1-firm');
    expect(placeId('tags/0', fields)).toBe('entry-tags-0');
    expect(placeId('.reason', fields)).toBe('entry-why-reason');
    expect(placeId('unknown', fields)).toBe('entry-whole');
    expect(placeOf('/body/form/name', 'form')).toBe('name');
    expect(placeOf('/body/formless', 'form')).toBe('.formless');
    expect(placeId('members/1/paid', fields, 'matter')).toBe('matter-members-1-paid');
    expect(placeId('.reason', fields, 'matter')).toBe('matter-why-reason');
    expect(placeId('', fields, 'matter')).toBe('matter-whole');
  });

  test('is named in words', () => {
    expect(placeLabel('members/1/paid', fields, words)).toBe('成员 · 第2行 · 出资');
    expect(placeLabel('name', fields, words)).toBe('名称');
    expect(placeLabel('.reason', fields, words)).toBe('理由');
    expect(placeLabel('', fields, words)).toBe('整条');
  });

  test('speaks of the whole when no place is named, and is silent about a lost line', () => {
    expect(placedIssues(new ApiError('registers_x', '不行', 400))).toEqual([{ place: '', message: '不行' }]);
    const issue = { path: '/body/data/name', code: 'c', message: '太长' };
    expect(placedIssues(new ApiError('x', 'm', 400, [issue]))).toEqual([{ place: 'name', message: '太长' }]);
    expect(placedIssues(new ApiError('network', '', 0))).toEqual([]);
    expect(placedIssues(new ApiError('internal', '', 500))).toEqual([]);
  });
});

describe('cells pasted from a spreadsheet', () => {
  const list = {
    maxItems: 3,
    items: [
      simple({ key: 'firm', type: 'text' }),
      simple({ key: 'role', type: 'choice', choices: [{ value: 'lead', label: '理事长单位' }] }),
      simple({ key: 'region', type: 'region' }),
    ],
  };
  const at = { row: 1, column: 0, regions: [{ value: 'yunxi', label: '云溪区' }] };

  test('fill rows from where they are pasted, words turned into values', () => {
    const rows = [{ firm: '甲', role: '', region: '' }];
    expect(pasted(list, rows, '乙\t理事长单位\t云溪区\t多余\r\n丙\t成员\t\r\n丁\t\t\r\n', at)).toEqual([
      { firm: '甲', role: '', region: '' },
      { firm: '乙', role: 'lead', region: 'yunxi' },
      // A word that is not in the list stays: the server says what is wrong with it.
      { firm: '丙', role: '成员', region: '' },
    ]);
    expect(pasted(list, rows, '理事长单位\nx', { ...at, row: 0, column: 1 })).toEqual([
      { firm: '甲', role: 'lead', region: '' },
      { firm: '', role: 'x', region: '' },
    ]);
  });

  test('are left to the browser when they are one', () => {
    expect(pasted(list, [], '乙', at)).toBeNull();
    expect(pasted(list, [], '乙\n', at)).toBeNull();
  });
});

describe('a typed value in words', () => {
  const words = { yes: '是', no: '否', regionOf: (id: string) => (id === 'yunxi' ? '云溪区' : id) };

  test('names choices, regions and units, and leaves what is empty empty', () => {
    const choice = field({ key: 'c', type: 'choice', choices: [{ value: 'lead', label: '牵头' }] });
    expect(shownValue(choice, 'lead', words)).toBe('牵头');
    expect(shownValue(choice, 'gone', words)).toBe('gone');
    expect(shownValue(field({ key: 'r', type: 'region' }), 'yunxi', words)).toBe('云溪区');
    expect(shownValue(field({ key: 'm', type: 'money', unit: '万元' }), '12.5', words)).toBe('12.5 万元');
    expect(shownValue(field({ key: 'm', type: 'money', unit: '万元' }), '', words)).toBe('');
    expect(shownValue(field({ key: 'b', type: 'boolean' }), 'false', words)).toBe('否');
  });

  test('puts the rows of a list below each other', () => {
    const rows = [
      { firm: '甲厂', paid: '1.1' },
      { firm: '乙所', paid: '' },
    ];
    expect(shownValue(fields.find((f) => f.key === 'members')!, rows, words)).toBe('甲厂 · 1.1\n乙所');
  });
});
