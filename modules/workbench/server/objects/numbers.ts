import { tidy } from '#kernel/identifiers/check';
import type { PatentHit } from '#modules/patents/contract';
import { LIMITS } from '../../contract.ts';
import { type Bench, type By, pieces } from '../bench.ts';
import { workbenchError } from '../errors.ts';

/** What pasted texts mean. */
export interface ReadNumbers {
  /** As the corpus writes them, each once, in the order in which they were given. */
  numbers: string[];
  /** Of these, what the corpus does not hold (yet). */
  unknown: string[];
  /** Not readable as publication numbers. */
  unreadable: string[];
}

/** Most numbers in one question to the corpus. */
const CHUNK = 2_000;
/** Most spellings in one query. */
const SPELLINGS = 100;
const PUBLICATION = /^[A-Z]{2}[A-Z]{0,3}\d{4,13}[A-Z]?\d{0,2}$/;

/** Digits and letters alone, upper case, full-width characters narrowed. */
function fold(text: string): string {
  return (tidy(text) ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** Cuts a pasted text into what may be numbers: one a line, or with commas, semicolons, tabs. */
export function splitPasted(text: string): string[] {
  return text
    .split(/[\r\n\t,;，；、|]+/)
    .map((part) => part.trim().replace(/^["'“”]+|["'“”]+$/g, ''))
    .filter((part) => part !== '');
}

/**
 * Reads numbers in any spelling: as the corpus writes them, without kind code, with spaces and dots, application numbers.
 * @throws AppError `workbench_no_numbers`, `workbench_limit`
 */
export async function readNumbers(
  bench: Bench,
  by: By,
  input: { numbers?: readonly string[] | undefined; text?: string | undefined },
): Promise<ReadNumbers> {
  const given = [...(input.numbers ?? []), ...splitPasted(input.text ?? '')];
  if (given.length === 0) throw workbenchError('workbench_no_numbers');
  if (given.length > LIMITS.numbers)
    throw workbenchError('workbench_limit', {
      what: '一次可加的号码',
      what_en: 'numbers at once',
      most: LIMITS.numbers,
      now: given.length,
    });
  const folded = [...new Map(given.map((text) => [fold(text), text]))].filter(([key]) => key !== '');
  const exact = await knownAmong(
    bench,
    by,
    folded.map(([key]) => key),
  );
  const rest = folded.filter(([key]) => !exact.has(key));
  const spelled = await bySpelling(
    bench,
    by,
    rest.map(([key]) => key),
  );
  const result: ReadNumbers = { numbers: [], unknown: [], unreadable: given.filter((t) => fold(t) === '') };
  const taken = new Set<string>();
  for (const [key, text] of folded) {
    const number = exact.has(key) ? key : (spelled.get(key) ?? (PUBLICATION.test(key) ? key : null));
    if (number === null) result.unreadable.push(text.slice(0, 100));
    else if (!taken.has(number)) {
      taken.add(number);
      result.numbers.push(number);
      if (!exact.has(key) && !spelled.has(key)) result.unknown.push(number);
    }
  }
  return result;
}

/** Which of some numbers the corpus holds. */
export async function knownAmong(bench: Bench, by: By, numbers: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const piece of pieces(numbers, CHUNK))
    for (const number of await bench.corpus.among({}, piece, by.actor, by.lang)) found.add(number);
  return found;
}

/** What the corpus finds for spellings that are not its own. */
async function bySpelling(bench: Bench, by: By, keys: readonly string[]): Promise<Map<string, string>> {
  const result = new Map<string, string>();
  const sensible = keys.filter((key) => /^(?:[A-Z]{2,6})?\d{6,15}[A-Z]?\d{0,2}$/.test(key));
  for (const piece of pieces(sensible, SPELLINGS))
    for (const hit of await hitsOf(bench, by, piece))
      for (const key of piece)
        if (!result.has(key) && means(key, hit)) result.set(key, hit.publicationNumber);
  return result;
}

/** All publications that any of the spellings finds. One that cannot be read spoils none of the others. */
async function hitsOf(bench: Bench, by: By, keys: readonly string[]): Promise<PatentHit[]> {
  const numbers: string[] = [];
  try {
    const query = { q: keys.map((key) => `NUM=${key}`).join(' OR '), dialect: 'zc' as const };
    for await (const page of bench.corpus.numbers(query, by.actor, by.lang)) numbers.push(...page);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'patents_query') throw error;
    if (keys.length === 1) return [];
    const middle = Math.ceil(keys.length / 2);
    return [
      ...(await hitsOf(bench, by, keys.slice(0, middle))),
      ...(await hitsOf(bench, by, keys.slice(middle))),
    ];
  }
  const hits: PatentHit[] = [];
  for (const piece of pieces(numbers, CHUNK)) hits.push(...(await bench.corpus.hits(piece)));
  return hits;
}

/** Does a folded spelling mean this publication: its number with or without kind, its application number? */
function means(key: string, hit: PatentHit): boolean {
  const number = fold(hit.publicationNumber);
  const base = number.replace(/[A-Z]\d{0,2}$/, '');
  const application = fold(hit.applicationNumber);
  const bare = application.replace(/^CN/, '');
  return [
    ...[number, base, base.replace(/^[A-Z]{2}/, ''), number.replace(/^[A-Z]{2}/, '')],
    ...(application === ''
      ? []
      : [
          application,
          application.slice(0, -1),
          bare,
          bare.slice(0, -1),
          `ZL${bare}`,
          `ZL${bare.slice(0, -1)}`,
        ]),
  ].includes(key);
}

/** Publications as result lists show them, by number. */
export async function hitsByNumber(
  bench: Bench,
  numbers: readonly string[],
): Promise<Map<string, PatentHit>> {
  const hits: PatentHit[] = [];
  for (const piece of pieces(numbers, CHUNK)) hits.push(...(await bench.corpus.hits(piece)));
  return new Map(hits.map((hit) => [hit.publicationNumber, hit]));
}
