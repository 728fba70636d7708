import type { ClickHouseClient } from '@clickhouse/client';
import type { Platform } from '#kernel/module';
import type { Lang, Text } from '#kernel/text';
import { type BatchLine, MOST_NUMBERS } from '../../contract.ts';
import {
  candidateKeys,
  keyText,
  readApplication,
  readPublication,
  wrongCheckDigit,
} from '../../query/numbers.ts';
import { select } from '../corpus/client.ts';
import { type CorpusState, corpusState, live } from '../corpus/state.ts';
import { patentError } from '../errors.ts';
import { withPatents } from '../tables.ts';

/** Keys asked at once: with the longest of them a question still fits into what the corpus reads as one. */
const KEYS = 4000;
const SHOWN = 10;

const REASONS = {
  found: { zh: '', en: '' },
  several: {
    zh: '同一申请有多次公布，按公布日先后列出',
    en: 'Several publications of one application, in the order of their days',
  },
  ambiguous: {
    zh: '这个号码可能指不同的申请，请核对',
    en: 'The number can mean different applications: check which',
  },
  missing: {
    zh: '号码可以识别，但库中没有这件专利',
    en: 'The number is readable, but the corpus has no such patent',
  },
  unreadable: {
    zh: '不像专利号码：应为国别代码加数字，或中国申请号',
    en: 'Not like a patent number: office code and digits, or a Chinese application number',
  },
} satisfies Record<string, Text>;

/**
 * Cuts a pasted text into numbers: one a line; where a line holds several, commas, semicolons and tabs part them, and white space
 * where each piece is a number by itself.
 */
export function splitNumbers(text: string): string[] {
  const lines = text.split(/\r?\n/).flatMap((line) => {
    const whole = line.trim();
    if (whole === '') return [];
    // 7,654,321 is one number; a line of several is not.
    if (candidateKeys(whole).length > 0) return [whole];
    return whole
      .split(/[;；，、\t]|,(?!\d{3}(?:\D|$))/)
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .flatMap((part) => {
        const pieces = part.split(/\s+/);
        const several = pieces.length > 1 && candidateKeys(part).length === 0;
        return several && pieces.every((piece) => candidateKeys(piece).length > 0) ? pieces : [part];
      });
  });
  if (lines.length > MOST_NUMBERS)
    throw patentError('patents_batch_size', { count: lines.length, limit: MOST_NUMBERS });
  return lines;
}

/** The keys that a number may lie under, as wide as a single look-up reads it. */
export function keysOfNumber(text: string): string[] {
  const keys = new Set(candidateKeys(text));
  const publication = readPublication(text);
  // ZL marks a Chinese grant; it is no office.
  if (publication.ok && publication.value.country !== 'ZL' && /\d{4}/.test(text))
    keys.add(`p:${publication.value.number}`);
  if (keys.size === 0) {
    const application = readApplication(text);
    if (application.ok) keys.add(`a:${application.value.key}`);
  }
  return [...keys];
}

/** Looks numbers up, each with what came of it, in the order of the input. */
export async function batchNumbers(
  corpus: ClickHouseClient,
  corpusNow: CorpusState,
  inputs: readonly string[],
  lang: Lang,
) {
  const keysOf = inputs.map(keysOfNumber);
  const all = [...new Set(keysOf.flat())];
  const byKey = new Map<string, { number: string; application: string }[]>();
  for (let from = 0; from < all.length; from += KEYS) {
    const keys = all.slice(from, from + KEYS);
    const rows = await select<{ k: string; number: string; application_key: string }>(
      corpus,
      `select k, number, application_key from (
          select arrayJoin(identity(keys)) as k, number, application_key, publication_day
            from patent_document where hasAnyTokens(keys, {keys:Array(String)}) and ${live(corpusNow)})
        where k in ({keys:Array(String)}) order by publication_day, number`,
      { keys },
    );
    for (const row of rows)
      byKey.set(row.k, [
        ...(byKey.get(row.k) ?? []),
        { number: row.number, application: row.application_key },
      ]);
  }
  const counts = { lines: inputs.length, found: 0, ambiguous: 0, missing: 0, unreadable: 0 };
  const lines = inputs.map((input, i): BatchLine => {
    const keys = keysOf[i]!;
    const hits = [...new Map(keys.flatMap((key) => byKey.get(key) ?? []).map((h) => [h.number, h])).values()];
    const applications = new Set(hits.map((h) => h.application));
    const state =
      keys.length === 0
        ? 'unreadable'
        : hits.length === 0
          ? 'missing'
          : applications.size > 1
            ? 'ambiguous'
            : 'found';
    counts[state] += 1;
    const reason = state === 'found' ? (hits.length > 1 ? REASONS.several : REASONS.found) : REASONS[state];
    const digit = wrongCheckDigit(input);
    return {
      line: i + 1,
      input: input.slice(0, 200),
      state,
      readAs: [...new Set(keys.map(keyText))],
      records: hits.slice(0, SHOWN).map((h) => h.number),
      reason: [reason[lang], digit ? checkDigit(digit)[lang] : '']
        .filter((r) => r !== '')
        .join(lang === 'zh' ? '；' : '; '),
    };
  });
  return { counts, lines };
}

function checkDigit(right: string): Text {
  return { zh: `校验位应为 ${right}`, en: `the check digit should be ${right}` };
}

/** What one number can mean. */
export async function numberCandidates(platform: Platform, text: string, lang: Lang) {
  const state = await corpusState(withPatents(platform.records));
  const keys = keysOfNumber(text);
  const rows =
    keys.length === 0
      ? []
      : await select<{ shared: string[]; number: string; title: string }>(
          platform.stores.corpus,
          `select arrayIntersect(keys, {keys:Array(String)}) as shared, number, title from patent_document
            where hasAnyTokens(keys, {keys:Array(String)}) and ${live(state)} order by publication_day, number limit 100`,
          { keys },
        );
  const wrong = wrongCheckDigit(text);
  return {
    candidates: keys.map((key) => ({
      number: keyText(key),
      kind: key.startsWith('p:') ? ('publication' as const) : ('application' as const),
      records: rows
        .filter((row) => row.shared.includes(key))
        .map(({ number, title }) => ({ publicationNumber: number, title })),
    })),
    warning: wrong ? checkDigit(wrong)[lang] : null,
  };
}
