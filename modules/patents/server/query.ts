import type { LegalStatus, PatentQuery, PatentType, Searched } from '../contract.ts';
import { dayNumber } from './content.ts';
import { patentError } from './errors.ts';
import { candidateKeys, keyText } from './numbers.ts';
import type { Places } from './places.ts';
import { searchForm } from './text.ts';

/** A search as the corpus is asked: a condition with named parameters only, and how it was understood. */
export interface Plan {
  where: string;
  params: Record<string, unknown>;
  searched: Searched;
  /** Words in search form, for marking. */
  words: string[];
}

const MOST_WORDS = 32;
/** The index looks up at most this many characters of a word; the rest is verified on the text anyway. */
const INDEXED_CHARS = 48;
const OPENING = /["“”„«»「」『』＂]/g;

/** Cuts a query into words and quoted phrases. A quotation mark that is never closed quotes the rest. */
export function splitQuery(q: string): string[] {
  const parts = q.replace(OPENING, '"').split('"');
  return parts
    .flatMap((part, i) => (i % 2 === 1 ? [part] : part.split(/[\s\u3000]+/)))
    .filter((w) => w.trim() !== '');
}

/** Words and numbers of a query. A text that is a number as a whole is one, spaces and all. */
export function readQuery(q: string): { words: string[]; numbers: string[][] } {
  const whole = candidateKeys(q);
  if (whole.length > 0) return { words: [], numbers: [whole] };
  const words: string[] = [];
  const numbers: string[][] = [];
  for (const part of splitQuery(q)) {
    const keys = candidateKeys(part);
    if (keys.length > 0) numbers.push(keys);
    else {
      const word = searchForm(part);
      if (word !== '' && !words.includes(word)) words.push(word);
    }
  }
  return { words, numbers };
}

/** An IPC prefix as the corpus keeps classes: `A47L1/03`. Throws 400 for what cannot be one. */
export function readIpcPrefix(text: string): string {
  const ipc = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[[(]\d{4}\.\d{2}[\])].*$/, '')
    .replace(/\s+/g, '');
  // The main group's number is a whole one: A47L1 does not mean A47L11.
  const m = /^([A-H])(\d{1,2}[A-Z]?)?(?:(?<=[A-Z])0*(\d{1,4})(\/\d{0,6})?)?$/.exec(ipc);
  if (!m || (m[2] !== undefined && m[2].length === 1))
    throw patentError('patents_query_ipc', { ipc: text.slice(0, 40) });
  const [, section = '', rest = '', group, sub] = m;
  if (group === undefined) return section + rest;
  if (rest.length < 3) throw patentError('patents_query_ipc', { ipc: text.slice(0, 40) });
  return `${section}${rest}${group}${sub ?? '/'}`;
}

/**
 * Turns a checked query into a condition on the table `patent`. User text goes only into parameters. `personal`: the
 * reader may search natural persons among the applicants too; others search organisations only.
 */
export function planSearch(query: PatentQuery, places: Places, today: string, personal: boolean): Plan {
  const conditions: string[] = [];
  const params: Record<string, unknown> = {};
  const { words, numbers } = readQuery(query.q ?? '');
  if (words.length + numbers.length > MOST_WORDS)
    throw patentError('patents_query_words', { count: words.length + numbers.length, limit: MOST_WORDS });

  for (const [i, word] of words.entries()) {
    params[`w${i}`] = word;
    const chars = [...word];
    // Two characters are one entry of the index; longer words must also stand together; one is below the index.
    if (chars.length > 1) {
      params[`t${i}`] = chars.slice(0, INDEXED_CHARS).join('');
      conditions.push(`hasAllTokens(text, {t${i}:String})`);
    }
    if (chars.length !== 2) conditions.push(`position(text, {w${i}:String}) > 0`);
  }
  for (const [i, keys] of numbers.entries()) {
    params[`k${i}`] = keys;
    conditions.push(`hasAny(keys, {k${i}:Array(String)})`);
  }

  const from = query.from || null;
  const to = query.to || null;
  if (from && to && from > to) throw patentError('patents_query_range', { from, to });
  if (from) {
    params.from = dayNumber(from);
    conditions.push('publication_day >= {from:UInt32}');
  }
  if (to) {
    params.to = dayNumber(to);
    conditions.push('publication_day <= {to:UInt32} and publication_day > 0');
  }

  const applicant = searchForm(query.applicant ?? '');
  if (applicant !== '') {
    params.applicant = applicant;
    conditions.push(`position(${personal ? 'applicant_text' : 'organisation_text'}, {applicant:String}) > 0`);
  }
  const ipc = query.ipc?.trim() ? readIpcPrefix(query.ipc) : null;
  if (ipc !== null) {
    params.ipc = ipc;
    conditions.push('arrayExists(c -> startsWith(c, {ipc:String}), ipc)');
  }
  const region = query.region?.trim() ? places.resolve(query.region) : null;
  if (query.region?.trim() && region === null)
    throw patentError('patents_query_region', { region: query.region.slice(0, 60) });
  if (region !== null) {
    params.regions = places.within(region, today);
    conditions.push('region in ({regions:Array(String)})');
  }
  const type = (query.type || null) as PatentType | null;
  if (type !== null) {
    params.type = type;
    conditions.push('type = {type:String}');
  }
  const legalStatus = (query.status || null) as LegalStatus | null;
  if (legalStatus !== null) {
    params.status = legalStatus;
    conditions.push('legal_status = {status:String}');
  }
  return {
    where: conditions.length === 0 ? '1' : conditions.join(' and '),
    params,
    words,
    searched: {
      words,
      numbers: numbers.flat().map(keyText),
      from,
      to,
      applicant: applicant === '' ? null : query.applicant!.trim(),
      ipc,
      region,
      type,
      legalStatus,
    },
  };
}
