import { usccCheckCharacter } from '#kernel/identifiers/uscc';
import { browser, type TestPlatform, testPlatform, yunzhou } from '#kernel/testing/platform';
import { accounts } from '#modules/accounts/server/index';
import { organisations } from '#modules/organisations/server/index';
import { parties } from '#modules/parties/server/index';
import { patents } from '#modules/patents/server/index';
import { registers } from '#modules/registers/server/index';
import { webhooks } from '#modules/webhooks/server/index';
import { workbench } from '#modules/workbench/server/index';
import {
  addPerson,
  applyForFirm,
  type Firm,
  type GrantedFeature,
  getApplication,
  grantApplication,
  listApplications,
  type OneTimePassword,
  type Receipt,
} from '../contract.ts';
import { firms } from '../server/index.ts';

/** Headers of somebody who is signed in. */
export type Headers = Record<string, string>;

/** Opens the module with everything that it counts for. */
export async function firmPlatform(env: Record<string, string> = {}): Promise<TestPlatform> {
  return testPlatform({
    modules: [accounts, parties, organisations, registers, patents, webhooks, workbench, firms],
    pack: await yunzhou(),
    now: '2026-06-30T09:00:00+08:00',
    env,
  });
}

/** An invented code with right check characters; the organisation part is given as eight digits. */
export function code(n: number): string {
  const org = String(n).padStart(8, '0');
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const check = (11 - (weights.reduce((sum, w, i) => sum + w * Number(org[i]), 0) % 11)) % 11;
  const first = `91990000${org}${check === 10 ? 'X' : check}`;
  return first + usccCheckCharacter(first);
}

/** An application of an invented firm. */
export function application(n: number, more: object = {}) {
  return {
    key: `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    name: `云州示例${n}有限公司`,
    code: code(n),
    contact: '示例联系人',
    phone: '0999-5550100',
    email: `contact${n}@firm.example`,
    features: ['export' as const],
    seats: 3,
    reason: '用于日常检索和导出',
    consent: true as const,
    ...more,
  };
}

/** Applies and gives the receipt. */
export async function applied(t: TestPlatform, n: number, more: object = {}): Promise<Receipt> {
  const got = await t.call(applyForFirm, { body: application(n, more) });
  if (got.status !== 200) throw new Error(got.raw.body);
  return got.body;
}

/** The id and version of the latest application. */
export async function latest(t: TestPlatform) {
  const officer = await t.as('data-officer');
  const list = await t.call(listApplications, {}, officer);
  const { id } = list.body.applications[0]!;
  return (await t.call(getApplication, { params: { id } }, officer)).body;
}

/** A firm with its manager, who has a password of their own. */
export interface Granted {
  firm: Firm;
  manager: OneTimePassword;
  headers: Headers;
}

/** Applies, grants, and takes the manager past the one-time password. */
export async function granted(
  t: TestPlatform,
  n: number,
  terms: { features?: GrantedFeature[]; seats?: number; validUntil?: string } = {},
): Promise<Granted> {
  await applied(t, n);
  const { application: asked } = await latest(t);
  const got = await t.call(
    grantApplication,
    {
      params: { id: asked.id },
      body: {
        ...{ version: asked.version, username: `manager${n}` },
        ...{ features: [], seats: 3, validUntil: '2026-12-31', ...terms },
      },
    },
    await t.as('data-officer'),
  );
  if (got.status !== 200) throw new Error(got.raw.body);
  return { ...got.body, headers: await settled(t, got.body.manager) };
}

/** Signs in with the one-time password and changes it. */
export async function settled(t: TestPlatform, one: OneTimePassword): Promise<Headers> {
  const headers = await signedIn(t, one.username, one.password);
  const changed = await t.app.inject({
    method: 'POST',
    url: '/api/auth/change-password',
    headers,
    payload: { currentPassword: one.password, newPassword: `eine strassenbahn am fluss ${one.username}` },
  });
  if (changed.statusCode !== 200) throw new Error(changed.body);
  return { ...browser, cookie: cookieOf(changed.headers['set-cookie']) || headers.cookie! };
}

/** Signs in as people do. */
export async function signedIn(t: TestPlatform, username: string, password: string): Promise<Headers> {
  const answer = await t.app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/username',
    headers: browser,
    payload: { username, password },
  });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return { ...browser, cookie: cookieOf(answer.headers['set-cookie']) };
}

function cookieOf(header: string | string[] | undefined): string {
  return [header ?? []]
    .flat()
    .map((line) => line.split(';')[0])
    .join('; ');
}

/** Adds a person to a firm and takes them past the one-time password. */
export async function person(
  t: TestPlatform,
  of: Granted,
  username: string,
): Promise<{ made: OneTimePassword; headers: Headers }> {
  const body = { username, name: `示例${username}` };
  const made = await t.call(addPerson, { body }, of.headers);
  if (made.status !== 200) throw new Error(made.raw.body);
  return { made: made.body, headers: await settled(t, made.body) };
}

/** Brings invented patents in, as the data officer and the worker would. */
export async function bring(t: TestPlatform, count: number): Promise<void> {
  const records = Array.from({ length: count }, (_, n) => ({
    publicationNumber: `CN1${String(n).padStart(8, '0')}B`,
    title: `一种装置${n}`,
    abstract: `摘要${n}`,
    applicants: ['云州示例机械有限公司'],
    ipc: ['B25J 9/16'],
    filingDate: '2017-03-01',
    publicationDate: '2019-05-07',
  }));
  const form = new FormData();
  form.set('file', new File([`${records.map((r) => JSON.stringify(r)).join('\n')}\n`], 'x.jsonl'));
  const headers = await t.as('data-officer');
  const sent = await t.app.inject({ method: 'POST', url: '/api/patents/imports', headers, payload: form });
  if (sent.statusCode !== 200) throw new Error(sent.body);
  const job = patents.setup(t.platform).jobs?.find((j) => j.name === 'patents.import');
  if (!job) throw new Error('no job patents.import');
  const context = { runId: '', stopping: false, progress: () => {} };
  await job.run({ importId: sent.json<{ id: string }>().id } as never, context as never);
}
