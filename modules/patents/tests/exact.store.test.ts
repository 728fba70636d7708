import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { type PatentPage, type PatentQuery, searchPatents } from '../contract.ts';
import type { Expr } from '../query/ast.ts';
import { partsOf } from '../query/fields.ts';
import { formOf, namesForm } from '../query/form.ts';
import { matches } from '../query/match.ts';
import { parseQuery } from '../query/parser.ts';
import { jsonl, type PatentPlatform, patentPlatform } from './helpers.ts';

/** The index against a scan of the same texts: random texts of many scripts, random queries of every shape. */

let t: PatentPlatform;
afterAll(() => t?.close());

interface Doc {
  publicationNumber: string;
  title: string;
  abstract: string;
  claims: string[];
  description: string;
  applicants: string[];
  publicationDate?: string;
  legalStatus: string;
}

const PIECES = [
  ...'机器人抓手龙船一种温度传感'.split(''),
  '，',
  '。',
  '；',
  '\n',
  ' ',
  '. ',
  '-',
  '/',
  '（',
  'A',
  'b',
  'LED',
  'Ｌｅｄ',
  'led灯',
  '2',
  '3.5',
  '２',
  '3D',
  '𠮷',
  'é',
  '%',
  '_',
  "'",
  '\\',
  'ß',
  '㎜',
  'カメラ',
  '한국',
  'computer',
  'computing',
  'colour',
  'color',
  'women',
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

const docs: Doc[] = Array.from({ length: 300 }, (_, i) => ({
  publicationNumber: `CN1${String(i).padStart(8, '0')}B`,
  title: `名${phrase(6)}`,
  abstract: i % 7 === 0 ? '' : `述${phrase(40)}`,
  claims: [`1.一种${phrase(15)}`, `2.根据权利要求1所述${phrase(10)}`],
  description: i % 3 === 0 ? phrase(60) : '',
  applicants: [draw(['南通甲机械有限公司', '南通乙船舶重工有限公司', 'Yi Marine Co., Ltd.', '南通大学'])],
  ...(i % 9 !== 0 && { publicationDate: `201${i % 10}-0${1 + (i % 9)}-15` }),
  legalStatus: draw(['有效', '失效', '', '在审']),
}));

beforeAll(async () => {
  t = await patentPlatform();
  await t.clean();
  // An earlier version of every third document must leave no trace.
  const former = docs
    .filter((_, i) => i % 3 === 0)
    .map((d) => ({
      ...d,
      title: `旧${phrase(8)}`,
      abstract: `旧${phrase(40)}`,
      claims: ['旧'],
      description: '旧',
    }));
  await t.bring('former.jsonl', jsonl(former as never));
  const done = await t.bring('docs.jsonl', jsonl(docs as never));
  expect(done, JSON.stringify(done.error)).toMatchObject({ state: 'done', counts: { rejected: 0 } });
  for (const doc of docs) {
    const before = former.find((f) => f.publicationNumber === doc.publicationNumber);
    // What a later load leaves out stays.
    if (before && doc.abstract === '') doc.abstract = before.abstract;
    if (before && doc.description === '') doc.description = before.description;
  }
});

const search = async (query: Partial<PatentQuery>): Promise<PatentPage> => {
  const got = await t.call(searchPatents, { query } as never);
  expect(got.status, JSON.stringify(got.body)).toBe(200);
  return got.body;
};

const clean = (text: string) => text.normalize('NFC').trim();
const FORMS: Record<string, (d: Doc) => string> = {
  TI: (d) => namesForm([clean(d.title).replace(/\s*\n\s*/g, ' ')]),
  AB: (d) => formOf(clean(d.abstract)),
  CLM: (d) => formOf(d.claims.map((c) => clean(c).replaceAll('\n', ' ')).join('\n')),
  DESC: (d) => formOf(clean(d.description)),
  PA: (d) => namesForm(d.applicants),
};
const forms = new Map<string, string>();
const form = (d: Doc, field: string): string => {
  const key = `${d.publicationNumber} ${field}`;
  let known = forms.get(key);
  if (known === undefined) {
    known = field === 'CL' ? form(d, 'CLM').split('\n')[0]! : FORMS[field]!(d);
    forms.set(key, known);
  }
  return known;
};

function holds(expr: Expr, d: Doc): boolean {
  switch (expr.type) {
    case 'and':
      return expr.items.every((item) => holds(item, d));
    case 'or':
      return expr.items.some((item) => holds(item, d));
    case 'xor':
      return expr.items.filter((item) => holds(item, d)).length % 2 === 1;
    case 'not':
      return holds(expr.keep, d) && !holds(expr.drop, d);
    case 'text': {
      const fields = [...new Set(expr.fields.flatMap(partsOf).map((f) => f.id))];
      const found = fields.filter((field) => matches(expr.expr, form(d, field)));
      return expr.mode === 'all'
        ? found.length === fields.length
        : expr.mode === 'one'
          ? found.length === 1
          : found.length > 0;
    }
    case 'date': {
      const day = Number((d.publicationDate ?? '0').replaceAll('-', ''));
      return day > 0 && (expr.from === null || day >= expr.from) && (expr.to === null || day <= expr.to);
    }
    case 'value':
      return (
        expr.value === { 有效: 'in-force', 失效: 'lapsed', 在审: 'pending', '': 'unknown' }[d.legalStatus]
      );
    default:
      throw new Error(expr.type);
  }
}

/** What a person would do: look into every text. */
function scan(expr: Expr): string[] {
  const day = (d: Doc) => d.publicationDate ?? '';
  return docs
    .filter((d) => holds(expr, d))
    .sort((a, b) =>
      day(a) === day(b) ? (a.publicationNumber < b.publicationNumber ? 1 : -1) : day(a) < day(b) ? 1 : -1,
    )
    .map((d) => d.publicationNumber);
}

async function agree(q: string, dialect: PatentQuery['dialect'] = 'zc') {
  const { expr } = parseQuery(q, dialect);
  const wanted = scan(expr);
  const found = await search({ q, dialect, size: 500 });
  expect(found.total, q).toBe(wanted.length);
  expect(
    found.hits.map((h) => h.publicationNumber),
    q,
  ).toEqual(wanted);
  return found;
}

const LETTERS = PIECES.filter((p) => /[\p{L}\p{N}]/u.test(p));
const bare = fc.constantFrom(...LETTERS).filter((p) => !/[\s.'"\\%_-]/.test(p) && p.length > 0);
const word = fc.array(bare, { minLength: 1, maxLength: 3 }).map((p) => p.join(''));
const quoted = fc
  .array(fc.constantFrom(...PIECES.filter((p) => p !== '"')), { minLength: 1, maxLength: 5 })
  .map((p) => `"机${p.join('')}"`);
const wild = fc.constantFrom(
  'comput*',
  '*ting',
  'col*r',
  'colo#r',
  'wom?n',
  '机*人',
  '机?人',
  '机#人',
  '*船',
  'l*d',
  '温度*',
  '传?',
  'LED*灯',
  '灯*led',
);
const term = fc.oneof(word, quoted, wild);
const near = fc
  .tuple(
    fc.constantFrom(
      'W',
      '1W',
      '3W',
      'D',
      '2D',
      '5D',
      '=1D',
      '=2W',
      'S',
      'P',
      'F',
      'NOTS',
      'NOTP',
      'NOTF',
      '$PRE2',
      '$W4',
    ),
    word,
    word,
  )
  .map(([op, a, b]) => `(${a} ${op} ${b})`);
const nested = fc
  .tuple(word, word, word, fc.constantFrom('2D', '3W'))
  .map(([a, b, c, op]) => `((${a} OR ${b}) ${op} ${c})`);
const deep = fc
  .tuple(word, word, word, fc.constantFrom('S', 'P'))
  .map(([a, b, c, op]) => `((${a} 2D ${b}) ${op} ${c})`);
const times = fc.tuple(word, fc.integer({ min: 1, max: 3 })).map(([a, n]) => `(${a} $FREQ${n})`);
const body = fc.oneof({ weight: 3, arbitrary: term }, near, nested, deep, times);
const field = fc.constantFrom(
  '',
  'TI=',
  'AB=',
  'CLM=',
  'CL=',
  'DESC=',
  'TAC=',
  'TACD=',
  '(TI,AB)*=',
  '(TI,AB)^=',
);
const leaf = fc
  .tuple(field, body)
  .map(([f, b]) => (f === '' ? b : `${f}${b.startsWith('(') ? b : `(${b})`}`));
const other = fc.constantFrom('PD>=2014', 'PD=[2012 TO 2015]', 'LS=有效', 'PD<2013');
const query = fc.oneof(
  leaf,
  fc.tuple(leaf, leaf, fc.constantFrom('AND', 'OR', 'NOT', 'XOR')).map(([a, b, op]) => `${a} ${op} ${b}`),
  fc.tuple(leaf, other).map(([a, b]) => `${a} AND ${b}`),
  fc.tuple(leaf, leaf, leaf).map(([a, b, c]) => `(${a} OR ${b}) NOT ${c}`),
);

describe('the index', () => {
  test('finds exactly what a scan of the same texts finds, newest first', { timeout: 180_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(query, (q) => agree(q).then(() => {})),
      { numRuns: Number(process.env.RUNS ?? 40), endOnFailure: true },
    );
  });

  test('for names, whole and in part', async () => {
    for (const q of [
      'PA=南通',
      'PA==南通大学',
      'PA=大学',
      'PA="marine co"',
      'PA==南通',
      'PA=南通甲*公司',
      'TI==名机',
    ])
      await agree(q);
  });

  test('in every dialect with its own wildcards', async () => {
    await agree('ti=colo?r or ab=wom#n', 'cql');
    await agree('ta=机 prox/distance<=3/ordered=true ta=人', 'cql');
    await agree('ab=机 prox/unit=sentence ab=人', 'cql');
    await agree('TTL:(colo#r) OR ABST:(wom?n)', 'patsnap');
    await agree('TA:(机 $PRE3 人)', 'patsnap');
    await agree('摘要=(comput+) or 名称=(wom#n)', 'cnipr');
    await agree('摘要=(机 3D 人)', 'cnipr');
    await agree('title:comput* OR abstract:"机 人"~3', 'lucene');
  });
});
