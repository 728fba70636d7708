/**
 * Measures patent search beside PostgreSQL and Groonga: `npx tsx bench/search.ts [rows = 1000000] [rows for PostgreSQL = the
 * same] [rows for Groonga = those for PostgreSQL]`, 0 leaves one out. The stores are the embedded ones, in a temporary folder;
 * Groonga is Debian's, where it is installed. A fixed set of 48 queries in eight kinds is asked with total, 20 hits and seven
 * facets: first cold (each once, caches dropped where the engine can), then warm from one asker and from sixteen, up to two
 * minutes each. Then an export of 100,000 records and a batch of 100,000 numbers. Prints the tables that `bench/README.md` keeps.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCityPack } from '../kernel/city/load.ts';
import { rootPath } from '../kernel/paths.ts';
import { openStores } from '../kernel/stores/index.ts';
import { migrateCorpus } from '../kernel/stores/migrate.ts';
import { parseQuery } from '../modules/patents/query/parser.ts';
import { applicantGroups } from '../modules/patents/server/applicants/groups.ts';
import { insertLines, select } from '../modules/patents/server/corpus/client.ts';
import { applicantRows, toDocument } from '../modules/patents/server/corpus/document.ts';
import { batchNumbers } from '../modules/patents/server/export/batch.ts';
import { exportRows } from '../modules/patents/server/export/rows.ts';
import { openPlaces } from '../modules/patents/server/places.ts';
import { compileQuery } from '../modules/patents/server/search/compile.ts';
import { search } from '../modules/patents/server/search/search.ts';
import { baseRecords, generated } from './corpus.ts';
import { startGroonga } from './search-groonga.ts';
import { askPostgres, fillPostgres } from './search-postgres.ts';
import { QUESTIONS } from './search-questions.ts';

const rows = Number(process.argv[2] ?? 1_000_000);
const pgRows = Number(process.argv[3] ?? rows);
const groongaRows = Number(process.argv[4] ?? pgRows);
const loaded = await loadCityPack(rootPath('cities/nantong'));
if (!loaded.ok) throw new Error('the pack is broken');
const places = openPlaces(loaded.pack);
const dataDir = mkdtempSync(join(tmpdir(), 'zc-bench-'));
const stores = await openStores({ dataDir, log: () => {} });
const { corpus } = stores;
const state = { published: 1, dead: 0, documents: rows, applicants: null };
const groups = applicantGroups(corpus, new Map());
const asker = {
  personal: false,
  regions: (text: string) => [text],
  below: () => ({ symbols: [], depthKnown: false, former: [] }),
  above: () => [],
  applicants: (text: string) => groups.members(text),
  names: (ids: readonly string[]) => groups.names(ids),
};
/** Seconds after which no further round begins, of one asker or of sixteen. */
const LONG = 120;
const seconds = (from: number) => (performance.now() - from) / 1000;
try {
  await migrateCorpus(stores, [{ module: 'patents', dir: rootPath('modules/patents/server/migrations') }]);
  console.log(`base records: ${baseRecords().real ? '4,097 real ones' : 'made of words'}`);
  const begun = performance.now();
  let lines: string[] = [];
  let names: string[] = [];
  let doc = 0;
  let sending: Promise<void> = Promise.resolve();
  const flush = async () => {
    const [a, b] = [Buffer.from(lines.join('\n')), Buffer.from(names.join('\n'))];
    lines = [];
    names = [];
    await sending;
    sending = (async () => {
      await insertLines(corpus, 'patent_document', a);
      if (b.length > 0) await insertLines(corpus, 'patent_applicant', b);
    })();
  };
  for (const content of generated(rows)) {
    const stamp = {
      doc: ++doc,
      version: 1,
      importId: '019f160a-4680-7ae4-9b0a-4d17a827ae07',
      row: doc,
      at: '2024-01-01 00:00:00',
      demo: true,
    };
    lines.push(JSON.stringify(toDocument(content, stamp, places.locate)));
    for (const name of applicantRows(content)) names.push(JSON.stringify(name));
    if (lines.length >= 4000) await flush();
  }
  await flush();
  await sending;
  const load = seconds(begun);
  await corpus.command({
    query: 'optimize table patent_document final',
    clickhouse_settings: { max_execution_time: 0 },
  });
  const [size] = await select<{ b: string; i: string }>(
    corpus,
    "select sum(bytes_on_disk) as b, sum(secondary_indices_compressed_bytes) as i from system.parts where table = 'patent_document' and active",
  );
  console.log(
    `corpus: ${rows} records in ${load.toFixed(0)} s (${Math.round(rows / load)} a second), settled in ${(seconds(begun) - load).toFixed(0)} s, ${(Number(size!.b) / 1e9).toFixed(2)} GB, of it index ${(Number(size!.i) / 1e9).toFixed(2)} GB`,
  );

  const ask = async (q: string) => {
    const { expr } = parseQuery(q, 'zc');
    const { where, params } = compileQuery(expr, asker);
    const page = await search(
      corpus,
      state,
      { expr, where, params, reading: null },
      { q, sort: 'newest', page: 1, size: 20 },
      groups,
    );
    return page.total;
  };
  await measure('corpus', ask);

  const at = performance.now();
  let exported = 0;
  for await (const page of exportRows(corpus, 'version <= 1', {}, 'newest', {
    abstract: true,
    mainClaim: false,
    rest: false,
    open: false,
  })) {
    exported += page.length;
    if (exported >= Math.min(100_000, rows)) break;
  }
  console.log(`export of ${exported} records with abstracts: ${seconds(at).toFixed(1)} s`);

  const wanted = [...generated(Math.min(100_000, rows))].map((c, i) =>
    i % 3 === 0 ? c.number : i % 3 === 1 ? c.applicationNumber : c.number.slice(0, -1).toLowerCase(),
  );
  const asked = performance.now();
  const { counts } = await batchNumbers(corpus, state, wanted, 'zh');
  console.log(`batch of ${wanted.length} numbers: ${seconds(asked).toFixed(1)} s, ${JSON.stringify(counts)}`);

  if (pgRows > 0) {
    const pg = await fillPostgres(stores.pool, generated(pgRows));
    console.log(
      `postgres: ${pgRows} records in ${pg.load.toFixed(0)} s (${Math.round(pgRows / pg.load)} a second, index included), ${(pg.bytes / 1e9).toFixed(2)} GB`,
    );
    await measure('postgres', (_, question) => askPostgres(stores.pool, question, 20));
  }
  if (groongaRows > 0) {
    const groonga = await startGroonga(dataDir);
    if (!groonga) console.log('groonga: not installed (Debian: groonga-bin)');
    else
      try {
        const filled = await groonga.fill(generated(groongaRows));
        console.log(
          `groonga: ${groongaRows} records in ${filled.load.toFixed(0)} s (${Math.round(groongaRows / filled.load)} a second, index included), ${(filled.bytes / 1e9).toFixed(2)} GB`,
        );
        await measure('groonga', (_, question) => groonga.ask(question, 20));
      } finally {
        await groonga.stop();
      }
  }
} finally {
  await stores.close();
  rmSync(dataDir, { recursive: true, force: true });
}

async function measure(
  label: string,
  ask: (q: string, question: (typeof QUESTIONS)[number]) => Promise<number>,
) {
  const kinds = [...new Set(QUESTIONS.map((question) => question.kind))];
  const shown = (times: number[]) => {
    const sorted = [...times].sort((a, b) => a - b);
    const at = (share: number) =>
      (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0);
    return `${at(0.5)} / ${at(0.95)} / ${at(0.99)}`;
  };
  const one = async (question: (typeof QUESTIONS)[number]) => {
    const from = performance.now();
    const total = await ask(question.q, question);
    return { ms: performance.now() - from, total };
  };
  const cold = new Map<string, number[]>();
  const hits = new Map<string, number[]>();
  for (const question of QUESTIONS) {
    if (label === 'corpus')
      for (const cache of ['mark', 'uncompressed', 'index mark'])
        await corpus.command({ query: `system drop ${cache} cache` }).catch(() => {});
    const { ms, total } = await one(question);
    cold.set(question.kind, [...(cold.get(question.kind) ?? []), ms]);
    hits.set(question.kind, [...(hits.get(question.kind) ?? []), total]);
  }
  const warm = new Map<string, number[]>();
  const begun = performance.now();
  for (let round = 0; round < 5 && (round === 0 || seconds(begun) < LONG); round++)
    for (const question of QUESTIONS)
      warm.set(question.kind, [...(warm.get(question.kind) ?? []), (await one(question)).ms]);
  const many = new Map<string, number[]>();
  const from = performance.now();
  let asked = 0;
  await Promise.all(
    Array.from({ length: 16 }, async (_, asker) => {
      for (let i = 0; i < QUESTIONS.length && seconds(from) < LONG; i++) {
        const question = QUESTIONS[(asker * 3 + i) % QUESTIONS.length]!;
        many.set(question.kind, [...(many.get(question.kind) ?? []), (await one(question)).ms]);
        asked += 1;
      }
    }),
  );
  const rate = asked / seconds(from);
  console.log(
    `\n${label}: ms p50 / p95 / p99, total + 20 hits + 7 facets\n| kind | hits (median) | cold | 1 asker | 16 askers |\n| --- | ---: | ---: | ---: | ---: |`,
  );
  for (const kind of kinds) {
    const sorted = [...hits.get(kind)!].sort((a, b) => a - b);
    console.log(
      `| ${kind} | ${sorted[Math.floor(sorted.length / 2)]} | ${shown(cold.get(kind)!)} | ${shown(warm.get(kind)!)} | ${shown(many.get(kind) ?? [])} |`,
    );
  }
  console.log(
    `all: 1 asker ${shown([...warm.values()].flat())}; 16 askers ${shown([...many.values()].flat())}, ${rate.toFixed(1)} searches a second\n`,
  );
}
