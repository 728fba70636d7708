import type { KeptQuery } from '#modules/patents/server/index';
import type { Kept } from '../../contract.ts';
import type { Bench, By } from '../bench.ts';
import { workbenchError } from '../errors.ts';

/** A query as it is stored: what was typed, and the whole of it with every reference replaced. */
export interface StoredQuery extends Kept {
  reading: string;
}

/** The query as the corpus takes it. */
export function toRun({ q, dialect, filter }: Kept): KeptQuery {
  return { q, ...(dialect && { dialect }), ...(filter && { filter }) };
}

/** The query as a text of the platform's own language, for others to refer to. */
export function toText(stored: StoredQuery): string {
  const plain = stored.filter === '' && (stored.dialect === null || stored.dialect === 'zc');
  return plain && refersTo(stored.q, '@') && !refersTo(stored.q, '#') ? stored.q : stored.reading;
}

/** Whether a text may refer to the history (`#3`) or to saved queries (`@name`). Quoted text is no reference. */
export function refersTo(text: string, sign: '#' | '@'): boolean {
  const bare = text.replace(/(^|[^@])"[^"]*"/g, '$1""');
  const pattern = sign === '#' ? /(?:^|[\s(（])[#＃]\d/ : /(?:^|[\s(（])[@＠]./u;
  return pattern.test(bare);
}

/**
 * Reads a query for keeping. References to the history are replaced, since the history may be deleted; with `live` false
 * those to saved queries too, since somebody else will run it.
 * @throws AppError `workbench_empty_query`, `patents_query`, `patents_filter`
 */
export async function readKept(
  bench: Bench,
  by: By,
  { q, dialect, filter }: Kept,
  live: boolean,
): Promise<StoredQuery> {
  if (q.trim() === '' && filter.trim() === '') throw workbenchError('workbench_empty_query');
  const typed = { q: q.trim(), dialect, filter: filter.trim() };
  const { reading } = await bench.corpus.check(toRun(typed), by.actor, by.lang);
  const fixed = refersTo(q, '#') || (!live && refersTo(q, '@'));
  return fixed ? { q: reading, dialect: 'zc', filter: '', reading } : { ...typed, reading };
}
