import type { ClassReach, Dialect, Expr, FieldMode, Nearness, Term, TextExpr } from './ast.ts';
import { operatorOf, WILDCARDS_OF } from './dialects.ts';
import { fieldOf, printedName } from './fields.ts';
import { WILD } from './form.ts';
import { printDay, readDaySpan } from './values.ts';

/** A query written in a dialect, and what that dialect has no way to say. */
export interface Printed {
  text: string;
  /** Constructs that were left as the platform's own; empty = the text says all of it. */
  lost: { zh: string; en: string }[];
}

/**
 * Writes a query in a dialect. Every combination is bracketed, so that no reader's precedence changes it. `chinese`: fields
 * of the own language by their Chinese names.
 */
export function printQuery(expr: Expr, dialect: Dialect, chinese = false): Printed {
  const lost: Printed['lost'] = [];
  const printer = new Printer(dialect, chinese, (zh, en) => {
    if (!lost.some((l) => l.en === en)) lost.push({ zh, en });
  });
  return { text: printer.expr(expr, true), lost };
}

class Printer {
  constructor(
    readonly dialect: Dialect,
    readonly chinese: boolean,
    readonly lose: (zh: string, en: string) => void,
  ) {}

  expr(expr: Expr, top = false): string {
    const wrap = (text: string) => (top ? text : `(${text})`);
    const word = (w: string) => (this.dialect === 'cql' || this.dialect === 'cnipr' ? w.toLowerCase() : w);
    switch (expr.type) {
      case 'and':
      case 'or':
        return wrap(expr.items.map((item) => this.expr(item)).join(` ${word(expr.type.toUpperCase())} `));
      case 'xor': {
        if (this.dialect === 'zc' || this.dialect === 'cnipr')
          return wrap(expr.items.map((item) => this.expr(item)).join(` ${word('XOR')} `));
        this.lose('异或（XOR）', 'XOR');
        return wrap(expr.items.map((item) => this.expr(item)).join(' XOR '));
      }
      case 'not':
        return wrap(`${this.expr(expr.keep)} ${word('NOT')} ${this.expr(expr.drop)}`);
      case 'text':
        return this.#text(expr.fields, expr.mode, expr.expr);
      case 'class':
        return this.#class(expr.fields, expr.mode, expr.symbol, expr.reach);
      case 'classRange':
        return this.#range(expr.fields, expr.mode, expr.from ?? '', expr.to ?? '');
      case 'date':
        return this.#date(expr.fields, expr.from, expr.to);
      case 'count':
        return expr.from !== null && expr.from === expr.to
          ? this.#plain(expr.fields, String(expr.from))
          : this.#range(
              expr.fields,
              expr.mode,
              expr.from === null ? '' : String(expr.from),
              expr.to === null ? '' : String(expr.to),
            );
      case 'number':
        return this.#plain(expr.fields, this.#value(expr.text));
      case 'value':
        return this.#plain(expr.fields, this.#value(this.#valueWord(expr.fields[0]!, expr.value)));
      default:
        return expr.kind === 'history'
          ? `#${expr.name}`
          : /^[^\s()"=:,]+$/.test(expr.name)
            ? `@${expr.name}`
            : `@"${expr.name}"`;
    }
  }

  /** `FIELD=` or `FIELD:`, with a list of fields in brackets where there are several. */
  #head(fields: readonly string[], mode: FieldMode, relation = this.#relation): string {
    const names = fields.map((id) => this.#name(id));
    const how = mode === 'all' ? '*=' : mode === 'one' ? '^=' : relation;
    if (mode !== 'any' && this.dialect !== 'zc' && this.dialect !== 'cnipr')
      this.lose('字段全含或只含一个', 'all or exactly one of several fields');
    if (names.length === 1) return `${names[0]}${how}`;
    if (this.dialect === 'cql' || this.dialect === 'patsnap' || this.dialect === 'lucene')
      return `${names.join(',')}${how}`;
    return `(${names.join(',')})${how}`;
  }

  #name(field: string): string {
    const zh = this.chinese && this.dialect === 'zc' ? fieldOf(field).zhNames[0] : undefined;
    return zh ?? printedName(field, this.dialect);
  }

  get #relation(): string {
    return this.dialect === 'patsnap' || this.dialect === 'lucene' ? ':' : '=';
  }

  #plain(fields: readonly string[], value: string): string {
    return this.#each(fields, (field) => `${this.#head([field], 'any')}${value}`);
  }

  /** CQL has no lists of fields. */
  #each(fields: readonly string[], write: (field: string) => string): string {
    if (fields.length === 1) return write(fields[0]!);
    return `(${fields.map(write).join(this.dialect === 'cql' || this.dialect === 'cnipr' ? ' or ' : ' OR ')})`;
  }

  #valueWord(field: string, value: string): string {
    const known = fieldOf(field).values?.find((v) => v.id === value);
    return known ? known.zh : value;
  }

  #value(text: string): string {
    const wild = this.#wild(text);
    return /^[\p{L}\p{N}./*?#+%_-]+$/u.test(wild) && !/^[#@]/.test(wild)
      ? wild
      : `"${text.replaceAll('"', '')}"`;
  }

  #wild(text: string): string {
    const { any, one, maybe } = WILDCARDS_OF[this.dialect];
    if (maybe === '' && text.includes(WILD.maybe))
      this.lose('“零或一个字”的通配符', 'the wildcard for none or one');
    return text
      .replaceAll(WILD.any, any[0]!)
      .replaceAll(WILD.one, one)
      .replaceAll(WILD.maybe, maybe || '?');
  }

  #escaped(text: string): string {
    return this.#wild(text.replace(/[^\p{L}\p{N}\ue000-\ue002]/gu, (c) => (/\s/.test(c) ? '-' : `\\${c}`)));
  }

  #class(fields: readonly string[], mode: FieldMode, symbol: string, reach: ClassReach): string {
    const { dialect } = this;
    if (reach === 'same') return `${this.#head(fields, mode)}${symbol}`;
    if (dialect === 'zc' || dialect === 'cql') {
      const relation = reach === 'exact' ? '==' : `=/${reach}`;
      return this.#each(
        fields,
        (field) => `${this.#name(field)}${relation}${relation.startsWith('=/') ? ' ' : ''}${symbol}`,
      );
    }
    if (reach === 'low' && dialect === 'patsnap' && fields.every((f) => f === 'IPC' || f === 'CPC'))
      return this.#each(fields, (field) => `${field}_LOW:${symbol}`);
    if (reach === 'exact' && dialect === 'lucene' && fields.every((f) => f === 'IPC'))
      return `IC_EX:${symbol}`;
    if (dialect !== 'cnipr') this.lose('分类号的上下位', 'the hierarchy of classes');
    return this.#each(
      fields,
      (field) => `${this.#name(field)}${reach === 'exact' ? '==' : `=/${reach} `}${symbol}`,
    );
  }

  #range(fields: readonly string[], mode: FieldMode, from: string, to: string): string {
    if (this.dialect === 'cql')
      return this.#each(fields, (field) => `${this.#name(field)} within "${from || '*'} ${to || '*'}"`);
    return `${this.#head(fields, mode)}[${from || '*'} TO ${to || '*'}]`;
  }

  #date(fields: readonly string[], from: number | null, to: number | null): string {
    if (from === 0 && to === 0) return this.#plain(fields, '无');
    if (from !== null && to !== null)
      for (const length of [4, 6, 8]) {
        const short = String(from).slice(0, length);
        const span = readDaySpan(short);
        if (span?.from === from && span.to === to) return this.#plain(fields, short);
      }
    const a = from === null ? '' : printDay(from, 'from');
    const b = to === null ? '' : printDay(to, 'to');
    if (this.dialect === 'cql' && from === null)
      return this.#each(fields, (field) => `${this.#name(field)}<=${b}`);
    if (this.dialect === 'cql' && to === null)
      return this.#each(fields, (field) => `${this.#name(field)}>=${a}`);
    return this.#range(fields, 'any', a, b);
  }

  #text(fields: readonly string[], mode: FieldMode, expr: TextExpr): string {
    if (mode !== 'any' && fields.length > 1 && this.dialect !== 'zc' && this.dialect !== 'cnipr') {
      if (mode === 'one') this.lose('只在一个字段中', 'in exactly one of several fields');
      const and = this.dialect === 'cql' ? ' and ' : ' AND ';
      return `(${fields.map((field) => this.#text([field], 'any', expr)).join(and)})`;
    }
    const whole = expr.type === 'term' && expr.term.whole;
    if (this.dialect === 'cql') {
      const write = (field: string) => this.#cql(this.#name(field), expr);
      return this.#each(fields, write);
    }
    const usual = fields.length === 1 && fields[0] === 'TA' && mode === 'any' && this.dialect !== 'patsnap';
    const body = this.#span(expr, true);
    if (whole) return `${this.#head(fields, mode, '==')}${body}`;
    if (usual && expr.type === 'term' && expr.term.times === undefined && !/^[#@]/.test(body)) return body;
    return `${this.#head(fields, mode)}${expr.type === 'term' && expr.term.times === undefined ? body : `(${body})`}`;
  }

  #cql(name: string, expr: TextExpr): string {
    if (expr.type === 'any') return `(${expr.items.map((item) => this.#cql(name, item)).join(' or ')})`;
    if (expr.type === 'near') {
      const { within, least, most, ordered, without } = expr.near;
      if (without || within === 'field' || (least > 0 && within === 'units'))
        this.lose(
          '恰好间隔、同字段和“不在同句”的运算',
          'exact distances, same field, and not in the same sentence',
        );
      const unit =
        within === 'units' ? `distance<=${most}${ordered ? '/ordered=true' : ''}` : `unit=${within}`;
      return `(${this.#cql(name, expr.left)} prox/${unit} ${this.#cql(name, expr.right)})`;
    }
    if (expr.term.times !== undefined) this.lose('出现次数', 'how often a term occurs');
    return `${name}${expr.term.whole ? '==' : '='}${this.#term(expr.term)}`;
  }

  #span(expr: TextExpr, top = false): string {
    if (expr.type === 'term') return this.#term(expr.term);
    const or = this.dialect === 'cnipr' ? ' or ' : ' OR ';
    if (expr.type === 'any') return `(${expr.items.map((item) => this.#span(item)).join(or)})`;
    const text = `${this.#span(expr.left)} ${this.#near(expr.near)} ${this.#span(expr.right)}`;
    return top ? text : `(${text})`;
  }

  #near({ within, least, most, ordered, without }: Nearness): string {
    const { dialect } = this;
    if (dialect === 'lucene')
      this.lose('有序邻近、同句、同段', 'ordered proximity, same sentence and paragraph');
    if (within !== 'units') {
      if (dialect === 'patsnap' && within !== 'field' && !without)
        return within === 'sentence' ? '$SEN' : '$PARA';
      if (dialect === 'patsnap')
        this.lose('同字段和“不在同句”的运算', 'same field, and not in the same sentence');
      return `${without ? 'NOT' : ''}${{ sentence: 'S', paragraph: 'P', field: 'F' }[within]}`;
    }
    if (dialect === 'patsnap') {
      if (least > 0) this.lose('恰好间隔', 'exact distances');
      return ordered ? (most === 0 ? '$WS' : `$PRE${most}`) : `$W${most}`;
    }
    const letter = ordered ? 'W' : 'D';
    if (least > 0) return `=${most}${letter}`;
    return most === 0 ? letter : `${most}${letter}`;
  }

  #term({ text, quoted, times }: Term): string {
    const plain = this.#wild(text);
    const bare =
      !quoted &&
      plain !== '' &&
      !/[\s()[\]{}",，<>=:：≥≤\\（）~^!]|^[#@+-]/.test(plain) &&
      operatorOf(plain, this.dialect) === null;
    const wild = /[\ue000-\ue002]/.test(text);
    // Between quotation marks wildcards would be letters: there signs are written with a backslash.
    const written = bare ? plain : wild ? this.#escaped(text) : `"${plain.replaceAll('"', ' ')}"`;
    if (times === undefined) return written;
    if (this.dialect !== 'patsnap' && this.dialect !== 'zc') this.lose('出现次数', 'how often a term occurs');
    return `${written} $FREQ${times}`;
  }
}
