import { randomUUID } from 'node:crypto';
import { loadCityPack } from '#kernel/city/load';
import type { CityPack } from '#kernel/city/schema';
import type { EndpointResponse } from '#kernel/http/contract';
import type { Module } from '#kernel/module';
import { rootPath } from '#kernel/paths';
import { type Answer, browser, type TestPlatform, testPlatform } from '#kernel/testing/platform';
import { organisations } from '#modules/organisations/server/index';
import { parties } from '#modules/parties/server/index';
import { registers } from '#modules/registers/server/index';
import { webhooks } from '#modules/webhooks/server/index';
import * as contract from '../contract.ts';
import { matters } from '../server/index.ts';

export type Matter = EndpointResponse<typeof contract.getMatter>;
export type Headers = Record<string, string>;

/** The office of Nantong that has the items. */
export const OFFICE = { organisation: 'market-regulation' };

/** A platform with Nantong's items, or what a test makes of them. */
export async function matterPlatform(
  now = '2026-09-21T09:00:00+08:00',
  change: (pack: CityPack) => CityPack = (pack) => pack,
  env: Record<string, string> = {},
): Promise<TestPlatform> {
  const result = await loadCityPack(rootPath('cities', 'nantong'));
  if (!result.ok) throw new Error('the pack is broken');
  /** Registers as matters feed them, without the thousands of entries of their own demonstration. */
  const bare: Module = {
    ...registers,
    setup: (platform) => {
      const { demo: _, ...parts } = registers.setup(platform);
      return parts;
    },
  };
  return testPlatform({
    modules: [matters, organisations, parties, bare, webhooks],
    pack: change(result.pack),
    now,
    env,
  });
}

/** Answers to the form of a request for information. */
export const request = {
  kind: 'person',
  name: '示例申请人',
  phone: '0513-55500100',
  address: '南通市崇川区示例路1号',
  title: '2025年专利授权统计',
  delivery: 'email',
  form: 'electronic',
};

/** Sends a file as a visitor or an account does, and gives its id. */
export async function sent(t: TestPlatform, text = '身份证明', headers: Headers = browser, name = 'a.txt') {
  const form = new FormData();
  form.set('file', new File([text], name));
  const answer = await t.app.inject({
    method: 'POST',
    url: '/api/matters/papers',
    headers: { ...browser, ...headers },
    payload: form,
  });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json<{ id: string; sha256: string }>().id;
}

/** The paper that a request for information takes beside the form. */
export async function papers(t: TestPlatform) {
  return [{ what: 'identity', file: await sent(t) }];
}

/** Asks for information, as a visitor unless told otherwise. */
export async function asked(
  t: TestPlatform,
  more: { form?: object; headers?: Headers; on?: string; key?: string } = {},
): Promise<Matter> {
  const answer = await t.call(
    contract.openMatter,
    {
      body: {
        item: 'disclosure',
        form: { ...request, ...more.form },
        materials: await papers(t),
        idempotencyKey: more.key ?? randomUUID(),
        ...(more.on && { on: more.on }),
      },
    },
    more.headers,
  );
  return ok(answer);
}

/** The header in which a code travels. */
export const withCode = (code?: string | null) => (code ? { headers: { 'x-matter-code': code } } : {});

/** Takes a step in a matter as it was looked at. */
export function act(
  t: TestPlatform,
  matter: Pick<Matter, 'number' | 'version'>,
  action: string,
  headers: Headers,
  more: Partial<(typeof contract.actOnMatter)['body']['_zod']['input']> & { code?: string } = {},
): Promise<Answer<Matter>> {
  const { code, ...body } = more;
  return t.call(
    contract.actOnMatter,
    {
      params: { number: matter.number, action },
      ...withCode(code),
      body: { version: matter.version, idempotencyKey: randomUUID(), ...body },
    },
    headers,
  );
}

/** The body of an answer that went well. */
export function ok<T>(answer: Answer<T>): T {
  if (answer.status !== 200) throw new Error(answer.raw.body);
  return answer.body;
}

/** What an answer says is wrong. */
export const fault = (answer: Answer<unknown>) =>
  answer.body as {
    code: string;
    message: string;
    params: Record<string, string>;
    issues: { path: string; code: string; message: string }[];
  };
