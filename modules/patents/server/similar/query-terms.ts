import { eachToken, plainText, TITLE_WEIGHT } from './tokens.ts';
import { englishWords, type TranslationTable } from './translation-learn.ts';

/** A term of a question. */
export interface QueryTerm {
  token: string;
  /** How often it occurs, the title counted several times; less for a translation that is not certain. */
  weight: number;
  /** The English word that it stands for; null where the text itself has it. */
  from: string | null;
}

/** Short English words that would match by accident. */
const COMMON = new Set(
  'a an and are as at be by for from has in into is it its of on or said such that the their there these this to used using via was were when where wherein which while with'.split(
    ' ',
  ),
);

/**
 * Whether the Latin words of a text carry its sense: there are known ones, and not many fewer than Chinese words, which are
 * two characters long on average. A Chinese text with a few abbreviations stays as it is.
 */
export function isLatinText(text: string, known: (word: string) => boolean): boolean {
  const words = englishWords(text).filter(known).length;
  const han = plainText(text).match(/\p{Script=Han}/gu)?.length ?? 0;
  return words > 0 && words * 2 >= han;
}

/** The terms of a question, heaviest first. English words stand for their translations where the text is English in the main. */
export function queryTerms(
  title: string,
  abstract: string,
  translation: TranslationTable | null,
): QueryTerm[] {
  const terms = new Map<string, QueryTerm>();
  const add = (token: string, weight: number, from: string | null) => {
    const before = terms.get(token);
    if (before) {
      before.weight += weight;
      if (from === null) before.from = null;
    } else terms.set(token, { token, weight, from });
  };
  const parts = [
    [title, TITLE_WEIGHT],
    [abstract, 1],
  ] as const;
  for (const [text, weight] of parts)
    eachToken(text, (token) => {
      if (!COMMON.has(token.slice(2))) add(token, weight, null);
    });
  if (translation && isLatinText(`${title}\n${abstract}`, (word) => translation.has(word)))
    for (const [text, weight] of parts)
      for (const word of englishWords(text))
        for (const [token, p] of translation.get(word) ?? []) add(token, weight * p, word);
  return [...terms.values()].sort((a, b) => b.weight - a.weight || (a.token < b.token ? -1 : 1));
}
