/**
 * Measures patent search: `npx tsx bench/search.ts [rows = 200000]`. Fills an embedded corpus in a temporary folder with
 * generated records (abstracts of about 250 characters, half of them replaced once, so that old versions lie about) and
 * asks each question 30 times, then all of them from eight askers at once. Prints median and 95th percentile, facets and
 * page included, as the endpoint answers them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCityPack } from '../kernel/city/load.ts';
import { cityLookup } from '../kernel/city/lookup.ts';
import { rootPath } from '../kernel/paths.ts';
import { seeded } from '../kernel/random.ts';
import { openStores } from '../kernel/stores/index.ts';
import { migrateCorpus } from '../kernel/stores/migrate.ts';
import { PatentQuery } from '../modules/patents/contract.ts';
import { hashOf, toRow } from '../modules/patents/server/content.ts';
import { insertLines } from '../modules/patents/server/corpus.ts';
import { DemoMaker, dayIn } from '../modules/patents/server/demo-make.ts';
import { openPlaces } from '../modules/patents/server/places.ts';
import { planSearch } from '../modules/patents/server/query.ts';
import { search } from '../modules/patents/server/search.ts';

const rows = Number(process.argv[2] ?? 200_000);

const QUESTIONS: [string, Record<string, string>][] = [
  ['everything', {}],
  ['two characters', { q: '织物' }],
  ['three characters', { q: '机器人' }],
  ['six characters', { q: '液压销双重锁紧' }],
  ['two words', { q: '传感器 夹爪' }],
  ['one character', { q: '翊' }],
  ['nothing found', { q: '量子纠缠' }],
  ['a number', { q: 'CN199000123B' }],
  ['applicant', { applicant: '机器人' }],
  ['IPC and years', { ipc: 'B63B', from: '2015-01-01', to: '2017-12-31' }],
  ['word, region, IPC', { q: '面料', region: 'tongzhou', ipc: 'D06' }],
  ['page 5,000', { page: '5000' }],
];

const loaded = await loadCityPack(rootPath('cities/nantong'));
if (!loaded.ok) throw new Error('the pack is broken');
const { pack } = loaded;
const places = openPlaces(pack);
const dataDir = mkdtempSync(join(tmpdir(), 'zc-bench-'));
const stores = await openStores({ dataDir, log: () => {} });
try {
  await migrateCorpus(stores, [{ module: 'patents', dir: rootPath('modules/patents/server/migrations') }]);
  const fill = async (seed: number, count: number, version: string) => {
    const random = seeded(seed);
    const maker = new DemoMaker(cityLookup(pack), random);
    const status = { status: 'in-force', statusText: '有效', statusDate: '' } as const;
    let lines: string[] = [];
    for (let n = 0; n < count; n++) {
      const published = dayIn(random, random.int(2008, 2020), random.int(1, 12));
      const filed = `${Number(published.slice(0, 4)) - 3}${published.slice(4, 8)}01`;
      const [one, two, three] = [0, 1, 2].map(
        () => maker.make({ kind: 'B', published, filed, ...status }, false)[0]!,
      );
      const number = `CN1${String(99_000_000 + n).padStart(8, '0')}B`;
      const content = {
        ...one!,
        number,
        keys: [`p:${number}`],
        abstract: one!.abstract + two!.abstract + three!.abstract,
      };
      const hash = hashOf(content);
      const importId = '019f160a-4680-7ae4-9b0a-4d17a827ae07';
      const stamp = {
        importId,
        batch: 1,
        row: n,
        at: '2020-01-01 00:00:00',
        version,
        sourceHash: hash,
        contentHash: hash,
        demo: true,
      };
      lines.push(JSON.stringify(toRow(content, stamp, places.locate)));
      if (lines.length < 2000 && n < count - 1) continue;
      await insertLines(stores.corpus, Buffer.from(lines.join('\n')));
      lines = [];
    }
  };
  const started = performance.now();
  await fill(1, rows, '1');
  await fill(2, rows / 2, '2');
  console.log(
    `${rows} records, ${rows / 2} of them replaced once, written in ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );

  const ask = async (question: Record<string, string>) => {
    const query = PatentQuery.parse(question);
    const at = performance.now();
    const page = await search(
      stores.corpus,
      planSearch(query, places, '2020-12-31', false),
      query.page,
      query.size,
    );
    return { ms: performance.now() - at, total: page.total };
  };
  const at = (sorted: number[], share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(0);
  for (const [name, question] of QUESTIONS) {
    const times: number[] = [];
    let total = 0;
    for (let i = 0; i < 32; i++) {
      const got = await ask(question);
      total = got.total;
      if (i >= 2) times.push(got.ms);
    }
    times.sort((a, b) => a - b);
    console.log(
      `${name.padEnd(20)} ${String(total).padStart(8)} hits  median ${at(times, 0.5).padStart(5)} ms  95 % ${at(times, 0.95).padStart(5)} ms`,
    );
  }
  const times: number[] = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: 8 }, async (_, asker) => {
      for (let i = 0; i < QUESTIONS.length * 2; i++)
        times.push((await ask(QUESTIONS[(asker + i) % QUESTIONS.length]![1])).ms);
    }),
  );
  times.sort((a, b) => a - b);
  const perSecond = (times.length / (performance.now() - began)) * 1000;
  console.log(
    `eight at once        ${perSecond.toFixed(1)} searches/s  median ${at(times, 0.5)} ms  95 % ${at(times, 0.95)} ms`,
  );
} finally {
  await stores.close();
  rmSync(dataDir, { recursive: true, force: true });
}
