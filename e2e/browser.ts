import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject } from 'vitest';

const executablePath = inject('chromium');

/** Address of the platform that belongs to this worker alone. */
export function base(): string {
  return inject('bases')[Number(process.env.VITEST_POOL_ID ?? 1) - 1] ?? '';
}

/** A journey in a real browser; on a machine without one it is skipped and says why. */
export const journey = (name: string, body: () => void) =>
  executablePath
    ? describe(name, body)
    : describe.skip(`${name} (needs Chromium: apt-get install chromium-headless-shell)`, body);

/** How a visitor looks at the platform. */
export interface Visit {
  width?: number;
  height?: number;
  /** Account to sign in with; a visitor without. */
  account?: string;
}

let browser: Browser | undefined;
const contexts: BrowserContext[] = [];

/** Opens the browser for a test file and closes it with everything in it. */
export function withBrowser(): void {
  beforeAll(async () => {
    if (!executablePath) return;
    browser = await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });
  // Windows left open go on asking the server and take the next journey's time.
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });
  afterAll(() => browser?.close());
}

/** A fresh window, signed in through the interface of the platform if an account is named. Any script error fails the test. */
export async function open(path: string, visit: Visit = {}): Promise<Page> {
  if (!browser) throw new Error('withBrowser() is missing');
  const context = await browser.newContext({
    baseURL: base(),
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: visit.width ?? 1440, height: visit.height ?? 900 },
    acceptDownloads: true,
  });
  contexts.push(context);
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  if (visit.account) await signIn(page, visit.account);
  await go(page, path);
  return page;
}

/** Goes to an address and waits until the page stands. */
export async function go(page: Page, path: string): Promise<void> {
  await page.goto(path, { waitUntil: 'networkidle' });
  await settled(page);
}

/** Loads the page once more and waits until it stands. */
export async function again(page: Page): Promise<void> {
  await page.reload({ waitUntil: 'networkidle' });
  await settled(page);
}

/**
 * Waits until there is something to read and nothing in sight is marked as on its way; what lies further down may not be asked
 * for before it is scrolled to. A network that is quiet for a moment does not say so: on a busy machine the code of a page may
 * have come and its question not have left.
 */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const busy = [...document.querySelectorAll('[aria-busy="true"]')];
    const inSight = busy.some((part) => part.getBoundingClientRect().top < window.innerHeight);
    return document.querySelector('main')?.innerText.trim() && !inSight;
  });
}

/** Signs in by the API with the page's own cookies. */
export async function signIn(page: Page, account: string): Promise<void> {
  const answer = await page.request.post('/api/auth/sign-in/username', {
    data: { username: account, password: inject('password') },
    headers: { origin: base() },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** Keeps a picture of the page in e2e/output for people to look at; never compared by a test. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync('e2e/output', { recursive: true });
  await page.screenshot({ path: `e2e/output/${name}.png` });
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Fails with the list of serious and critical accessibility faults on the page as it is now; of a part alone where one is
 * named, as behind an open dialog nothing can be reached.
 */
export async function expectAccessible(page: Page, part = 'html'): Promise<void> {
  // The page's own policy forbids inline scripts; evaluation from outside is not bound by it.
  await page.evaluate(axeSource);
  const faults = await page.evaluate(async (within) => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(within: string): Promise<{
          violations: { id: string; impact: string; help: string; nodes: { html: string }[] }[];
        }>;
      };
    };
    const { violations } = await axe.run(within);
    return violations
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .map((v) => `${v.id}: ${v.help}: ${v.nodes[0]?.html.slice(0, 160)}`);
  }, part);
  expect(faults).toEqual([]);
}
