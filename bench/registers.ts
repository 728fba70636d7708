/**
 * Measures registers: `npx tsx bench/registers.ts [entries = 100000]`. On embedded stores in a temporary folder it generates
 * a workbook of that many firms, imports it as a keeper does (upload, reading and checking, preview, applying), asks the list
 * with six facets in many ways over HTTP's own path, and exports everything. Beside it, in the same run: LibreOffice opening
 * the same workbook (what a keeper does today), and the same counts asked of the stored JSON field by field.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { loadCityPack } from '../kernel/city/load.ts';
import { systemClock } from '../kernel/clock.ts';
import { readConfig } from '../kernel/config.ts';
import { orgCodeCheckCharacter, usccCheckCharacter } from '../kernel/identifiers/uscc.ts';
import { rootPath } from '../kernel/paths.ts';
import { compose } from '../kernel/platform.ts';
import { system } from '../kernel/policy/policy.ts';
import { seeded } from '../kernel/random.ts';
import { openStores } from '../kernel/stores/index.ts';
import { writeXlsx } from '../kernel/tables/write-xlsx.ts';
import { accounts } from '../modules/accounts/server/index.ts';
import { organisations } from '../modules/organisations/server/index.ts';
import { parties } from '../modules/parties/server/index.ts';
import { registers } from '../modules/registers/server/index.ts';

const entries = Number(process.argv[2] ?? 100_000);
const REGISTER = 'strong-firms';

const loaded = await loadCityPack(rootPath('kernel/testing/cities/yunzhou'));
if (!loaded.ok) throw new Error('the pack is broken');
const folder = mkdtempSync(join(tmpdir(), 'zc-bench-'));
const log = pino({ level: 'warn' });
const stores = await openStores({ dataDir: folder, log: () => {} });
const composed = await compose({
  config: readConfig({ ZC_DATA: folder, ZC_LOG: 'silent' }),
  modules: [accounts, parties, organisations, registers],
  clock: systemClock,
  log,
  stores,
  pack: loaded.pack,
  version: 'bench',
});
try {
  await composed.load(false);
  const app = await composed.http();
  await app.ready();
  await composed.platform.jobs.work();
  const account = await composed.platform.auth.createAccount(
    { actor: system },
    {
      username: 'office',
      name: 'office',
      grants: [{ role: 'plan-office', organisation: null, region: null }],
    },
  );
  const headers = {
    host: 'bench.test',
    origin: 'http://bench.test',
    cookie: await composed.platform.auth.openSession(account.id),
  };
  const get = async (url: string) => {
    const answer = await app.inject({ method: 'GET', url, headers });
    if (answer.statusCode !== 200)
      throw new Error(`${url}: ${answer.statusCode} ${answer.body.slice(0, 300)}`);
    return answer;
  };
  const seconds = (since: number) => (performance.now() - since) / 1000;

  // The workbook, as a keeper has it.
  const file = join(folder, 'firms.xlsx');
  await writeXlsx(file, [
    {
      name: '企业',
      columns: [
        '企业名称',
        '统一社会信用代码',
        '地址',
        '所在地区',
        '行业',
        '梯队',
        '入库日期',
        '是否上市',
        '成立年份',
        '职工人数',
        '有效发明专利数',
        '研发投入占比',
        '注册资本（万元）',
        '联系人',
      ].map((header) => ({ header, type: 'text' as const })),
      rows: firms(entries),
    },
  ]);
  const size = statSync(file).size;
  console.log(`${entries} firms, workbook of ${(size / 1e6).toFixed(1)} MB`);

  const opened = performance.now();
  let libreoffice: number | null = null;
  try {
    execFileSync('soffice', ['--headless', '--convert-to', 'csv', '--outdir', folder, file], {
      stdio: 'ignore',
    });
    libreoffice = seconds(opened);
  } catch {
    console.log('LibreOffice is not here: not compared');
  }

  const importing = performance.now();
  let batch = await upload(file);
  const prepared = await until(batch.id, ['ready']);
  const read = seconds(importing);
  batch = (
    await app.inject({ method: 'POST', url: `/api/registers/batches/${batch.id}/apply`, headers })
  ).json();
  const applied = await until(batch.id, ['done']);
  const whole = seconds(importing);
  console.log(
    `import: read and checked in ${read.toFixed(1)} s (${JSON.stringify(prepared.counts)}), written after ${whole.toFixed(1)} s (${Math.round(entries / whole)} rows/s), ${JSON.stringify(applied.counts)}`,
  );
  if (libreoffice !== null)
    console.log(
      `LibreOffice opens the same workbook and writes CSV in ${libreoffice.toFixed(1)} s: the import takes ${(whole / libreoffice).toFixed(2)} of that`,
    );
  await sql`vacuum analyze register_slice`.execute(composed.platform.records);

  // The list.
  const list = `/api/registers/${REGISTER}/entries`;
  const filters = (value: object) => `filters=${encodeURIComponent(JSON.stringify(value))}`;
  const questions: [string, string][] = [
    ['everything', ''],
    ['by title', 'sort=title'],
    ['one facet', filters({ tier: ['pilot'] })],
    ['two facets and a region', `region=east&${filters({ tier: ['pilot'], industry: ['家纺'] })}`],
    ['words', 'q=瑞恒 纺织'],
    ['nothing found', 'q=量子纠缠'],
    ['valid on a day', 'on=2019-06-30'],
    ['page 1,000', 'page=1000'],
    ['due in 90 days', 'due=90'],
  ];
  const all: number[] = [];
  for (const [name, query] of questions) {
    const times: number[] = [];
    let total = 0;
    for (let i = 0; i < 22; i++) {
      const at = performance.now();
      total = (await get(`${list}?${query}`)).json().total;
      if (i >= 2) times.push(performance.now() - at);
    }
    all.push(...times);
    console.log(`${name.padEnd(26)} ${String(total).padStart(7)} entries  ${quantiles(times)}`);
  }
  console.log(`${'all questions'.padEnd(26)} ${' '.repeat(7)}          ${quantiles(all)}`);

  const naive: number[] = [];
  for (let i = 0; i < 10; i++) {
    const at = performance.now();
    for (const key of ['tier', 'region', 'industry', 'founded', 'listed'])
      await sql`select data->>${sql.lit(key)} as v, count(*) from register_slice where register = ${REGISTER}
        and last and recorded_to is null group by 1`.execute(composed.platform.records);
    naive.push(performance.now() - at);
  }
  console.log(`five counts of the JSON, one query each: ${quantiles(naive)}`);

  for (const format of ['csv', 'xlsx']) {
    const at = performance.now();
    const answer = await get(`/api/registers/${REGISTER}/entries.${format}`);
    console.log(
      `export ${format}: ${seconds(at).toFixed(1)} s, ${(answer.rawPayload.length / 1e6).toFixed(1)} MB`,
    );
  }

  async function upload(path: string): Promise<{ id: string }> {
    const boundary = 'zcbench';
    const field = (name: string, value: string) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const payload = Buffer.concat([
      Buffer.from(
        `${field('mode', 'correct')}${field('state', 'published')}--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="firms.xlsx"\r\ncontent-type: application/octet-stream\r\n\r\n`,
      ),
      readFileSync(path),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const answer = await app.inject({
      method: 'POST',
      url: `/api/registers/${REGISTER}/imports`,
      headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
      payload,
    });
    if (answer.statusCode !== 200) throw new Error(answer.body);
    return answer.json();
  }

  async function until(id: string, states: readonly string[]) {
    for (;;) {
      const batch = (await get(`/api/registers/batches/${id}`)).json();
      if (states.includes(batch.state)) return batch;
      if (['failed', 'cancelled'].includes(batch.state)) throw new Error(JSON.stringify(batch));
      await new Promise((r) => setTimeout(r, 100));
    }
  }
  await app.close();
} finally {
  await composed.stop();
  await stores.close();
  rmSync(folder, { recursive: true, force: true });
}

function* firms(count: number): Generator<(string | number)[]> {
  const random = seeded(11);
  const syllables = [...'瑞恒海盛锦通晟启博润嘉凌沃云宏力新星江港泰华广远鼎诚汇联金百丰泽帆图禾源岳澜砚达'];
  for (let n = 0; n < count; n++) {
    const eight = `MA${String(n).padStart(6, '0')}`;
    const code = `91999999${eight}${orgCodeCheckCharacter(eight)}`;
    const name = Array.from({ length: 4 }, () => random.pick(syllables)).join('');
    yield [
      `云舟${name}纺织科技有限公司${n}`,
      code + usccCheckCharacter(code),
      `云舟市东区创新大道${n % 900}号`,
      random.pick(['east', 'west']),
      random.pick(['船舶', '家纺', '电子信息', '装备', '新材料', '新能源', '其他']),
      random.pick(['试点', '试点', '示范', '优势']),
      `201${random.int(5, 9)}-0${random.int(1, 9)}-1${random.int(0, 9)}`,
      random.pick(['是', '否']),
      String(random.int(1985, 2015)),
      String(random.int(5, 5000)),
      String(random.int(0, 200)),
      String(random.int(1, 90) / 10),
      String(random.int(10, 90_000)),
      `企业联系人${n}`,
    ];
  }
}

function quantiles(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.toFixed(0);
  return `median ${at(0.5)?.padStart(4)} ms  95 % ${at(0.95)?.padStart(4)} ms`;
}
