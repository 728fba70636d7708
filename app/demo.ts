import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { isDemo, readFact, writeFact } from '#kernel/installation';
import type { Platform } from '#kernel/module';
import { system } from '#kernel/policy/policy';

const by = { actor: { ...system, name: '演示数据' }, requestId: null };

interface DemoFact {
  password: string;
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
 * installation only; `on` insists and refuses an installation that already holds something real.
 */
export async function prepareDemo(
  platform: Platform,
  say: (line: string) => void,
): Promise<{ fresh: boolean; done(): Promise<void> }> {
  const wanted = platform.config.ZC_DEMO;
  const none = { fresh: false, done: async () => {} };
  if (wanted === 'off' || (await isDemo(platform))) return none;
  const begun = await readFact(platform.records, 'demo-begun');
  if (!begun && !(await isEmpty(platform))) {
    if (wanted === 'on')
      throw new Error(
        `ZC_DEMO=on: ${platform.config.ZC_DATA} already holds data; demonstration data is never mixed with it. Use another ZC_DATA.`,
      );
    return none;
  }
  say('生成演示数据… generating demonstration data');
  const password = `${pickWord()}-${pickWord()}-${randomInt(1000, 9999)}`;
  const fact = (begun as DemoFact | undefined) ?? ({ password } satisfies DemoFact);
  await writeFact(platform.records, 'demo-begun', fact);
  for (const account of platform.pack.accounts) {
    if (await platform.auth.findAccountByUsername(account.account)) continue;
    await platform.auth.createAccount(by, {
      username: account.account,
      name: account.label.zh,
      password: fact.password,
      grants: [
        {
          role: account.role,
          organisation: account.region ? null : account.department,
          region: account.region,
        },
      ].map((g) => limited(platform, g)),
    });
  }
  return { fresh: true, done: () => writeFact(platform.records, 'demo', fact) };
}

/** The lines that tell how to sign in: one account per role, with the password of this installation. */
export async function demoAccounts(platform: Platform): Promise<string[]> {
  const fact = (await readFact(platform.records, 'demo')) as DemoFact | undefined;
  if (!fact) return [];
  const width = Math.max(...platform.pack.accounts.map((a) => a.account.length));
  return [
    '演示账号 demonstration accounts (演示数据，数值均为虚构):',
    ...platform.pack.accounts.map(
      (a) => `  ${a.account.padEnd(width)}  ${fact.password}  ${a.label.zh} ${a.label.en}`,
    ),
  ];
}

function pickWord(): string {
  return words[randomInt(words.length)] as string;
}

/** A grant names an organisation or region only where its role's scope says so. */
function limited(
  platform: Platform,
  grant: { role: string; organisation: string | null; region: string | null },
) {
  const scope = platform.policy.roles.get(grant.role)?.scope;
  return {
    role: grant.role,
    organisation: scope === 'organisation' ? grant.organisation : null,
    region: scope === 'region' ? grant.region : null,
  };
}

async function isEmpty(platform: Platform): Promise<boolean> {
  const found = await sql<{ used: boolean }>`
    select exists (select 1 from audit_log) or exists (select 1 from auth."user") as used
  `.execute(platform.records);
  return !found.rows[0]?.used;
}
