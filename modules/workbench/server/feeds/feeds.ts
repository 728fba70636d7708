import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { type Route, route } from '#kernel/http/route';
import { sha256 } from '#kernel/ids';
import type { PatentHit } from '#modules/patents/contract';
import * as contract from '../../contract.ts';
import { accountOf, type Bench, type By, records, trace } from '../bench.ts';
import { itemPage } from '../collections/items.ts';
import { workbenchError } from '../errors.ts';
import { openObject } from '../objects/access.ts';
import { hitsByNumber } from '../objects/numbers.ts';
import { openSaved } from '../queries/saved.ts';
import { type Feed, type FeedItem, rss } from './rss.ts';

/** Entries of a feed. */
const ENTRIES = 100;
const KINDS = {
  zh: { fresh: '新增', changed: '变化', gone: '移出' },
  en: { fresh: 'new', changed: 'changed', gone: 'gone' },
} as const;

/** Address of a page, absolute where the installation knows its own. */
function pageUrl(bench: Bench, path: string): string {
  return new URL(path, bench.platform.config.ZC_ORIGIN ?? 'http://localhost').href;
}

function itemOf(
  bench: Bench,
  number: string,
  hit: PatentHit | undefined,
  more: { guid: string; prefix?: string; at: Date },
): FeedItem {
  const parts = [hit?.applicants.join('; '), hit?.publicationDate, hit?.abstract.slice(0, 500)];
  return {
    guid: more.guid,
    title: `${more.prefix ?? ''}${number} ${hit?.title ?? ''}`.trim(),
    description: parts.filter(Boolean).join(' · '),
    link: pageUrl(bench, `/patents/${encodeURIComponent(number)}`),
    at: more.at,
  };
}

/** The last alerts of some watches. */
async function alertItems(
  bench: Bench,
  by: Pick<By, 'lang'>,
  of: { account: string } | { query: string },
): Promise<FeedItem[]> {
  let query = records(bench)
    .selectFrom('workbenchAlert as a')
    .innerJoin('workbenchRun as r', 'r.id', 'a.run')
    .innerJoin('workbenchWatch as w', 'w.id', 'r.watch')
    .select(['a.kind', 'a.number', 'a.run', 'r.at', 'w.name'])
    .where('w.deletedAt', 'is', null)
    .orderBy('r.seq', 'desc')
    .orderBy('a.kind')
    .orderBy('a.number')
    .limit(ENTRIES);
  query =
    'account' in of
      ? query.where('w.account', '=', of.account).where('w.feed', '=', false)
      : query
          .where('w.saved', '=', of.query)
          .where('w.feed', '=', true)
          .where('w.active', '=', true)
          .where('a.kind', '=', 'fresh');
  const rows = await query.execute();
  const hits = await hitsByNumber(bench, [...new Set(rows.map((row) => row.number))]);
  return rows.map((row) =>
    itemOf(bench, row.number, hits.get(row.number), {
      guid: `${row.run}:${row.kind}:${row.number}`,
      at: row.at,
      ...('account' in of && { prefix: `[${row.name} · ${KINDS[by.lang][row.kind]}] ` }),
    }),
  );
}

function send(reply: FastifyReply, feed: Feed) {
  return reply
    .header('content-type', 'application/rss+xml; charset=utf-8')
    .header('cache-control', 'no-cache')
    .send(rss(feed));
}

/** Makes a secret address for the account's feed; only its hash is kept. */
async function makeFeed(bench: Bench, by: By): Promise<{ path: string; madeAt: string }> {
  const account = accountOf(by);
  const token = randomBytes(32).toString('base64url');
  const feedAt = bench.platform.clock.now();
  await setFeed(bench, by, account, { feedHash: sha256(token), feedAt });
  return { path: `/api/workbench/feeds/${token}/alerts.xml`, madeAt: feedAt.toISOString() };
}

async function setFeed(
  bench: Bench,
  by: By,
  account: string,
  set: { feedHash: string | null; feedAt: Date | null },
): Promise<void> {
  await records(bench)
    .transaction()
    .execute(async (trx) => {
      await trx
        .insertInto('workbenchAccount')
        .values({ account, ...set })
        .onConflict((c) => c.column('account').doUpdateSet(set))
        .execute();
      await trace(bench, trx, by, {
        action: set.feedHash ? 'workbench.feed.make' : 'workbench.feed.drop',
        objectType: 'account',
        objectId: account,
      });
    });
}

/** The account behind a feed's address; none where it was replaced or the account is disabled. */
async function feedAccount(bench: Bench, token: string): Promise<string> {
  const row = await records(bench)
    .selectFrom('workbenchAccount')
    .select('account')
    .where('feedHash', '=', sha256(token))
    .executeTakeFirst();
  const account = row && (await bench.platform.auth.findAccount(row.account));
  if (!account || account.disabledAt !== null)
    throw workbenchError('workbench_gone', { what: '订阅地址', what_en: 'The feed' });
  return account.id;
}

/** Endpoints of feeds. */
export function feedRoutes(bench: Bench): Route[] {
  return [
    route(contract.getFeed, async (by) => {
      const row = await records(bench)
        .selectFrom('workbenchAccount')
        .select('feedAt')
        .where('account', '=', accountOf(by))
        .executeTakeFirst();
      return { madeAt: row?.feedAt?.toISOString() ?? null };
    }),
    route(contract.makeFeed, (by) => makeFeed(bench, by)),
    route(contract.dropFeed, async (by) => {
      await setFeed(bench, by, accountOf(by), { feedHash: null, feedAt: null });
      return { madeAt: null };
    }),
    route(contract.readFeed, async (by) => {
      const account = await feedAccount(bench, by.params.token);
      return send(by.reply, {
        title: by.lang === 'en' ? 'Patent watches' : '专利监视',
        description: by.lang === 'en' ? 'What the watches found last' : '各项监视最近的新情况',
        link: pageUrl(bench, '/workbench'),
        items: await alertItems(bench, by, { account }),
      });
    }),
    route(contract.collectionFeed, async (by) => {
      const { id } = by.params;
      const { row } = await openObject(records(bench), by, id, 'read', { kind: 'collection' });
      if (!row.public) throw workbenchError('workbench_gone', { what: '专利集', what_en: 'The collection' });
      const { rows } = await itemPage(bench, id, {}, undefined, ENTRIES);
      const hits = await hitsByNumber(
        bench,
        rows.map((item) => item.number),
      );
      return send(by.reply, {
        title: row.name,
        description: row.note || row.name,
        link: pageUrl(bench, `/workbench/collections/${id}`),
        self: pageUrl(bench, `/api/workbench/collections/${id}/rss.xml`),
        items: rows.map((item) =>
          itemOf(bench, item.number, hits.get(item.number), {
            guid: `${id}:${item.number}:${item.addedAt.getTime()}`,
            at: item.addedAt,
          }),
        ),
      });
    }),
    route(contract.queryFeed, async (by) => {
      const row = await openSaved(bench, by, by.params.id);
      if (!row.public) throw workbenchError('workbench_gone', { what: '检索式', what_en: 'The query' });
      return send(by.reply, {
        title: row.name,
        description: row.note || row.reading.slice(0, 500),
        link: pageUrl(bench, `/patents?q=${encodeURIComponent(row.reading)}`),
        self: pageUrl(bench, `/api/workbench/queries/${row.id}/rss.xml`),
        items: await alertItems(bench, by, { query: row.id }),
      });
    }),
  ];
}
