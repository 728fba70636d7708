import { type Command, needed, Refusal, text } from './command.ts';
import { commandLine, withPlatform } from './platform.ts';

/** `zc token create|list|revoke`. */
export const token: Command = {
  name: 'token',
  usage: ['token create --user NAME [--name TEXT] [--days N]', 'token list --user NAME', 'token revoke ID'],
  about: { zh: '管理接口访问令牌；令牌只在创建时显示一次', en: 'API tokens; a token is shown only once' },
  options: { user: { type: 'string' }, name: { type: 'string' }, days: { type: 'string' } },
  async run(context) {
    const [verb, id] = context.words;
    return withPlatform(async ({ composed }) => {
      const { auth, clock } = composed.platform;
      const by = { actor: commandLine, requestId: null };
      if (verb === 'create') {
        const days = text(context, 'days');
        if (days !== undefined && !/^[1-9]\d{0,3}$/.test(days))
          throw new Refusal({
            zh: '--days 应为 1 到 9999 的整数',
            en: '--days takes a whole number from 1 to 9999',
          });
        const username = needed(context, 'user');
        const owner = await auth.findAccountByUsername(username);
        if (!owner) throw new Refusal({ zh: `没有账号 ${username}`, en: `There is no account ${username}` });
        const made = await auth.createToken(by, {
          userId: owner.id,
          name: text(context, 'name') ?? 'zc',
          ...(days && { expiresAt: new Date(clock.now().getTime() + Number(days) * 86_400_000) }),
        });
        context.result(made, { zh: made.token, en: made.token });
        return 0;
      }
      if (verb === 'list') {
        const account = await auth.findAccountByUsername(needed(context, 'user'));
        const tokens = account ? await auth.listTokens({ userId: account.id }) : [];
        const lines = tokens.map((t) => `${t.id}  ${t.hint}  ${t.name}`).join('\n');
        context.result(tokens, { zh: lines || '没有令牌', en: lines || 'No tokens' });
        return 0;
      }
      if (verb === 'revoke' && id) {
        await auth.revokeToken(by, id);
        context.result({ ok: true, id }, { zh: `令牌 ${id} 已作废`, en: `Token ${id} is revoked` });
        return 0;
      }
      throw new Refusal({
        zh: '用法：zc token create --user 账号 | list --user 账号 | revoke 编号',
        en: 'Usage: zc token create --user NAME | list --user NAME | revoke ID',
      });
    });
  },
};
