import { AppError } from '#kernel/errors';
import { anonymous } from '#kernel/policy/policy';
import type { Text } from '#kernel/text';
import type { QueryDialect } from '#modules/patents/contract';
import type { Difference, KeptQuery } from '#modules/patents/server/index';
import { LIMITS, type WatchKind } from '../../contract.ts';
import { actorOf, type Bench, pieces, records } from '../bench.ts';
import { openObject } from '../objects/access.ts';
import { toRun } from '../queries/kept.ts';
import { openSaved } from '../queries/saved.ts';

/** What of a watch says what is asked. */
export interface WatchAsk {
  id: string;
  account: string;
  kind: WatchKind;
  q: string;
  dialect: QueryDialect | null;
  filter: string;
  subject: string;
  saved: string | null;
  collection: string | null;
  feed: boolean;
}

/** Numbers in one question to the corpus. */
const CHUNK = 2_000;

/** A watch that cannot be run, and what its owner can do about it. */
export class WatchFault extends Error {
  constructor(readonly text: Text) {
    super(text.en);
  }
}

/** The query for an applicant: all names of the group where the text is a whole name, else names that contain it. */
export function applicantQuery(name: string): string {
  const quoted = `"${name.replaceAll('"', ' ').trim()}"`;
  return `ANC=${quoted} OR PA=${quoted}`;
}

/** The query for a class: everything below the symbol. */
export function classQuery(symbol: string): string {
  return `IPC="${symbol.replaceAll('"', ' ').trim()}"`;
}

/** What changed for a watch after `from` up to `to`, as its owner may see it. @throws WatchFault */
export async function differenceFor(
  bench: Bench,
  watch: WatchAsk,
  from: number,
  to: number,
): Promise<Difference> {
  const actor = watch.feed ? anonymous : await actorOf(bench.platform.auth, watch.account);
  if (!actor)
    throw new WatchFault({ zh: '监视的账号已不存在', en: 'The account of the watch is not there any more' });
  const by = { actor, lang: 'zh' as const, requestId: '' };
  try {
    if (watch.kind === 'collection') {
      await openObject(records(bench), by, watch.collection!, 'read', { kind: 'collection' });
      return await differenceOfCollection(bench, watch.collection!, from, to);
    }
    let query: KeptQuery = toRun(watch);
    if (watch.kind === 'saved') query = toRun(await openSaved(bench, by, watch.saved!));
    return await bench.corpus.difference(query, from, to, actor, 'zh');
  } catch (error) {
    // What the owner can mend is theirs to know; a store that is away is tried again.
    if (error instanceof AppError && error.status < 500) throw new WatchFault(error.text);
    throw error;
  }
}

async function differenceOfCollection(
  bench: Bench,
  collection: string,
  from: number,
  to: number,
): Promise<Difference> {
  const rows = await records(bench)
    .selectFrom('workbenchItem')
    .select('number')
    .where('collection', '=', collection)
    .where('removedAt', 'is', null)
    .orderBy('number')
    .limit(LIMITS.watched + 1)
    .execute();
  if (rows.length > LIMITS.watched)
    throw new WatchFault({
      zh: `被监视的专利集超过 ${LIMITS.watched} 件，请拆分后分别监视`,
      en: `The watched collection holds more than ${LIMITS.watched} publications: split it`,
    });
  const sum: Difference = { fresh: [], changed: [], gone: [] };
  for (const piece of pieces(rows, CHUNK)) {
    const part = await bench.corpus.differenceOf(
      piece.map((row) => row.number),
      from,
      to,
    );
    for (const kind of ['fresh', 'changed', 'gone'] as const) sum[kind].push(...part[kind]);
  }
  return sum;
}
