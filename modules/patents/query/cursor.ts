import { type Expr, QueryError, type QueryWarning, type Span } from './ast.ts';
import type { Token } from './lexer.ts';

/** What the parsers of all dialects share: a place among the tokens, and faults at a place of the text. */
export class Cursor {
  protected at = 0;
  protected depth = 0;

  constructor(
    readonly text: string,
    readonly tokens: Token[],
    readonly warnings: QueryWarning[],
  ) {}

  protected get token(): Token {
    return this.tokens[this.at]!;
  }

  protected peek(ahead: number): Token {
    return this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)]!;
  }

  /** A token as it was typed. */
  protected shown(token: Token): string {
    return this.text.slice(token.offset, token.offset + token.length) || '检索式末尾';
  }

  protected fault(
    at: Span,
    zh: string,
    en: string,
    expected: string[],
    suggestion: string | null = null,
  ): QueryError {
    return new QueryError([
      { offset: at.offset, length: at.length, message: { zh, en }, expected, suggestion },
    ]);
  }

  /** Whether a node was typed in brackets of its own. */
  protected inBrackets(expr: Expr): boolean {
    return /[(（]$/.test(this.text.slice(0, expr.at.offset).trimEnd());
  }

  /** Puts `word` where a piece of the text stands. */
  protected replaced(at: Span, word: string): string {
    return this.text.slice(0, at.offset) + word + this.text.slice(at.offset + at.length);
  }
}

/** The piece of the text that some nodes cover together. */
export function join(items: readonly { at: Span }[]): Span {
  const from = Math.min(...items.map((i) => i.at.offset));
  const to = Math.max(...items.map((i) => i.at.offset + i.at.length));
  return { offset: from, length: to - from };
}
