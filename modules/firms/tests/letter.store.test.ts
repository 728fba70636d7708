import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestPlatform } from '#kernel/testing/platform';
import { addPerson, resetPersonPassword } from '../contract.ts';
import { firmPlatform, granted, signedIn } from './helpers.ts';

const letters: { to: string[]; text: string }[] = [];
let refuse = false;
let server: SMTPServer;
let t: TestPlatform;

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: (_address, _session, done) =>
      done(refuse ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const body = Buffer.concat(chunks).toString().split('\r\n\r\n').slice(1).join('');
        const to = session.envelope.rcptTo.map((r) => r.address);
        letters.push({ to, text: Buffer.from(body, 'base64').toString() });
        done();
      });
    },
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.server.address() as AddressInfo;
  t = await firmPlatform({ ZC_SMTP_URL: `smtp://127.0.0.1:${port}`, ZC_MAIL_FROM: 'zc@city.example' });
  await t.clean();
  await t.load();
});
afterAll(async () => {
  await t?.close();
  await new Promise<void>((done) => server.close(() => done()));
});

test('one-time passwords go out by mail where there is an address, are stored nowhere, and are shown when mail fails', async () => {
  const firm = await granted(t, 1);
  expect(firm.manager.mailed).toBe(true);
  expect(letters).toMatchObject([{ to: ['contact1@firm.example'] }]);
  expect(letters[0]!.text).toContain(firm.manager.password);
  const add = (username: string, email: string | null) =>
    t.call(addPerson, { body: { username, name: '示例', email } }, firm.headers);
  expect((await add('wang', null)).body.mailed).toBeNull();
  const li = await add('li', 'li@firm.example');
  expect(li.body.mailed).toBe(true);
  refuse = true;
  const again = await t.call(resetPersonPassword, { params: { account: li.body.account } }, firm.headers);
  expect(again.body.mailed).toBe(false);
  await signedIn(t, 'li', again.body.password);
  expect(letters).toHaveLength(2);
  const inbox = await t.platform.stores.pool.query('select count(*)::int as n from notification');
  expect(inbox.rows).toEqual([{ n: 0 }]);
});
