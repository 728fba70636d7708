import {
  type Dialect,
  type Expr,
  type FieldMode,
  LIMITS,
  type Parsed,
  QueryError,
  type QueryWarning,
  type Span,
} from './ast.ts';
import { combineNear, countTerms } from './combine.ts';
import { join } from './cursor.ts';
import { bracketNames, recogniseDialect } from './dialects.ts';
import { fieldNames, findField, partsOf } from './fields.ts';
import { type Context, DEFAULT_CONTEXT, readContext } from './leaves.ts';
import { type Token, tokenize } from './lexer.ts';
import { candidateKeys } from './numbers.ts';
import { parseCql } from './parser-cql.ts';
import { isLiteral } from './pattern.ts';
import { nearest } from './suggest.ts';
import { ValueReader } from './value-reader.ts';

/**
 * Reads a query. Without a dialect the likeliest one is taken, and the answer says which.
 * @throws QueryError with offset, what was expected and a proposal.
 */
export function parseQuery(text: string, chosen?: Dialect): Parsed {
  if (text.length > LIMITS.length)
    throw tooBig(
      0,
      text.length,
      `检索式超过 ${LIMITS.length} 字`,
      `The query has more than ${LIMITS.length} characters`,
    );
  if (text.trim() === '')
    throw new QueryError([
      {
        offset: 0,
        length: text.length,
        message: { zh: '检索式是空的，请输入检索词', en: 'The query is empty: type what to look for' },
        expected: ['检索词', '字段=检索词'],
        suggestion: null,
      },
    ]);
  const whole = { offset: 0, length: text.length };
  // A text that is a number as a whole is one, spaces, commas and all.
  if (chosen !== 'cql' && candidateKeys(text).length > 0 && !/[=:]/.test(text))
    return {
      dialect: chosen ?? 'zc',
      warnings: [],
      expr: { type: 'number', fields: ['NUM'], mode: 'any', text: text.trim(), at: whole },
    };
  const dialect = chosen ?? recogniseDialect(text);
  const tokens = tokenize(text, dialect, bracketNames(dialect));
  const warnings: QueryWarning[] = [];
  const expr =
    dialect === 'cql'
      ? parseCql(text, tokens, warnings)
      : new Parser(text, tokens, dialect, warnings).query();
  const terms = countTerms(expr);
  if (terms > LIMITS.terms)
    throw tooBig(
      0,
      text.length,
      `检索式有 ${terms} 个条件，最多 ${LIMITS.terms} 个，请分成几个检索式用 #1 OR #2 合并，或用批量查询`,
      `The query has ${terms} conditions, at most ${LIMITS.terms}: split it and join with #1 OR #2, or use the batch look-up`,
    );
  return { dialect, expr, warnings };
}

const tooBig = (offset: number, length: number, zh: string, en: string) =>
  new QueryError([{ offset, length, message: { zh, en }, expected: [], suggestion: null }]);

/** Recursive descent for all dialects but CQL; loosest first: or, xor, and/not, proximity, unit. */
class Parser extends ValueReader {
  query(): Expr {
    const expr = this.#or(DEFAULT_CONTEXT);
    const left = this.token;
    if (left.type !== 'end') {
      const close = left.type === ')';
      throw this.fault(
        left,
        close ? '多了一个右括号' : `这里不能接“${this.shown(left)}”`,
        close ? 'There is one closing bracket too many' : `“${this.shown(left)}” cannot follow here`,
        close ? [] : ['AND', 'OR', 'NOT'],
        close ? `${this.text.slice(0, left.offset)}${this.text.slice(left.offset + 1)}` : null,
      );
    }
    return expr;
  }

  #or(context: Context): Expr {
    if (++this.depth > LIMITS.depth)
      throw this.fault(
        this.token,
        `括号嵌套超过 ${LIMITS.depth} 层`,
        `Brackets are nested more than ${LIMITS.depth} deep`,
        [],
      );
    const items = [this.#xor(context)];
    const start = this.token;
    const mixed = () => items.some((item) => item.type === 'and' && !this.inBrackets(item));
    for (;;) {
      const op = this.operator();
      const comma = this.token.type === ',' && context !== DEFAULT_CONTEXT;
      if (op?.type !== 'or' && !comma) break;
      this.at++;
      items.push(this.#xor(context));
    }
    this.depth--;
    if (items.length === 1) return items[0]!;
    if (mixed())
      this.warnings.push({
        code: 'mixed',
        offset: start.offset,
        length: start.length,
        message: {
          zh: '同一层里有 AND 又有 OR，按先 AND 后 OR 理解；请看“实际检索”，如不符请加括号',
          en: 'AND and OR stand on one level: AND binds first. See what was searched, and add brackets if you meant otherwise',
        },
      });
    return { type: 'or', items, at: join(items) };
  }

  #xor(context: Context): Expr {
    const items = [this.#and(context)];
    while (this.operator()?.type === 'xor') {
      this.at++;
      items.push(this.#and(context));
    }
    return items.length === 1 ? items[0]! : { type: 'xor', items, at: join(items) };
  }

  #and(context: Context): Expr {
    const keep: Expr[] = [];
    const drop: Expr[] = [];
    for (;;) {
      const start = this.token;
      let negative = false;
      const op = this.operator();
      if (op?.type === 'not') {
        this.at++;
        negative = true;
      } else if (op?.type === 'and' && keep.length + drop.length > 0) {
        this.at++;
        if (this.operator()?.type === 'not') {
          this.at++;
          negative = true;
        }
      } else if (keep.length + drop.length > 0 && (op || this.token.type === ',' || this.#ends())) break;
      const sign = this.#sign();
      if (sign === '-') negative = !negative;
      const { expr, negated } = this.#near(context);
      if (negative !== negated) drop.push(expr);
      else keep.push(expr);
      if (negative && keep.length === 0 && this.#ends()) throw this.#onlyNegative(start);
    }
    if (keep.length === 0) throw this.#onlyNegative(drop[0]!.at);
    const kept: Expr = keep.length === 1 ? keep[0]! : { type: 'and', items: keep, at: join(keep) };
    if (drop.length === 0) return kept;
    const dropped: Expr = drop.length === 1 ? drop[0]! : { type: 'or', items: drop, at: join(drop) };
    return { type: 'not', keep: kept, drop: dropped, at: join([kept, dropped]) };
  }

  #onlyNegative(at: Span): QueryError {
    return this.fault(
      at,
      '只有排除条件（NOT）的检索式会返回整个数据库，请先写要找什么',
      'A query that only excludes would return the whole database: say first what to look for',
      ['检索词 NOT 排除词'],
      null,
    );
  }

  /** `+word`, `-word` of Lucene style. */
  #sign(): '+' | '-' | null {
    const token = this.token;
    if (this.dialect !== 'lucene' || token.type !== 'word' || !/^[+-]./.test(token.raw)) return null;
    const sign = token.raw[0] as '+' | '-';
    this.tokens[this.at] = {
      ...token,
      text: token.text.slice(1),
      raw: token.raw.slice(1),
      offset: token.offset + 1,
      length: token.length - 1,
    };
    return sign;
  }

  #ends(): boolean {
    const { type } = this.token;
    return type === 'end' || type === ')';
  }

  #near(context: Context): { expr: Expr; negated: boolean } {
    let { expr, negated } = this.#unit(context);
    for (;;) {
      const bracketed = this.bracketed();
      const op = bracketed ?? this.operator();
      if (op?.type !== 'near' && op?.type !== 'frequency') return { expr, negated };
      const at = bracketed ? this.peek(1) : this.token;
      this.at += bracketed ? 3 : 1;
      if (op.type === 'frequency') {
        if (
          expr.type !== 'text' ||
          expr.expr.type !== 'term' ||
          !isLiteral(expr.expr.term) ||
          partsOf(expr.fields[0]!).some((f) => f.kind === 'name')
        )
          throw this.fault(
            at,
            '$FREQ 只能跟在文本字段的一个检索词后面',
            '$FREQ follows one term of a text field',
            ['TI', 'AB', 'CLMS'],
          );
        expr = { ...expr, expr: { type: 'term', term: { ...expr.expr.term, times: op.times } } };
        continue;
      }
      if (op.near.most > LIMITS.distance)
        throw this.fault(
          at,
          `间隔最多 ${LIMITS.distance} 个字`,
          `The distance is at most ${LIMITS.distance}`,
          [`${LIMITS.distance}W`],
        );
      const right = this.#unit(context);
      if (negated || right.negated)
        throw this.fault(at, '邻近运算不能用于 != 条件', 'Proximity does not go with !=', []);
      expr = combineNear(expr, op.near, right.expr, at);
    }
  }

  #unit(context: Context): { expr: Expr; negated: boolean } {
    const field = this.field();
    if (field) return this.#fieldExpr(field, context);
    const token = this.token;
    if (token.type === '(') {
      this.at++;
      if (this.token.type === ')')
        throw this.fault(this.token, '括号里是空的', 'The brackets are empty', ['检索词'], null);
      const expr = this.#or(context);
      this.#close(token);
      return { expr, negated: false };
    }
    if (this.operator()?.type === 'not')
      throw this.fault(
        token,
        'OR 后面不能接 NOT；排除写作“A NOT B”',
        'NOT cannot follow here: write “A NOT B”',
        ['检索词'],
      );
    const op = this.operator();
    if (token.type === 'word' && op && (op.type === 'and' || op.type === 'or' || op.type === 'xor'))
      throw this.fault(
        token,
        `“${token.raw}”是运算符，两边都要有检索词；要检索这个词本身请加引号`,
        `“${token.raw}” is an operator and needs a term on both sides; quote it to search the word itself`,
        ['检索词', `"${token.raw}"`],
        null,
      );
    if (token.type === 'end' || token.type === ')' || token.type === ',' || token.type === 'relation') {
      throw this.fault(
        token,
        token.type === 'relation'
          ? `“${this.shown(token)}”前面没有字段名`
          : `“${this.shown(token)}”处缺少检索词`,
        token.type === 'relation'
          ? `There is no field before “${this.shown(token)}”`
          : 'A term is missing here',
        token.type === 'relation' ? ['字段名'] : ['检索词', '字段=检索词', '('],
      );
    }
    return { expr: this.value(context), negated: false };
  }

  #close(open: Token): void {
    if (this.token.type === ')') {
      this.at++;
      return;
    }
    if (this.token.type === 'end')
      throw this.fault(
        open,
        '左括号没有配对，请补上右括号',
        'This bracket is never closed: add )',
        [')'],
        `${this.text})`,
      );
    throw this.fault(
      this.token,
      `这里不能接“${this.shown(this.token)}”`,
      `“${this.shown(this.token)}” cannot follow here`,
      ['AND', 'OR', ')'],
    );
  }

  #fieldExpr(
    { names, relation }: { names: (Token & { type: 'word' })[]; relation: Token & { type: 'relation' } },
    outer: Context,
  ): { expr: Expr; negated: boolean } {
    const fields = names.map((name) => {
      const field = findField(name.raw, this.dialect);
      if (field) return field;
      const proposal = nearest(
        name.raw,
        fieldNames(this.dialect).map((f) => f.name),
      );
      throw this.fault(
        name,
        `没有字段“${name.raw}”；要检索这段文字本身请加引号`,
        `There is no field “${name.raw}”; quote it to search the words themselves`,
        proposal.length > 0
          ? proposal
          : fieldNames(this.dialect)
              .slice(0, 8)
              .map((f) => f.name),
        proposal[0]
          ? this.text.slice(0, name.offset) + proposal[0] + this.text.slice(name.offset + name.length)
          : null,
      );
    });
    const kinds = new Set(fields.map((f) => (f.kind === 'name' ? 'text' : f.kind)));
    if (kinds.size > 1)
      throw this.fault(
        names[0]!,
        '并列的字段要同一种类（文本、日期、分类号……）',
        'Fields in a list must be of one kind',
        [],
      );
    const mode: FieldMode = relation.text === '*=' ? 'all' : relation.text === '^=' ? 'one' : 'any';
    const context = readContext(fields, mode, relation, names[0]!.raw, outer);
    if (typeof context === 'string')
      throw this.fault(
        relation,
        `字段“${names[0]!.raw}”不能用“${this.shown(relation)}”`,
        `“${this.shown(relation)}” does not go with ${names[0]!.raw}`,
        context.split(' '),
      );
    const negated = relation.text === '!=';
    if (this.token.type === '(') {
      const open = this.token;
      this.at++;
      const expr =
        context.kind === 'text' || context.kind === 'name' ? this.#or(context) : this.#group(context);
      this.#close(open);
      return { expr, negated };
    }
    if (this.#ends() || this.token.type === 'relation')
      throw this.fault(
        this.token,
        `“${names[0]!.raw}”后面缺少检索词`,
        `A value is missing behind ${names[0]!.raw}`,
        ['检索词', '('],
      );
    return { expr: this.value(context), negated };
  }

  /** `(A61B OR G06F)`, `(20191203 to 20191206)`: values that are no text. */
  #group(context: Context): Expr {
    const range = this.wordRange(context);
    return range ?? this.#or(context);
  }
}
