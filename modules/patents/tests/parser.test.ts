import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { DIALECTS, type Dialect, type Expr, LIMITS, QueryError } from '../query/ast.ts';
import { withoutPlaces } from '../query/combine.ts';
import { recogniseDialect } from '../query/dialects.ts';
import { FIELDS, fieldNames } from '../query/fields.ts';
import { parseQuery } from '../query/parser.ts';
import { printQuery } from '../query/print.ts';

const reading = (q: string, dialect?: Dialect) => printQuery(parseQuery(q, dialect).expr, 'zc').text;
function faultOf(q: string, dialect?: Dialect) {
  try {
    parseQuery(q, dialect);
  } catch (error) {
    if (error instanceof QueryError) return error.faults[0]!;
    throw error;
  }
  throw new Error(`${q} was accepted`);
}

describe('the own language', () => {
  test.each([
    ['申请人=格力', 'PA=格力'],
    ['TI=(机器人 AND 抓手) NOT PA=(某公司)', '(TI=机器人 AND TI=抓手) NOT PA=某公司'],
    ['名称,摘要,主权项=石墨烯', '(TI,AB,CL)=石墨烯'],
    ['(名称,摘要)=石墨烯', '(TI,AB)=石墨烯'],
    ['TI=（船舶 ＯＲ 海工）', 'TI=船舶 OR TI=海工'],
    ['石墨烯 与 电池 非 电容', '(石墨烯 AND 电池) NOT 电容'],
    ['石墨烯 电池', '石墨烯 AND 电池'],
    ['a AND NOT b', 'a NOT b'],
    ['PA!=甲 石墨烯', '石墨烯 NOT PA=甲'],
    ['摘要=(泵 (5W) 阀)', 'AB=(泵 5W 阀)'],
    ['摘要=(泵 =3D 阀)', 'AB=(泵 =3D 阀)'],
    ['(甲 OR 乙) 3W 丙', 'TA=((甲 OR 乙) 3W 丙)'],
    ['3D 打印', '"3D" AND 打印'],
    ['打印 3D', '打印 AND "3D"'],
    ['IPC=A01B 1/02', 'IPC=A01B1/02'],
    ['IPC=A01B0001020000', 'IPC=A01B1/02'],
    ['IPC=A01B1-02', 'IPC=A01B1/02'],
    ['IPC=/low A01B1/02', 'IPC=/low A01B1/02'],
    ['IPC=(A61B OR G06F)', 'IPC=A61B OR IPC=G06F'],
    ['AD=(20191203 to 20191206)', 'AD=[20191203 TO 20191206]'],
    ['PD>2000', 'PD=[2001 TO *]'],
    ['PD<=2019-03', 'PD=[* TO 201903]'],
    ['PD=2019年3月', 'PD=201903'],
    ['PD=20190101:20191231', 'PD=2019'],
    ['公开(公告)号=CN109462287A', 'PN=CN109462287A'],
    ['CN 109462287 A', 'NUM="CN 109462287 A"'],
    ['US 7,654,321 B2', 'NUM="US 7,654,321 B2"'],
    ['PN=EP 0 240 590B1 石墨烯', 'PN="EP 0 240 590B1" AND 石墨烯'],
    ['LS=有效 AND 地区=崇川区', 'LS=有效 AND RG=崇川区'],
    ['权利要求数>=10', 'CLC=[10 TO *]'],
    ['#1 AND @关注 NOT #2', '(#1 AND @关注) NOT #2'],
    ['TI=(机器人 $FREQ2)', 'TI=(机器人 $FREQ2)'],
    ['TI,AB*=泵', '(TI,AB)*=泵'],
    ['a XOR b', 'a XOR b'],
  ])('%s → %s', (q, wanted) => expect(reading(q, 'zc')).toBe(wanted));
});

describe('EPO CQL', () => {
  test.each([
    ['ti all "green energy"', 'TI=green AND TI=energy'],
    ['ti any "green energy"', 'TI=green OR TI=energy'],
    ['ti="green energy technology"', 'TI="green energy technology"'],
    ['ti=green prox/unit=paragraph ti=energy', 'TI=(green P energy)'],
    ['ta=green prox/distance<=3 ta=energy', 'TA=(green 3D energy)'],
    ['ta=green prox/distance<3 ta=energy', 'TA=(green 2D energy)'],
    ['ta=a prox/distance<=3/ordered=true ta=b', 'TA=(a 3W b)'],
    ['pd within "20051212 20051214"', 'PD=[20051212 TO 20051214]'],
    ['pd="20051212 20051214"', 'PD=[20051212 TO 20051214]'],
    ['pd=12/2005', 'PD=200512'],
    ['pd=12.11.2005', 'PD=20051112'],
    ['pn=EP and pr=GB', 'PN=EP AND PR=GB'],
    ['EP and 2009 and Smith', 'NUM=EP AND PD=2009 AND IA=Smith'],
    ['cpc=/low A01B', 'CPC=/low A01B'],
    ['txt all "vision technologies"', 'TXT=vision AND TXT=technologies'],
    ['ti=a not ti=b', 'TI=a NOT TI=b'],
    ['ti=colo?r', 'TI=colo#r'],
    ['ti=wom#n', 'TI=wom?n'],
    ['bi=x', null],
    ['a or b and c', '(TXT=a OR TXT=b) AND TXT=c'],
  ])('%s → %s', (q, wanted) => {
    if (wanted === null) expect(faultOf(q, 'cql').offset).toBe(0);
    else expect(reading(q, 'cql').replaceAll('"', '')).toBe(wanted.replaceAll('"', ''));
  });
  test('not needs something before it, an index a relation', () => {
    expect(faultOf('not pd=2010', 'cql')).toMatchObject({ offset: 0, length: 3 });
    expect(faultOf('ti green', 'cql')).toMatchObject({ offset: 0, suggestion: 'ti=green' });
  });
});

describe('PatSnap, CNIPR and Lucene style', () => {
  test.each<[Dialect, string, string]>([
    ['patsnap', 'TTL:(gra???ne)', 'TI=gra???ne'],
    ['patsnap', 'TTL:(colo#r)', 'TI=colo#r'],
    ['patsnap', 'ABST:(solar cell $W5 silicon)', 'AB=solar AND AB=(cell 5D silicon)'],
    ['patsnap', 'ABST:(a $PRE3 b)', 'AB=(a 3W b)'],
    ['patsnap', 'ABST:(a $SEN b)', 'AB=(a S b)'],
    ['patsnap', 'PBD:[20010101 TO 20101231]', 'PD=[2001 TO 2010]'],
    ['patsnap', 'IPC:[A01B1/02 TO A01B1/08]', 'IPC=[A01B1/02 TO A01B1/08]'],
    ['patsnap', 'CLAIM_COUNT:[10 TO *]', 'CLC=[10 TO *]'],
    ['patsnap', 'AN:华为 AND APNO:201811107071.6', 'PA=华为 AND AN=201811107071.6'],
    ['patsnap', 'IPC_LOW:A01B1/02', 'IPC=/low A01B1/02'],
    ['cnipr', '摘要=(电池 3D 隔膜)', 'AB=(电池 3D 隔膜)'],
    ['cnipr', '权利要求=(传感器 S 温度)', 'CLM=(传感器 S 温度)'],
    ['cnipr', 'TI=(comput+)', 'TI=comput*'],
    ['cnipr', 'TI=(wom#n)', 'TI=wom?n'],
    ['cnipr', 'TI=(colo?r)', 'TI=colo#r'],
    ['cnipr', '名称=(泵 adj 阀) and 申请号=201811107071.6', 'TI=(泵 W 阀) AND AN=201811107071.6'],
    ['cnipr', '名称=(泵 pre/5 阀)', 'TI=(泵 5W 阀)'],
    ['cnipr', '名称=(泵 equ/5 阀)', 'TI=(泵 =5D 阀)'],
    [
      'lucene',
      'title:(car OR truck) AND year_published:[2000 TO 2018]',
      '(TI=car OR TI=truck) AND PD=[2000 TO 2018]',
    ],
    ['lucene', '"solar cell"~5', 'TA=(solar 5D cell)'],
    ['lucene', '+solar -wind', 'solar NOT wind'],
    ['lucene', 'class_cpc.symbol:Y02E10\\/70', 'CPC=Y02E10/70'],
    ['lucene', 'DP:[01.02.2000 TO 20000228] AND IC_EX:A01B1/02', 'PD=[200002 TO 20000228] AND IPC==A01B1/02'],
  ])('%s: %s → %s', (dialect, q, wanted) => expect(reading(q, dialect).replaceAll('"', '')).toBe(wanted));

  test.each([
    ['TTL:(石墨烯) AND ABST:(a $W3 b)', 'patsnap'],
    ['title:robot AND abstract:arm', 'lucene'],
    ['ta=green prox/distance<=3 ta=energy', 'cql'],
    ['摘要=(电池 pre/3 隔膜)', 'cnipr'],
    ['石墨烯 AND 电池', 'zc'],
    ['TI=机器人 AND PD>=2019', 'zc'],
  ])('%s is recognised as %s', (q, dialect) => expect(recogniseDialect(q)).toBe(dialect));
});

describe('what is refused says where and what to do', () => {
  test.each([
    ['', 0],
    ['   ', 0],
    ['NOT TI=a', 0],
    ['a OR NOT b', 5],
    ['(a', 0],
    ['a)', 1],
    ['a AND "b', 6],
    ['a AND [2000', 6],
    ['TX=a', 0],
    ['a AND', 5],
    ['AND a', 0],
    ['()', 1],
    ['TI=', 3],
    ['*', 0],
    ['a*', 0],
    ['，。', 0],
    ['PA="华为" $FREQ3', 8],
    ['PD=昨天', 3],
    ['LS=好', 3],
    ['(a AND b) 3W c', 10],
    ['TI=a 3W AB=b', 5],
    ['a 100W b', 2],
    ['IPC=石墨烯', 4],
    ['CLC=许多', 4],
    ['AU=中国', 3],
  ])('%j at %i', (q, offset) => {
    const fault = faultOf(q, 'zc');
    expect(fault.offset).toBe(offset);
    expect(fault.message.zh).not.toBe('');
    expect(fault.message.en).not.toBe('');
  });

  test('mixed and/or is accepted with a warning, a wrong check digit too', () => {
    expect(parseQuery('a AND b OR c').warnings.map((w) => w.code)).toEqual(['mixed']);
    expect(parseQuery('(a AND b) OR c').warnings).toEqual([]);
    expect(parseQuery('AN=202310123456.7').warnings.map((w) => w.code)).toEqual(['check-digit']);
  });

  test('no text at all makes it hang or throw anything else', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '"',
      '[',
      ']',
      '{',
      '}',
      '=',
      ':',
      '<',
      '>',
      ',',
      ' ',
      'AND',
      'OR',
      'NOT',
      'TI',
      '3W',
      '$FREQ2',
      '*',
      '?',
      '#',
      '@',
      '#1',
      '机',
      'a',
      'prox/',
      'within',
      '\\',
      '/low',
      '~',
      '+',
      '-',
      '2019',
      'TO',
      '，',
      '（',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece, { maxLength: 40 }).map((p) => p.join('')),
        ),
        fc.constantFrom(undefined, ...DIALECTS),
        (q, dialect) => {
          try {
            parseQuery(q, dialect);
          } catch (error) {
            expect(error).toBeInstanceOf(QueryError);
            const [fault] = (error as QueryError).faults;
            expect(fault!.offset).toBeGreaterThanOrEqual(0);
            expect(fault!.offset + fault!.length).toBeLessThanOrEqual(q.length);
          }
        },
      ),
      { numRuns: 600 },
    );
  });

  test('monsters end at once', () => {
    expect(faultOf(`${'('.repeat(500)}a${')'.repeat(500)}`).message.en).toContain('nested');
    expect(faultOf(Array.from({ length: 10_000 }, (_, i) => `词${i}`).join(' OR ')).message.en).toContain(
      '10000',
    );
    expect(faultOf('a'.repeat(LIMITS.length + 1)).message.en).toContain('characters');
    expect(faultOf('a*b*c*d*e*f*g*h*i*j*k*').message.en).toContain('wildcards');
    expect(faultOf(`TI=${'('.repeat(20_000)}`).offset).toBeGreaterThan(0);
  });
});

describe('the tree prints back', () => {
  const word = fc.constantFrom(
    '机器人',
    'robot',
    '石墨烯',
    'LED灯',
    'comput\ue000',
    'wom\ue001n',
    '3D',
    'and',
  );
  const at = { offset: 0, length: 0 };
  const term = word.map((text) => ({ type: 'term', term: { text, quoted: false } }) as const);
  const units = (ordered: boolean, least: number, most: number) =>
    ({ within: 'units', least, most, ordered }) as const;
  const near = fc
    .tuple(
      term,
      term,
      fc.constantFrom(
        units(true, 0, 3),
        units(false, 0, 5),
        { within: 'sentence', least: 0, most: 0, ordered: false } as const,
        { within: 'paragraph', least: 0, most: 0, ordered: false } as const,
      ),
    )
    .map(([left, right, n]) => ({ type: 'near', near: n, left, right }) as const);
  const text = fc.tuple(fc.constantFrom('TI', 'AB', 'TA', 'PA', 'CLM'), fc.oneof(term, near)).map(
    ([field, expr]) =>
      ({
        type: 'text',
        fields: [field === 'PA' && expr.type === 'near' ? 'TI' : field],
        mode: 'any',
        expr,
        at,
      }) as Expr,
  );
  const other: fc.Arbitrary<Expr> = fc.constantFrom<Expr>(
    { type: 'date', fields: ['PD'], mode: 'any', from: 20190101, to: 20201231, at },
    { type: 'date', fields: ['PD'], mode: 'any', from: 20190305, to: null, at },
    { type: 'class', fields: ['IPC'], mode: 'any', symbol: 'A01B1/02', reach: 'same', at },
    { type: 'classRange', fields: ['IPC'], mode: 'any', from: 'A01B1/02', to: 'A01B1/08', at },
    { type: 'number', fields: ['PN'], mode: 'any', text: 'CN109462287A', at },
  );
  const leaf = fc.oneof(text, other);
  const { tree } = fc.letrec<{ tree: Expr }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc
        .tuple(fc.constantFrom('and', 'or'), fc.array(tie('tree'), { minLength: 2, maxLength: 3 }))
        .map(
          ([type, items]) =>
            ({ type, items: items.map((i) => (i.type === type ? leafOf(i) : i)), at }) as Expr,
        ),
      fc
        .tuple(tie('tree'), tie('tree'))
        .map(
          ([keep, drop]) =>
            ({ type: 'not', keep: keep.type === 'not' ? leafOf(keep) : keep, drop, at }) as Expr,
        ),
    ),
  }));
  /** Nested nodes of one kind are written as one list, so a tree of them has no form of its own. */
  function leafOf(expr: Expr): Expr {
    return expr.type === 'and' || expr.type === 'or' || expr.type === 'xor'
      ? leafOf(expr.items[0]!)
      : expr.type === 'not'
        ? leafOf(expr.keep)
        : expr;
  }

  test.each(DIALECTS)('to %s, and is read again as the same', (dialect) => {
    fc.assert(
      fc.property(tree, (expr) => {
        const printed = printQuery(expr, dialect);
        fc.pre(printed.lost.length === 0);
        expect(withoutPlaces(parseQuery(printed.text, dialect).expr), printed.text).toEqual(
          withoutPlaces(expr),
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('the registry', () => {
  test('names no field twice in one dialect, and each has help in both languages', () => {
    for (const dialect of DIALECTS) {
      const names = FIELDS.flatMap((f) => (f.names[dialect] ?? []).map((n) => n.toUpperCase()));
      expect(
        names.filter((n, i) => names.indexOf(n) !== i),
        dialect,
      ).toEqual([]);
    }
    for (const f of FIELDS) {
      expect(f.help.zh.length * f.help.en.length, f.id).toBeGreaterThan(0);
      for (const part of f.parts ?? []) expect(FIELDS.some((other) => other.id === part)).toBe(true);
    }
    expect(fieldNames('zc').length).toBeGreaterThan(100);
  });
});
