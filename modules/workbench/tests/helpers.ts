import { system } from '#kernel/policy/policy';
import { organisations } from '#modules/organisations/server/index';
import { parties } from '#modules/parties/server/index';
import { importFile, PatentCorpus, patents } from '#modules/patents/server/index';
import { registers } from '#modules/registers/server/index';
import { webhooks } from '#modules/webhooks/server/index';
import { type TestPlatform, testPlatform, yunzhou } from '../../../kernel/testing/platform.ts';
import type { Bench, By } from '../server/bench.ts';
import { workbench } from '../server/index.ts';

export { importFile, system };

/** A platform with the modules that the workbench needs, and short ways to use it. */
export interface BenchPlatform extends TestPlatform {
  bench: Bench;
  /** Uploads records as the data officer, works the import through, and gives its id. */
  bring(records: readonly Record<string, unknown>[], name?: string): Promise<string>;
  /** An account as the module sees it when it works for it. */
  by(username: string): Promise<By>;
}

/** Opens the module over the worker's stores. */
export async function benchPlatform(
  env: Record<string, string> = {},
  now = '2026-06-30T09:00:00+08:00',
): Promise<BenchPlatform> {
  const t = await testPlatform({
    modules: [parties, organisations, registers, patents, webhooks, workbench],
    pack: await yunzhou(),
    now,
    env,
  });
  const bench: Bench = { platform: t.platform, corpus: new PatentCorpus(t.platform) };
  return {
    ...t,
    bench,
    async bring(records, name = 'x.jsonl') {
      const form = new FormData();
      const bytes = `${records.map((r) => JSON.stringify(r)).join('\n')}\n`;
      form.set('file', new File([bytes], name));
      const headers = await t.as('data-officer');
      const sent = await t.app.inject({
        method: 'POST',
        url: '/api/patents/imports',
        headers,
        payload: form,
      });
      if (sent.statusCode !== 200) throw new Error(sent.body);
      const { id } = sent.json<{ id: string }>();
      await runQueued(t, 'patents.import', { importId: id });
      const seen = await t.app.inject({ url: `/api/patents/imports/${id}`, headers });
      const end = seen.json<{ state: string }>();
      if (end.state !== 'done') throw new Error(seen.body);
      return id;
    },
    async by(username) {
      const account = await t.platform.auth.findAccountByUsername(username);
      if (!account) throw new Error(`no account ${username}`);
      const { id, name, grants } = account;
      return {
        actor: { kind: 'user', id, name, grants, via: 'session' },
        lang: 'zh',
        requestId: '01900000-0000-7000-8000-0000000000ff',
      };
    },
  };
}

/** Runs a job of the platform here and now, as its worker would. */
export async function runQueued(t: TestPlatform, name: string, data: unknown): Promise<void> {
  const { defs } = { defs: jobsOf(t) };
  const def = defs.get(name);
  if (!def) throw new Error(`no job ${name}: ${[...defs.keys()].join(', ')}`);
  await def.run(def.schema.parse(data) as never, { runId: '', stopping: false, progress: () => {} });
}

interface AnyJob {
  schema: { parse(data: unknown): unknown };
  run(data: never, context: object): Promise<void>;
}

const known = new WeakMap<object, Map<string, AnyJob>>();

/** The jobs of the modules, set up once more on the same platform. */
function jobsOf(t: TestPlatform): Map<string, AnyJob> {
  let map = known.get(t.platform);
  if (!map) {
    const parts = [patents, webhooks, workbench].map((m) => m.setup(t.platform));
    map = new Map(parts.flatMap((p) => (p.jobs ?? []).map((j) => [j.name, j as unknown as AnyJob])));
    known.set(t.platform, map);
  }
  return map;
}

/** An invented grant. */
export function patent(n: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    publicationNumber: number(n),
    title: `一种装置${n}`,
    abstract: `摘要${n}`,
    applicants: ['云州示例机械有限公司'],
    ipc: ['B25J 9/16'],
    filingDate: '2017-03-01',
    publicationDate: '2019-05-07',
    legalStatus: '有效',
    ...more,
  };
}

/** Its number. */
export function number(n: number): string {
  return `CN1${String(n).padStart(8, '0')}B`;
}
