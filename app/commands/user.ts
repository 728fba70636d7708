import { stdin } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Account, Auth } from '#kernel/auth/auth';
import { type Command, type Context, needed, Refusal, text } from './command.ts';

/** `zc user list|create|password|disable|enable`. */
export const user: Command = {
  name: 'user',
  usage: [
    'user list',
    'user create NAME --title TEXT --role ROLE [--organisation ID] [--region ID] [--email ADDRESS]',
    'user password NAME',
    'user disable NAME',
    'user enable NAME',
  ],
  about: {
    zh: '管理账号；密码从终端或标准输入读取，不写在命令里',
    en: 'Accounts; passwords are read from the terminal or standard input, never from the command',
  },
  options: {
    title: { type: 'string' },
    role: { type: 'string' },
    organisation: { type: 'string' },
    region: { type: 'string' },
    email: { type: 'string' },
  },
  verbs: { list: 0, create: 1, password: 1, disable: 1, enable: 1 },
  async run(context) {
    const [verb, name] = context.words as [string, string];
    if (verb === 'create') needed(context, 'role');
    const password = verb === 'create' || verb === 'password' ? await readPassword(context) : '';
    const { commandLine, withPlatform } = await import('./platform.ts');
    const by = { actor: commandLine, requestId: null };
    return withPlatform(async ({ composed }) => {
      const { auth } = composed.platform;
      if (verb === 'list') return list(context, auth);
      if (verb === 'create') return create(context, auth, by, name, password);
      const account = await auth.findAccountByUsername(name);
      if (!account) throw new Refusal({ zh: `没有账号 ${name}`, en: `There is no account ${name}` });
      const done = { ok: true, id: account.id, username: name };
      if (verb === 'password') {
        await auth.resetPassword(by, account.id, password);
        context.result(done, { zh: `${name} 的密码已更换`, en: `The password of ${name} was changed` });
      } else if (verb === 'disable') {
        await auth.disableAccount(by, account.id);
        context.result(done, { zh: `${name} 已停用`, en: `${name} is disabled` });
      } else {
        await auth.enableAccount(by, account.id);
        context.result(done, { zh: `${name} 已启用`, en: `${name} is enabled` });
      }
      return 0;
    });
  },
};

async function list(context: Context, auth: Auth): Promise<number> {
  const limit = 200;
  const all: Account[] = [];
  for (;;) {
    const { accounts, total } = await auth.listAccounts({ limit, offset: all.length });
    all.push(...accounts);
    if (accounts.length < limit || all.length >= total) break;
  }
  const lines = (disabled: string) =>
    all
      .map((a) => {
        const grants = a.grants.map((g) => [g.role, g.organisation ?? g.region].filter(Boolean).join('@'));
        return `${a.username}  ${a.name}  ${grants.join(', ')}${a.disabledAt ? `  (${disabled})` : ''}`;
      })
      .join('\n');
  context.result(all, { zh: lines('已停用') || '没有账号', en: lines('disabled') || 'No accounts' });
  return 0;
}

async function create(
  context: Context,
  auth: Auth,
  by: Parameters<Auth['createAccount']>[0],
  username: string,
  password: string,
): Promise<number> {
  const account = await auth.createAccount(by, {
    username,
    name: text(context, 'title') ?? username,
    email: text(context, 'email') ?? null,
    password,
    grants: [
      {
        role: needed(context, 'role'),
        organisation: text(context, 'organisation') ?? null,
        region: text(context, 'region') ?? null,
      },
    ],
  });
  context.result(account, { zh: `账号 ${username} 已建立`, en: `Account ${username} was created` });
  return 0;
}

/** From a pipe its first line; from a terminal what is typed, without showing it. */
async function readPassword(context: Context): Promise<string> {
  const none = new Refusal({ zh: '没有读到密码', en: 'No password was given' });
  const terminal = stdin.isTTY === true;
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: stdin, output: silent, terminal });
  try {
    if (terminal) process.stderr.write(context.lang === 'zh' ? '密码：' : 'Password: ');
    return await new Promise<string>((resolve, reject) => {
      reader.once('line', resolve);
      reader.once('SIGINT', () => reject(none));
      reader.once('close', () => reject(none));
    });
  } finally {
    if (terminal) process.stderr.write('\n');
    reader.close();
  }
}
