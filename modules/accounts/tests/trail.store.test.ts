import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { notify } from '#kernel/notify/notify';
import { type TestPlatform, testPlatform, yunzhou } from '#kernel/testing/platform';
import { parties } from '#modules/parties/server/index';
import * as contract from '../contract.ts';
import { accounts } from '../server/index.ts';
import { accountJobs } from '../server/jobs.ts';

let t: TestPlatform;
let admin: Record<string, string>;
beforeAll(async () => {
  t = await testPlatform({ modules: [accounts, parties], pack: await yunzhou() });
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.clean();
  await t.load();
  admin = await t.as('administrator');
});

async function make(username: string, more: object = {}) {
  const answer = await t.call(contract.createAccount, { body: { username, name: username, ...more } }, admin);
  expect(answer.status).toBe(200);
  return answer.body;
}

describe('the audit log', () => {
  it('is filtered by actor, action, object and day, in pages without gaps', async () => {
    for (const name of ['a', 'b', 'c']) await make(name);
    t.clock.set('2019-07-01T00:30:00+08:00');
    const b = (await t.call(contract.listAccounts, { query: { search: 'b' } }, admin)).body.accounts.find(
      (a) => a.username === 'b',
    );
    await t.call(contract.disableAccount, { params: { id: b?.id ?? '' }, body: { version: 1 } }, admin);
    t.clock.set('2019-06-30T09:00:00+08:00');
    const list = async (query: object) =>
      (await t.call(contract.listAudit, { query }, admin)).body.entries.map((e) => `${e.seq} ${e.action}`);
    const all = [
      '5 account.disable',
      '4 account.create',
      '3 account.create',
      '2 account.create',
      '1 account.create',
    ];
    expect(await list({})).toEqual(all);
    const pages: string[] = [];
    for (let before: number | null | undefined; before !== null; ) {
      const query = { limit: 2, ...(before !== undefined && { before }) };
      const { body } = await t.call(contract.listAudit, { query }, admin);
      pages.push(...body.entries.map((e) => `${e.seq} ${e.action}`));
      before = body.next;
    }
    expect(pages).toEqual(all);
    expect(await list({ from: '2019-07-01' })).toEqual([all[0]]);
    expect(await list({ to: '2019-06-30' })).toEqual(all.slice(1));
    expect(await list({ action: 'account' })).toEqual(all);
    expect(await list({ action: 'acc' })).toEqual([]);
    expect(await list({ action: 'account.disable', objectId: b?.id })).toEqual([all[0]]);
    expect(await list({ actor: 'ADMIN' })).toEqual(all.slice(0, 4));
    expect(await list({ actor: '系统' })).toEqual(all.slice(4));
    expect(await list({ actor: '%' })).toEqual([]);
    expect(await list({ objectType: 'token' })).toEqual([]);
    expect((await t.call(contract.listAudit, { query: { from: 'yesterday' } }, admin)).status).toBe(400);
  });

  it('verifies, and shows the first entry that somebody changed', async () => {
    await make('a');
    await make('b');
    const good = (await t.call(contract.verifyAuditLog, {}, admin)).body;
    expect(good).toMatchObject({ ok: true, rows: 3, brokenAt: null });
    await t.platform.stores.pool.query(
      `alter table audit_log disable trigger audit_log_append_only;
       update audit_log set actor_name = '别人' where seq = 2;
       alter table audit_log enable trigger audit_log_append_only`,
    );
    const bad = (await t.call(contract.verifyAuditLog, {}, admin)).body;
    expect(bad).toMatchObject({ ok: false, brokenAt: 2, rows: 1 });
  });
});

describe('the inbox', () => {
  it('shows one person their own messages, in pages, and marks them read', async () => {
    const mine = await t.as('leader');
    const id = (await t.call(contract.getMe, {}, mine)).body.actor.id as string;
    const other = (await t.call(contract.getMe, {}, admin)).body.actor.id as string;
    for (const n of ['1', '2', '3'])
      await notify(t.platform.records, [
        { userId: id, kind: 'k', title: { zh: `第${n}条`, en: n }, href: `/x/${n}`, dedupKey: n },
        { userId: other, kind: 'k', title: { zh: '别人的', en: 'other' } },
      ]);
    const first = await t.call(contract.listNotifications, { query: { limit: 2 } }, mine);
    expect(first.body).toMatchObject({
      unread: 3,
      notifications: [{ title: { zh: '第3条' }, href: '/x/3', readAt: null }, { title: { zh: '第2条' } }],
    });
    const second = await t.call(
      contract.listNotifications,
      { query: { limit: 2, before: first.body.next as string } },
      mine,
    );
    expect(second.body).toMatchObject({ notifications: [{ title: { zh: '第1条' } }], next: null });
    const one = first.body.notifications[0]?.id as string;
    expect((await t.call(contract.readNotification, { params: { id: one } }, mine)).body.unread).toBe(2);
    expect((await t.call(contract.readNotification, { params: { id: one } }, admin)).status).toBe(404);
    const unread = await t.call(contract.listNotifications, { query: { unread: 'true' } }, mine);
    expect(unread.body.notifications).toHaveLength(2);
    expect((await t.call(contract.readAllNotifications, {}, mine)).body.unread).toBe(0);
    expect((await t.call(contract.getMe, {}, admin)).body.unread).toBe(3);
    expect((await t.call(contract.listNotifications, {})).status).toBe(401);
  });
});

describe('progress', () => {
  it('is shown by the id of the work', async () => {
    const id = '01900000-0000-7000-8000-000000000001';
    await t.platform.records
      .insertInto('jobRun')
      .values({
        id,
        name: 'patents.import',
        state: 'running',
        done: 40,
        total: 100,
        startedAt: t.clock.now(),
      })
      .execute();
    const mine = await t.as('data-officer');
    expect((await t.call(contract.getJob, { params: { id } }, mine)).body).toMatchObject({
      name: 'patents.import',
      state: 'running',
      done: 40,
      total: 100,
      error: null,
    });
    expect((await t.call(contract.getJob, { params: { id: id.replace('1900', '1901') } }, mine)).status).toBe(
      404,
    );
    expect((await t.call(contract.getJob, { params: { id: 'x' } }, mine)).status).toBe(400);
  });
});

describe('tidying', () => {
  it('forgets the progress of work that ended a month ago, and nothing younger or unfinished', async () => {
    const run = (n: number, finishedAt: Date | null) => ({
      id: `01900000-0000-7000-8000-00000000000${n}`,
      name: 'x',
      state: finishedAt ? ('done' as const) : ('running' as const),
      finishedAt,
    });
    const daysAgo = (days: number) => new Date(t.clock.now().getTime() - days * 86_400_000);
    await t.platform.records
      .insertInto('jobRun')
      .values([run(1, daysAgo(31)), run(2, daysAgo(29)), run(3, null)])
      .execute();
    const tidy = accountJobs(t.platform).find((job) => job.name === 'accounts.tidy');
    await tidy?.run({} as never, {} as never);
    const left = await t.platform.records.selectFrom('jobRun').select('id').orderBy('id').execute();
    expect(left.map((r) => r.id.at(-1))).toEqual(['2', '3']);
  });
});
