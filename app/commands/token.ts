import type { Auth } from '#kernel/auth/auth';
import { type Command, type Context, needed, Refusal, text, WrongUse } from './command.ts';
import type { Opened } from './platform.ts';

/** `zc token create|list|revoke`. */
export const token: Command = {
  name: 'token',
  usage: ['token create --user NAME [--name TEXT] [--days N]', 'token list --user NAME', 'token revoke ID'],
  about: { zh: '管理接口访问令牌；令牌只在创建时显示一次', en: 'API tokens; a token is shown only once' },
  options: { user: { type: 'string' }, name: { type: 'string' }, days: { type: 'string' } },
  verbs: { create: 0, list: 0, revoke: 1 },
  async run(context) {
    const [verb, id] = context.words;
    if (verb !== 'revoke') needed(context, 'user');
    const days = text(context, 'days');
    if (days !== undefined && !/^[1-9]\d{0,3}$/.test(days))
      throw new WrongUse({
        zh: '--days 应为 1 到 9999 的整数',
        en: '--days takes a whole number from 1 to 9999',
      });
    const { commandLine, withPlatform } = await import('./platform.ts');
    const by = { actor: commandLine, requestId: null };
    return withPlatform(async ({ composed }) => {
      const { auth } = composed.platform;
      if (verb === 'create') return create(context, composed, by, days);
      if (verb === 'list') return list(context, auth);
      return revoke(context, auth, by, id as string);
    });
  },
};

type By = Parameters<Auth['createToken']>[0];

async function owner(context: Context, auth: Auth) {
  const username = needed(context, 'user');
  const account = await auth.findAccountByUsername(username);
  if (!account) throw new Refusal({ zh: `没有账号 ${username}`, en: `There is no account ${username}` });
  return account;
}

async function create(
  context: Context,
  { platform }: Opened['composed'],
  by: By,
  days: string | undefined,
): Promise<number> {
  const { auth, clock } = platform;
  const made = await auth.createToken(by, {
    userId: (await owner(context, auth)).id,
    name: text(context, 'name') ?? 'zc',
    ...(days && { expiresAt: new Date(clock.now().getTime() + Number(days) * 86_400_000) }),
  });
  context.result(made, { zh: made.token, en: made.token });
  return 0;
}

async function list(context: Context, auth: Auth): Promise<number> {
  const tokens = await auth.listTokens({ userId: (await owner(context, auth)).id });
  const lines = (revoked: string) =>
    tokens.map((t) => `${t.id}  …${t.hint}  ${t.name}${t.revokedAt ? `  (${revoked})` : ''}`).join('\n');
  context.result(tokens, { zh: lines('已作废') || '没有令牌', en: lines('revoked') || 'No tokens' });
  return 0;
}

async function revoke(context: Context, auth: Auth, by: By, id: string): Promise<number> {
  const wellFormed = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
  const [known] = wellFormed ? await auth.listTokens({ id }) : [];
  if (!known) throw new Refusal({ zh: `没有编号为 ${id} 的令牌`, en: `There is no token ${id}` });
  await auth.revokeToken(by, id);
  context.result({ ok: true, id }, { zh: `令牌 ${id} 已作废`, en: `Token ${id} is revoked` });
  return 0;
}
