/** One statement as the child hands it to the engine. */
export interface Statement {
  /** The SQL without a closing semicolon and without the FORMAT clause of a reading statement. */
  text: string;
  /** Format of the result; undefined when the statement names none. */
  format?: string;
  /** It only reads, so cancelling it loses nothing. */
  reads: boolean;
  /** It changes the session (SET, USE, temporary tables), which over HTTP lasts for that one request. */
  altersSession: boolean;
  /** `insert … format X` whose rows come with the request. */
  insert?: { table: string; columns?: string[]; format: string };
  /** There is a second statement behind it, which a ClickHouse server refuses over HTTP. */
  many: boolean;
}

const quoted =
  /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S])*"|`(?:[^`\\]|\\[\s\S])*`|--[^\n]*|\/\*[\s\S]*?\*\//g;

/** The same text with everything quoted or commented blanked out, character for character. */
function skeleton(sql: string): string {
  return sql.replace(quoted, (m) => (m.startsWith('--') || m.startsWith('/*') ? ' ' : '_').repeat(m.length));
}

/** Formats whose pieces may be put one after another: no head, no frame. */
const concatenable = new Set([
  ...['JSONEachRow', 'JSONStringsEachRow', 'JSONCompactEachRow', 'JSONCompactStringsEachRow'],
  ...['TabSeparated', 'TSV', 'TabSeparatedRaw', 'CSV', 'RowBinary'],
]);

/** Whether a result in this format can be sent piece by piece. */
export function isConcatenable(format: string): boolean {
  return concatenable.has(format);
}

/** Takes a statement apart as far as the HTTP interface needs it. */
export function readStatement(sql: string): Statement {
  let bare = skeleton(sql);
  const end = /[\s;]*$/.exec(bare)!.index;
  let text = sql.slice(0, end);
  bare = bare.slice(0, end);
  const first = /[a-z]+/i.exec(bare)?.[0]?.toLowerCase() ?? '';
  const many = bare.includes(';') && first !== 'insert';
  const reads = ['select', 'with', 'show', 'describe', 'desc', 'explain', 'exists'].includes(first);
  const altersSession =
    ['set', 'use'].includes(first) || /^\s*create\s+(or\s+replace\s+)?temporary\b/i.test(bare);
  if (first === 'insert') {
    const insert = readInsert(text);
    return { text, reads, altersSession, many, ...(insert ? { insert } : {}) };
  }
  const clause = /\sFORMAT\s+(\w+)$/i.exec(bare);
  if (!clause) return { text, reads, altersSession, many };
  text = text.slice(0, clause.index);
  return { text, format: clause[1], reads, altersSession, many };
}

/** `insert into a.b (x, y) format JSONEachRow`, with plain names; anything else is left to the engine as a whole. */
function readInsert(text: string): Statement['insert'] {
  const m = /^\s*insert\s+into\s+(?:table\s+)?([\w.`"]+)\s*(?:\(([^()]*)\))?\s*format\s+(\w+)$/i.exec(text);
  if (!m) return undefined;
  const plain = (name: string) => name.trim().replaceAll(/[`"]/g, '');
  const table = plain(m[1]!);
  const columns = m[2]?.split(',').map(plain);
  const names = [...table.split('.'), ...(columns ?? [])];
  if (!names.every((n) => /^[A-Za-z_]\w*$/.test(n))) return undefined;
  return { table, format: m[3]!, ...(columns ? { columns } : {}) };
}
