import { setImmediate as breathe } from 'node:timers/promises';
import { eachToken, plainText } from './tokens.ts';

/** The same title in both languages. */
export interface TitlePair {
  zh: string;
  en: string;
}

/** For each English word the Chinese tokens that it may stand for, most probable first. */
export type TranslationTable = Map<string, [token: string, probability: number][]>;

/** English words that say nothing of a subject. */
const STOP = new Set(
  (
    'a an and are as at be being by for from has have having in into is it its least may more no not of off on one or other ' +
    'otherwise over per same so such than that the their them therefor therefore thereof these this those to two under up use ' +
    'used using via was were when where whereby wherein which while with within without e g i said comprising comprise ' +
    'including include provided like general'
  ).split(' '),
);

/** The words of an English text: small letters, without the s of a plural, without words that say nothing. */
export function englishWords(text: string): string[] {
  const words: string[] = [];
  for (const [word] of plainText(text).matchAll(/[a-z0-9]+/g)) {
    if (STOP.has(word) || (word.length < 2 && !/\d/.test(word))) continue;
    words.push(word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word);
  }
  return words;
}

/** Chinese characters that carry grammar alone. */
const PARTICLES = /[的或及和与其所在用于该之中以为对由从被把等这各有不是而且如并将上下]/u;

/** The tokens of a Chinese title that a word may stand for. */
function chineseTokens(text: string): string[] {
  const tokens: string[] = [];
  eachToken(text, (token) => {
    if (!token.startsWith('w:') && !PARTICLES.test(token.slice(2))) tokens.push(token);
  });
  return tokens;
}

/** Titles without what stands in brackets: references to other places of the scheme. */
function withoutReferences(text: string): string {
  return text.replace(/[（(][^（()）]*[)）]/g, ' ');
}

/** How to learn; the defaults are what was measured. */
export interface LearnOptions {
  rounds?: number;
  /** Tokens kept for a word, and their least probability. */
  keep?: number;
  least?: number;
}

/** Longer titles are cut: their ends are lists of exceptions. */
const LONGEST = 40;
/** Work between two breaths, in pairs of a word and a token. */
const STRIDE = 100_000;

/**
 * Learns which Chinese tokens an English word stands for, from titles in both languages: IBM Model 1 with an empty word,
 * by expectation and maximisation. Yields to other work again and again. Memory grows with the pairs of words and tokens
 * that occur together, about 12 bytes each.
 */
export async function learnTranslation(
  pairs: Iterable<TitlePair>,
  options: LearnOptions = {},
): Promise<TranslationTable> {
  const { rounds = 8, keep = 6, least = 0.04 } = options;
  const words = new Index();
  const tokens = new Index();
  words.of('');
  const sentences: { e: Int32Array; f: Int32Array }[] = [];
  for (const { zh, en } of pairs) {
    const e = [...new Set(englishWords(withoutReferences(en)))].slice(0, LONGEST);
    const f = [...new Set(chineseTokens(withoutReferences(zh)))].slice(0, LONGEST * 2);
    if (e.length === 0 || f.length === 0) continue;
    sentences.push({
      e: Int32Array.from([0, ...e.map((w) => words.of(w))]),
      f: Int32Array.from(f.map((t) => tokens.of(t))),
    });
  }
  const cells = await cellsOf(sentences, words.size, tokens.size);
  await maximise(sentences, cells, words.size, rounds);
  return tableOf(cells, words, tokens, keep, least);
}

/** Numbers for words. */
class Index {
  readonly #at = new Map<string, number>();
  readonly names: string[] = [];

  get size(): number {
    return this.names.length;
  }

  of(name: string): number {
    const known = this.#at.get(name);
    if (known !== undefined) return known;
    this.#at.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}

/** The pairs that occur, word by word: `token[start[w] … start[w + 1]]` ascending, and their probabilities. */
interface Cells {
  start: Int32Array;
  token: Int32Array;
  p: Float32Array;
}

async function cellsOf(
  sentences: readonly { e: Int32Array; f: Int32Array }[],
  wordCount: number,
  tokenCount: number,
): Promise<Cells> {
  const byWord: number[][] = Array.from({ length: wordCount }, () => []);
  sentences.forEach(({ e }, i) => {
    for (const w of e) byWord[w]!.push(i);
  });
  const start = new Int32Array(wordCount + 1);
  const seen = new Int32Array(tokenCount).fill(-1);
  const lists: Int32Array[] = [];
  let work = 0;
  for (let w = 0; w < wordCount; w++) {
    const list: number[] = [];
    for (const i of byWord[w]!)
      for (const t of sentences[i]!.f) {
        work += 1;
        if (seen[t] === w) continue;
        seen[t] = w;
        list.push(t);
      }
    lists.push(Int32Array.from(list).sort());
    start[w + 1] = start[w]! + list.length;
    if (work > STRIDE) {
      work = 0;
      await breathe();
    }
  }
  const token = new Int32Array(start[wordCount]!);
  const p = new Float32Array(token.length);
  lists.forEach((list, w) => {
    token.set(list, start[w]!);
    p.fill(1 / list.length, start[w]!, start[w + 1]!);
  });
  return { start, token, p };
}

async function maximise(
  sentences: readonly { e: Int32Array; f: Int32Array }[],
  { start, token, p }: Cells,
  wordCount: number,
  rounds: number,
): Promise<void> {
  const find = (w: number, t: number) => {
    let [from, to] = [start[w]!, start[w + 1]! - 1];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (token[middle]! < t) from = middle + 1;
      else to = middle;
    }
    return from;
  };
  const at = new Int32Array(LONGEST + 1);
  for (let round = 0; round < rounds; round++) {
    const count = new Float32Array(p.length);
    let work = 0;
    for (const { e, f } of sentences) {
      for (const t of f) {
        let sum = 0;
        for (let i = 0; i < e.length; i++) {
          const cell = find(e[i]!, t);
          at[i] = cell;
          sum += p[cell]!;
        }
        for (let i = 0; i < e.length; i++) count[at[i]!]! += p[at[i]!]! / sum;
      }
      work += e.length * f.length;
      if (work > STRIDE / 2) {
        work = 0;
        await breathe();
      }
    }
    for (let w = 0; w < wordCount; w++) {
      let total = 0;
      for (let i = start[w]!; i < start[w + 1]!; i++) total += count[i]!;
      for (let i = start[w]!; i < start[w + 1]!; i++) p[i] = total > 0 ? count[i]! / total : 0;
    }
  }
}

function tableOf(
  { start, token, p }: Cells,
  words: Index,
  tokens: Index,
  keep: number,
  least: number,
): TranslationTable {
  const table: TranslationTable = new Map();
  for (let w = 1; w < words.size; w++) {
    const list: [string, number][] = [];
    for (let i = start[w]!; i < start[w + 1]!; i++)
      if (p[i]! >= least) list.push([tokens.names[token[i]!]!, p[i]!]);
    list.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    if (list.length > 0) table.set(words.names[w]!, list.slice(0, keep));
  }
  return table;
}

/** A table as bytes: one word a line, its tokens with their probabilities behind it. */
export function packTranslation(table: TranslationTable): Buffer {
  const lines = [...table].map(([word, list]) =>
    [word, ...list.map(([token, p]) => `${token}=${p.toFixed(4)}`)].join('\t'),
  );
  return Buffer.from(`${TABLE_MAGIC}\n${lines.join('\n')}\n`);
}

const TABLE_MAGIC = 'zc-translation-1';

/** The table of {@link packTranslation}. Throws on bytes that are none. */
export function unpackTranslation(bytes: Buffer): TranslationTable {
  const [magic, ...lines] = bytes.toString('utf8').split('\n');
  if (magic !== TABLE_MAGIC) throw new Error('not a table of translations');
  return new Map(
    lines.filter(Boolean).map((line) => {
      const [word = '', ...list] = line.split('\t');
      return [
        word,
        list.map((item): [string, number] => {
          const at = item.lastIndexOf('=');
          return [item.slice(0, at), Number(item.slice(at + 1))];
        }),
      ];
    }),
  );
}
