import {
  type ClassReach,
  type Dialect,
  type Expr,
  type FieldMode,
  LIMITS,
  QueryError,
  type QueryWarning,
  type Span,
  type TextExpr,
} from './ast.ts';
import { type Field, type FieldKind, fieldOf, findValue, partsOf } from './fields.ts';
import { formOf, splitForm, WILD } from './form.ts';
import type { Relation } from './lexer.ts';
import { candidateKeys, wrongCheckDigit } from './numbers.ts';
import { nearest } from './suggest.ts';
import { dayBeside, readDaySpan, readSymbol } from './values.ts';

/** The field under which values stand while they are read; `default` where none was named. */
export interface Context {
  kind: 'default' | FieldKind;
  fields: string[];
  mode: FieldMode;
  relation: Relation;
  /** `==`: the whole value. */
  whole: boolean;
  reach: ClassReach;
}

/** Where no field is named: title and abstract, or a number where the word is one. */
export const DEFAULT_CONTEXT: Context = {
  kind: 'default',
  fields: ['TA'],
  mode: 'any',
  relation: '=',
  whole: false,
  reach: 'same',
};

const ALLOWED: Record<FieldKind, readonly Relation[]> = {
  text: ['=', ':', '==', '!=', '*=', '^=', '+='],
  name: ['=', ':', '==', '!=', '*=', '^=', '+='],
  number: ['=', ':', '==', '!='],
  class: ['=', ':', '==', '!=', '*=', '^=', '+='],
  value: ['=', ':', '==', '!='],
  date: ['=', ':', '==', '!=', '<', '>', '<=', '>='],
  count: ['=', ':', '==', '!=', '<', '>', '<=', '>='],
};

/** The context that a list of fields and a relation open; the allowed relations, as a text, where it does not fit. */
export function readContext(
  fields: readonly Field[],
  mode: FieldMode,
  relation: { text: Relation; reach: 'low' | 'high' | 'same' | null },
  name: string,
  outer: Context,
): Context | string {
  const kind = fields[0]!.kind;
  const allowed = ALLOWED[kind];
  if (!allowed.includes(relation.text)) return allowed.join(' ');
  if (relation.reach && kind !== 'class') return allowed.join(' ');
  // Whole values are kept apart for titles and names only.
  if (relation.text === '==' && kind === 'text' && fields.some((f) => f.id !== 'TI')) return '= != *= ^=';
  const reach: ClassReach =
    relation.reach ??
    (/_LOW$/i.test(name) ? 'low' : relation.text === '==' || /_EX$/i.test(name) ? 'exact' : 'same');
  void outer;
  return {
    kind,
    fields: fields.map((f) => f.id),
    mode,
    relation: relation.text,
    whole: relation.text === '==',
    reach,
  };
}

/** A value as it was typed: a word, or the ends of a range. */
export type Typed =
  | { type: 'word'; text: string }
  | { type: 'range'; from: string; to: string; openFrom: boolean; openTo: boolean };

const fail = (at: Span, zh: string, en: string, expected: string[] = [], suggestion: string | null = null) =>
  new QueryError([{ offset: at.offset, length: at.length, message: { zh, en }, expected, suggestion }]);

/** A word or phrase of text, a number, or a reference. */
export function bareTerm(
  context: Context,
  typed: { text: string; quoted: boolean; slop: number | null },
  at: Span,
  dialect: Dialect,
): Expr {
  const { quoted } = typed;
  const place = { offset: at.offset, length: at.length };
  if (!quoted && context.kind === 'default') {
    const history = /^#(\d{1,6})$/.exec(typed.text);
    if (history) return { type: 'reference', kind: 'history', name: history[1]!, at: place };
    const saved = /^@(.{1,80})$/.exec(typed.text);
    if (saved) return { type: 'reference', kind: 'saved', name: saved[1]!, at: place };
    if (candidateKeys(typed.text).length > 0)
      return { type: 'number', fields: ['NUM'], mode: 'any', text: typed.text, at: place };
  }
  const text = quoted ? typed.text.replaceAll(/[\ue000-\ue002]/g, '') : typed.text;
  const mode = context.mode;
  if (quoted && typed.slop !== null && typed.slop > 0) {
    const words = text.split(/\s+/).filter((word) => formOf(word) !== '');
    if (words.length > 1) {
      const terms = words.map((word): TextExpr => ({ type: 'term', term: { text: word, quoted: true } }));
      const near = { within: 'units', least: 0, most: typed.slop, ordered: false } as const;
      const expr = terms
        .slice(1)
        .reduce<TextExpr>((left, right) => ({ type: 'near', near, left, right }), terms[0]!);
      return { type: 'text', fields: context.fields, mode, expr, at: place };
    }
  }
  checkTerm(text, place, dialect);
  return {
    type: 'text',
    fields: context.fields,
    mode,
    at: place,
    expr: { type: 'term', term: { text, quoted, ...(context.whole && { whole: true as const }) } },
  };
}

/** Refuses terms that say nothing or, by their wildcards, nearly everything. */
export function checkTerm(text: string, at: Span, dialect: Dialect): void {
  const form = formOf(text);
  const wild = (text.match(/[\ue000-\ue002]/g) ?? []).length;
  const literals = [...form.replaceAll(/[\ue000-\ue002<>,;\n]/g, '')];
  if (literals.length === 0)
    throw wild > 0
      ? fail(
          at,
          '通配符前后至少要有文字，单独的通配符会匹配所有专利',
          'A wildcard needs letters beside it: alone it matches everything',
          ['检索词*'],
        )
      : fail(at, '这里只有标点，没有可检索的文字', 'There is only punctuation here, nothing to search', [
          '检索词',
        ]);
  if (wild > LIMITS.wildcards)
    throw fail(
      at,
      `一个检索词最多 ${LIMITS.wildcards} 个通配符`,
      `At most ${LIMITS.wildcards} wildcards in a term`,
    );
  const cjk = splitForm(form).some((unit) => !unit.startsWith('<') && !/[,;\n]/.test(unit));
  if (wild > 0 && !cjk && literals.length < LIMITS.literals)
    throw fail(
      at,
      `带通配符的词至少要有 ${LIMITS.literals} 个字母或 1 个汉字`,
      `A term with wildcards needs at least ${LIMITS.literals} letters or one Chinese character`,
    );
  void dialect;
}

/** A value of a field that is no text. */
export function valueExpr(context: Context, typed: Typed, at: Span, warnings: QueryWarning[]): Expr {
  const place = { offset: at.offset, length: at.length };
  const common = { fields: context.fields, mode: context.mode, at: place };
  switch (context.kind) {
    case 'date':
      return { type: 'date', ...common, ...dates(context, typed, place) };
    case 'count':
      return { type: 'count', ...common, ...counts(context, typed, place) };
    case 'class':
      return classExpr(context, typed, place);
    case 'number': {
      if (typed.type === 'range') throw fail(place, '号码不能用范围', 'Numbers have no ranges');
      const wrong = wrongCheckDigit(typed.text);
      if (wrong)
        warnings.push({
          code: 'check-digit',
          ...place,
          message: {
            zh: `申请号校验位不符，应为 ${wrong}；仍按去掉校验位的号码检索`,
            en: `The check digit should be ${wrong}; searched without it`,
          },
        });
      return { type: 'number', ...common, text: typed.text.trim() };
    }
    case 'value':
      return listed(context, typed, place);
    default:
      if (typed.type === 'range')
        throw fail(
          place,
          '文本不能用范围，要检索方括号本身请加引号',
          'Text has no ranges; quote it to search the brackets',
          [],
        );
      return bareTerm(context, { text: typed.text, quoted: false, slop: null }, place, 'zc');
  }
}

const DATE_EXAMPLES = ['2019', '201903', '20190305', '2019-03-05', '[20180101 TO 20191231]'];

function dates(context: Context, typed: Typed, at: Span): { from: number | null; to: number | null } {
  const read = (text: string) => {
    const span = readDaySpan(text);
    if (!span) throw fail(at, `“${text}”不是日期`, `“${text}” is no date`, DATE_EXAMPLES);
    return span;
  };
  if (typed.type === 'word') {
    const ends = /^([\d./年月日-]+):([\d./年月日*-]+)$/.exec(typed.text);
    if (ends)
      return dates(
        context,
        { type: 'range', from: ends[1]!, to: ends[2]!, openFrom: false, openTo: false },
        at,
      );
    // No date is known.
    if (/^(?:无|未知|none|0)$/i.test(typed.text)) return { from: 0, to: 0 };
    const span = read(typed.text);
    if (context.relation === '<') return { from: null, to: dayBeside(span.from, -1) };
    if (context.relation === '<=') return { from: null, to: span.to };
    if (context.relation === '>') return { from: dayBeside(span.to, 1), to: null };
    if (context.relation === '>=') return { from: span.from, to: null };
    return span;
  }
  const from = typed.from === '' || typed.from === '*' ? null : read(typed.from);
  const to = typed.to === '' || typed.to === '*' ? null : read(typed.to);
  if (from && to && from.from > to.to)
    throw fail(
      at,
      '范围的起点晚于终点',
      'The range ends before it begins',
      [],
      `[${typed.to} TO ${typed.from}]`,
    );
  return {
    from: from === null ? null : typed.openFrom ? dayBeside(from.to, 1) : from.from,
    to: to === null ? null : typed.openTo ? dayBeside(to.from, -1) : to.to,
  };
}

function counts(context: Context, typed: Typed, at: Span): { from: number | null; to: number | null } {
  const read = (text: string) => {
    if (!/^\d{1,9}$/.test(text.trim()))
      throw fail(at, `“${text}”不是整数`, `“${text}” is no whole number`, ['10', '[10 TO *]']);
    return Number(text);
  };
  if (typed.type === 'word') {
    const n = read(typed.text);
    if (context.relation === '<') return { from: null, to: n - 1 };
    if (context.relation === '<=') return { from: null, to: n };
    if (context.relation === '>') return { from: n + 1, to: null };
    if (context.relation === '>=') return { from: n, to: null };
    return { from: n, to: n };
  }
  const from = typed.from === '' || typed.from === '*' ? null : read(typed.from) + (typed.openFrom ? 1 : 0);
  const to = typed.to === '' || typed.to === '*' ? null : read(typed.to) - (typed.openTo ? 1 : 0);
  if (from !== null && to !== null && from > to)
    throw fail(
      at,
      '范围的起点大于终点',
      'The range ends before it begins',
      [],
      `[${typed.to} TO ${typed.from}]`,
    );
  return { from, to };
}

function classExpr(context: Context, typed: Typed, at: Span): Expr {
  const common = { fields: context.fields, mode: context.mode, at };
  const read = (text: string) => {
    const symbol = readSymbol(
      text.replaceAll(WILD.any, '').replaceAll(WILD.maybe, '').replaceAll(WILD.one, ''),
    );
    if (!symbol)
      throw fail(at, `“${text.replaceAll(/[\ue000-\ue002]/g, '*')}”不是分类号`, `“${text}” is no class`, [
        'A01B',
        'A01B1/02',
        '06-13',
      ]);
    return symbol.symbol;
  };
  if (typed.type === 'range')
    return {
      type: 'classRange',
      ...common,
      from: typed.from === '' ? null : read(typed.from),
      to: typed.to === '' ? null : read(typed.to),
    };
  const suffix = /^(.*)\/(low|high|same)$/i.exec(typed.text);
  const reach = suffix ? (suffix[2]!.toLowerCase() as ClassReach) : context.reach;
  const symbol = read(suffix ? suffix[1]! : typed.text);
  return { type: 'class', ...common, symbol, reach };
}

function listed(context: Context, typed: Typed, at: Span): Expr {
  if (typed.type === 'range') throw fail(at, '这个字段不能用范围', 'This field has no ranges');
  const field = partsOf(context.fields[0]!)[0] ?? fieldOf(context.fields[0]!);
  const text = typed.text.trim();
  if (field.values) {
    const value = findValue(field, text);
    if (!value) {
      const words = field.values.map((v) => v.zh);
      throw fail(
        at,
        `“${text}”不是“${field.zh}”的值`,
        `“${text}” is no value of ${field.en}`,
        words,
        nearest(text, words)[0] ?? null,
      );
    }
    return { type: 'value', fields: context.fields, mode: context.mode, value: value.id, at };
  }
  if (field.id === 'AU' && !/^[A-Z]{2}$/i.test(text))
    throw fail(at, `“${text}”不是两位国别代码`, `“${text}” is no two-letter code`, ['CN', 'US', 'EP', 'WO']);
  const value = field.id === 'AU' ? text.toUpperCase() : field.id === 'LANG' ? text.toLowerCase() : text;
  return { type: 'value', fields: context.fields, mode: context.mode, value, at };
}
