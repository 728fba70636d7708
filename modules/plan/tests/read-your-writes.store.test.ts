import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '#kernel/audit/audit';
import { system } from '#kernel/policy/policy';
import { type TestPlatform, testPlatform } from '#kernel/testing/platform';
import { parties } from '#modules/parties/server/index';
import { Boards } from '../server/board.ts';
import { plan } from '../server/index.ts';
import { yunzhou } from './harness.ts';

let city: TestPlatform;
beforeAll(async () => {
  city = await testPlatform({
    modules: [parties, plan],
    pack: await yunzhou(),
    now: '2031-01-05T09:00:00+08:00',
  });
  await city.clean();
  await city.load();
});
afterAll(() => city.close());

test('whoever has just written sees it, however many others are reading', async () => {
  const boards = new Boards(city.platform);
  const { records, clock } = city.platform;
  for (let i = 0; i < 20; i++) {
    const readers = Array.from({ length: 10 }, () => boards.state());
    await records.transaction().execute((trx) =>
      audit(trx, clock.now(), {
        actor: system,
        action: 'test.write',
        objectType: 'test',
        objectId: String(i),
      }),
    );
    const head = await records
      .selectFrom('auditLog')
      .select('seq')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    const [one, two] = await Promise.all([boards.state(), boards.state()]);
    expect(one.revision).toBe(head.seq);
    expect(two).toBe(one);
    await Promise.all(readers);
  }
});

test('a second, fictitious city runs on the same code', async () => {
  const answer = await city.app.inject('/api/plan/indicators');
  expect(answer.statusCode).toBe(200);
  const { indicators } = answer.json();
  expect(indicators.length).toBe(city.platform.pack.indicators.length);
  expect(answer.body).not.toContain('南通');
  const frame = await city.app.inject('/api/plan');
  expect(frame.json().city.zh).toBe(city.platform.pack.city.name.zh);
});
