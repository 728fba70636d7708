import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { system } from '#kernel/policy/policy';
import { type TestPlatform, testPlatform } from '#kernel/testing/platform';
import { type MailResult, mailJobs, sendMail } from './mail.ts';
import { notify } from './notify.ts';

let t: TestPlatform;
let server: SMTPServer | undefined;
beforeAll(async () => {
  t = await testPlatform({ now: new Date().toISOString() });
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.clean();
  t.clock.set(new Date().toISOString());
});
afterEach(
  () =>
    new Promise<void>((done) => {
      if (!server) return done();
      server.close(() => done());
      server = undefined;
    }),
);

const letters: { to: string[]; text: string }[] = [];

/** A real mail server on a free port; the hooks decide what it says. */
async function open(hooks: Partial<SMTPServerOptions> = {}): Promise<string> {
  letters.length = 0;
  const made = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (c: Buffer) => chunks.push(c));
      stream.on('end', () => {
        letters.push({
          to: session.envelope.rcptTo.map((r) => r.address),
          text: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
    ...hooks,
  });
  made.on('error', () => {});
  server = made;
  await new Promise<void>((ready) => made.listen(0, '127.0.0.1', ready));
  return `smtp://127.0.0.1:${(made.server.address() as AddressInfo).port}`;
}

/** Cuts the connection of a session, as a cable that is pulled. */
function cut(id: string): void {
  const open = (server as unknown as { connections: Set<{ id: string; _socket: { destroy(): void } }> })
    .connections;
  for (const c of open) if (c.id === id) c._socket.destroy();
}

const run = (url: string): Promise<MailResult> =>
  sendMail({
    records: t.platform.records,
    clock: t.clock,
    log: t.platform.log,
    config: { ZC_SMTP_URL: url, ZC_MAIL_FROM: 'zhicheng@city.example', ZC_ORIGIN: 'https://zc.example.cn' },
  });

async function person(
  username: string,
  email: string | null = `${username}@office.example`,
): Promise<string> {
  return (await t.platform.auth.createAccount({ actor: system }, { username, name: username, email })).id;
}

const message = (userId: string, more: object = {}) => ({
  userId,
  kind: 'plan.due',
  title: { zh: '报告即将到期', en: 'A report is due' },
  body: { zh: '请在 7 月 10 日前提交', en: 'Submit before 10 July' },
  href: '/plan/report',
  ...more,
});

const rows = async () =>
  (await t.platform.stores.pool.query('select * from notification order by id')).rows as {
    mailed_at: Date | null;
    mail_claimed_at: Date | null;
    mail_error: string | null;
    mail_attempts: number;
  }[];

describe('mail from the inbox', () => {
  it('reaches those who have an address, once, in both languages with a link', async () => {
    const url = await open();
    await notify(t.platform.records, [message(await person('wang')), message(await person('nomail', null))]);
    expect(await run(url)).toEqual({ sent: 1, refused: 0, later: 0, doubtful: 0 });
    expect(await run(url)).toEqual({ sent: 0, refused: 0, later: 0, doubtful: 0 });
    expect(letters.map((l) => l.to)).toEqual([['wang@office.example']]);
    const { text } = letters[0] as (typeof letters)[0];
    const subject = /^Subject: ((?:.|\r\n )*)$/m.exec(text)?.[1] ?? '';
    const words = [...subject.matchAll(/=\?UTF-8\?B\?(.*?)\?=/gi)].map((m) => m[1]).join('');
    expect(Buffer.from(words, 'base64').toString()).toContain('报告即将到期');
    const body = Buffer.from(text.split('\r\n\r\n').slice(1).join(''), 'base64').toString();
    expect(body).toContain('请在 7 月 10 日前提交');
    expect(body).toContain('Submit before 10 July');
    expect(body).toContain('https://zc.example.cn/plan/report');
    expect(text).toMatch(/^Message-ID: <[0-9a-f-]{36}@zc\.example\.cn>/im);
    // The one without an address stays unsent; their ids of one millisecond have no order on older servers.
    expect((await rows()).map((r) => r.mailed_at !== null).sort()).toEqual([false, true]);
  });

  it('leaves out what was read, what is old, and who is disabled', async () => {
    const url = await open();
    const { records, auth, stores } = t.platform;
    const gone = await person('gone');
    const reader = await person('reader');
    await notify(records, [message(gone), message(reader), message(await person('late'))]);
    await auth.disableAccount({ actor: system }, gone);
    await stores.pool.query('update notification set read_at = now() where user_id = $1', [reader]);
    t.clock.set(new Date(Date.now() + 25 * 3_600_000).toISOString());
    expect((await run(url)).sent).toBe(0);
    t.clock.set(new Date().toISOString());
    expect((await run(url)).sent).toBe(1);
    expect(letters.map((l) => l.to[0])).toEqual(['late@office.example']);
  });

  it('is not sent again after a crash between handing over and noting it', async () => {
    const url = await open();
    await notify(t.platform.records, [message(await person('wang'))]);
    await t.platform.stores.pool.query('update notification set mail_claimed_at = now()');
    expect((await run(url)).sent).toBe(0);
    expect(letters).toEqual([]);
  });

  it('is sent once by several workers at the same time', async () => {
    const url = await open();
    const users = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((n) => person(n)));
    await notify(
      t.platform.records,
      users.map((u) => message(u)),
    );
    const results = await Promise.all([run(url), run(url), run(url)]);
    expect(results.reduce((sum, r) => sum + r.sent, 0)).toBe(6);
    expect(new Set(letters.map((l) => l.to[0])).size).toBe(6);
    expect(letters).toHaveLength(6);
  });

  it('stays in the inbox when the address is refused for good', async () => {
    const url = await open({
      onRcptTo: (_a, _s, done) => done(Object.assign(new Error('no such mailbox'), { responseCode: 550 })),
    });
    await notify(t.platform.records, [message(await person('wang'))]);
    expect(await run(url)).toMatchObject({ sent: 0, refused: 1 });
    expect(await run(url)).toMatchObject({ refused: 0 });
    expect((await rows())[0]?.mail_error).toContain('no such mailbox');
  });

  it('is tried again later, and not for ever, when refused for now', async () => {
    let refusals = 0;
    const url = await open({
      onRcptTo: (_a, _s, done) => {
        refusals++;
        done(Object.assign(new Error('try later'), { responseCode: 451 }));
      },
    });
    await notify(t.platform.records, [message(await person('wang'))]);
    const start = t.clock.now().getTime();
    for (let minute = 0; minute <= 180; minute += 1) {
      t.clock.set(new Date(start + minute * 60_000).toISOString());
      await run(url);
    }
    expect(refusals).toBe(5);
    expect(await rows()).toMatchObject([{ mail_attempts: 5, mailed_at: null }]);
  });

  it('loses nothing while the mail server is away', async () => {
    const url = await open();
    await new Promise<void>((done) => server?.close(() => done()));
    server = undefined;
    await notify(t.platform.records, [message(await person('wang'))]);
    await expect(run(url)).rejects.toThrow(/mail server/);
    expect(await rows()).toMatchObject([{ mail_claimed_at: null, mail_attempts: 0 }]);
    expect((await run(await open())).sent).toBe(1);
  });

  it('is tried again when the line breaks before the text was handed over', async () => {
    let broken = 0;
    const url = await open({
      onRcptTo: (_address, session) => {
        broken++;
        cut(session.id);
      },
    });
    await notify(t.platform.records, [message(await person('wang'))]);
    await expect(run(url)).rejects.toThrow(/mail server/);
    expect(broken).toBe(1);
    expect(await rows()).toMatchObject([{ mail_claimed_at: null, mail_attempts: 0 }]);
  });

  it('is in doubt, and not repeated, when the line breaks after the text was handed over', async () => {
    let received = 0;
    const url = await open({
      onData(stream, session) {
        stream.resume();
        stream.on('end', () => {
          received++;
          // The answer never comes: the connection is cut.
          for (const c of server?.connections ?? [])
            if ((c as { id: string }).id === session.id)
              (c as { _socket: { destroy(): void } })._socket.destroy();
        });
      },
    });
    await notify(t.platform.records, [message(await person('wang'))]);
    expect(await run(url)).toMatchObject({ sent: 0, doubtful: 1 });
    expect(await run(url)).toMatchObject({ doubtful: 0 });
    expect(received).toBe(1);
  });

  it('has no job without a mail server', () => {
    const context = { ...t.platform, config: { ...t.config, ZC_SMTP_URL: undefined } };
    expect(mailJobs(context)).toEqual([]);
    expect(mailJobs({ ...context, config: { ...t.config, ZC_SMTP_URL: 'smtp://x' } })).toHaveLength(1);
  });
});
