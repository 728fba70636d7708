import { AppError } from '#kernel/errors';
import type { Lang } from '#kernel/text';
import type { QueryReading } from '../../contract.ts';
import { type Dialect, type Expr, type Parsed, QueryError, type QueryWarning } from '../../query/ast.ts';
import { parseQuery } from '../../query/parser.ts';
import { printQuery } from '../../query/print.ts';
import { patentError } from '../errors.ts';
import { type Asker, compileQuery } from './compile.ts';
import type { Access } from './compile-text.ts';
import { readFilter } from './filter.ts';

/** A search that was understood and can be put to the corpus. */
export interface Asked {
  /** The whole condition, filter included; null = everything. */
  expr: Expr | null;
  where: string;
  params: Record<string, unknown>;
  reading: QueryReading | null;
}

/** What stands behind `#3` and `@name`: the query's text, or null where there is none. */
export type References = (kind: 'history' | 'saved', name: string) => Promise<string | null>;

/** References of readers who have none. */
export const NO_REFERENCES: References = async () => null;

const DEEPEST = 10;

/**
 * Reads a query and its filter, replaces references, and makes the condition for the corpus.
 * @throws AppError `patents_query` with the faults, `patents_filter`
 */
export async function ask(
  query: { q?: string | undefined; dialect?: Dialect | undefined; filter?: string | undefined },
  asker: Asker,
  references: References,
  lang: Lang,
  access: Access = 'index',
  prefix?: string,
): Promise<Asked> {
  const text = query.q ?? '';
  return withFaults(lang, async () => {
    const parsed = text.trim() === '' ? null : parseQuery(text, query.dialect);
    const own = parsed ? await replaceReferences(parsed.expr, references, 0) : null;
    const expr = readFilter(query.filter ?? '', own);
    const compiled = expr
      ? compileQuery(expr, asker, access, prefix)
      : { where: 'true', params: {}, warnings: [] };
    const warnings = [...(parsed?.warnings ?? []), ...compiled.warnings];
    return {
      expr,
      where: compiled.where,
      params: compiled.params,
      reading: expr
        ? readingOf(
            text,
            parsed?.dialect ?? query.dialect ?? 'zc',
            await withNames(expr, asker),
            warnings,
            lang,
          )
        : null,
    };
  });
}

/** Reads a query without running it. @throws AppError `patents_query` */
export function readOnly(text: string, dialect: Dialect | undefined, lang: Lang): Promise<Parsed> {
  return withFaults(lang, async () => parseQuery(text, dialect));
}

/** Runs work that may find faults in a query, and says them in the reader's language. */
export async function withFaults<T>(lang: Lang, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof QueryError) || error instanceof AppError) throw error;
    const [first] = error.faults;
    throw patentError(
      'patents_query',
      { at: (first?.offset ?? 0) + 1, why: first?.message.zh ?? '', why_en: first?.message.en ?? '' },
      [],
      error.faults.map(({ offset, length, message, expected, suggestion }) => ({
        offset,
        length,
        message: message[lang],
        expected,
        suggestion,
      })),
    );
  }
}

/** A warning in the reader's language. */
export function noteJson({ code, message, offset, length }: QueryWarning, lang: Lang) {
  return { code, message: message[lang], offset, length };
}

function readingOf(
  text: string,
  dialect: Dialect,
  expr: Expr,
  warnings: QueryWarning[],
  lang: Lang,
): QueryReading {
  const items =
    expr.type === 'and'
      ? expr.items
      : expr.type === 'not'
        ? [...(expr.keep.type === 'and' ? expr.keep.items : [expr.keep]), expr.drop]
        : [expr];
  const print = (e: Expr) => printQuery(e, 'zc', lang === 'zh').text;
  const parts = items.map((item) => {
    const dropped = expr.type === 'not' && item === expr.drop;
    const rest = items.filter((other) => other !== item && !(expr.type === 'not' && other === expr.drop));
    const kept: Expr | null =
      rest.length === 0 ? null : rest.length === 1 ? rest[0]! : { type: 'and', items: rest, at: expr.at };
    // Without anything to keep there is no query left that could exclude.
    const without: Expr | null = expr.type === 'not' && !dropped && kept ? { ...expr, keep: kept } : kept;
    return { text: `${dropped ? 'NOT ' : ''}${print(item)}`, without: without ? print(without) : '' };
  });
  return { text, dialect, reading: print(expr), parts, warnings: warnings.map((w) => noteJson(w, lang)) };
}

/** Applicants that a filter names by their identity, by their names: a reader knows those, and they mean the same. */
async function withNames(expr: Expr, asker: Asker): Promise<Expr> {
  const ids = [...JSON.stringify(expr).matchAll(/"value":"id:(\d+)"/g)].map((m) => m[1]!);
  if (ids.length === 0) return expr;
  const names = await asker.names(ids);
  const walk = (node: Expr): Expr => {
    if (node.type === 'and' || node.type === 'or' || node.type === 'xor')
      return { ...node, items: node.items.map(walk) };
    if (node.type === 'not') return { ...node, keep: walk(node.keep), drop: walk(node.drop) };
    const id = node.type === 'value' ? /^id:(\d+)$/.exec(node.value)?.[1] : undefined;
    return id === undefined ? node : ({ ...node, value: names.get(id) ?? `id:${id}` } as Expr);
  };
  return walk(expr);
}

async function replaceReferences(expr: Expr, references: References, depth: number): Promise<Expr> {
  const each = (items: Expr[]) =>
    Promise.all(items.map((item) => replaceReferences(item, references, depth)));
  switch (expr.type) {
    case 'and':
    case 'or':
    case 'xor':
      return { ...expr, items: await each(expr.items) };
    case 'not':
      return {
        ...expr,
        keep: await replaceReferences(expr.keep, references, depth),
        drop: await replaceReferences(expr.drop, references, depth),
      };
    case 'reference': {
      const shown = expr.kind === 'history' ? `#${expr.name}` : `@${expr.name}`;
      const fault = (zh: string, en: string) =>
        new QueryError([{ ...expr.at, message: { zh, en }, expected: [], suggestion: null }]);
      if (depth >= DEEPEST)
        throw fault(
          `${shown} 的引用层数太多，可能互相引用`,
          `${shown} refers too deep: perhaps queries refer to each other`,
        );
      const text = await references(expr.kind, expr.name);
      if (text === null)
        throw fault(
          expr.kind === 'history'
            ? `没有第 ${expr.name} 号检索历史（登录后才有）`
            : `没有保存过名为“${expr.name}”的检索式（登录后才有）`,
          expr.kind === 'history'
            ? `There is no query ${shown} in your history (it is kept once you sign in)`
            : `There is no saved query ${shown} (they are kept once you sign in)`,
        );
      // History and saved queries are handed over in the platform's own language.
      const parsed = parseQuery(text, 'zc');
      return replaceReferences({ ...parsed.expr, at: expr.at } as Expr, references, depth + 1);
    }
    default:
      return expr;
  }
}
