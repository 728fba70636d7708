import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import type { Config } from '#kernel/config';
import { readFact, writeFact } from '#kernel/installation';
import type { Platform } from '#kernel/module';
import { system } from '#kernel/policy/policy';
import type { Text } from '#kernel/text';
import { Refusal } from './commands/command.ts';

const by = { actor: { ...system, name: '演示数据' }, requestId: null };

interface DemoFact {
  password: string;
}

/** One account of the demonstration and how to sign in with it. */
export interface DemoAccount {
  username: string;
  password: string;
  title: Text;
}

/** Words for a password that is easy to read aloud and to type. */
const words = [
  'lantern',
  'harbour',
  'cotton',
  'willow',
  'silver',
  'garden',
  'river',
  'bridge',
  'compass',
  'orchard',
];

/**
 * Decides whether this start loads demonstration data, and creates its accounts. `auto` loads it into an empty
 * installation only; `on` insists and refuses an installation that already holds something real. A start that was
 * killed in the middle is taken up again, with the same password.
 */
export async function prepareDemo(
  platform: Platform,
  wanted: Config['ZC_DEMO'],
  say: (line: string) => void,
): Promise<{ fresh: boolean; done(): Promise<void> }> {
  const none = { fresh: false, done: async () => {} };
  if (wanted === 'off' || (await readFact(platform.records, 'demo'))) return none;
  const begun = (await readFact(platform.records, 'demo-begun')) as DemoFact | undefined;
  if (!begun && !(await isEmpty(platform))) {
    if (wanted === 'auto') return none;
    const dir = platform.config.ZC_DATA;
    throw new Refusal({
      zh: `${dir} 中已有数据，演示数据不与真实数据混放。请用 ZC_DATA 指定一个空目录`,
      en: `${dir} already holds data, and demonstration data is never mixed with it: point ZC_DATA to an empty folder`,
    });
  }
  say('生成演示数据… generating demonstration data');
  const fact: DemoFact = begun ?? { password: `${pickWord()}-${pickWord()}-${randomInt(1000, 10_000)}` };
  await writeFact(platform.records, 'demo-begun', fact);
  for (const account of platform.pack.accounts) {
    if (await platform.auth.findAccountByUsername(account.account)) continue;
    await platform.auth.createAccount(by, {
      username: account.account,
      name: account.label.zh,
      password: fact.password,
      grants: [limited(platform, account)],
    });
  }
  return { fresh: true, done: () => writeFact(platform.records, 'demo', fact) };
}

/** One account per role, with the password of this installation; none where it is no demonstration. */
export async function demoAccounts(platform: Platform): Promise<DemoAccount[]> {
  const fact = (await readFact(platform.records, 'demo')) as DemoFact | undefined;
  if (!fact) return [];
  return platform.pack.accounts.map((a) => ({
    username: a.account,
    password: fact.password,
    title: a.label,
  }));
}

/** The lines that tell how to sign in. */
export async function demoLines(platform: Platform): Promise<string[]> {
  const accounts = await demoAccounts(platform);
  if (accounts.length === 0) return [];
  const width = Math.max(...accounts.map((a) => a.username.length));
  return [
    '演示账号 demonstration accounts (演示数据，数值均为虚构):',
    ...accounts.map((a) => `  ${a.username.padEnd(width)}  ${a.password}  ${a.title.zh} ${a.title.en}`),
  ];
}

function pickWord(): string {
  return words[randomInt(words.length)] as string;
}

/** A grant names an organisation or region only where its role's scope says so. */
function limited(platform: Platform, account: Platform['pack']['accounts'][number]) {
  const scope = platform.policy.roles.get(account.role)?.scope;
  return {
    role: account.role,
    organisation: scope === 'organisation' ? account.department : null,
    region: scope === 'region' ? account.region : null,
  };
}

async function isEmpty(platform: Platform): Promise<boolean> {
  const found = await sql<{ used: boolean }>`
    select exists (select 1 from audit_log) or exists (select 1 from auth."user") as used
  `.execute(platform.records);
  return !found.rows[0]?.used;
}
