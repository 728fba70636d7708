import { type Kysely, sql } from 'kysely';
import { newId } from '#kernel/ids';
import { inLanes } from '#kernel/lanes';
import { notify } from '#kernel/notify/notify';
import type { Records, Trx } from '#kernel/records';
import type { Difference } from '#modules/patents/server/index';
import { publishWebhook } from '#modules/webhooks/server/index';
import { WATCH_FOUND, type WatchNotice } from '../../contract.ts';
import { type Bench, records } from '../bench.ts';
import type { WorkbenchTables } from '../tables.ts';
import { differencesFor, type WatchAsk, WatchFault } from './asks.ts';

/** Watches that are written at the same time. */
const LANES = 4;
/** Watches that are read at once. */
const PAGE = 500;
/** Under this name the corpus keeps what watches have not looked at. */
export const READER = 'workbench.watches';

/** Watches that were brought up to date, found something, or could not be run. */
export interface CaughtUp {
  to: number;
  watches: number;
  found: number;
  faulty: number;
}

/** Where a test ends the work, as a process that is killed would. */
export interface Steps {
  /** The corpus was asked and nothing is written. */
  asked?(watch: string): Promise<void>;
  /** Everything is written, not committed. */
  written?(watch: string): Promise<void>;
}

interface Row extends WatchAsk {
  name: string;
  notice: WatchNotice;
  seenVersion: number;
}

/**
 * Brings every active watch up to the published version. What a watch found, the messages about it and the version it has
 * seen are stored in one transaction: whoever dies in between has stored nothing of that watch, and the next run finds the
 * same. Two runs at once do the same work, and the second finds it done.
 */
export async function catchUp(
  bench: Bench,
  context: { readonly stopping: boolean } = { stopping: false },
  steps: Steps = {},
): Promise<CaughtUp> {
  const to = await bench.corpus.version();
  const result: CaughtUp = { to, watches: 0, found: 0, faulty: 0 };
  let after = '00000000-0000-0000-0000-000000000000';
  while (!context.stopping) {
    const page: Row[] = await records(bench)
      .selectFrom('workbenchWatch')
      .select(['id', 'account', 'name', 'kind', 'q', 'dialect', 'filter', 'subject'])
      .select(['saved', 'collection', 'feed', 'notice', 'seenVersion'])
      .where('active', '=', true)
      .where('deletedAt', 'is', null)
      .where('seenVersion', '<', to)
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    if (page.length === 0) break;
    after = page.at(-1)!.id;
    const quiet: Row[] = [];
    for (const [from, group] of bySeen(page)) {
      const found = await differencesFor(bench, group, from, to);
      await inLanes(group, LANES, async (watch) => {
        if (context.stopping) return;
        const difference = found[group.indexOf(watch)]!;
        if (difference instanceof WatchFault) {
          result.faulty += 1;
          return storeFault(bench, watch, difference);
        }
        await steps.asked?.(watch.id);
        result.watches += 1;
        const { fresh, changed, gone } = difference;
        if (fresh.length + changed.length + gone.length === 0) quiet.push(watch);
        else if (await store(bench, watch, to, difference, steps)) result.found += 1;
      });
    }
    await storeQuiet(bench, quiet, to);
  }
  await keepRows(bench, to);
  return result;
}

/** Watches that have seen the same are asked together. */
function bySeen(watches: readonly Row[]): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const watch of watches)
    groups.set(watch.seenVersion, [...(groups.get(watch.seenVersion) ?? []), watch]);
  return groups;
}

/** Tells the corpus which replaced rows somebody still has to look at. */
export async function keepRows(bench: Bench, published?: number): Promise<void> {
  const { oldest } = await records(bench)
    .selectFrom('workbenchWatch')
    .select((e) => e.fn.min<number | null>('seenVersion').as('oldest'))
    .where('active', '=', true)
    .where('deletedAt', 'is', null)
    .executeTakeFirstOrThrow();
  const version = oldest === null ? (published ?? (await bench.corpus.version())) : Number(oldest);
  await bench.corpus.keepFrom(READER, version);
}

/** What a watch found, and everything that follows from it; false when somebody else was faster. */
async function store(
  bench: Bench,
  watch: Row,
  to: number,
  found: Difference,
  steps: Steps,
): Promise<boolean> {
  const now = bench.platform.clock.now();
  return records(bench)
    .transaction()
    .execute(async (trx) => {
      const moved = await trx
        .updateTable('workbenchWatch')
        .set({ seenVersion: to, errorZh: null, errorEn: null })
        .where('id', '=', watch.id)
        .where('seenVersion', '=', watch.seenVersion)
        .where('active', '=', true)
        .where('deletedAt', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (!moved) return false;
      const run = newId();
      await trx
        .insertInto('workbenchRun')
        .values({
          id: run,
          watch: watch.id,
          fromVersion: watch.seenVersion,
          toVersion: to,
          fresh: found.fresh.length,
          changed: found.changed.length,
          gone: found.gone.length,
          at: now,
          // A hidden feed is nobody's to read or to be told of; what is told at once is not for the digest.
          ...(watch.feed && { readAt: now }),
          ...((watch.feed || watch.notice === 'each') && { toldAt: now }),
        })
        .execute();
      for (const kind of ['fresh', 'changed', 'gone'] as const)
        if (found[kind].length > 0)
          await sql`insert into workbench_alert (run, kind, number)
            select ${run}::uuid, ${kind}, number from unnest(${found[kind]}::text[]) as n (number)`.execute(
            trx,
          );
      if (!watch.feed) await outgoing(trx, watch, run, found, now);
      await steps.written?.(watch.id);
      return true;
    });
}

/** The inbox and what webhooks hear of, in the same transaction. */
async function outgoing(
  trx: Kysely<WorkbenchTables>,
  watch: Row,
  run: string,
  found: Difference,
  now: Date,
): Promise<void> {
  await publishWebhook(trx as unknown as Trx, [{ type: WATCH_FOUND, ref: run, at: now }]);
  if (watch.notice !== 'each') return;
  const href = `/workbench/watches/${watch.id}`;
  // One unread message about a watch is enough: it leads to all that came since.
  const waiting = await trx
    .selectFrom('notification')
    .select('id')
    .where('userId', '=', watch.account)
    .where('kind', '=', 'workbench.watch')
    .where('href', '=', href)
    .where('readAt', 'is', null)
    .executeTakeFirst();
  if (waiting) return;
  const { fresh, changed, gone } = found;
  await notify(trx as unknown as Records, [
    {
      userId: watch.account,
      kind: 'workbench.watch',
      title: { zh: `监视“${watch.name}”有新情况`, en: `News for the watch “${watch.name}”` },
      body: {
        zh: `新增 ${fresh.length} 件，变化 ${changed.length} 件，移出 ${gone.length} 件`,
        en: `${fresh.length} new, ${changed.length} changed, ${gone.length} gone`,
      },
      href,
      dedupKey: `workbench.run ${run}`,
    },
  ]);
}

async function storeQuiet(bench: Bench, watches: readonly Row[], to: number): Promise<void> {
  if (watches.length === 0) return;
  await sql`update workbench_watch w set seen_version = ${to}, error_zh = null, error_en = null
      from unnest(${watches.map((w) => w.id)}::uuid[], ${watches.map((w) => w.seenVersion)}::bigint[]) as q (id, seen)
     where w.id = q.id and w.seen_version = q.seen and w.active`.execute(bench.platform.records);
}

/** A watch that cannot be run waits where it is; its owner is told once. */
async function storeFault(bench: Bench, watch: Row, { text }: WatchFault): Promise<void> {
  await records(bench)
    .transaction()
    .execute(async (trx) => {
      const row = await trx
        .updateTable('workbenchWatch')
        .set({ errorZh: text.zh, errorEn: text.en })
        .where('id', '=', watch.id)
        .where((e) => e('errorZh', 'is distinct from', text.zh))
        .returning(['id', 'feed'])
        .executeTakeFirst();
      if (!row || row.feed) return;
      await notify(trx as unknown as Records, [
        {
          userId: watch.account,
          kind: 'workbench.watch-fault',
          title: { zh: `监视“${watch.name}”无法运行`, en: `The watch “${watch.name}” cannot be run` },
          body: text,
          href: `/workbench/watches/${watch.id}`,
          dedupKey: `workbench.fault ${watch.id} ${watch.seenVersion}`,
        },
      ]);
    });
}
