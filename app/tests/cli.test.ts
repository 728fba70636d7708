import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { rootPath } from '#kernel/paths';
import { type Ended, freshFolder, tidyUp, zc, zcJson } from '#kernel/testing/zc';

vi.setConfig({ testTimeout: 60_000 });

afterAll(tidyUp);

/** A line of a stack trace: what a person at a terminal should never see. */
const stack = /^\s+at .*\.(ts|js|mjs)/m;

function plain(ended: Ended, code: number): string {
  expect([ended.code, ended.stdout]).toEqual([code, '']);
  expect(ended.stderr).not.toMatch(stack);
  return ended.stderr;
}

/** A copy of the first city's pack with one line of one file changed. */
function brokenPack(): { dir: string; pack: string } {
  const dir = freshFolder();
  const pack = join(dir, 'pack');
  cpSync(rootPath('cities/nantong'), pack, { recursive: true });
  const plan = join(pack, 'plan.yaml');
  writeFileSync(plan, readFileSync(plan, 'utf8').replace(/^start:.*$/m, 'start: someday'));
  return { dir, pack };
}

describe('help', () => {
  test('names every command in both languages, for people and for programs', async () => {
    const [zh, en, none, json] = await Promise.all([
      zc(['help', '--lang', 'zh']),
      zc(['--lang', 'en', '--help']),
      zc([], { LC_ALL: 'en_US.UTF-8' }),
      zcJson<{ commands: { name: string; usage: string[]; about: string }[] }>(['help', '--lang', 'en']),
    ]);
    expect([zh.code, en.code, none.code]).toEqual([0, 0, 0]);
    expect(none.stdout).toBe(en.stdout);
    expect(json.commands.length).toBeGreaterThanOrEqual(8);
    for (const { usage, about } of json.commands) {
      expect(en.stdout).toContain(about);
      for (const line of usage) {
        expect(en.stdout).toContain(`zc ${line}`);
        expect(zh.stdout).toContain(`zc ${line}`);
      }
      expect(zh.stdout).not.toContain(about);
    }
  });

  test('of one command shows that one alone', async () => {
    const { stdout } = await zc(['help', 'backup', '--lang', 'en']);
    expect(stdout).toContain('zc backup FILE.zip');
    expect(stdout).not.toContain('zc serve');
  });
});

describe('a command that is not written as it should be', () => {
  test.each([
    [['sing', '--lang', 'zh'], '没有“sing”这个命令'],
    [['help', 'sing', '--lang', 'en'], 'There is no command sing'],
    [['serve', '--port', '80', '--lang', 'zh'], '没有 --port 这个选项'],
    [['serve', '--port', '80', '--lang', 'en'], 'There is no option --port'],
    [['audit', 'burn', '--lang', 'zh'], '没有“audit burn”这个命令，应写 verify'],
    [['user', '--lang', 'en'], 'zc user takes list'],
    [['backup', '--lang', 'zh'], '命令不完整'],
    [['backup', 'a.zip', 'b.zip', '--lang=en'], 'b.zip is one word too many'],
    [['token', 'create', '--lang', 'zh'], '缺少 --user'],
    [['demo', '--lang', 'fr'], '--lang 只能是 zh 或 en'],
  ])('%j', async (args, words) => {
    expect(plain(await zc(args), 2)).toContain(words);
  });

  test('says so to programs in JSON', async () => {
    const { code, stdout } = await zc(['sing', '--json', '--lang', 'en']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({ ok: false, code: 'usage', error: 'There is no command sing' });
  });
});

describe('wrong surroundings', () => {
  test('every variable that does not fit is listed, with what it takes, and nothing is started', async () => {
    const dir = freshFolder();
    const env = {
      ZC_DATA: join(dir, 'data'),
      ZC_PORT: 'eighty',
      ZC_PROT: '80',
      ZC_DEMO: 'maybe',
      DATABASE_URL: 'mysql://root:top-secret@db/zc',
    };
    const [zh, en] = await Promise.all([
      zc(['serve', '--lang', 'zh'], env),
      zc(['serve', '--lang', 'en'], env),
    ]);
    const said = plain(zh, 1);
    expect(said).toContain('ZC_PORT=eighty：应为 0 到 65535 的整数');
    expect(said).toContain('ZC_DEMO=maybe：应为 auto、on、off');
    expect(said).toContain('ZC_PROT：没有这个变量，是否想写 ZC_PORT？');
    expect(said).toContain('DATABASE_URL=***');
    expect(plain(en, 1)).toContain('ZC_PORT=eighty: takes a whole number from 0 to 65535');
    expect(zh.stderr + en.stderr).not.toContain('top-secret');
    expect(readdirSync(dir)).toEqual([]);
  });

  test('a broken city pack is refused with its faults before anything is started', async () => {
    const { dir, pack } = brokenPack();
    const env = { ZC_DATA: join(dir, 'data'), ZC_CITY: pack };
    const [zh, en] = await Promise.all([
      zc(['serve', '--lang', 'zh'], env),
      zc(['user', 'list', '--lang', 'en'], env),
    ]);
    expect(plain(zh, 1)).toMatch(/plan\.yaml:\d+:\d+ 错误[\s\S]*改法：/);
    expect(plain(en, 1)).toMatch(/plan\.yaml:\d+:\d+ error[\s\S]*Remedy: /);
    expect(readdirSync(dir)).toEqual(['pack']);
  });
});

describe('zc city check', () => {
  test('finds the pack of the first city sound', async () => {
    const { code, stdout } = await zc(['city', 'check', 'cities/nantong', '--lang', 'zh']);
    expect(code).toBe(0);
    expect(stdout).toContain('南通市：数据包完好');
    const json = await zcJson<{ ok: boolean; errors: number }>(['city', 'check', 'cities/nantong']);
    expect(json).toMatchObject({ ok: true, errors: 0 });
  });

  test('names file, line, fault and remedy of a broken one', async () => {
    const { pack } = brokenPack();
    const [people, programs] = await Promise.all([
      zc(['city', 'check', pack, '--lang', 'en']),
      zc(['city', 'check', pack, '--json']),
    ]);
    const line = readFileSync(join(pack, 'plan.yaml'), 'utf8').split('\n').indexOf('start: someday') + 1;
    expect(people.code).toBe(1);
    expect(people.stdout).toContain(`plan.yaml:${line}:`);
    expect(people.stdout).toMatch(/Remedy: \S/);
    const { ok, faults } = JSON.parse(programs.stdout) as {
      ok: boolean;
      faults: { file: string; line: number }[];
    };
    expect([programs.code, ok]).toEqual([1, false]);
    expect(faults).toContainEqual(expect.objectContaining({ file: 'plan.yaml', line }));
  });
});
