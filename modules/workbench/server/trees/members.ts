import { AppError } from '#kernel/errors';
import { inLanes } from '#kernel/lanes';
import type { NodeRecord } from '../../contract.ts';
import { type Bench, type By, pieces, records } from '../bench.ts';
import { openObject } from '../objects/access.ts';
import { log } from '../objects/log.ts';
import { hitsByNumber } from '../objects/numbers.ts';
import { belongs, type Standing, say, wordsOf } from '../objects/standing.ts';
import { toRun } from '../queries/kept.ts';
import { type NodeRow, nodesOf, nodeView, openNode } from './nodes.ts';

/** Nodes that are counted at the same time, and numbers in one question to the corpus. */
const LANES = 4;
const CHUNK = 2_000;

/** What people decided about a node, by number. */
export type Decided = ReadonlyMap<string, Standing>;

/** A node as it stands: its query and the decisions, evaluated together. */
export interface Members {
  records: number;
  found: number;
  /** Put there although the query does not find them. */
  added: string[];
  /** Kept out although the query finds them. */
  excluded: string[];
  disputed: number;
  decided: Decided;
}

/** Does a node have a query at all? */
export function asks(node: Pick<NodeRow, 'q' | 'filter'>): boolean {
  return node.q !== '' || node.filter !== '';
}

/** What holds for each publication that people decided about. */
export async function decidedOf(bench: Bench, node: string): Promise<Decided> {
  const rows = await records(bench)
    .selectFrom('workbenchStanding')
    .select(['number', 'choice', 'disputed', 'settled'])
    .where('place', '=', node)
    .where('choice', 'is not', null)
    .orderBy('number')
    .execute();
  return new Map(rows.map(({ number, ...standing }) => [number, standing]));
}

/** Which of some publications the node's query finds. */
async function foundAmong(
  bench: Bench,
  by: By,
  node: NodeRow,
  numbers: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>();
  if (!asks(node)) return found;
  for (const piece of pieces(numbers, CHUNK))
    for (const number of await bench.corpus.among(toRun(node), piece, by.actor, by.lang)) found.add(number);
  return found;
}

/** Which of some publications belong to a node. */
export async function membersAmong(
  bench: Bench,
  by: By,
  node: NodeRow,
  numbers: readonly string[],
): Promise<Set<string>> {
  const [found, decided] = await Promise.all([
    foundAmong(bench, by, node, numbers),
    decidedOf(bench, node.id),
  ]);
  return new Set(numbers.filter((n) => belongs(found.has(n), decided.get(n)?.choice ?? null)));
}

/** Evaluates a node as it is now, as the asker may search. Counts are exact. */
export async function membersOf(bench: Bench, by: By, node: NodeRow): Promise<Members> {
  const decided = await decidedOf(bench, node.id);
  const [found, hit] = await Promise.all([
    asks(node) ? bench.corpus.count(toRun(node), by.actor, by.lang) : 0,
    foundAmong(bench, by, node, [...decided.keys()]),
  ]);
  const added: string[] = [];
  const excluded: string[] = [];
  let disputed = 0;
  for (const [number, { choice, disputed: open }] of decided) {
    if (open) disputed += 1;
    const was = hit.has(number);
    const is = belongs(was, choice);
    if (is && !was) added.push(number);
    if (was && !is) excluded.push(number);
  }
  return { records: found + added.length - excluded.length, found, added, excluded, disputed, decided };
}

/** How many publications every node of a tree holds. */
export async function countTree(bench: Bench, by: By, id: string) {
  await openObject(records(bench), by, id, 'read', { kind: 'tree' });
  const nodes = await nodesOf(records(bench), id);
  const corpusVersion = await bench.corpus.version();
  const counts = await inLanes(nodes, LANES, async (node) => {
    try {
      const m = await membersOf(bench, by, node);
      return {
        node: node.id,
        records: m.records,
        found: m.found,
        added: m.added.length,
        excluded: m.excluded.length,
        disputed: m.disputed,
        error: null,
      };
    } catch (error) {
      // One node that this asker cannot evaluate does not hide the others.
      if (!(error instanceof AppError) || error.status >= 500) throw error;
      const nothing = { found: 0, added: 0, excluded: 0, disputed: 0 };
      return { node: node.id, records: null, ...nothing, error: error.text[by.lang] };
    }
  });
  return { corpusVersion, counts };
}

/** Publications of a node, or those that people decided about, by number. */
export async function listNodeRecords(
  bench: Bench,
  by: By,
  id: string,
  {
    show,
    cursor = '',
    limit,
  }: { show: 'in' | 'person' | 'excluded' | 'disputed'; cursor?: string | undefined; limit: number },
) {
  const { node } = await openNode(records(bench), by, id, 'read');
  let total: number;
  let numbers: string[];
  let decided: Decided;
  if (show === 'in') {
    const members = await membersOf(bench, by, node);
    decided = members.decided;
    total = members.records;
    numbers = await pageOf(bench, by, node, decided, cursor, limit + 1);
  } else {
    decided = await decidedOf(bench, id);
    const wanted = [...decided].filter(([, s]) =>
      show === 'disputed' ? s.disputed : s.choice === (show === 'person' ? 'in' : 'out'),
    );
    total = wanted.length;
    numbers = wanted
      .map(([number]) => number)
      .filter((n) => n > cursor)
      .slice(0, limit + 1);
  }
  const page = numbers.slice(0, limit);
  const [hits, words] = await Promise.all([
    hitsByNumber(bench, page),
    by.actor.kind === 'user' ? wordsOf(records(bench), by, id, page) : new Map<string, never[]>(),
  ]);
  return {
    node: nodeView(by, node),
    total,
    records: page.map((number): NodeRecord => {
      const standing = decided.get(number);
      return {
        number,
        hit: hits.get(number) ?? null,
        by: !standing ? 'query' : standing.choice === 'out' ? 'excluded' : 'person',
        disputed: standing?.disputed ?? false,
        settled: standing?.settled ?? false,
        decisions: words.get(number) ?? [],
      };
    }),
    next: numbers.length > limit ? (page.at(-1) ?? null) : null,
  };
}

/** The next members behind a number: what the query finds and nobody excluded, and what people put there, in one order. */
async function pageOf(
  bench: Bench,
  by: By,
  node: NodeRow,
  decided: Decided,
  after: string,
  size: number,
): Promise<string[]> {
  const put = [...decided].flatMap(([n, s]) => (s.choice === 'in' && n > after ? [n] : []));
  const found: string[] = [];
  if (asks(node)) {
    const first = after === '' ? Math.max(size + decided.size, 100) : 10_000;
    for await (const page of bench.corpus.numbers(toRun(node), by.actor, by.lang, first)) {
      for (const n of page) if (n > after && !decided.has(n)) found.push(n);
      if (found.length >= size) break;
    }
  }
  return [...found, ...put].sort((a, b) => (a < b ? -1 : 1)).slice(0, size);
}

/** Puts publications into a node or keeps them out, whatever its query finds, now and later. */
export async function decideNode(
  bench: Bench,
  by: By,
  id: string,
  body: { numbers: readonly string[]; choice: 'in' | 'out' | null; why: string; settles: boolean },
): Promise<{ changed: number }> {
  return records(bench)
    .transaction()
    .execute(async (trx) => {
      const { node, tree } = await openNode(trx, by, id, 'edit', { lock: 'share' });
      const changed = await say(bench, trx, by, { place: id, ...body });
      if (changed.length > 0)
        await log(bench, trx, by, {
          object: tree.row.id,
          action: body.settles ? 'settle' : 'decide',
          numbers: changed,
          detail: { node: id, name: node.name, choice: body.choice, why: body.why },
        });
      return { changed: changed.length };
    });
}
