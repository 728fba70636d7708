/**
 * Measures matters: `npx tsx bench/matters.ts [matters = 100000] [running = 0.3]`. On embedded stores in a temporary folder that
 * many requests for information are stored with logs, clocks and answers as the module itself makes them, a share of them still
 * running. Then: the desk over HTTP's own path, fifty officers who act on the same twenty matters at once, and the clocks of all
 * running matters reckoned anew for another calendar. Beside the desk, in the same run: the bare statement for the page over one
 * table that holds everything a row shows, with its index.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { addDays } from '../kernel/calendar/date.ts';
import { loadCityPack } from '../kernel/city/load.ts';
import type { CityPack } from '../kernel/city/schema.ts';
import { fixedClock } from '../kernel/clock.ts';
import { readConfig } from '../kernel/config.ts';
import { canonicalJson, newId, sha256 } from '../kernel/ids.ts';
import { rootPath } from '../kernel/paths.ts';
import { compose } from '../kernel/platform.ts';
import { type Actor, anonymous, system } from '../kernel/policy/policy.ts';
import { seeded } from '../kernel/random.ts';
import { newReceipt } from '../kernel/secrets.ts';
import { openStores } from '../kernel/stores/index.ts';
import { Catalog } from '../modules/matters/server/catalog/catalog.ts';
import type { Step } from '../modules/matters/server/course/course.ts';
import { matters } from '../modules/matters/server/index.ts';
import type { MatterContext } from '../modules/matters/server/matters/context.ts';
import { type Definition, Definitions } from '../modules/matters/server/matters/definitions.ts';
import { isIntact, linked, readLog } from '../modules/matters/server/matters/log.ts';
import { reckonAll } from '../modules/matters/server/matters/reckon.ts';
import { clockRows, knownDues, nextDay } from '../modules/matters/server/matters/settle.ts';
import { openingOf } from '../modules/matters/server/matters/standing.ts';
import type { LogRow } from '../modules/matters/server/matters/tables.ts';
import { organisations } from '../modules/organisations/server/index.ts';
import { parties } from '../modules/parties/server/index.ts';
import { registers } from '../modules/registers/server/index.ts';
import { webhooks } from '../modules/webhooks/server/index.ts';

const count = Number(process.argv[2] ?? 100_000);
const running = Number(process.argv[3] ?? 0.3);
const OFFICE = 'market-regulation';
const OFFICERS = 50;
const SAME = 20;
const NOW = '2026-11-30T09:00:00+08:00';
const TOPICS = [
  '专利授权',
  '专利转化',
  '商标注册',
  '示范企业',
  '资助资金',
  '行政裁决',
  '预审服务',
  '维权援助',
];
const KINDS = ['统计', '清单', '名单', '文件', '结果', '数据'];

const loaded = await loadCityPack(rootPath('cities/nantong'));
if (!loaded.ok) throw new Error('the pack is broken');
const { pack } = loaded;
const folder = mkdtempSync(join(tmpdir(), 'zc-bench-'));
const stores = await openStores({ dataDir: folder, log: () => {} });
const clock = fixedClock(NOW);
const composed = await compose({
  config: readConfig({ ZC_DATA: folder, ZC_LOG: 'silent' }),
  modules: [parties, organisations, registers, webhooks, matters],
  clock,
  log: pino({ level: 'warn' }),
  stores,
  pack,
  version: 'bench',
});
const { platform } = composed;
const over = (of: CityPack): MatterContext => ({
  platform,
  catalog: new Catalog(of),
  definitions: new Definitions(of),
  pdf: null,
});
const random = seeded(7);
const seconds = (since: number) => (performance.now() - since) / 1000;
try {
  await composed.load(false);
  const app = await composed.http();
  await app.ready();
  const officers: { id: string; name: string; headers: Record<string, string> }[] = [];
  for (let n = 0; n < OFFICERS; n++) {
    const name = `officer${n}`;
    const grants = [{ role: 'case-officer', organisation: OFFICE, region: null }];
    const { id } = await platform.auth.createAccount({ actor: system }, { username: name, name, grants });
    const cookie = await platform.auth.openSession(id);
    officers.push({ id, name, headers: { host: 'bench.test', origin: 'http://bench.test', cookie } });
  }

  const storing = performance.now();
  const entries = await storeMatters();
  const inserted = seconds(storing);
  await platform.stores.pool.query('vacuum analyze');
  console.log(`${count} matters, ${entries} entries of logs, stored in ${inserted.toFixed(1)} s`);
  await measureDesk();
  await measureContention();
  await measureReckoning();

  /** Stores the matters as use would have left them, in bulk. */
  async function storeMatters(): Promise<number> {
    const ctx = over(pack);
    const item = ctx.catalog.find('disclosure', clock.today())!;
    const definition = await platform.records
      .transaction()
      .execute((trx) => ctx.definitions.keep(trx, item, clock.now()));
    const numbers = new Map<number, number>();
    let logged = 0;
    let batch: Record<
      'matter' | 'matter_party' | 'matter_log' | 'matter_clock' | 'matter_answers',
      object[]
    > = emptyBatch();
    for (let n = 0; n < count; n++) {
      const runs = n >= count * (1 - running);
      const on = addDays(
        clock.today(),
        runs ? -random.int(0, 40) : -60 - Math.floor(((count - n) / count) * 1000),
      );
      const year = Number(on.slice(0, 4));
      numbers.set(year, (numbers.get(year) ?? 0) + 1);
      const made = oneMatter(definition, ctx, on, `通知公开收〔${year}〕${numbers.get(year)}号`, n, runs);
      batch.matter.push(made.matter);
      batch.matter_party.push(made.party);
      batch.matter_log.push(...made.log);
      batch.matter_clock.push(...made.clocks);
      batch.matter_answers.push(made.answers);
      logged += made.log.length;
      if (batch.matter.length === 2000 || n === count - 1) {
        for (const [table, rows] of Object.entries(batch))
          await stores.pool.query(
            `insert into ${table} (${Object.keys(rows[0]!).join()}) select ${Object.keys(rows[0]!).join()} from json_populate_recordset(null::${table}, $1)`,
            [JSON.stringify(rows)],
          );
        batch = emptyBatch();
      }
    }
    for (const [year, last] of numbers)
      await stores.pool.query('insert into matter_counter values ($1, $2, $3)', [item.mark, year, last]);
    return logged;
  }

  /** One matter with everything that belongs to it. */
  function oneMatter(
    definition: Definition,
    ctx: MatterContext,
    on: string,
    number: string,
    n: number,
    runs: boolean,
  ) {
    const { item, procedure } = definition;
    const officer = officers[n % OFFICERS]!;
    const handler: Actor = { kind: 'user', id: officer.id, name: officer.name, grants: [], via: 'session' };
    const given = random.chance(0.6);
    const steps: Step[] = [{ action: openingOf(item).id, on }];
    const asked = random.int(0, 9);
    if (asked < 2) steps.push({ action: 'ask-third', on: addDays(on, 2) });
    if (asked < 1 || (asked < 2 && !runs)) steps.push({ action: 'third-answers', on: addDays(on, 9) });
    if (!runs) steps.push({ action: random.pick(['disclose', 'deny', 'inform']), on: addDays(on, 16) });
    const known = steps.filter((step) => step.on <= clock.today());
    const courses = procedure.trace(known);
    const course = courses.at(-1)!;
    const id = newId(new Date(`${on}T09:00:00+08:00`).getTime());
    const answers = {
      ...{ kind: 'person', name: `示例申请人${n % 9000}`, phone: '010-80000000', address: '示例路1号' },
      title: `${2015 + (n % 11)}年${random.pick(TOPICS)}${random.pick(KINDS)}`,
      ...{ delivery: 'email', form: 'electronic' },
    };
    const salt = randomBytes(16).toString('hex');
    const key = randomUUID();
    const log: LogRow[] = [];
    const add = (day: string, entry: Parameters<typeof linked>[4]) =>
      log.push(
        linked(log.at(-1)?.hash ?? null, new Date(`${day}T09:00:00+08:00`), id, log.length + 1, entry),
      );
    for (const [i, step] of known.entries()) {
      const action = item.actions.find((one) => one.id === step.action)!;
      add(step.on, {
        ...{
          kind: 'step',
          action: action.id,
          onDay: step.on,
          role: action.by,
          recorded: action.by === 'third',
        },
        ...{
          key: i === 0 ? key : randomUUID(),
          keyHash: sha256(number),
          actor: i === 0 ? anonymous : handler,
        },
        content: {
          ...{ note: '', papers: [], rules: ctx.definitions.rules },
          answers: i === 0 ? sha256(`${salt}\n${canonicalJson(answers)}`) : null,
          dues: knownDues(definition, courses[i]!),
        },
      });
      if (i === 0 && given)
        add(step.on, {
          ...{ kind: 'assigned', action: null, onDay: null, role: null, recorded: false, key: null },
          ...{ keyHash: null, actor: handler },
          content: {
            ...{ note: '', papers: [], answers: null, dues: [], rules: ctx.definitions.rules },
            handler: { id: officer.id, name: officer.name },
          },
        });
    }
    const clocks = clockRows(definition, id, course);
    return {
      matter: snake({
        ...{ id, number, item: item.id, definition: definition.hash, department: OFFICE },
        ...{ name: answers.name, subject: answers.title },
        ...{ key, keyHash: sha256(number), openedOn: on, openedAt: `${on}T09:00:00+08:00` },
        ...{ handler: given ? officer.id : null, version: log.length, state: course.state.id },
        ...{
          endedOn: course.endedOn,
          doneOn: course.endedOn,
          nextOn: nextDay(clocks),
          rules: ctx.definitions.rules,
        },
      }),
      party: snake({
        ...{ matter: id, no: 1, role: openingOf(item).by, name: answers.name, actsFor: null },
        ...{ code: newReceipt(), account: null, since: 1, until: null },
      }),
      log: log.map(snake),
      clocks: clocks.map(snake),
      answers: { matter: id, seq: 1, salt, answers },
    };
  }

  async function measureDesk(): Promise<void> {
    await stores.pool.query(`create table plain as
      select m.id, m.number, m.item, m.name, m.subject, m.state, m.department, m.opened_on, m.done_on, m.next_on, m.handler,
        u.name as handler_name, c.limit_id, c.whose, c.due, c.provisional
      from matter m left join auth."user" u on u.id = m.handler
      left join lateral (select * from matter_clock where matter = m.id and ended_on is null and due is not null and not if_used
        order by due limit 1) c on true`);
    await stores.pool.query(
      'create index plain_desk on plain (department, next_on, id) where done_on is null',
    );
    await stores.pool.query('create index plain_handler on plain (handler, next_on) where done_on is null');
    await stores.pool.query('vacuum analyze plain');
    const officer = officers[3]!;
    const words = {
      common: '统计',
      rare: '示例申请人77',
      two: '专利 名单',
      number: '12号',
      none: '量子纠缠',
    };
    const conditions = {
      open: 'done_on is null',
      late: `done_on is null and next_on < '${clock.today()}'`,
      mine: `done_on is null and handler = '${officer.id}'`,
    };
    const all: { desk: number[]; plain: number[] } = { desk: [], plain: [] };
    const rows = [];
    for (const [view, condition] of Object.entries(conditions))
      for (const [name, q] of Object.entries({ '–': '', ...words })) {
        let total = 0;
        const desk = await timed(async () => {
          const answer = await app.inject({
            url: '/api/matters',
            query: { view, q },
            headers: officer.headers,
          });
          if (answer.statusCode !== 200) throw new Error(answer.body);
          ({ total } = answer.json());
        });
        const like = q
          .split(' ')
          .filter((word) => word !== '')
          .map((word) => `%${word}%`);
        const statement = `select * from plain where department = $1 and ${condition} ${like
          .map((_, i) => `and (number ilike $${i + 2} or name ilike $${i + 2} or subject ilike $${i + 2})`)
          .join(' ')} order by next_on, id limit 50`;
        const plain = await timed(async () => {
          await stores.pool.query(statement, [OFFICE, ...like]);
        });
        all.desk.push(...desk);
        all.plain.push(...plain);
        rows.push({
          ...{ view, words: name, total, 'desk p50': at(desk, 0.5), p95: at(desk, 0.95) },
          ...{ 'plain p50': at(plain, 0.5), 'plain p95': at(plain, 0.95) },
          ratio: (median(desk) / median(plain)).toFixed(1),
        });
      }
    console.table(rows);
    console.log(
      `desk, all questions: p50 ${at(all.desk, 0.5)} ms, p95 ${at(all.desk, 0.95)} ms; bare statement over one table: p50 ${at(all.plain, 0.5)} ms, p95 ${at(all.plain, 0.95)} ms`,
    );
  }

  /** Everybody takes one step in each of the same matters; who is told that somebody was first reads again and tries again. */
  async function measureContention(): Promise<void> {
    const { rows } = await stores.pool.query<{ id: string; number: string; version: number }>(
      `select id, number, version from matter where done_on is null and state = 'received' order by id desc limit ${SAME}`,
    );
    let accepted = 0;
    let again = 0;
    let repeated = 0;
    const times: number[] = [];
    const begun = performance.now();
    await Promise.all(
      officers.map(async ({ headers }, n) => {
        for (let i = 0; i < SAME; i++) {
          const url = `/api/matters/${encodeURIComponent(rows[(i + n) % SAME]!.number)}`;
          for (;;) {
            const seen = (await app.inject({ url, headers })).json();
            const action = ['ask-third', 'third-answers'].find((id) => seen.abilities.act.includes(id));
            const payload = { version: seen.version, idempotencyKey: randomUUID() };
            const since = performance.now();
            const step = { method: 'POST' as const, url: `${url}/actions/${action}`, headers, payload };
            const answer = await app.inject(step);
            times.push(performance.now() - since);
            if (answer.statusCode === 409) {
              again += 1;
              continue;
            }
            if (answer.statusCode !== 200) throw new Error(answer.body);
            accepted += 1;
            // Some press twice.
            if ((n + i) % 10 === 0) {
              const twice = await app.inject(step);
              if (twice.statusCode !== 200) throw new Error(twice.body);
              repeated += 1;
            }
            break;
          }
        }
      }),
    );
    const took = seconds(begun);
    let written = 0;
    for (const { id, version } of rows) {
      const log = await readLog(platform.records, id);
      if (!isIntact(log)) throw new Error(`the log of ${id} is broken`);
      written += log.length - version;
    }
    console.log(
      `${OFFICERS} officers on the same ${SAME} matters: ${accepted} steps accepted (${repeated} of them sent twice), ${again} times told that somebody was first, ${written} entries written in ${took.toFixed(1)} s (${Math.round(accepted / took)} a second); a step p50 ${at(times, 0.5)} ms, p95 ${at(times, 0.95)} ms`,
    );
    if (written !== accepted) throw new Error('a step was lost or doubled');
  }

  /** Another day off, on which every running clock counted. */
  async function measureReckoning(): Promise<void> {
    const date = addDays(clock.today(), 1);
    const years = pack.calendar.years.map((year) =>
      String(year.year) === date.slice(0, 4)
        ? { ...year, holidays: [...year.holidays, { ...year.holidays[0]!, date }] }
        : year,
    );
    const changed = { ...pack, calendar: { ...pack.calendar, years } } as CityPack;
    const begun = performance.now();
    const { looked, moved } = await reckonAll(over(changed));
    console.log(
      `reckoned anew: ${looked} matters, in ${moved} a last day moved: ${seconds(begun).toFixed(1)} s`,
    );
    const { rows } = await stores.pool.query<{ id: string }>(
      `select matter as id from matter_log where kind = 'reckoned' order by matter limit 500`,
    );
    for (const { id } of rows)
      if (!isIntact(await readLog(platform.records, id))) throw new Error(`the log of ${id} is broken`);
  }
  await app.close();
} finally {
  await composed.stop();
  await stores.close();
  rmSync(folder, { recursive: true, force: true });
}

function emptyBatch() {
  return { matter: [] as object[], matter_party: [], matter_log: [], matter_clock: [], matter_answers: [] };
}

/** A row with the names of columns; what lies inside JSON keeps its own. */
function snake(row: object): object {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key.replaceAll(/[A-Z]/g, (c) => `_${c.toLowerCase()}`),
      value,
    ]),
  );
}

async function timed(act: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < 42; i++) {
    const since = performance.now();
    await act();
    if (i >= 2) times.push(performance.now() - since);
  }
  return times;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

function at(times: readonly number[], share: number): string {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1);
}
