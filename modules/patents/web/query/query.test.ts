import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import type { Dialect } from '../../query/ast.ts';
import { withoutPlaces } from '../../query/combine.ts';
import { FIELDS, fieldOf } from '../../query/fields.ts';
import { parseQuery } from '../../query/parser.ts';
import { colourQuery } from './colour.ts';
import { proposalsAt } from './complete.ts';
import { placeAt } from './context.ts';
import { isUnfinished, mended } from './faults.ts';
import { conditionsOf, emptyRow, type FormRow, isFilled, queryOfRows, rowsOfQuery } from './form-rows.ts';
import { EXAMPLES } from './help-content.ts';

const coloured = (text: string, dialect: Dialect = 'zc') =>
  colourQuery(text, dialect).map(({ from, to, colour }) => `${text.slice(from, to)} ${colour}`);

describe('colours', () => {
  test('tell fields, relations, operators, phrases, numbers and brackets', () => {
    expect(coloured('名称=(机器人 AND 抓手) NOT TI="a b"')).toEqual([
      '名称 field',
      '= relation',
      '( bracket',
      'AND operator',
      ') bracket',
      'NOT operator',
      'TI field',
      '= relation',
      '"a b" phrase',
    ]);
    expect(coloured('公开(公告)号=CN106844774A #3 @隔膜')).toEqual([
      '公开(公告)号 field',
      '= relation',
      'CN106844774A number',
      '#3 reference',
      '@隔膜 reference',
    ]);
    expect(coloured('PD=[2018 TO 2019]')).toContain('TO operator');
    expect(coloured('IPC=/low A01B')).toContain('=/low relation');
    expect(coloured('名称，摘要＝石墨烯')).toEqual(['名称 field', '摘要 field', '＝ relation']);
  });

  test('go by the dialect: + is a wildcard in one and nothing in another', () => {
    expect(coloured('comput+', 'cnipr')).toEqual(['+ wildcard']);
    expect(coloured('comput+', 'zc')).toEqual([]);
    expect(coloured('TTL:(a $W5 b)', 'patsnap')).toContain('$W5 operator');
  });

  test('take any text, in order and within it', () => {
    const sign = fc.constantFrom(...'()[]"=:<>,， 名称TIPA与AND123*?#＝（'.split(''));
    const text = fc.string({ unit: sign, maxLength: 30 });
    fc.assert(
      fc.property(text, fc.constantFrom<Dialect>('zc', 'cql', 'patsnap', 'cnipr', 'lucene'), (q, dialect) => {
        let done = 0;
        for (const { from, to } of colourQuery(q, dialect)) {
          expect(from).toBeGreaterThanOrEqual(done);
          expect(to).toBeGreaterThan(from);
          done = to;
        }
        expect(done).toBeLessThanOrEqual(q.length);
      }),
    );
  });
});

describe('completion', () => {
  const known = {
    regions: [{ value: 'chongchuan', label: '崇川区' }],
    references: [{ name: '#3', text: 'x' }],
  };
  const labels = (text: string, dialect: Dialect = 'zc', asked = false) =>
    proposalsAt(text, text.length, dialect, 'zh', known, asked)?.proposals.map((p) => p.label) ?? [];

  test('proposes fields by Chinese name, code and English name, Chinese ones first', () => {
    expect(labels('申请')[0]).toBe('申请人');
    expect(labels('pa')).toContain('申请人');
    expect(labels('pa', 'lucene')).not.toContain('申请人');
    expect(proposalsAt('申请人', 3, 'zc', 'zh', known, false)?.proposals[0]?.insert).toBe('申请人=');
  });

  test('proposes the values of listed fields, also within brackets', () => {
    expect(labels('法律状态=')).toEqual(['有效', '在审', '失效', '未提供']);
    expect(labels('法律状态=(有效 OR 在')).toEqual(['在审']);
    expect(labels('地区=')).toEqual(['崇川区']);
    expect(labels('AU=U')).toEqual(['US']);
  });

  test('proposes operators only behind something, references, and nothing inside a phrase', () => {
    expect(labels('电机 A')).toContain('AND');
    expect(labels('A')).not.toContain('AND');
    expect(labels('电机 AND #')).toEqual(['#3']);
    expect(labels('"申请')).toEqual([]);
    expect(labels('名称=电')).toEqual([]);
  });

  test('knows where the word begins', () => {
    expect(placeAt('TI=(电机 OR 泵', 11, 'zc')).toMatchObject({ from: 10, word: '泵', follows: true });
    expect(placeAt('TI=(电机', 6, 'zc')?.field?.id).toBe('TI');
    expect(placeAt('TI=(电机) 泵', 9, 'zc')?.field).toBeNull();
  });
});

describe('faults', () => {
  test('are mended by a whole query or by the word at their place', () => {
    expect(mended('TI="a', { offset: 3, length: 1, suggestion: 'TI="a"' })).toBe('TI="a"');
    expect(mended('LS=有交 AND a', { offset: 3, length: 2, suggestion: '有效' })).toBe('LS=有效 AND a');
    expect(mended('a', { offset: 0, length: 1, suggestion: null })).toBeNull();
  });

  test('at the end of the text are those of somebody still writing', () => {
    expect(isUnfinished('TI=(电机 AND', { offset: 10, length: 0 })).toBe(true);
    expect(isUnfinished('标=电机', { offset: 0, length: 1 })).toBe(false);
  });
});

describe('the form', () => {
  const row = (field: string, value: string, more: Partial<FormRow> = {}): FormRow => ({
    ...emptyRow(field),
    value,
    ...more,
  });

  test('writes a query that says what the rows say, from top to bottom', () => {
    const rows = [
      row('TI', '机器人 抓手'),
      row('AB', '夹爪 "机械 手"', { join: 'or', condition: 'any' }),
      row('LS', 'in-force|pending'),
      row('AD', '2015', { to: '2019-06' }),
      row('PA', '大学', { join: 'not' }),
      row('IPC', 'A01B1/02', { condition: 'low' }),
      emptyRow('CPC'),
    ];
    expect(queryOfRows(rows)).toBe(
      '((((TI=(机器人 AND 抓手) OR AB=(夹爪 OR "机械 手")) AND LS=(有效 OR 在审) AND AD=[2015 TO 2019-06]) NOT PA=大学) AND IPC=/low A01B1/02)'.slice(
        1,
        -1,
      ),
    );
    expect(queryOfRows([emptyRow('TI')])).toBe('');
  });

  test('shows a query that it could have written', () => {
    const rows = rowsOfQuery(
      parseQuery('TI=(机器人 AND 抓手) AND LS=(有效 OR 在审) NOT PA="某大学" NOT AU=US').expr,
    );
    expect(rows?.map((r) => [r.join, r.field, r.condition, r.value])).toEqual([
      ['and', 'TI', 'all', '机器人 抓手'],
      ['and', 'LS', 'oneOf', 'in-force|pending'],
      ['not', 'PA', 'phrase', '某大学'],
      ['not', 'AU', 'is', 'US'],
    ]);
  });

  test('shows nothing of a query beyond it', () => {
    for (const text of ['TI=(a 5W b)', 'TI=a XOR AB=b', 'TI,AB=a', 'a AND (TI=b OR (AB=c AND PA=d))', '#3'])
      expect(rowsOfQuery(parseQuery(text, 'zc').expr), text).toBeNull();
  });

  test('what it wrote it shows again, with the same meaning', () => {
    const word = fc.constantFrom('电机', '传感器', 'robot', 'gra*', '温度', 'a/b');
    const field = fc.constantFrom(...FIELDS.map((f) => f.id).filter((id) => id !== 'ANC' && id !== 'RG'));
    const any = fc.tuple(
      field,
      fc.constantFrom('and', 'or', 'not'),
      fc.nat(9),
      fc.array(word, { minLength: 1, maxLength: 3 }),
    );
    const made = any.map(([id, join, n, words]): FormRow => {
      const conditions = conditionsOf(id);
      const condition = conditions[n % conditions.length]!;
      const { kind, values } = fieldOf(id);
      const value =
        kind === 'class'
          ? id === 'LOC'
            ? '06-13'
            : 'A01B'
          : kind === 'date'
            ? '2015'
            : kind === 'count'
              ? '3'
              : values
                ? values[n % values.length]!.id
                : kind === 'number'
                  ? 'CN106844774A'
                  : kind === 'value'
                    ? 'CN'
                    : words.join(' ');
      return {
        join: join as FormRow['join'],
        field: id,
        condition,
        value,
        to: kind === 'date' ? '2019' : kind === 'count' ? '9' : '',
      };
    });
    fc.assert(
      fc.property(fc.array(made, { minLength: 1, maxLength: 5 }), (rows) => {
        const text = queryOfRows(rows);
        const first = parseQuery(text, 'zc').expr;
        const again = rowsOfQuery(first);
        if (again === null) return;
        expect(again.every(isFilled)).toBe(true);
        expect(withoutPlaces(parseQuery(queryOfRows(again), 'zc').expr)).toEqual(withoutPlaces(first));
      }),
      { numRuns: 300 },
    );
  });
});

test('every example of the help is a good query of its language', () => {
  for (const [dialect, examples] of Object.entries(EXAMPLES))
    for (const example of examples)
      expect(() => parseQuery(example, dialect as Dialect), example).not.toThrow();
});
