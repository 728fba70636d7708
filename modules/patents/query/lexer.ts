import { type Dialect, QueryError, type Span, WILDCARDS_OF } from './dialects.ts';
import { WILD } from './form.ts';

/** A piece of a query. `text` is as typed, wildcards and escapes resolved for words. */
export type Token = Span & { space: boolean } & (
    | { type: 'word'; text: string; raw: string }
    | { type: 'quoted'; text: string }
    | { type: 'range'; from: string; to: string; openFrom: boolean; openTo: boolean }
    | { type: 'relation'; text: Relation; reach: 'low' | 'high' | 'same' | null }
    | { type: '(' | ')' | ',' }
    | { type: 'end' }
  );

/** Relations; `*=`, `^=`, `+=` say how a list of fields is taken. */
export type Relation = '=' | '==' | '!=' | ':' | '<' | '>' | '<=' | '>=' | '*=' | '^=' | '+=';

/** Full-width signs become plain ones, one unit for one, so that offsets stay. */
export function narrow(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0xff01 && code <= 0xff5e) out += String.fromCharCode(code - 0xfee0);
    else if (code === 0x3000 || code === 0xa0 || (code >= 0x2000 && code <= 0x200a)) out += ' ';
    else if (code === 0xfeff) out += ' ';
    else if (QUOTES.has(text[i]!)) out += '"';
    else if (text[i] === '【') out += '[';
    else if (text[i] === '】') out += ']';
    else if (text[i] === '≥' || text[i] === '≤') out += text[i];
    else out += text[i];
  }
  return out;
}

const QUOTES = new Set(['“', '”', '„', '‟', '«', '»', '「', '」', '『', '』', '〝', '〞']);
const RELATION = /^(?:==|!=|<>|>=|<=|\*=|\^=|\+=|=|:|<|>|≥|≤)/;
const REACH = /^\/(low|high|same)\b/i;

const fault = (
  offset: number,
  length: number,
  zh: string,
  en: string,
  expected: string[],
  suggestion: string | null,
) => new QueryError([{ offset, length, message: { zh, en }, expected, suggestion }]);

/**
 * Cuts a query into tokens. `names` are field names that hold brackets, like 公开(公告)号, longest first.
 * @throws QueryError for a quotation mark or square bracket that is never closed.
 */
export function tokenize(original: string, dialect: Dialect, names: readonly string[]): Token[] {
  const text = narrow(original);
  const upper = text.toUpperCase();
  const tokens: Token[] = [];
  let at = 0;
  let space = true;
  const push = (token: Record<string, unknown>, length: number) => {
    tokens.push({ ...token, offset: at, length, space } as unknown as Token);
    at += length;
    space = false;
  };
  while (at < text.length) {
    const char = text[at]!;
    if (/\s/.test(char)) {
      at += 1;
      space = true;
      continue;
    }
    if (char === '"') {
      const close = text.indexOf('"', at + 1);
      if (close < 0)
        throw fault(
          at,
          1,
          '引号没有配对，请在短语末尾补上引号',
          'The quotation mark is never closed: add one behind the phrase',
          ['"'],
          `${original}"`,
        );
      push({ type: 'quoted', text: original.slice(at + 1, close) }, close + 1 - at);
      continue;
    }
    const long = names.find(
      (name) =>
        upper.startsWith(name, at) &&
        /^\s*(?:,|\)|[*^+!]?=|:|<|>)/.test(text.slice(at + name.length, at + name.length + 6)),
    );
    if (long) {
      push({ type: 'word', text: long, raw: text.slice(at, at + long.length) }, long.length);
      continue;
    }
    if (char === '(' || char === ')' || char === ',') {
      push({ type: char }, 1);
      continue;
    }
    if (char === '[' || char === '{') {
      const close = text.slice(at).search(/[\]}]/);
      if (close < 0)
        throw fault(
          at,
          1,
          '方括号没有配对，请在范围末尾补上 ]',
          'The bracket is never closed: add ] behind the range',
          [']'],
          `${original}]`,
        );
      push(readRange(text.slice(at, at + close + 1), at, close + 1), close + 1);
      continue;
    }
    // Exactly n between, =3W: an operator where it stands for itself.
    const exact = space ? /^=\d{1,3}[WDN](?=\s)/i.exec(text.slice(at, at + 6))?.[0] : undefined;
    if (exact) {
      push({ type: 'word', text: exact, raw: exact }, exact.length);
      continue;
    }
    const relation = RELATION.exec(text.slice(at, at + 2))?.[0];
    if (relation) {
      const reach = REACH.exec(text.slice(at + relation.length, at + relation.length + 6))?.[1];
      const plain = { '≥': '>=', '≤': '<=', '<>': '!=' }[relation] ?? relation;
      push(
        { type: 'relation', text: plain, reach: reach?.toLowerCase() ?? null },
        relation.length + (reach ? reach.length + 1 : 0),
      );
      continue;
    }
    const { word, raw } = readWord(text, at, dialect);
    if (raw.length === 0)
      throw fault(at, 1, `这里不能出现“${char}”`, `“${char}” cannot stand here`, ['检索词'], null);
    push({ type: 'word', text: word, raw }, raw.length);
  }
  tokens.push({ type: 'end', offset: text.length, length: 0, space: true });
  return tokens;
}

/** A word ends at white space, brackets, quotation marks, commas and relations; `\` keeps the sign behind it. */
function readWord(text: string, start: number, dialect: Dialect): { word: string; raw: string } {
  const wild = WILDCARDS_OF[dialect];
  let at = start;
  let word = '';
  while (at < text.length) {
    const char = text[at]!;
    if (char === '\\' && at + 1 < text.length && /[^\p{L}\p{N}\s]/u.test(text[at + 1]!)) {
      word += text[at + 1];
      at += 2;
      continue;
    }
    if (/[\s()[\]{}",<>=≥≤]/.test(char)) break;
    if ((char === '!' || char === '*' || char === '^' || char === '+') && text[at + 1] === '=') break;
    if (
      char === ':' &&
      !(dialect !== 'lucene' && /\d/.test(text[at - 1] ?? '') && /[\d*]/.test(text[at + 1] ?? ''))
    )
      break;
    const first = at === start;
    if (wild.any.includes(char) && !(char === '+' && first)) word += WILD.any;
    else if (wild.one === char && !(char === '#' && first)) word += WILD.one;
    else if (wild.maybe === char && !(char === '#' && first)) word += WILD.maybe;
    else word += char;
    at += 1;
  }
  return { word, raw: text.slice(start, at) };
}

/** `[a TO b]`, `[a, b]`, `[a ~ b]`; braces leave the end out; `*` or nothing is an open end. */
function readRange(text: string, offset: number, length: number) {
  const inner = text.slice(1, -1);
  const m = /^\s*(.*?)\s*(?:\s(?:TO|到|至)\s|\s[~～-]\s|[,~～])\s*(.*?)\s*$/i.exec(` ${inner} `);
  if (!m)
    throw fault(
      offset,
      length,
      '范围应写作 [起 TO 止]，如 [20180101 TO 20191231]',
      'A range is written [from TO to], as in [20180101 TO 20191231]',
      ['[起 TO 止]'],
      null,
    );
  const end = (value: string) => (value === '*' || value === '' ? '' : value.replaceAll('\\', ''));
  return {
    type: 'range',
    from: end(m[1]!),
    to: end(m[2]!),
    openFrom: text.startsWith('{'),
    openTo: text.endsWith('}'),
  };
}
