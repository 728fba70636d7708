import type { ClassReach, Expr, FieldMode, QueryWarning, Span } from '../../query/ast.ts';
import { QueryError } from '../../query/ast.ts';
import { type Field, partsOf } from '../../query/fields.ts';
import { WILD } from '../../query/form.ts';
import { candidateKeys, readApplication, readPublication } from '../../query/numbers.ts';
import { symbolOrder } from '../../query/values.ts';
import { plainNumber, withoutKind } from '../corpus/document.ts';
import { type Access, bare, notAmong, Params, textCondition } from './compile-text.ts';

/** What a query needs to know beyond its text. */
export interface Asker {
  /** The reader may search natural persons. */
  personal: boolean;
  /** Ids of the regions that a name, id or code means; null where there is none. */
  regions(text: string): readonly string[] | null;
  /**
   * Symbols below one in the scheme; `depthKnown` false where the scheme's depth is not loaded. `former`: symbols under which
   * documents of its subject lie in other editions, by the concordance.
   */
  below(
    system: 'ipc' | 'cpc',
    symbol: string,
  ): { symbols: readonly string[]; depthKnown: boolean; former: readonly string[] };
  /** Symbols above one, nearest first. */
  above(system: 'ipc' | 'cpc', symbol: string): readonly string[];
  /** Ids of all names of the applicant that a text means; empty where there is none. */
  applicants(text: string): readonly string[];
  /** What identities of applicants are called. */
  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** A query as the corpus is asked: a condition with named parameters only. */
export interface Compiled {
  where: string;
  params: Record<string, unknown>;
  warnings: QueryWarning[];
}

/**
 * Turns a query into a condition on `patent_document`. User text goes only into parameters. References must have been
 * replaced before. With `read` the condition asks no index: for use in a SELECT, over few rows.
 * @throws QueryError for what only the corpus can tell to be wrong: a region, a number that is none, personal fields.
 */
export function compileQuery(expr: Expr, asker: Asker, access: Access = 'index', prefix?: string): Compiled {
  const compiler = new Compiler(asker, access, new Params(prefix));
  const where = compiler.expr(expr);
  return { where, params: compiler.params.values, warnings: compiler.warnings };
}

const fail = (at: Span, zh: string, en: string, expected: string[] = []) =>
  new QueryError([{ offset: at.offset, length: at.length, message: { zh, en }, expected, suggestion: null }]);

class Compiler {
  readonly warnings: QueryWarning[] = [];

  constructor(
    readonly asker: Asker,
    readonly access: Access,
    readonly params: Params,
  ) {}

  expr(expr: Expr): string {
    switch (expr.type) {
      case 'and':
        return joined(
          expr.items.map((item) => this.expr(item)),
          ' and ',
        );
      case 'or':
        return this.#any(expr.items);
      case 'xor':
        return expr.items
          .map((item) => this.expr(item))
          .reduce((a, b) => `((${a} and ${this.#not(b)}) or (${b} and ${this.#not(a)}))`);
      case 'not':
        return `(${this.expr(expr.keep)} and ${this.#not(this.expr(expr.drop))})`;
      case 'text':
        return this.#over(expr, (field) =>
          textCondition(
            this.#column(field, expr.at),
            field.first === true,
            field.scanned === true || field.id === 'DESC',
            expr.expr,
            this.params,
            this.access,
          ),
        );
      case 'class':
        return this.#over(expr, (field) => this.#class(field, expr.symbol, expr.reach, expr.at));
      case 'classRange':
        return this.#over(expr, (field) => this.#classRange(field, expr.from, expr.to));
      case 'date':
      case 'count':
        return this.#over(expr, (field) => this.#between(field, expr.from, expr.to, expr.type === 'date'));
      case 'number':
        return this.#anyNumber(expr);
      case 'value':
        return this.#over(expr, (field) => this.#value(field, expr.value, expr.at));
      default:
        throw fail(expr.at, '没有这个检索式', 'There is no such query');
    }
  }

  /** Alternatives. Numbers among them are asked together: a list of thousands is one look into the index. */
  #any(items: readonly Expr[]): string {
    const lists = items.map((item) => (item.type === 'number' ? plainKeys(item) : null));
    const keys = lists.flatMap((list) => list ?? []);
    const rest = items.filter((_, i) => lists[i] === null);
    return joined(
      [
        ...(keys.length > 0 ? [this.#has('keys', [...new Set(keys)])] : []),
        ...rest.map((item) => this.expr(item)),
      ],
      ' or ',
    );
  }

  /** A condition over the single fields of a list: in any, in all, in exactly one of them. */
  #over(
    node: { fields: string[]; mode: FieldMode; at: Span },
    write: (field: Field) => string | null,
  ): string {
    const fields = [...new Map(node.fields.flatMap(partsOf).map((field) => [field.id, field])).values()];
    const conditions = fields.flatMap((field) => {
      if (fields.length > 1 && field.personal?.column === null && !this.asker.personal) {
        this.warnings.push({
          code: 'personal',
          ...node.at,
          message: {
            zh: `没有查看个人信息的权限，未检索“${field.zh}”`,
            en: `${field.en} was not searched: it needs the permission to see personal data`,
          },
        });
        return [];
      }
      const condition = write(field);
      return condition === null ? [] : [condition];
    });
    if (conditions.length === 0) return 'false';
    if (node.mode === 'all') return joined(conditions, ' and ');
    if (node.mode === 'one')
      return joined(
        conditions.map(
          (c, i) =>
            `(${[c, ...conditions.filter((_, j) => j !== i).map((other) => this.#not(other))].join(' and ')})`,
        ),
        ' or ',
      );
    return joined(conditions, ' or ');
  }

  #not(condition: string): string {
    return this.access === 'index' ? notAmong(condition) : `not (${condition})`;
  }

  /** Whether a column of keys holds one of some values. */
  #has(column: 'class_keys' | 'keys', values: readonly string[]): string {
    const list = this.params.add(values, 'Array(String)');
    return this.access === 'index' ? `hasAnyTokens(${column}, ${list})` : `hasAny(${bare(column)}, ${list})`;
  }

  /** The column of a field that this reader may search. */
  #column(field: Field, at: Span): string {
    if (!field.personal || this.asker.personal) return field.column!;
    if (field.personal.column === null)
      throw fail(
        at,
        `检索“${field.zh}”需要查看个人信息的权限，请登录有权限的账号`,
        `Searching ${field.en} needs the permission to see personal data: sign in`,
      );
    return field.personal.column;
  }

  #class(field: Field, symbol: string, reach: ClassReach, at: Span): string {
    const prefix = field.classes!;
    const keys = (list: readonly string[], sign: ':' | '=') =>
      this.#has(
        'class_keys',
        list.map((s) => `${prefix}${sign}${s}`),
      );
    if (prefix === 'l' || reach === 'same') return keys([symbol], ':');
    if (reach === 'exact') return keys([symbol], '=');
    const system = prefix === 'c' ? 'cpc' : 'ipc';
    if (reach === 'high') return keys([symbol, ...this.asker.above(system, symbol)], '=');
    const below = this.asker.below(system, symbol);
    const warn = (code: string, zh: string, en: string) =>
      this.warnings.push({ code, ...at, message: { zh, en } });
    if (below.former.length > 0)
      warn(
        'class-former',
        `含对照表中的旧（新）分类号：${below.former.join('、')}`,
        `Includes symbols of other editions, by the concordance: ${below.former.join(', ')}`,
      );
    // Above groups, and for a main group as a whole (1/00), the spelling of a symbol says what lies below it.
    if (!symbol.includes('/')) return keys([symbol, ...below.former], ':');
    if (symbol.endsWith('/00')) return keys([symbol.slice(0, symbol.indexOf('/')), ...below.former], ':');
    if (!below.depthKnown)
      warn(
        'class-depth',
        `未载入分类表的层级，不知道 ${symbol} 的下位组，只检索了它本身`,
        `The depth of the scheme is not loaded: what lies below ${symbol} is not known, only itself was searched`,
      );
    return keys([...new Set([symbol, ...below.symbols, ...below.former])], ':');
  }

  #classRange(field: Field, from: string | null, to: string | null): string {
    const column = field.column!;
    const parts: string[] = [];
    if (from !== null) parts.push(`${ORDER} >= ${this.params.add(symbolOrder(from), 'String')}`);
    if (to !== null) parts.push(`${ORDER} <= ${this.params.add(symbolOrder(to, true), 'String')}`);
    const source = field.classes === 'm' ? `arraySlice(${column}, 1, 1)` : column;
    const exists = `arrayExists(s -> ${parts.join(' and ') || 'true'}, ${source})`;
    // Within one subclass the index narrows first.
    const common =
      from !== null && to !== null && from.slice(0, 4) === to.slice(0, 4) && from.length >= 4
        ? from.slice(0, 4)
        : null;
    return common === null
      ? exists
      : `(${this.#has('class_keys', [`${field.classes}:${common}`])} and ${exists})`;
  }

  #between(field: Field, from: number | null, to: number | null, date: boolean): string {
    const parts: string[] = [];
    if (from !== null) parts.push(`${field.column} >= ${this.params.add(from, 'UInt32')}`);
    if (to !== null) parts.push(`${field.column} <= ${this.params.add(to, 'UInt32')}`);
    if (date && from === null) parts.push(`${field.column} > 0`);
    return parts.length === 0 ? 'true' : `(${parts.join(' and ')})`;
  }

  /** A number in one of several fields; a spelling that is none in all of them is a fault. */
  #anyNumber(node: Extract<Expr, { type: 'number' }>): string {
    let readable = false;
    const condition = this.#over(node, (field) => {
      const found = this.#number(field, node.text, node.at);
      if (found !== null) readable = true;
      return found;
    });
    if (!readable)
      throw fail(node.at, `“${node.text}”不像专利号码`, `“${node.text}” does not look like a patent number`, [
        'CN109462287A',
        '201811107071.6',
        'EP1027777',
        'WO2018012345',
      ]);
    return condition;
  }

  #number(field: Field, text: string, at: Span): string | null {
    const prefix = field.keys![0]!;
    const plain = text.normalize('NFKC').trim().toUpperCase();
    if (/^[A-Z]{2}$/.test(plain)) return this.#office(field, plain);
    if (/[\ue000-\ue002]/.test(text)) return this.#truncated(field, plain, at);
    const keys = numberKeys(prefix, text);
    if (keys.length === 0) return null;
    return this.#has('keys', keys);
  }

  #office(field: Field, office: string): string {
    const value = this.params.add(office, 'String');
    if (field.id === 'PN') return `country = ${value}`;
    if (field.id === 'AN') return `startsWith(application_key, ${value})`;
    const key = this.params.add(`${field.keys![0]}:${office}`, 'String');
    return `arrayExists(k -> startsWith(k, ${key}), keys)`;
  }

  #truncated(field: Field, text: string, at: Span): string {
    const body = text.replace(/[^A-Z0-9\ue000-\ue002]/g, '');
    const literal = body.replace(/[\ue000-\ue002]/g, '');
    if (literal.length < 4)
      throw fail(at, '截断的号码至少要有 4 个字符', 'A truncated number needs at least 4 characters', [
        'CN1094*',
      ]);
    const like = body.replaceAll(WILD.any, '%').replaceAll(WILD.one, '_').replaceAll(WILD.maybe, '%');
    const pattern = this.params.add(`${field.keys![0]}:${like}`, 'String');
    return `arrayExists(k -> k like ${pattern}, keys)`;
  }

  #value(field: Field, value: string, at: Span): string {
    if (field.id === 'RG') {
      const regions = this.asker.regions(value);
      if (!regions) throw fail(at, `没有地区“${value}”`, `There is no region “${value}”`);
      return `region in (${this.params.add([...regions], 'Array(String)')})`;
    }
    if (field.id === 'ANC') {
      const ids = this.asker.applicants(value);
      return ids.length === 0
        ? 'false'
        : `hasAny(applicant_ids, ${this.params.add(ids.map(BigInt), 'Array(UInt64)')})`;
    }
    if (field.id === 'GR') return `granted = ${this.params.add(Number(value), 'UInt8')}`;
    return `${field.column} = ${this.params.add(value, 'String')}`;
  }
}

/** `symbolOrder` of query/values.ts for a symbol `s`, in SQL. */
const ORDER = `concat(extract(s, '^[A-HY]?\\\\d{0,2}[A-Z]?'), leftPad(extract(s, '^[A-HY]\\\\d{2}[A-Z](\\\\d{1,4})'), if(match(s, '^[A-HY]\\\\d{2}[A-Z]\\\\d'), 4, 0), '0'), if(position(s, '/') > 0, rightPad(replaceRegexpOne(extract(s, '/(\\\\d+)'), '0+$', ''), 6, '0'), ''))`;

function joined(conditions: readonly string[], by: ' and ' | ' or '): string {
  return conditions.length === 1 ? conditions[0]! : `(${conditions.join(by)})`;
}

/** The keys that a number in some fields comes down to; null where it is more than a look at keys, or a fault. */
function plainKeys(node: Extract<Expr, { type: 'number' }>): string[] | null {
  const plain = node.text.normalize('NFKC').trim().toUpperCase();
  if (node.mode !== 'any' || /^[A-Z]{2}$/.test(plain) || /[\ue000-\ue002]/.test(node.text)) return null;
  const keys = node.fields.flatMap(partsOf).flatMap((field) => numberKeys(field.keys![0]!, node.text));
  return keys.length > 0 ? keys : null;
}

/** The keys under which a number may lie in the corpus, by the kind of the number. */
export function numberKeys(prefix: 'p' | 'a' | 'r' | 'f' | 'c', text: string): string[] {
  const keys = new Set<string>();
  const candidates = candidateKeys(text);
  if (prefix === 'p' || prefix === 'a') {
    for (const key of candidates) if (key.startsWith(`${prefix}:`)) keys.add(key);
    if (prefix === 'a') {
      const read = readApplication(text);
      if (read.ok) keys.add(`a:${read.value.key}`);
      else for (const key of candidates) if (/^p:CN\d{9}$/.test(key)) keys.add(`a:${key.slice(2)}`);
    } else {
      const read = readPublication(text);
      if (read.ok) keys.add(`p:${read.value.number}`);
    }
    return [...keys];
  }
  if (prefix === 'r') {
    const plain = plainNumber(text);
    if (!/\d{3}/.test(plain)) return [];
    keys.add(`r:${plain}`);
    // With and without the office in front.
    if (/^[A-Z]{2}/.test(plain)) keys.add(`r:${plain.slice(2)}`);
    return [...keys];
  }
  const read = readPublication(text);
  if (read.ok) {
    keys.add(`${prefix}:${read.value.number}`);
    if (read.value.kind !== '') keys.add(`${prefix}:${withoutKind(read.value.number)}`);
  }
  if (prefix === 'f' && /\d/.test(text)) keys.add(`f:${plainNumber(text)}`);
  return [...keys];
}
