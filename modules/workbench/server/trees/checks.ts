import { randomInt } from 'node:crypto';
import { newId } from '#kernel/ids';
import { seeded } from '#kernel/random';
import { type Estimate, LIMITS, type NodeCheck } from '../../contract.ts';
import { accountOf, type Bench, type By, records, trace } from '../bench.ts';
import { workbenchError } from '../errors.ts';
import { openObject, reaches } from '../objects/access.ts';
import { log } from '../objects/log.ts';
import { hitsByNumber, knownAmong, readNumbers } from '../objects/numbers.ts';
import { say, wordsOf } from '../objects/standing.ts';
import { toRun } from '../queries/kept.ts';
import { membersAmong, membersOf } from './members.ts';
import { openNode } from './nodes.ts';
import { wilson } from './wilson.ts';

interface Row {
  id: string;
  node: string;
  kind: 'precision' | 'recall';
  seed: number | null;
  numbers: string[];
  found: string[];
  absent: number;
  population: number;
  corpusVersion: number;
  reading: string;
  source: string;
  at: Date;
  accountName: string;
}

function estimate(hits: number, n: number): Estimate {
  const interval = wilson(hits, n);
  return {
    hits,
    n,
    share: interval?.share ?? null,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  };
}

async function views(bench: Bench, by: By, rows: readonly Row[]): Promise<NodeCheck[]> {
  const samples = rows.filter((row) => row.kind === 'precision').map((row) => row.id);
  const judged =
    samples.length === 0
      ? []
      : await records(bench)
          .selectFrom('workbenchStanding')
          .select(['place', 'choice', 'disputed'])
          .select((e) => e.fn.countAll<number>().as('n'))
          .where('place', 'in', samples)
          .where('choice', 'is not', null)
          .groupBy(['place', 'choice', 'disputed'])
          .execute();
  return rows.map((row) => {
    const sum = (wanted: (j: (typeof judged)[number]) => boolean) =>
      judged.filter((j) => j.place === row.id && wanted(j)).reduce((n, j) => n + Number(j.n), 0);
    const size = row.numbers.length;
    const disputed = sum((j) => j.disputed);
    const n = row.kind === 'recall' ? size : sum((j) => !j.disputed);
    const hits =
      row.kind === 'recall' ? row.found.length : sum((j) => !j.disputed && j.choice === 'relevant');
    const { id, node, kind, seed, population, absent, reading, source, corpusVersion } = row;
    return {
      ...{ id, node, kind, seed, size, population, absent, reading, source, corpusVersion, disputed },
      estimate: estimate(hits, n),
      open: row.kind === 'recall' ? 0 : size - n - disputed,
      at: row.at.toISOString(),
      by: by.actor.kind === 'user' ? row.accountName : '',
    };
  });
}

/** Samples and recall checks of a node, latest first. */
export async function listChecks(bench: Bench, by: By, node: string): Promise<{ checks: NodeCheck[] }> {
  await openNode(records(bench), by, node, 'read');
  const rows = await records(bench)
    .selectFrom('workbenchCheck')
    .selectAll()
    .where('node', '=', node)
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
  return { checks: await views(bench, by, rows) };
}

async function store(
  bench: Bench,
  by: By,
  node: string,
  check: Omit<Row, 'id' | 'node' | 'at' | 'accountName' | 'corpusVersion'>,
  corpusVersion: number,
): Promise<NodeCheck> {
  const row = await records(bench)
    .transaction()
    .execute(async (trx) => {
      const { tree } = await openNode(trx, by, node, 'edit', { lock: 'share' });
      const made = await trx
        .insertInto('workbenchCheck')
        .values({
          id: newId(),
          node,
          ...check,
          corpusVersion,
          at: bench.platform.clock.now(),
          account: accountOf(by),
          accountName: by.actor.name,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      const detail = { node, check: made.id, kind: check.kind, size: check.numbers.length, seed: check.seed };
      await log(bench, trx, by, { object: tree.row.id, action: 'check', detail });
      await trace(bench, trx, by, {
        action: 'workbench.tree.check',
        objectType: 'workbench-tree',
        objectId: tree.row.id,
        detail,
      });
      return made;
    });
  return (await views(bench, by, [row]))[0]!;
}

/**
 * Draws a random sample of what a node holds, without repetition. What the query finds and what people put there are drawn
 * from by their sizes; the same seed draws the same from the same content. @throws AppError `workbench_empty_node`
 */
export async function drawSample(
  bench: Bench,
  by: By,
  id: string,
  { size, seed = randomInt(2 ** 31 - 1) }: { size: number; seed?: number | undefined },
): Promise<NodeCheck> {
  const { node } = await openNode(records(bench), by, id, 'edit');
  const version = await bench.corpus.version();
  const members = await membersOf(bench, by, node);
  if (members.records === 0) throw workbenchError('workbench_empty_node', { name: node.name });
  const random = seeded(seed);
  const put = shuffled([...members.added].sort(), random.next);
  const excluded = new Set(members.excluded);
  const n = Math.min(size, members.records);
  let queryLeft = members.found - excluded.size;
  let putLeft = put.length;
  const fromPut = Array.from({ length: n }, () => {
    const person = random.next() * (queryLeft + putLeft) < putLeft;
    if (person) putLeft -= 1;
    else queryLeft -= 1;
    return person;
  });
  const wanted = fromPut.filter((p) => !p).length;
  const drawn =
    wanted === 0
      ? []
      : (await bench.corpus.sample(toRun(node), by.actor, by.lang, wanted + excluded.size, seed)).filter(
          (number) => !excluded.has(number),
        );
  const numbers = fromPut.flatMap((person) => (person ? put.shift() : drawn.shift()) ?? []);
  const { reading } = node;
  return store(
    bench,
    by,
    id,
    {
      kind: 'precision',
      seed,
      numbers,
      found: [],
      absent: 0,
      population: members.records,
      reading,
      source: '',
    },
    version,
  );
}

function shuffled<T>(list: T[], next: () => number): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
  return list;
}

/** Which publications known to be relevant a node holds. From a collection, those that were not dismissed count. */
export async function checkRecall(
  bench: Bench,
  by: By,
  id: string,
  input: {
    numbers?: readonly string[] | undefined;
    text?: string | undefined;
    collection?: string | undefined;
  },
): Promise<NodeCheck> {
  const { node } = await openNode(records(bench), by, id, 'edit');
  const version = await bench.corpus.version();
  const { numbers, source } = input.collection
    ? await knownOf(bench, by, input.collection)
    : { numbers: (await readNumbers(bench, by, input)).numbers, source: '' };
  if (numbers.length === 0) throw workbenchError('workbench_no_numbers');
  const [members, held, present] = await Promise.all([
    membersAmong(bench, by, node, numbers),
    membersOf(bench, by, node),
    knownAmong(bench, by, numbers),
  ]);
  return store(
    bench,
    by,
    id,
    {
      kind: 'recall',
      seed: null,
      numbers,
      found: numbers.filter((n) => members.has(n)),
      absent: numbers.length - present.size,
      population: held.records,
      reading: node.reading,
      source,
    },
    version,
  );
}

async function knownOf(bench: Bench, by: By, collection: string) {
  const { row } = await openObject(records(bench), by, collection, 'read', { kind: 'collection' });
  const rows = await records(bench)
    .selectFrom('workbenchItem as i')
    .leftJoin('workbenchStanding as s', (j) =>
      j.onRef('s.place', '=', 'i.collection').onRef('s.number', '=', 'i.number'),
    )
    .select('i.number')
    .where('i.collection', '=', collection)
    .where('i.removedAt', 'is', null)
    .where((e) => e.or([e('s.choice', 'is', null), e('s.choice', '<>', 'dismiss')]))
    .orderBy('i.number')
    .limit(LIMITS.known + 1)
    .execute();
  if (rows.length > LIMITS.known)
    throw workbenchError('workbench_limit', {
      what: '用于查全检验的专利',
      what_en: 'publications of a recall check',
      most: LIMITS.known,
      now: rows.length,
    });
  return { numbers: rows.map((r) => r.number), source: row.name };
}

async function openCheck(bench: Bench, by: By, id: string, wanted: 'read' | 'edit') {
  const row = await records(bench)
    .selectFrom('workbenchCheck')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw workbenchError('workbench_gone', { what: '检验', what_en: 'The check' });
  const opened = await openNode(records(bench), by, row.node, wanted);
  return { row, ...opened };
}

/** One check with its publications, in the order in which they were drawn or given. */
export async function getCheck(bench: Bench, by: By, id: string) {
  const { row, tree } = await openCheck(bench, by, id, 'read');
  // Long lists are shown in part; the counts are of all.
  const numbers = row.numbers.slice(0, LIMITS.sample);
  const [check, hits, words, standings] = await Promise.all([
    views(bench, by, [row]),
    hitsByNumber(bench, numbers),
    by.actor.kind === 'user' ? wordsOf(records(bench), by, id, numbers) : new Map<string, never[]>(),
    records(bench)
      .selectFrom('workbenchStanding')
      .select(['number', 'choice', 'disputed'])
      .where('place', '=', id)
      .execute(),
  ]);
  const standing = new Map(standings.map((s) => [s.number, s]));
  const found = new Set(row.found);
  return {
    check: check[0]!,
    records: numbers.map((number) => {
      const s = standing.get(number);
      const judged = s?.choice === 'relevant' || s?.choice === 'irrelevant' ? s.choice : null;
      return {
        number,
        hit: hits.get(number) ?? null,
        judged,
        disputed: s?.disputed ?? false,
        found: found.has(number),
        decisions: words.get(number) ?? [],
      };
    }),
    abilities: { judge: row.kind === 'precision' && reaches(tree.right, 'edit') },
  };
}

/** Judges one publication of a sample. */
export async function judgeSample(
  bench: Bench,
  by: By,
  id: string,
  body: { number: string; choice: 'relevant' | 'irrelevant' | null; why: string; settles: boolean },
): Promise<NodeCheck> {
  const { row, node } = await openCheck(bench, by, id, 'edit');
  if (row.kind !== 'precision' || !row.numbers.includes(body.number))
    throw workbenchError('workbench_gone', { what: body.number, what_en: body.number });
  await records(bench)
    .transaction()
    .execute(async (trx) => {
      const { tree } = await openNode(trx, by, row.node, 'edit', { lock: 'share' });
      const { number, ...word } = body;
      const changed = await say(bench, trx, by, { place: id, numbers: [number], ...word });
      if (changed.length > 0)
        await log(bench, trx, by, {
          object: tree.row.id,
          action: body.settles ? 'settle' : 'judge',
          numbers: changed,
          detail: { node: row.node, name: node.name, check: id, choice: body.choice, why: body.why },
        });
    });
  return (await views(bench, by, [row]))[0]!;
}
