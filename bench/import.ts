/**
 * Measures patent imports: `npx tsx bench/import.ts [jsonl rows = 60000] [xlsx rows = 20000]`. Generated records of about
 * 250 characters of abstract and 300 of claims go through the whole import (parsing, checking, classifying, writing,
 * checkpoints) on embedded stores in a temporary folder. Prints rows per second, the largest memory of this process and of
 * the corpus process (sampled every 100 ms), and the processor time of both, which a busy machine does not distort.
 */
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pino } from 'pino';
import { loadCityPack } from '../kernel/city/load.ts';
import { cityLookup } from '../kernel/city/lookup.ts';
import type { CityPack } from '../kernel/city/schema.ts';
import { systemClock } from '../kernel/clock.ts';
import { Files } from '../kernel/files/files.ts';
import { rootPath } from '../kernel/paths.ts';
import { seeded } from '../kernel/random.ts';
import type { Records } from '../kernel/records.ts';
import { openStores } from '../kernel/stores/index.ts';
import { migrateCorpus, migrateRecords } from '../kernel/stores/migrate.ts';
import { writeXlsx } from '../kernel/tables/write-xlsx.ts';
import type { PatentContent } from '../modules/patents/server/corpus/content.ts';
import { DemoMaker } from '../modules/patents/server/demo/demo-make.ts';
import { suggestMapping } from '../modules/patents/server/imports/columns.ts';
import { type ImportDeps, runImport } from '../modules/patents/server/imports/import-run.ts';
import { knownSource } from '../modules/patents/server/imports/source-rows.ts';
import { openPlaces } from '../modules/patents/server/places.ts';
import { withPatents } from '../modules/patents/server/tables.ts';

const jsonlRows = Number(process.argv[2] ?? 60_000);
const xlsxRows = Number(process.argv[3] ?? 20_000);

/** Records like those of an export: the demonstration's words, longer, under numbers of their own. */
function* records(pack: CityPack, count: number, series: string): Generator<PatentContent> {
  const maker = new DemoMaker(cityLookup(pack), seeded(7));
  const wanted = { kind: 'B', published: '2015-06-10', filed: '2012-03-01' } as const;
  const status = { status: 'in-force', statusText: '有效', statusDate: '' } as const;
  for (let n = 0; n < count; n++) {
    const [one, two, three] = [0, 1, 2].map(() => maker.make({ ...wanted, ...status }, false)[0]!);
    const number = `CN1${series}${String(n).padStart(7, '0')}B`;
    const abstract = `${one!.abstract}${two!.abstract}${three!.abstract}`;
    const claims = [1, 2, 3].map((i) => `${i}.${one!.title}，其特征在于：${two!.abstract.slice(0, 90)}。`);
    yield { ...one!, number, abstract, claims };
  }
}

const HEADS = [
  '申请号',
  '公开（公告）号',
  '公开（公告）日',
  '申请日',
  '专利号',
  '名称',
  '主分类号',
  '分类号',
  '分案原申请号',
  '优先权',
  '申请（专利权）人',
  '发明（设计）人',
  '地址',
  '颁证日',
  '国际申请',
  '国际公布',
  '进入国家日期',
  '专利代理机构',
  '代理人',
  '摘要',
  '主权项',
  '参考文献',
  '审查员',
  '光盘号',
  'PCT公开',
];

function exportRow(c: PatentContent): string[] {
  const dotted = (date: string) => date.replaceAll('-', '.');
  const agency = '南通演示专利代理事务所 32999';
  return [
    ...[c.applicationNumber, c.number, dotted(c.publicationDate), dotted(c.filingDate), c.applicationNumber],
    ...[
      c.title,
      c.ipc[0] ?? '',
      c.ipc.join(';'),
      '',
      '',
      c.applicants.join(';'),
      c.inventors.join(';'),
      c.address,
    ],
    ...['', '', '', '', agency, '演示代理人', c.abstract, c.claims[0] ?? '', '', '', 'D1501', '0'],
  ];
}

/** Processor time of the corpus process so far, in seconds (Linux). */
const processorOf = (pid: number | undefined) => {
  const path = `/proc/${pid}/stat`;
  if (!pid || !existsSync(path)) return 0;
  const fields = readFileSync(path, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

const memoryOf = (pid: number | undefined) => {
  const path = `/proc/${pid}/status`;
  if (!pid || !existsSync(path)) return 0;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(path, 'utf8'))?.[1] ?? 0) / 1024;
};

const loaded = await loadCityPack(rootPath('cities/nantong'));
if (!loaded.ok) throw new Error('the pack is broken');
const { pack } = loaded;
const dataDir = mkdtempSync(join(tmpdir(), 'zc-bench-'));
const stores = await openStores({ dataDir, log: () => {} });
try {
  const migrations = ['kernel', 'patents'].map((module) => ({
    module,
    dir: rootPath(module === 'kernel' ? 'kernel/migrations' : 'modules/patents/server/migrations'),
  }));
  await migrateRecords(stores.pool, migrations);
  await migrateCorpus(stores, migrations);
  const tables = withPatents(stores.records as unknown as Records);
  const files = new Files(join(dataDir, 'files'), stores.records as unknown as Records);
  const deps: ImportDeps = {
    records: tables,
    corpus: stores.corpus,
    files,
    locate: openPlaces(pack).locate,
    clock: systemClock,
    log: pino({ level: 'error' }),
    events: { emit: async () => {} },
  };
  const measure = async (label: string, path: string, format: 'jsonl' | 'xlsx') => {
    const { createReadStream } = await import('node:fs');
    const file = await files.put(createReadStream(path), {
      name: `bench.${format}`,
      ownerId: null,
      purpose: 'patents.import',
      limit: Number.MAX_SAFE_INTEGER,
    });
    const { id } = await tables
      .insertInto('patentImport')
      .values({
        sourceId: await tables.transaction().execute((trx) => knownSource(trx, 'file')),
        fileId: file.id,
        fileName: file.name,
        size: file.size,
        format,
        headerRow: format === 'xlsx' ? 1 : null,
        mapping: format === 'xlsx' ? JSON.stringify(suggestMapping(HEADS)) : null,
        state: 'waiting',
        createdByName: 'bench',
        createdByRole: 'system',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const peak = { own: 0, corpus: 0, delay: 0 };
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      peak.delay = Math.max(peak.delay, now - last - 100);
      last = now;
      peak.own = Math.max(peak.own, process.memoryUsage().rss / 2 ** 20);
      peak.corpus = Math.max(peak.corpus, memoryOf(stores.corpusPid()));
    }, 100);
    const started = performance.now();
    const before = { own: process.cpuUsage(), corpus: processorOf(stores.corpusPid()) };
    await runImport(deps, id, { stopping: false, progress: () => {} });
    const seconds = (performance.now() - started) / 1000;
    const own = process.cpuUsage(before.own);
    const spent = {
      own: (own.user + own.system) / 1e6,
      corpus: processorOf(stores.corpusPid()) - before.corpus,
    };
    clearInterval(timer);
    const row = await tables
      .selectFrom('patentImport')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const counts = `accepted ${row.accepted} updated ${row.updated} unchanged ${row.unchanged} rejected ${row.rejected}`;
    const rows = row.accepted + row.updated + row.unchanged + row.rejected;
    console.log(
      `${label.padEnd(22)} ${String(Math.round(rows / seconds)).padStart(7)} rows/s  ${seconds.toFixed(1).padStart(6)} s  ` +
        `${(file.size / 2 ** 20).toFixed(0).padStart(5)} MB  peak ${peak.own.toFixed(0)} MB here, ${peak.corpus.toFixed(0)} MB corpus, ` +
        `processor ${((spent.own / rows) * 1e6).toFixed(0)} + ${((spent.corpus / rows) * 1e6).toFixed(0)} µs/row, longest block ${peak.delay.toFixed(0)} ms  ${row.state} ${counts} ${row.errorCode ?? ''}`,
    );
  };
  const jsonl = join(dataDir, 'bench.jsonl');
  const lines = function* (series: string, count: number) {
    for (const { legalStatus: _, granted: __, keys: ___, ...c } of records(pack, count, series))
      yield `${JSON.stringify({ publicationNumber: c.number, title: c.title, abstract: c.abstract, claims: c.claims, applicants: c.applicants, inventors: c.inventors, ipc: c.ipc, filingDate: c.filingDate, publicationDate: c.publicationDate, address: c.address, legalStatus: '有效' })}\n`;
  };
  await pipeline(Readable.from(lines('8', jsonlRows)), createWriteStream(jsonl));
  await measure('JSONL, all new', jsonl, 'jsonl');
  await measure('JSONL, the same again', jsonl, 'jsonl');
  await pipeline(Readable.from(lines('9', jsonlRows)), createWriteStream(jsonl));
  await measure('JSONL, as many more', jsonl, 'jsonl');
  const xlsx = join(dataDir, 'bench.xlsx');
  const rows = function* () {
    for (const c of records(pack, xlsxRows, '7')) yield exportRow(c);
  };
  await writeXlsx(xlsx, [
    { name: 'Sheet1', columns: HEADS.map((header) => ({ header, type: 'text' as const })), rows: rows() },
  ]);
  await measure('XLSX, all new', xlsx, 'xlsx');
  await measure('XLSX, the same again', xlsx, 'xlsx');
} finally {
  await stores.close();
  rmSync(dataDir, { recursive: true, force: true });
}
