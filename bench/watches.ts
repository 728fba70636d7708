/**
 * Measures watches: `npx tsx bench/watches.ts [watches = 1000] [batch = 10000] [base = 30000]`. Generated records are imported
 * on embedded stores in a temporary folder; then watches of every kind are made, a batch follows (half of it changes records
 * that are there), and all watches run over it with alerts, messages and outbox written. Prints how long that took and what
 * came of it. Wanted: 1,000 watches over 10,000 records in 10 s.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { loadCityPack } from '../kernel/city/load.ts';
import { cityLookup } from '../kernel/city/lookup.ts';
import { systemClock } from '../kernel/clock.ts';
import { readConfig } from '../kernel/config.ts';
import { rootPath } from '../kernel/paths.ts';
import { compose } from '../kernel/platform.ts';
import { system } from '../kernel/policy/policy.ts';
import { seeded } from '../kernel/random.ts';
import { openStores } from '../kernel/stores/index.ts';
import { organisations } from '../modules/organisations/server/index.ts';
import { parties } from '../modules/parties/server/index.ts';
import type { PatentContent } from '../modules/patents/server/corpus/content.ts';
import { DemoMaker } from '../modules/patents/server/demo/demo-make.ts';
import { runImport } from '../modules/patents/server/imports/import-run.ts';
import { Imports } from '../modules/patents/server/imports/imports.ts';
import { uploadOfPath } from '../modules/patents/server/imports/upload.ts';
import { PatentCorpus, patents } from '../modules/patents/server/index.ts';
import { openPlaces } from '../modules/patents/server/places.ts';
import { registers } from '../modules/registers/server/index.ts';
import { webhooks } from '../modules/webhooks/server/index.ts';
import type { Bench, By } from '../modules/workbench/server/bench.ts';
import { addItems } from '../modules/workbench/server/collections/change.ts';
import { workbench } from '../modules/workbench/server/index.ts';
import { createObject } from '../modules/workbench/server/objects/objects.ts';
import { catchUp } from '../modules/workbench/server/watches/run.ts';
import { createWatch, type WatchBody } from '../modules/workbench/server/watches/watches.ts';

const wanted = Number(process.argv[2] ?? 1000);
const batch = Number(process.argv[3] ?? 10_000);
const base = Number(process.argv[4] ?? 30_000);

const loaded = await loadCityPack(rootPath('cities/nantong'));
if (!loaded.ok) throw new Error('the pack is broken');
const { pack } = loaded;
const dataDir = mkdtempSync(join(tmpdir(), 'zc-bench-'));
const stores = await openStores({ dataDir, log: () => {} });
try {
  const { platform, load } = await compose({
    config: readConfig({ ZC_DATA: dataDir, ZC_LOG: 'silent' }),
    modules: [parties, organisations, registers, patents, webhooks, workbench],
    clock: systemClock,
    log: pino({ level: 'silent' }),
    stores,
    pack,
    version: '0',
  });
  await load(false);
  const imports = new Imports(platform, openPlaces(pack).locate);
  const random = seeded(11);
  const maker = new DemoMaker(cityLookup(pack), random);
  const made: PatentContent[] = [];
  const one = (n: number): Record<string, unknown> => {
    const year = random.int(2008, 2020);
    const status = { status: 'in-force', statusText: '有效', statusDate: '' } as const;
    const [content] = maker.make(
      { kind: 'B', published: `${year}-06-10`, filed: `${year - 3}-03-01`, ...status },
      false,
    );
    made.push(content!);
    const { title, abstract, applicants, ipc, address } = content!;
    return {
      publicationNumber: `CN1${String(n).padStart(8, '0')}B`,
      ...{ title, abstract, applicants, ipc, address },
      filingDate: `${year - 3}-03-01`,
      publicationDate: `${year}-06-10`,
      legalStatus: '有效',
    };
  };
  const bring = async (records: Record<string, unknown>[]) => {
    const path = join(dataDir, `batch-${records.length}.jsonl`);
    writeFileSync(path, records.map((r) => JSON.stringify(r)).join('\n'));
    const upload = await uploadOfPath(path, platform.files, platform.config.ZC_UPLOAD_LIMIT);
    const { id } = await imports.create({ actor: system, requestId: '' } as never, upload);
    const deps = { ...imports.deps(), events: { emit: async () => {} } };
    const at = performance.now();
    await runImport(deps, id, { stopping: false, progress: () => {} });
    console.log(`${records.length} records imported in ${((performance.now() - at) / 1000).toFixed(1)} s`);
  };
  await bring(Array.from({ length: base }, (_, n) => one(n)));

  const bench: Bench = { platform, corpus: new PatentCorpus(platform) };
  const people: By[] = [];
  for (let i = 0; i < Math.ceil(wanted / 50); i++) {
    const name = `person-${i}`;
    const { id } = await platform.auth.createAccount({ actor: system }, { username: name, name });
    const actor = { kind: 'user' as const, id, name, grants: [], via: null };
    people.push({ actor, lang: 'zh', requestId: '' });
  }
  const applicants = [...new Set(made.flatMap((c) => c.applicants))];
  const classes = [...new Set(made.flatMap((c) => c.ipc.map((i) => i.replace(/\/.*/, ''))))];
  const words = [...new Set(made.map((c) => c.title.slice(2, 6)))];
  const plain = { q: '', dialect: null, filter: '', subject: '', notice: 'each' as const };
  const asks: ((i: number, by: By) => Promise<Partial<WatchBody> & Pick<WatchBody, 'kind'>>)[] = [
    async () => ({ kind: 'applicant', subject: random.pick(applicants) }),
    async () => ({ kind: 'class', subject: random.pick(classes) }),
    async () => ({ kind: 'query', q: `TI=${random.pick(words)}` }),
    async () => ({
      kind: 'query',
      q: `TA=(${random.pick(words)} OR ${random.pick(words)}) AND IPC=${random.pick(classes).slice(0, 4)}`,
    }),
    async (i, by) => {
      const { id } = await createObject(bench, by, {
        kind: 'collection',
        name: `c${i}`,
        note: '',
        organisation: null,
        public: false,
      });
      const numbers = Array.from(
        { length: 100 },
        () => `CN1${String(random.int(0, base)).padStart(8, '0')}B`,
      );
      await addItems(bench, by, id, { numbers });
      return { kind: 'collection', collection: id };
    },
  ];
  for (let i = 0; i < wanted; i++) {
    const by = people[i % people.length]!;
    const ask = await asks[i % 20 === 19 ? 4 : i % 4]!(i, by);
    await createWatch(bench, by, { ...plain, name: `w${i}`, ...ask });
  }
  console.log(`${wanted} watches made`);
  const half = Math.floor(batch / 2);
  await bring(Array.from({ length: batch }, (_, n) => one(n < half ? n : base + n)));

  const at = performance.now();
  const done = await catchUp(bench);
  const seconds = (performance.now() - at) / 1000;
  const count = async (sql: string) => (await stores.pool.query<{ n: number }>(sql)).rows[0]!.n;
  const alerts = await count('select count(*)::int as n from workbench_alert');
  const messages = await count('select count(*)::int as n from notification');
  console.log(
    `${done.watches} watches over ${batch} records in ${seconds.toFixed(2)} s: ${done.found} found something, ${alerts} alerts, ${messages} messages`,
  );
  const again = performance.now();
  await catchUp(bench);
  console.log(`nothing new: ${(performance.now() - again).toFixed(0)} ms`);
} finally {
  await stores.close();
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit(0);
