/** Runs of Han characters, and Latin words or numbers. Everything else separates. */
const RUNS = /(\p{Script=Han}+)|([a-z0-9]+)/gu;

/** Room of one character in a code. */
const CHAR = 2 ** 21;
const KIND = 2 ** 44;
const WORDS = 2 ** 51;

/** The form in which texts are compared: NFKC, small letters. */
export function plainText(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/**
 * Calls back for every token of a text, in its order: each Han character (`1:`), each pair of neighbouring ones (`2:`; a
 * single character between others is its own pair), each run of Latin letters and digits (`w:`).
 */
export function eachToken(text: string, found: (token: string) => void): void {
  for (const [, han, word] of plainText(text).matchAll(RUNS)) {
    if (word !== undefined) found(`w:${word}`);
    if (han === undefined) continue;
    const chars = [...han];
    for (const char of chars) found(`1:${char}`);
    if (chars.length === 1) found(`2:${chars[0]}`);
    for (let i = 1; i < chars.length; i++) found(`2:${chars[i - 1]}${chars[i]}`);
  }
}

/** All tokens of a text, in its order. */
export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  eachToken(text, (token) => tokens.push(token));
  return tokens;
}

/** A title counts so many times. */
export const TITLE_WEIGHT = 3;

/**
 * The number under which the corpus keeps a token, below 2^53. Characters and pairs are packed and never meet; Latin words
 * are hashed to 50 bits (a million different words meet with a chance of 1 to 2,000).
 */
export function termCode(token: string): number {
  if (token.startsWith('w:')) return WORDS + hash50(token, 2, token.length);
  const [a = 0, b = 0] = [...token.slice(2)].map((char) => char.codePointAt(0)!);
  return (token.startsWith('1:') ? 1 : 2) * KIND + a * CHAR + b;
}

function hash50(text: string, from: number, to: number): number {
  let a = 0x1b873593;
  let b = 0x2545f491;
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x85ebca6b);
    a ^= a >>> 15;
    b ^= b >>> 13;
  }
  a = Math.imul(a ^ (b >>> 16), 0xc2b2ae35);
  b = Math.imul(b ^ (a >>> 15), 0x27d4eb2f);
  a ^= a >>> 16;
  b ^= b >>> 14;
  return (b & 0x3ffff) * 2 ** 32 + (a >>> 0);
}

const HAN = /\p{Script=Han}/u;

function isHan(code: number): boolean {
  return (code >= 0x4e00 && code <= 0x9fff) || (code > 0x2e7f && HAN.test(String.fromCodePoint(code)));
}

const isLatin = (code: number) => (code >= 97 && code <= 122) || (code >= 48 && code <= 57);

/**
 * How often each token occurs in a document, by its {@link termCode}; the title counts {@link TITLE_WEIGHT} times. The same as
 * counting the tokens of {@link eachToken}, without making them.
 */
export function countTerms(title: string, abstract: string): Map<number, number> {
  const counts = new Map<number, number>();
  countInto(counts, plainText(title), TITLE_WEIGHT);
  countInto(counts, plainText(abstract), 1);
  return counts;
}

function countInto(counts: Map<number, number>, text: string, weight: number): void {
  const add = (code: number) => counts.set(code, (counts.get(code) ?? 0) + weight);
  const { length } = text;
  for (let i = 0; i < length; ) {
    let code = text.codePointAt(i)!;
    if (isLatin(code)) {
      const from = i;
      do i += 1;
      while (i < length && isLatin(text.charCodeAt(i)));
      add(WORDS + hash50(text, from, i));
      continue;
    }
    let before = 0;
    let run = 0;
    while (isHan(code)) {
      add(KIND + code * CHAR);
      if (run > 0) add(2 * KIND + before * CHAR + code);
      before = code;
      run += 1;
      i += code > 0xffff ? 2 : 1;
      code = i < length ? text.codePointAt(i)! : 0;
    }
    if (run === 1) add(2 * KIND + before * CHAR);
    if (run === 0) i += code > 0xffff ? 2 : 1;
  }
}
