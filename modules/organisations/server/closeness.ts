const DIGITS = '零一二三四五六七八九';

/** 二十三 → 23, 一〇八 → 108; other text comes back as it was. */
function figure(text: string): string {
  const digits = text.replaceAll('〇', '零').replaceAll('两', '二');
  if (!/[十百]/.test(digits)) return Array.from(digits, (c) => DIGITS.indexOf(c)).join('');
  const [, hundreds = '', tens, units = ''] =
    /^(?:([一二三四五六七八九])百零?)?(?:([一二三四五六七八九]?)十)?([一二三四五六七八九]?)$/.exec(digits) ??
    [];
  if (hundreds === '' && tens === undefined) return text;
  const value = (c: string | undefined) => (c ? DIGITS.indexOf(c) : 0);
  return String(
    value(hundreds) * 100 + (tens === undefined ? 0 : tens === '' ? 10 : value(tens) * 10) + value(units),
  );
}

/** An address without what people leave out or write in two ways: province and city in front, widths, spaces, numerals. */
function tidyAddress(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '')
      .replace(/^(?:中国|中华人民共和国)/u, '')
      // At most one of each, and never the whole of the address.
      .replace(/^\p{Script=Han}{2,6}?(?:省|自治区|特别行政区)(?=.)/u, '')
      .replace(/^\p{Script=Han}{2,4}?市(?=.{2})/u, '')
      // Numerals are figures where something is counted; in names of roads and villages they stay.
      .replaceAll(/[零〇一二两三四五六七八九十百]+(?=[号幢栋座楼层室组弄巷]|单元)/gu, figure)
  );
}

function bigrams(text: string): Map<string, number> {
  const found = new Map<string, number>();
  const letters = Array.from(text);
  for (let i = 0; i + 1 < letters.length; i++) {
    const pair = `${letters[i]}${letters[i + 1]}`;
    found.set(pair, (found.get(pair) ?? 0) + 1);
  }
  return found;
}

/**
 * How much two addresses have in common, 0 to 1: twice the shared pairs of neighbouring characters over all pairs (Dice),
 * after folding widths, spaces, numerals, and province and city in front. 0 where one of them says nothing.
 */
export function addressCloseness(a: string, b: string): number {
  const [left, right] = [tidyAddress(a), tidyAddress(b)];
  if (left === '' || right === '') return 0;
  if (left === right) return 1;
  const [one, other] = [bigrams(left), bigrams(right)];
  let shared = 0;
  for (const [pair, count] of one) shared += Math.min(count, other.get(pair) ?? 0);
  const count = (pairs: Map<string, number>) => [...pairs.values()].reduce((sum, n) => sum + n, 0);
  const all = count(one) + count(other);
  return all === 0 ? 0 : (2 * shared) / all;
}
