import { AppError } from '#kernel/errors';
import { inLanes } from '#kernel/lanes';
import { type Actor, anonymous } from '#kernel/policy/policy';
import type { Text } from '#kernel/text';
import { PATENTS_PERSONAL, type QueryDialect } from '#modules/patents/contract';
import type { CorpusAsk, Difference } from '#modules/patents/server/index';
import type { WatchKind } from '../../contract.ts';
import { actorOf, type Bench, pieces, records } from '../bench.ts';
import { openObject } from '../objects/access.ts';
import { refersTo, toRun } from '../queries/kept.ts';
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

/** Questions of one pass, and passes at the same time. */
const TOGETHER = 64;
const LANES = 4;

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

/** What a watch comes down to: a query of somebody, or the numbers of a collection. */
type Ask = ({ key: string } & CorpusAsk) | { collection: string } | WatchFault;

/**
 * What changed for each of some watches after `from` up to `to`, as its owner may see it. Watches that ask the same are
 * asked once; those that cannot be asked have a fault in their place.
 */
export async function differencesFor(
  bench: Bench,
  watches: readonly WatchAsk[],
  from: number,
  to: number,
): Promise<(Difference | WatchFault)[]> {
  const actors = new Map<string, Promise<Actor | null>>();
  const asks = await inLanes(watches, LANES, (watch) => askOf(bench, watch, actors));
  const questions = new Map<string, CorpusAsk>();
  for (const ask of asks) if ('key' in ask) questions.set(ask.key, ask);
  const answers = await answer(bench, questions, from, to);
  const whole = asks.some((ask) => 'collection' in ask) ? await everything(bench, from, to) : null;
  return inLanes(asks, LANES, async (ask) => {
    if (ask instanceof WatchFault) return ask;
    return 'key' in ask ? answers.get(ask.key)! : heldOf(bench, ask.collection, whole!);
  });
}

async function askOf(
  bench: Bench,
  watch: WatchAsk,
  actors: Map<string, Promise<Actor | null>>,
): Promise<Ask> {
  const known = actors.get(watch.account) ?? actorOf(bench.platform.auth, watch.account);
  actors.set(watch.account, known);
  const actor = watch.feed ? anonymous : await known;
  if (!actor)
    return new WatchFault({ zh: '监视的账号已不存在', en: 'The account of the watch is not there any more' });
  const by = { actor, lang: 'zh' as const, requestId: '' };
  try {
    if (watch.kind === 'collection') {
      await openObject(records(bench), by, watch.collection!, 'read', { kind: 'collection' });
      return { collection: watch.collection! };
    }
    const query = toRun(watch.kind === 'saved' ? await openSaved(bench, by, watch.saved!) : watch);
    // Who asks matters by what they may search, and by what their names stand for.
    const personal = bench.platform.policy.can(actor, PATENTS_PERSONAL);
    const own = refersTo(query.q ?? '', '@') ? actor.id : '';
    return { key: JSON.stringify([query, personal, own]), query, actor };
  } catch (error) {
    return faultOf(error);
  }
}

/** What the owner can mend is theirs to know; a store that is away is tried again. */
function faultOf(error: unknown): WatchFault {
  if (error instanceof AppError && error.status < 500) return new WatchFault(error.text);
  throw error;
}

async function answer(
  bench: Bench,
  questions: ReadonlyMap<string, CorpusAsk>,
  from: number,
  to: number,
): Promise<Map<string, Difference | WatchFault>> {
  const all = [...questions];
  const results = await inLanes(pieces(all, TOGETHER), LANES, (piece) =>
    bench.corpus.differences(
      piece.map(([, ask]) => ask),
      from,
      to,
      'zh',
    ),
  );
  return new Map(
    results.flat().map((result, i) => [all[i]![0], result instanceof AppError ? faultOf(result) : result]),
  );
}

/** Everything that changed, for lists of numbers to be held against. */
async function everything(bench: Bench, from: number, to: number): Promise<Difference> {
  return bench.corpus.difference({}, from, to, anonymous, 'zh');
}

const CHUNK = 20_000;

/** What of a difference a collection holds now. */
async function heldOf(bench: Bench, collection: string, whole: Difference): Promise<Difference> {
  const held: Difference = { fresh: [], changed: [], gone: [] };
  for (const kind of ['fresh', 'changed', 'gone'] as const)
    for (const piece of pieces(whole[kind], CHUNK)) {
      const rows = await records(bench)
        .selectFrom('workbenchItem')
        .select('number')
        .where('collection', '=', collection)
        .where('removedAt', 'is', null)
        .where((e) => e('number', '=', e.fn.any(e.val(piece))))
        .orderBy('number')
        .execute();
      held[kind].push(...rows.map((row) => row.number));
    }
  return held;
}
