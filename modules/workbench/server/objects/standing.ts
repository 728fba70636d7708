import { type Kysely, sql } from 'kysely';
import type { Choice, Decision } from '../../contract.ts';
import { accountOf, type Bench, type By } from '../bench.ts';
import { workbenchError } from '../errors.ts';
import type { WorkbenchTables } from '../tables.ts';

/** One word of one person, in the order in which they were given. */
export interface Word {
  account: string;
  choice: Choice | null;
  settles: boolean;
  /** Grows with every word. */
  seq: number;
}

/** What holds among the words about one publication. */
export interface Standing {
  choice: Choice | null;
  /** Persons differ and nobody settled it, or somebody has said something else since. */
  disputed: boolean;
  settled: boolean;
}

/** The rule in words; the view `workbench_standing` is the same rule in SQL, and a test holds both against each other. */
export function standing(words: readonly Word[]): Standing {
  const settling = words.find((w) => w.settles && w.choice !== null);
  const own = words.filter((w) => !w.settles && w.choice !== null).sort((a, b) => a.seq - b.seq);
  if (settling)
    return {
      choice: settling.choice,
      settled: true,
      disputed: own.some((w) => w.seq > settling.seq && w.choice !== settling.choice),
    };
  return {
    choice: own.at(-1)?.choice ?? null,
    settled: false,
    disputed: new Set(own.map((w) => w.choice)).size > 1,
  };
}

/** Does a record belong to a node? A person's decision wins over the query, whatever the query finds. */
export function belongs(found: boolean, choice: Choice | null): boolean {
  return choice === null ? found : choice === 'in';
}

/** What is to be said about publications in a place. Absent: as it was; null: taken back. */
export interface Saying {
  place: string;
  numbers: readonly string[];
  choice?: Choice | null | undefined;
  rating?: number | null | undefined;
  why: string;
  settles: boolean;
}

/**
 * Stores the asker's word, one for each publication, or the one that settles a disagreement. Gives the numbers whose word
 * changed. @throws AppError `workbench_nothing_to_settle`
 */
export async function say(
  bench: Bench,
  trx: Kysely<WorkbenchTables>,
  by: By,
  saying: Saying,
): Promise<string[]> {
  const account = accountOf(by);
  const { place, why, settles } = saying;
  const numbers = [...new Set(saying.numbers)];
  if (settles && saying.choice !== undefined && saying.choice !== null)
    await demandDispute(trx, place, numbers);
  const there = await trx
    .selectFrom('workbenchDecision')
    .select(['number', 'choice', 'rating', 'why'])
    .where('place', '=', place)
    .where('number', '=', sql<string>`any(${numbers}::text[])`)
    .where('settles', '=', settles)
    .$if(!settles, (q) => q.where('account', '=', account))
    .forUpdate()
    .execute();
  const before = new Map(there.map((row) => [row.number, row]));
  const changed: string[] = [];
  const gone: string[] = [];
  const kept: { number: string; choice: Choice | null; rating: number | null }[] = [];
  for (const number of numbers) {
    const old = before.get(number);
    const choice = saying.choice === undefined ? (old?.choice ?? null) : saying.choice;
    const rating = saying.rating === undefined ? (old?.rating ?? null) : saying.rating;
    const same = old && old.choice === choice && old.rating === rating && (why === '' || old.why === why);
    // Settling again, with the same word, is an answer to what was said since.
    if (same && !settles) continue;
    if (!old && choice === null && rating === null) continue;
    changed.push(number);
    if (choice === null && rating === null) gone.push(number);
    else kept.push({ number, choice, rating });
  }
  if (gone.length > 0)
    await trx
      .deleteFrom('workbenchDecision')
      .where('place', '=', place)
      .where('number', '=', sql<string>`any(${gone}::text[])`)
      .where('settles', '=', settles)
      .$if(!settles, (q) => q.where('account', '=', account))
      .execute();
  if (kept.length > 0)
    await sql`
      insert into workbench_decision (place, number, account, account_name, choice, rating, why, settles, at)
      select ${place}, number, ${account}, ${by.actor.name}, choice, rating, ${why}, ${settles},
             ${bench.platform.clock.now()}
        from unnest(${kept.map((k) => k.number)}::text[], ${kept.map((k) => k.choice)}::text[],
                    ${kept.map((k) => k.rating)}::smallint[]) as k (number, choice, rating)
      on conflict ${settles ? sql`(place, number) where settles` : sql`(place, number, account) where not settles`}
      do update set choice = excluded.choice, rating = excluded.rating, at = excluded.at,
        account = excluded.account, account_name = excluded.account_name,
        why = case when excluded.why = '' then workbench_decision.why else excluded.why end,
        -- A rating alone is no new word: it must not reopen what was settled.
        seq = case when excluded.choice is distinct from workbench_decision.choice or excluded.settles
                   then excluded.seq else workbench_decision.seq end`.execute(trx);
  return changed;
}

async function demandDispute(
  trx: Kysely<WorkbenchTables>,
  place: string,
  numbers: readonly string[],
): Promise<void> {
  const rows = await trx
    .selectFrom('workbenchStanding')
    .select('number')
    .where('place', '=', place)
    .where('number', 'in', [...numbers])
    .where((e) => e.or([e('disputed', '=', true), e('settled', '=', true)]))
    .execute();
  const disputed = new Set(rows.map((row) => row.number));
  const calm = numbers.find((n) => !disputed.has(n));
  if (calm !== undefined) throw workbenchError('workbench_nothing_to_settle', { number: calm });
}

/** Everybody's words about some publications in a place, in the order in which they were given. */
export async function wordsOf(
  db: Kysely<WorkbenchTables>,
  by: Pick<By, 'actor'>,
  place: string,
  numbers: readonly string[],
): Promise<Map<string, Decision[]>> {
  const result = new Map<string, Decision[]>();
  if (numbers.length === 0) return result;
  const rows = await db
    .selectFrom('workbenchDecision')
    .selectAll()
    .where('place', '=', place)
    .where('number', 'in', [...numbers])
    .orderBy('seq')
    .execute();
  const signedIn = by.actor.kind === 'user';
  for (const row of rows) {
    const list = result.get(row.number) ?? [];
    list.push({
      person: { id: signedIn ? row.account : '', name: row.accountName },
      choice: row.choice,
      rating: row.rating,
      why: row.why,
      settles: row.settles,
      own: signedIn && row.account === by.actor.id,
      at: row.at.toISOString(),
    });
    result.set(row.number, list);
  }
  return result;
}
