import { type Expr, LIMITS, type QueryWarning, type Span } from './ast.ts';
import { combineNear } from './combine.ts';
import { Cursor } from './cursor.ts';
import { type Field, fieldNames, findField } from './fields.ts';
import { bareTerm, type Context, readContext, valueExpr } from './leaves.ts';
import type { Token } from './lexer.ts';
import { candidateKeys } from './numbers.ts';
import { nearest } from './suggest.ts';
import { readDaySpan, readSymbol } from './values.ts';

type Word = Token & { type: 'word' };

/**
 * EPO CQL (OPS reference guide 1.3.20, section 4.2): clauses joined by and, or, not and prox, from left to right; `any`, `all`,
 * `within`, `=`; `not` stands between two clauses. `text` is the query as typed.
 * @throws QueryError
 */
export function parseCql(text: string, tokens: Token[], warnings: QueryWarning[]): Expr {
  return new CqlParser(text, tokens, warnings).query();
}

class CqlParser extends Cursor {
  query(): Expr {
    const expr = this.#clauses(null);
    if (this.token.type !== 'end')
      throw this.fault(this.token, '这里应接 and、or、not 或 prox', 'and, or, not or prox is expected here', [
        'and',
        'or',
        'not',
        'prox/distance<=3',
      ]);
    return expr;
  }

  #isWord(word: string, ahead = 0): boolean {
    const token = this.tokens[this.at + ahead];
    return token?.type === 'word' && token.raw.toLowerCase() === word;
  }

  /** Left to right, as the guide says; and and or on one level are pointed out. */
  #clauses(context: Context | null): Expr {
    if (++this.depth > LIMITS.depth)
      throw this.fault(
        this.token,
        `括号嵌套超过 ${LIMITS.depth} 层`,
        `Brackets are nested more than ${LIMITS.depth} deep`,
        [],
      );
    if (this.#isWord('not'))
      throw this.fault(
        this.token,
        'not 前面必须有要找的内容：甲 not 乙',
        '“not” stands between two clauses: a not b',
        ['检索条件'],
        null,
      );
    let expr = this.#clause(context);
    const used = new Set<string>();
    for (;;) {
      const op = this.token;
      if (op.type !== 'word') break;
      const word = op.raw.toLowerCase();
      if (word === 'and' || word === 'or' || word === 'not') {
        this.at++;
        if (word === 'and' && this.#isWord('not'))
          throw this.fault(
            this.token,
            'CQL 里写 not，不写 and not',
            'CQL has “not”, no “and not”',
            ['not'],
            this.text.replace(/\band\s+not\b/i, 'not'),
          );
        const right = this.#clause(context);
        used.add(word === 'not' ? 'and' : word);
        const at = { offset: expr.at.offset, length: right.at.offset + right.at.length - expr.at.offset };
        if (word === 'not') expr = { type: 'not', keep: expr, drop: right, at };
        else if (expr.type === word && !this.inBrackets(expr))
          expr = { ...expr, items: [...expr.items, right], at };
        else expr = { type: word, items: [expr, right], at };
      } else if (word.startsWith('prox')) {
        const near = this.#prox();
        const right = this.#clause(context);
        expr = combineNear(expr, near, right, op);
      } else break;
    }
    this.depth--;
    if (used.size > 1)
      this.warnings.push({
        code: 'mixed',
        offset: expr.at.offset,
        length: expr.at.length,
        message: {
          zh: '同一层里有 and 又有 or，CQL 从左到右计算；请看“实际检索”，如不符请加括号',
          en: 'and and or stand on one level: CQL goes from left to right. See what was searched, and add brackets if you meant otherwise',
        },
      });
    return expr;
  }

  /** `prox/unit=sentence`, `prox/distance<=3/ordered=true`; words and relations come as tokens of their own. */
  #prox() {
    const start = this.token;
    let spelled = '';
    let end = start.offset;
    do {
      const token = this.token;
      if (token.type !== 'word' && token.type !== 'relation') break;
      spelled += token.type === 'word' ? token.raw : token.text;
      end = token.offset + token.length;
      this.at++;
    } while (!this.token.space);
    const at = { offset: start.offset, length: end - start.offset };
    const parts = spelled.toLowerCase().split('/').slice(1);
    let within: 'units' | 'sentence' | 'paragraph' = 'units';
    let most = 0;
    let ordered = false;
    for (const part of parts) {
      const unit = /^unit=(word|sentence|paragraph)$/.exec(part)?.[1];
      const distance = /^distance(<=|<|=)(\d{1,3})$/.exec(part);
      const order = /^ordered=(true|false)$/.exec(part)?.[1];
      if (unit) within = unit === 'word' ? 'units' : (unit as 'sentence');
      else if (distance) most = Number(distance[2]) - (distance[1] === '<' ? 1 : 0);
      else if (order) ordered = order === 'true';
      else
        throw this.fault(at, `不认识“${part}”`, `“${part}” is not understood`, [
          'prox/unit=sentence',
          'prox/unit=paragraph',
          'prox/distance<=3',
          'prox/distance<=3/ordered=true',
        ]);
    }
    if (most > LIMITS.distance || most < 0)
      throw this.fault(
        at,
        `间隔应在 0 到 ${LIMITS.distance} 之间`,
        `The distance lies between 0 and ${LIMITS.distance}`,
        [],
      );
    return { within, least: 0, most: within === 'units' ? most : 0, ordered };
  }

  #clause(context: Context | null): Expr {
    const token = this.token;
    if (token.type === '(') {
      this.at++;
      const expr = this.#clauses(context);
      if (this.token.type !== ')')
        throw this.fault(
          token,
          '左括号没有配对，请补上右括号',
          'This bracket is never closed: add )',
          [')'],
          `${this.text})`,
        );
      this.at++;
      return expr;
    }
    if (token.type === 'word') {
      const next = this.tokens[this.at + 1];
      const relation =
        next?.type === 'word' && /^(?:any|all|within)$/i.test(next.raw) ? next.raw.toLowerCase() : null;
      if (
        next?.type === 'relation' ||
        (relation &&
          (this.tokens[this.at + 2]?.type === 'quoted' || this.tokens[this.at + 2]?.type === 'word'))
      )
        return this.#indexed(token, relation);
      if (context) return this.#inContext(context);
      const field = findField(token.raw, 'cql');
      if (
        field &&
        (next?.type === 'word' || next?.type === 'quoted') &&
        !/^(?:and|or|not)$|^prox/i.test(next.type === 'word' ? next.raw : '')
      )
        throw this.fault(
          token,
          `索引“${token.raw}”后面缺少关系符`,
          `The index “${token.raw}” needs a relation`,
          [`${token.raw}=`, `${token.raw} all`, `${token.raw} any`],
          `${this.text.slice(0, token.offset + token.length)}=${this.text.slice(token.offset + token.length).trimStart()}`,
        );
    }
    if (context) return this.#inContext(context);
    return this.#bare();
  }

  #indexed(name: Word, word: string | null): Expr {
    const field = findField(name.raw, 'cql');
    if (!field) {
      const close = nearest(
        name.raw,
        fieldNames('cql').map((f) => f.name),
      );
      throw this.fault(
        name,
        `没有索引“${name.raw}”`,
        `There is no index “${name.raw}”`,
        close.length > 0 ? close : ['ti', 'ab', 'ta', 'pa', 'pn', 'pd', 'ipc', 'cpc'],
        close[0]
          ? this.text.slice(0, name.offset) + close[0] + this.text.slice(name.offset + name.length)
          : null,
      );
    }
    const relation = this.tokens[this.at + 1]!;
    this.at += 2;
    const spelled = relation.type === 'relation' ? relation : ({ text: '=', reach: null } as const);
    const context = readContext([field], 'any', spelled as never, name.raw, null as never);
    if (typeof context === 'string')
      throw this.fault(
        relation,
        `索引“${name.raw}”不能用这个关系符`,
        `That relation does not go with “${name.raw}”`,
        context.split(' '),
      );
    const value = this.token;
    if (value.type === '(') {
      this.at++;
      const expr = this.#clauses(context);
      if (this.token.type !== ')')
        throw this.fault(
          value,
          '左括号没有配对，请补上右括号',
          'This bracket is never closed: add )',
          [')'],
          `${this.text})`,
        );
      this.at++;
      return expr;
    }
    if (value.type !== 'word' && value.type !== 'quoted')
      throw this.fault(value, `“${name.raw}”后面缺少检索词`, `A term is missing behind “${name.raw}”`, [
        '检索词',
      ]);
    if (word === 'within') {
      this.at++;
      return this.#within(context, value.text, value);
    }
    return this.#term(context, word);
  }

  /** A value of the context at the current token. */
  #inContext(context: Context): Expr {
    const token = this.token;
    if (token.type !== 'word' && token.type !== 'quoted')
      throw this.fault(token, '这里缺少检索词', 'A term is missing here', ['检索词']);
    return this.#term(context, null);
  }

  #term(context: Context, word: string | null): Expr {
    const token = this.token as Token & { type: 'word' | 'quoted' };
    this.at++;
    const { text } = token;
    if (context.kind === 'text' || context.kind === 'name') {
      if (word === 'all' || word === 'any') {
        const items = text
          .split(/\s+/)
          .filter((w) => w !== '')
          .map((w) => bareTerm(context, { text: w, quoted: true, slop: null }, token, 'cql'));
        if (items.length === 0)
          throw this.fault(token, '引号里是空的', 'There is nothing between the quotation marks', ['检索词']);
        return items.length === 1
          ? items[0]!
          : {
              type: word === 'all' ? 'and' : 'or',
              items,
              at: { offset: token.offset, length: token.length },
            };
      }
      return bareTerm(context, { text, quoted: token.type === 'quoted', slop: null }, token, 'cql');
    }
    if (word === 'any' || word === 'all') {
      const items = text
        .split(/[\s,]+/)
        .filter((w) => w !== '')
        .map((w) => valueExpr(context, { type: 'word', text: w }, token, this.warnings));
      return items.length === 1
        ? items[0]!
        : { type: word === 'all' ? 'and' : 'or', items, at: { offset: token.offset, length: token.length } };
    }
    // Two words on a field with ranges mean its ends.
    if (context.kind === 'date' && /^\S+[\s,]+\S+$/.test(text.trim()))
      return this.#within(context, text, token);
    return valueExpr(context, { type: 'word', text }, token, this.warnings);
  }

  #within(context: Context, text: string, at: Span): Expr {
    const ends = text.trim().split(/[\s,]+/);
    if (ends.length > 2 || (context.kind !== 'date' && context.kind !== 'class' && context.kind !== 'count'))
      throw this.fault(
        at,
        'within 后面写两个日期，如 within "20051212 20051214"',
        'Two dates follow “within”',
        ['within "20051212 20051214"'],
      );
    return ends.length === 1
      ? valueExpr(context, { type: 'word', text: ends[0]! }, at, this.warnings)
      : valueExpr(
          context,
          { type: 'range', from: ends[0]!, to: ends[1]!, openFrom: false, openTo: false },
          at,
          this.warnings,
        );
  }

  /** A term without an index: office, date, class, number, name, else text, in this order. */
  #bare(): Expr {
    const token = this.token;
    if (token.type !== 'word' && token.type !== 'quoted')
      throw this.fault(
        token,
        token.type === 'relation' ? '关系符前面没有索引' : '这里缺少检索条件',
        token.type === 'relation' ? 'There is no index before the relation' : 'A clause is missing here',
        ['ti=检索词', '检索词'],
      );
    this.at++;
    const at = { offset: token.offset, length: token.length };
    const as = (field: string): Field => findField(field, 'cql')!;
    const value = (field: string): Expr => {
      const context = readContext(
        [as(field)],
        'any',
        { text: '=', reach: null },
        field,
        null as never,
      ) as Context;
      return context.kind === 'text' || context.kind === 'name'
        ? bareTerm(context, { text: token.text, quoted: token.type === 'quoted', slop: null }, at, 'cql')
        : valueExpr(context, { type: 'word', text: token.text }, at, this.warnings);
    };
    const { text } = token;
    const history = token.type === 'word' && /^#\d+$|^@./.test(text);
    if (history)
      return bareTerm(
        { kind: 'default', fields: ['TXT'], mode: 'any', relation: '=', whole: false, reach: 'same' },
        { text, quoted: false, slop: null },
        at,
        'cql',
      );
    if (token.type === 'quoted') return value('txt');
    if (/^[A-Z]{2}$/.test(text)) return { type: 'number', fields: ['NUM'], mode: 'any', text, at };
    if (readDaySpan(text)) return value('pd');
    if (/^[a-hy](?:\d\d(?:[a-z](?:\d+(?:\/\d+)?)?)?)?$/i.test(text) && text.length > 1 && readSymbol(text))
      return value('cl');
    if (candidateKeys(text).length > 0 || /^\w{2,4}\d+[a-zA-Z]?\d?$|^\d+$/.test(text)) return value('num');
    if (/^\p{Lu}\p{L}*$/u.test(text)) return value('ia');
    return value('txt');
  }
}
