import { isAbsolute } from 'node:path';
import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { ConfigError, configTable, readConfig } from './config.ts';

/** The faults of an environment in English, one line each; none when it is accepted. */
function faults(env: Record<string, string>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.lines.map((l) => l.en);
  }
}

describe('an empty environment', () => {
  test('gives the defaults that an operator begins with', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      ZC_PORT: 8080,
      ZC_HOST: '127.0.0.1',
      ZC_DEMO: 'auto',
      ZC_LOG: 'info',
      ZC_TRUST_PROXY: false,
      ZC_UPLOAD_LIMIT: 4 * 1024 ** 3,
      ZC_EVIDENCE_LIMIT: 50 * 1024 ** 2,
    });
    expect(isAbsolute(config.ZC_DATA)).toBe(true);
    expect(config.DATABASE_URL).toBeUndefined();
  });

  test('is the same as one of empty variables', () => {
    expect(readConfig(Object.fromEntries(Object.keys(configTable).map((n) => [n, ' '])))).toEqual(
      readConfig({}),
    );
  });
});

test('values are read in their own types', () => {
  const config = readConfig({
    ZC_DATA: '/srv/zc',
    ZC_PORT: '0',
    ZC_TRUST_PROXY: 'on',
    ZC_ORIGIN: 'https://ip.city.example/',
    DATABASE_URL: 'postgresql://zc:secret@db:5432/zc',
    ZC_UPLOAD_LIMIT: '1048576',
    PATH: '/usr/bin',
  });
  expect(config).toMatchObject({
    ZC_DATA: '/srv/zc',
    ZC_PORT: 0,
    ZC_TRUST_PROXY: true,
    ZC_ORIGIN: 'https://ip.city.example',
    ZC_UPLOAD_LIMIT: 1_048_576,
  });
});

describe('a fault', () => {
  test.each([
    ['ZC_PORT', '80.5'],
    ['ZC_PORT', '65536'],
    ['ZC_PORT', '0x50'],
    ['ZC_PORT', '1e3'],
    ['ZC_TRUST_PROXY', 'true'],
    ['ZC_DEMO', 'yes'],
    ['ZC_LOG', 'loud'],
    ['ZC_ORIGIN', 'ip.city.example'],
    ['ZC_ORIGIN', 'https://ip.city.example/platform'],
    ['ZC_ORIGIN', 'ftp://ip.city.example'],
    ['DATABASE_URL', 'mysql://db/zc'],
    ['CLICKHOUSE_URL', 'tcp://ch:9000'],
    ['ZC_SMTP_URL', 'mail.example.cn'],
    ['ZC_UPLOAD_LIMIT', '4GB'],
    ['ZC_UPLOAD_LIMIT', '0'],
    ['ZC_EVIDENCE_LIMIT', '-1'],
    ['ZC_METRICS_TOKEN', 'short'],
  ])('%s=%s is named with what it takes', (name, value) => {
    const variable = configTable[name as keyof typeof configTable];
    expect(faults({ [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${name}=.*takes ${variable.takes.en}`)),
    ]);
  });

  test('of several variables is told at once', () => {
    expect(faults({ ZC_PORT: 'x', ZC_LOG: 'y', ZC_DEMO: 'z' })).toHaveLength(3);
  });

  test('never shows a secret', () => {
    const secrets = Object.entries(configTable).filter(([, v]) => 'secret' in v);
    expect(secrets.map(([n]) => n)).toEqual(
      expect.arrayContaining(['DATABASE_URL', 'ZC_SMTP_URL', 'ZC_OIDC_CLIENT_SECRET', 'ZC_METRICS_TOKEN']),
    );
    for (const [name] of secrets) expect(faults({ [name]: 'hunter2:@' }).join()).not.toContain('hunter2');
  });

  test('in a name points to the one that was meant', () => {
    expect(faults({ ZC_PROT: '80' })).toEqual(['ZC_PROT: there is no such variable; was ZC_PORT meant?']);
    expect(faults({ ZC_SOMETHING_ELSE: '1' })[0]).toContain('known are ZC_DATA, ZC_CITY');
    expect(faults({ OTHER_PORT: '80' })).toEqual([]);
  });

  test('is found where one variable needs another', () => {
    expect(faults({ ZC_OIDC_ISSUER: 'https://id.example', ZC_OIDC_CLIENT_ID: 'zc' })).toHaveLength(1);
    expect(faults({ CLICKHOUSE_CLUSTER: 'main' })).toHaveLength(1);
    const together = [expect.stringContaining('go together')];
    expect(faults({ ZC_TSA_URL: 'https://tsa.example' })).toEqual(together);
    expect(faults({ ZC_TSA_CA: 'roots.pem' })).toEqual(together);
  });

  test('is worded in both languages, whatever is written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(configTable)), fc.string()), (env) => {
        try {
          readConfig(env);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
          const { text } = error as ConfigError;
          expect(text.zh).toMatch(/^环境变量有误：\n {2}\S/);
          expect(text.en).toMatch(/^The environment variables do not fit:\n {2}\S/);
        }
      }),
    );
  });
});

test('every variable says in both languages what it is for and what it takes', () => {
  for (const v of Object.values(configTable))
    for (const text of [v.about, v.takes]) {
      expect(text.zh).toMatch(/\S/);
      expect(text.en).toMatch(/\S/);
    }
});
