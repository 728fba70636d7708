import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { Counter } from 'prom-client';
import { audit } from '#kernel/audit/audit';
import { newId, sha256 } from '#kernel/ids';
import { metrics } from '#kernel/metrics';
import type { Platform } from '#kernel/module';
import { system } from '#kernel/policy/policy';
import type { Authority } from './ask.ts';
import { believed, question, type Stamp } from './rfc3161.ts';
import { withStamps } from './tables.ts';

/** Heads that one stamp covers at most: its list, which lies in the dossier of each, then has 65 kB. */
const BATCH = 1000;

const counter = new Counter({
  name: 'zc_matter_stamps_total',
  help: 'Answers of the time stamp authority: stored, or failed (not reached, or not believed).',
  labelNames: ['outcome'],
  registers: [metrics],
});

/** The head of a log that is to be stamped. */
export interface Head {
  matter: string;
  number: string;
  seq: number;
  hash: string;
}

/** A head with the salt that makes its line in the list unguessable. */
export type SaltedHead = Head & { salt: string };

/** What a line of a list is the SHA-256 of: four lines that a stranger can write down. */
export function headText({ salt, number, seq, hash }: Omit<SaltedHead, 'matter'>): string {
  return `${salt}\n${number}\n${seq}\n${hash}\n`;
}

/**
 * What is stamped for heads: a line for each, sorted. One stamp for many, since authorities count stamps; a plain list and no
 * tree, since a list is checked with `grep`. Whoever sees it with one matter learns of the others only how many there are.
 */
export function listOf(heads: readonly SaltedHead[]): string {
  const lines = heads.map((head) => `${sha256(headText(head))}\n`);
  return lines.sort().join('');
}

/**
 * Stamps the heads of all logs that have grown since they were last stamped. What fails leaves nothing behind and is found again by
 * the next call; so is what was answered and not stored. Throws `matters_stamp_unreachable` and `matters_stamp_refused`.
 * @returns how many heads were stamped.
 */
export async function stampAll(
  platform: Platform,
  authority: Authority,
  on: { stopping: () => boolean; progress: (done: number) => void; batch?: number } = {
    stopping: () => false,
    progress: () => {},
  },
): Promise<number> {
  let done = 0;
  for (let after: string | null = null; !on.stopping(); ) {
    const heads = await unstamped(platform, after, on.batch ?? BATCH);
    if (heads.length === 0) break;
    await stampHeads(platform, authority, heads).catch((error) => {
      counter.inc({ outcome: 'failed' });
      throw error;
    });
    counter.inc({ outcome: 'stored' });
    done += heads.length;
    on.progress(done);
    after = heads.at(-1)!.matter;
  }
  return done;
}

/** The next heads that are not stamped, in the order of the matters' ids. */
async function unstamped({ records }: Platform, after: string | null, limit: number): Promise<Head[]> {
  return withStamps(records)
    .selectFrom('matter as m')
    .innerJoin('matterLog as l', (join) =>
      join.onRef('l.matter', '=', 'm.id').onRef('l.seq', '=', 'm.version'),
    )
    .select(['m.id as matter', 'm.number', 'l.seq', 'l.hash'])
    .whereRef('m.stamped', '<', 'm.version')
    .$if(after !== null, (all) => all.where('m.id', '>', after!))
    .orderBy('m.id')
    .limit(limit)
    .execute();
}

/** Has heads stamped by one answer and stores it. No transaction is open while the authority is waited for. */
async function stampHeads(platform: Platform, authority: Authority, heads: readonly Head[]): Promise<void> {
  const salted = heads.map((head) => ({ ...head, salt: randomBytes(16).toString('hex') }));
  const list = listOf(salted);
  const asked = question(Buffer.from(list), authority.policy);
  const sent = platform.clock.now();
  const answer = await authority.ask(asked.der);
  const came = platform.clock.now();
  const stamp = await believed(answer, asked, { roots: authority.roots, sent, came });
  await store(platform, { stamp, list, answer, at: came }, salted);
}

async function store(
  { records }: Platform,
  { stamp, list, answer, at }: { stamp: Stamp; list: string; answer: Buffer; at: Date },
  heads: readonly SaltedHead[],
): Promise<void> {
  const id = newId();
  await records.transaction().execute(async (trx) => {
    const db = withStamps(trx);
    const ids = heads.map(({ matter }) => matter);
    // In the order of their ids, as everybody does who holds several: nobody waits in a ring.
    await db.selectFrom('matter').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute();
    await db
      .insertInto('matterStamp')
      .values({ id, at, ...stamp, list, answer })
      .execute();
    await db
      .insertInto('matterStamped')
      .values(heads.map(({ matter, seq, salt }) => ({ matter, seq, salt, stamp: id })))
      .execute();
    const seqs = heads.map(({ seq }) => seq);
    await db
      .updateTable('matter')
      .from(
        sql<{ id: string; seq: number }>`unnest(${ids}::uuid[], ${seqs}::int[])`.as<'v'>(sql`v (id, seq)`),
      )
      .set({ stamped: sql`greatest(matter.stamped, v.seq)` })
      .whereRef('matter.id', '=', 'v.id')
      .execute();
    await audit(trx, at, {
      ...{ actor: system, action: 'matters.stamped', objectType: 'stamp', objectId: id },
      detail: {
        ...{ heads: heads.length, list: sha256(list), authority: stamp.authority },
        ...{ genTime: stamp.genTime.toISOString(), serial: stamp.serial },
      },
    });
  });
}
