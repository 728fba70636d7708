import { stdin } from 'node:process';
import { createInterface } from 'node:readline/promises';
import type { Auth } from '#kernel/auth/auth';
import { type Command, type Context, needed, Refusal, text } from './command.ts';
import { commandLine, withPlatform } from './platform.ts';

const by = { actor: commandLine, requestId: null };

/** `zc user list|create|password|disable|enable|grant`. */
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
  async run(context) {
    const [verb, name] = context.words;
    return withPlatform(async ({ composed }) => {
      const { auth } = composed.platform;
      if (verb === 'list') return list(context, auth);
      if (!name) throw new Refusal({ zh: '请写出账号名', en: 'Name the account' });
      if (verb === 'create') return create(context, auth, name);
      const account = await auth.findAccountByUsername(name);
      if (!account) throw new Refusal({ zh: `没有账号 ${name}`, en: `There is no account ${name}` });
      const done = { ok: true, id: account.id, username: name };
      if (verb === 'password') {
        await auth.resetPassword(by, account.id, await readPassword(context));
        context.result(done, { zh: `${name} 的密码已更换`, en: `The password of ${name} was changed` });
        return 0;
      }
      if (verb === 'disable') {
        await auth.disableAccount(by, account.id);
        context.result(done, { zh: `${name} 已停用`, en: `${name} is disabled` });
        return 0;
      }
      if (verb === 'enable') {
        await auth.enableAccount(by, account.id);
        context.result(done, { zh: `${name} 已启用`, en: `${name} is enabled` });
        return 0;
      }
      throw new Refusal({ zh: `没有 user ${verb} 这个命令`, en: `There is no command user ${verb}` });
    });
  },
};

async function list(context: Context, auth: Auth): Promise<number> {
  const { accounts } = await auth.listAccounts();
  const lines = accounts.map((a) => `${a.username}  ${a.name}  ${a.grants.map((g) => g.role).join(', ')}`);
  context.result(accounts, { zh: lines.join('\n') || '没有账号', en: lines.join('\n') || 'No accounts' });
  return 0;
}

async function create(context: Context, auth: Auth, username: string): Promise<number> {
  const account = await auth.createAccount(by, {
    username,
    name: text(context, 'title') ?? username,
    email: text(context, 'email') ?? null,
    password: await readPassword(context),
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

/** From a pipe its first line; from a terminal what is typed. */
async function readPassword(context: Context): Promise<string> {
  const prompt = context.lang === 'zh' ? '密码：' : 'Password: ';
  const reader = createInterface({ input: stdin, output: process.stderr, terminal: false });
  if (stdin.isTTY) process.stderr.write(prompt);
  try {
    for await (const line of reader) return line;
    throw new Refusal({ zh: '没有读到密码', en: 'No password was given' });
  } finally {
    reader.close();
  }
}
