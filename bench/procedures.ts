/**
 * Walks the procedures in a browser: `npx tsx bench/procedures.ts [--every] [item …]`. A platform is started with its demonstration, and for
 * each service item in force there is one way to each of its ends, taken by everybody who has a part in it, each in a window of their
 * own: a citizen on a telephone who applies and takes the parties' steps with the code, the officer, the head. The first way
 * goes as far as today lets it; the others begin at the counter a year ago and cross its holidays. With `--every` the steps that lie on
 * no such way are taken, too. Prints for each how far it came and what stood in the way, and which steps of an item were never taken;
 * keeps pictures of what failed in `bench/output`.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { addDays, shanghaiToday } from '../kernel/calendar/date.ts';
import { firstState } from '../kernel/city/item-graph.ts';
import { loadCityPack } from '../kernel/city/load.ts';
import type { CityPack } from '../kernel/city/schema.ts';
import { rootPath } from '../kernel/paths.ts';
import { seeded } from '../kernel/random.ts';
import { madeUpAnswers } from '../modules/matters/server/demo/answers.ts';
import { Form } from '../modules/matters/server/matters/form.ts';
import { toForm } from '../shell/components/record-form/values.ts';
import { startServer } from './server.ts';

type Item = CityPack['items'][number];
type Action = Item['actions'][number];

interface Next {
  id: string;
  notBefore: string | null;
  papers: { id: string; required: boolean; makes: boolean }[];
}
interface Matter {
  number: string;
  version: number;
  code: string | null;
  state: { zh: string };
  next: Next[];
  abilities: { act: string[] };
}

const wanted = process.argv.slice(2).filter((word) => word !== '--every');
/** Also the steps that lie on no shortest way to an end. */
const EVERY = process.argv.includes('--every');
const OUTPUT = rootPath('bench', 'output');
/** Natural days before today on which a matter at the counter begins: a year with all its holidays lies in between. */
const AGO = 380;
const loaded = await loadCityPack(rootPath('cities/nantong'));
if (!loaded.ok) throw new Error('the pack is broken');
const { pack } = loaded;
const today = shanghaiToday(new Date());
const server = await startServer({ env: { ZC_LOG: 'error' } });
const password = await passwordOf();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
  args: ['--no-sandbox'],
});

/** Accounts are printed a moment after health answers. */
async function passwordOf(): Promise<string> {
  for (;;) {
    const found = /^ {2}case-officer\s+(\S+)/m.exec(server.output())?.[1];
    if (found) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** Script errors of any window. */
const errors: string[] = [];

async function windowOf(account: string | null, width: number): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    baseURL: server.base,
    locale: 'zh-CN',
    viewport: { width, height: 900 },
  });
  if (account !== null) {
    const answer = await context.request.post('/api/auth/sign-in/username', {
      data: { username: account, password },
      headers: { origin: server.base },
    });
    if (!answer.ok()) throw new Error(await answer.text());
  }
  const page = await context.newPage();
  // Beside other work a first step, which makes a document, takes its time.
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => errors.push(error.message));
  return page;
}

/** Asks as a window would, with its session. */
async function ask<T>(page: Page, method: string, path: string, data?: unknown, code?: string): Promise<T> {
  const answer = await page.request.fetch(path, {
    ...{ method, data, headers: { origin: server.base, ...(code && { 'x-matter-code': code }) } },
  });
  if (!answer.ok()) throw new Error(`${method} ${path}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** The shortest way from the beginning to a state. */
function wayTo(item: Item, end: string): Action[] | null {
  const ways: { state: string; way: Action[] }[] = [{ state: firstState(item).id, way: [] }];
  const seen = new Set<string>();
  for (const { state, way } of ways) {
    if (state === end) return way;
    if (seen.has(state)) continue;
    seen.add(state);
    for (const action of item.actions)
      if (action.to !== undefined && action.from.includes(state))
        ways.push({ state: action.to, way: [...way, action] });
  }
  return null;
}

const people = {
  citizen: await windowOf(null, 360),
  officer: await windowOf('case-officer', 1280),
  head: await windowOf('case-head', 1280),
};

/** A paper as people send it. */
const scan = (name: string) => ({
  name: `${name}.txt`,
  mimeType: 'text/plain',
  buffer: Buffer.from(`${name}，内容均为虚构`),
});

/** Fills in the form by a draft, which is what somebody who comes back finds, and sends it from the page. */
async function open(
  page: Page,
  item: Item,
  on: string | null,
  seed: number,
): Promise<{ number: string; code: string | null }> {
  const form = new Form(item);
  const answers = madeUpAnswers(pack, item, form.model, seeded(seed), on ?? today);
  const { alsoReport: _, ...said } = answers as Record<string, unknown>;
  const { fields } = await ask<{ fields: Parameters<typeof toForm>[0] }>(
    page,
    'GET',
    `/api/catalog/items/${item.id}/form`,
  );
  const key = randomUUID();
  await ask(page, 'PUT', `/api/matters/drafts/${key}`, {
    item: item.id,
    // As the page keeps what was typed.
    form: toForm(fields, said),
    materials: [],
    version: 0,
  });
  await page.goto(`/services/${item.id}/apply?draft=${key}`, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: '提交申请' }).waitFor();
  for (const tick of await page.getByLabel('我已核对以上条件').all()) await tick.check();
  for (const { material, required } of form.materials(form.opening, answers)) {
    if (!required || material.byForm) continue;
    await page.locator(`#material-${material.id}`).setInputFiles(scan(material.id));
    await page.getByText(`${material.id}.txt`).first().waitFor();
  }
  if (on !== null) await page.getByLabel('收到日期').fill(on);
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.waitForURL(/\/matters\//);
  const number = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1)!);
  // The window keeps the code of the receipt, by the number, for as long as it is open.
  const code = await page.evaluate((n) => {
    for (const kept of Object.values(sessionStorage) as string[]) {
      try {
        const one = (JSON.parse(kept) as Record<string, string>)[n];
        if (typeof one === 'string') return one;
      } catch {
        // Something else is kept there.
      }
    }
    return null;
  }, number);
  return { number, code };
}

/** Takes a step on the page of the matter, on a day where one is given. */
async function take(
  page: Page,
  matter: Matter,
  action: Action,
  next: Next,
  day: string | null,
): Promise<void> {
  await page.goto(`/matters/${encodeURIComponent(matter.number)}`, { waitUntil: 'networkidle' });
  const title = action.title.zh;
  await page
    .locator('fieldset button')
    .filter({ hasText: new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(（登记.*）)?$`) })
    .click();
  if (day !== null) await page.getByLabel('发生日期').fill(day);
  for (const paper of next.papers) {
    if (paper.makes && day === null) {
      const box = page.locator(`#paper-${paper.id}`);
      const to = box.locator('xpath=preceding::input[1]');
      if ((await to.inputValue()) === '') await to.fill('示例收件人');
      await box.fill('示例正文：内容均为虚构。');
    } else if (paper.required) {
      if (paper.makes) await page.getByRole('button', { name: '上传文件' }).click();
      await page.locator(`#paper-${paper.id}`).setInputFiles(scan(paper.id));
      await page.getByText(`${paper.id}.txt`).first().waitFor();
    }
  }
  // A reward is proposed by its grade and what was recovered.
  const grade = page.getByLabel('奖励等级');
  if (await grade.count()) {
    await grade.selectOption({ index: 1 });
    await page.getByLabel('罚没款').fill('260000');
  }
  await page.getByRole('button', { name: title, exact: true }).last().click();
  await page.locator('fieldset button[aria-pressed="true"]').waitFor({ state: 'detached' });
}

let failed = 0;

/** Walks one way and prints how far it came; answers the steps that were taken. */
async function walk(item: Item, way: readonly Action[], name: string, past: boolean, seed: number) {
  const begun = addDays(today, -AGO) < item.from ? item.from : addDays(today, -AGO);
  const done: Action[] = [];
  let stop = '';
  let page = past ? people.officer : people.citizen;
  try {
    const { number, code } = await open(page, item, past ? begun : null, seed);
    done.push(way[0]!);
    let day = begun;
    for (const action of way.slice(1)) {
      const { side } = item.roles.find(({ id }) => id === action.by)!;
      page =
        side === 'head' ? people.head : action.by === way[0]!.by && !past ? people.citizen : people.officer;
      const path = `/api/matters/${encodeURIComponent(number)}`;
      const matter = await ask<Matter>(
        page,
        'GET',
        path,
        undefined,
        (page === people.citizen && code) || undefined,
      );
      const next = matter.next.find(({ id }) => id === action.id);
      if (!next) {
        stop = `“${action.title.zh}”此时不能办理（${matter.state.zh}）`;
        break;
      }
      if (past) day = [addDays(day, 1), next.notBefore ?? day].sort().at(-1)!;
      const when = past ? day : (next.notBefore ?? today);
      if (when > today) {
        stop = `“${action.title.zh}”最早 ${when}`;
        break;
      }
      await take(page, matter, action, next, past ? day : null);
      done.push(action);
    }
  } catch (error) {
    failed += 1;
    stop = `失败：${(error as Error).message.split('\n').slice(0, 3).join(' ')}`;
    mkdirSync(OUTPUT, { recursive: true });
    await page.screenshot({ path: `${OUTPUT}/procedure-${failed}.png`, fullPage: true }).catch(() => {});
  }
  const mark = done.length === way.length ? '✓' : stop.startsWith('失败') ? '✗' : '–';
  const steps = done.map(({ title }) => title.zh).join('、');
  console.log(`${mark} ${item.id} → ${name}：${steps}${stop && `；${stop}`}`);
  return done;
}

/** The shortest way that ends with a step. */
function wayWith(item: Item, action: Action): Action[] | null {
  const ways = action.from.flatMap((state) => {
    const way = wayTo(item, state);
    return way && way.length > 0 ? [[...way, action]] : [];
  });
  return ways.sort((a, b) => a.length - b.length)[0] ?? null;
}

for (const item of pack.items) {
  if (item.to !== null && item.to < today) continue;
  if (item.from > today || (wanted.length > 0 && !wanted.includes(item.id))) continue;
  const taken = new Set<string>();
  const go = async (way: Action[] | null, name: string, seed: number) => {
    if (!way) return;
    const past = seed > 0 || item.opens === 'office';
    for (const { id } of await walk(item, way, name, past, seed)) taken.add(id);
  };
  const ends = item.states.filter(({ end }) => end);
  for (const [place, end] of ends.entries()) await go(wayTo(item, end.id), end.title.zh, place);
  if (EVERY)
    for (const [place, action] of item.actions.entries())
      if (!taken.has(action.id))
        await go(wayWith(item, action), `步骤“${action.title.zh}”`, ends.length + place);
  const left = item.actions.filter(({ id }) => !taken.has(id)).map(({ title }) => title.zh);
  console.log(
    `  ${item.id}：${item.actions.length} 个步骤走到 ${taken.size} 个${left.length > 0 ? `，没有走到：${left.join('、')}` : ''}`,
  );
}
console.log(`${failed} failed; script errors: ${errors.length === 0 ? 'none' : errors.join(' | ')}`);
await browser.close();
await server.stop();
process.exit(failed > 0 || errors.length > 0 ? 1 : 0);
