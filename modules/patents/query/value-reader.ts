import type { Dialect, Expr, QueryWarning } from './ast.ts';
import { Cursor, join } from './cursor.ts';
import { type Operator, operatorOf } from './dialects.ts';
import { fieldOf, findField, findValue } from './fields.ts';
import { bareTerm, type Context, valueExpr } from './leaves.ts';
import type { Token } from './lexer.ts';

/** Reads the smallest parts of a query: operators, names of fields with their relation, single values. */
export class ValueReader extends Cursor {
  constructor(
    text: string,
    tokens: Token[],
    readonly dialect: Dialect,
    warnings: QueryWarning[],
  ) {
    super(text, tokens, warnings);
  }

  protected operator(token = this.token): Operator | null {
    if (token.type !== 'word') return null;
    // Before a relation it is the name of a field that happens to be spelled so.
    const next = this.tokens[this.tokens.indexOf(token, this.at) + 1];
    if (next?.type === 'relation' && findField(token.raw, this.dialect)) return null;
    const op = operatorOf(token.raw, this.dialect);
    // 3D at the end of a query or group is a word: nothing follows that it could be near to.
    if (op?.type === 'near' && (next?.type === 'end' || next?.type === ')')) return null;
    return op;
  }

  /** `(5W)`: an operator in brackets, as incoPat writes it. */
  protected bracketed(): Operator | null {
    if (this.token.type !== '(' || this.peek(1).type !== 'word' || this.peek(2).type !== ')') return null;
    const word = this.peek(1) as Token & { type: 'word' };
    const op = operatorOf(
      word.raw,
      this.dialect === 'patsnap' || this.dialect === 'lucene' ? this.dialect : 'zc',
    );
    return op?.type === 'near' ? op : null;
  }

  /** Reads `FIELD rel`, `F1,F2 rel` or `(F1,F2) rel`, and leaves the position behind the relation. Null where there is none. */
  protected field(): { names: (Token & { type: 'word' })[]; relation: Token & { type: 'relation' } } | null {
    let ahead = 0;
    const open = this.peek(0).type === '(';
    if (open) ahead++;
    const names: (Token & { type: 'word' })[] = [];
    for (;;) {
      const token = this.peek(ahead);
      if (token.type !== 'word') return null;
      names.push(token);
      ahead++;
      if (this.peek(ahead).type !== ',') break;
      ahead++;
    }
    if (open) {
      if (this.peek(ahead).type !== ')' || names.length < 2) return null;
      ahead++;
    }
    const relation = this.peek(ahead);
    if (relation.type !== 'relation') return null;
    this.at += ahead + 1;
    return { names, relation };
  }

  protected wordRange(context: Context): Expr | null {
    const [from, to, until] = [this.peek(0), this.peek(1), this.peek(2)];
    if (
      from.type !== 'word' ||
      until.type !== 'word' ||
      to.type !== 'word' ||
      !/^(?:to|到|至)$/i.test(to.raw)
    )
      return null;
    this.at += 3;
    const at = { offset: from.offset, length: until.offset + until.length - from.offset };
    return valueExpr(
      context,
      { type: 'range', from: from.text, to: until.text, openFrom: false, openTo: false },
      at,
      this.warnings,
    );
  }

  /** One value, by the kind of the field that it stands under. */
  protected value(context: Context): Expr {
    const token = this.token;
    this.at++;
    if (token.type === 'range') return valueExpr(context, token, token, this.warnings);
    if (token.type === 'quoted') {
      const slop = this.slop();
      if (slop !== null)
        return bareTerm(context, { text: token.text, quoted: true, slop }, token, this.dialect);
      if (context.kind === 'default' || context.kind === 'text' || context.kind === 'name')
        return bareTerm(context, { text: token.text, quoted: true, slop: null }, token, this.dialect);
      return valueExpr(context, { type: 'word', text: token.text }, token, this.warnings);
    }
    if (token.type === 'word' && token.text === '@' && this.token.type === 'quoted' && !this.token.space) {
      const name = this.token;
      this.at++;
      return { type: 'reference', kind: 'saved', name: name.text, at: join([{ at: token }, { at: name }]) };
    }
    if (token.type !== 'word')
      throw this.fault(token, '这里缺少检索词', 'A term is missing here', ['检索词']);
    if (context.kind === 'default' || context.kind === 'text' || context.kind === 'name') {
      if (this.dialect === 'lucene' && /~\d*$|\^[\d.]+$/.test(token.raw))
        throw this.fault(
          token,
          '不支持模糊（~）和加权（^）检索，以免悄悄扩大范围',
          'Fuzzy (~) and boosted (^) terms are not supported: nothing is widened in silence',
          [token.raw.replace(/[~^].*$/, '')],
        );
      return bareTerm(context, { text: token.text, quoted: false, slop: null }, token, this.dialect);
    }
    // Classes and numbers may be written with spaces: A01B 1/02, EP 0 240 590 B1.
    let text = token.text;
    let last: Token = token;
    while (
      this.token.type === 'word' &&
      !this.operator() &&
      !this.fieldAhead() &&
      joins(context, text, this.token.text)
    ) {
      last = this.token;
      text += ` ${last.type === 'word' ? last.text : ''}`;
      this.at++;
    }
    const at = { offset: token.offset, length: last.offset + last.length - token.offset };
    return valueExpr(context, { type: 'word', text }, at, this.warnings);
  }

  /** Whether a field begins here, without moving. */
  protected fieldAhead(): boolean {
    const at = this.at;
    const found = this.field() !== null;
    this.at = at;
    return found;
  }

  /** `"a b"~5`. */
  protected slop(): number | null {
    const next = this.token;
    if (this.dialect !== 'lucene' || next.type !== 'word' || next.space) return null;
    const m = /^~(\d{1,2})$/.exec(next.raw);
    if (!m) return null;
    this.at++;
    return Number(m[1]);
  }
}

function joins(context: Context, before: string, next: string): boolean {
  if (context.kind === 'number') return /\d/.test(next) || /^[A-Z]\d?$/i.test(next);
  if (context.kind === 'class')
    return /^[A-HY]\d{2}[A-Z]$/i.test(before.trim()) && /^\d{1,4}(?:\/\d{2,6})?$/.test(next);
  if (context.kind !== 'value') return false;
  return findValue(fieldOf(context.fields[0]!), `${before} ${next}`) !== null;
}
