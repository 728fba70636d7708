import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rootPath } from '#kernel/paths';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'zc-scripts-'));
  mkdirSync(join(dir, 'scripts'));
  cpSync(rootPath('scripts/lock-stubs.mjs'), join(dir, 'scripts/lock-stubs.mjs'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

interface Lock {
  packages: Record<
    string,
    { version?: string; os?: string[]; cpu?: string[]; libc?: string[]; optional?: boolean }
  >;
}

const lockStubs = (root: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'scripts/lock-stubs.mjs'), ...args],
    {
      encoding: 'utf8',
    },
  );
  return { status, said: stdout + stderr };
};
const lockOf = (root: string) => JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;

describe('the lockfile', () => {
  test('names every optional package of every platform, so that npm ci takes it everywhere', () => {
    expect(lockStubs(rootPath(), '--check')).toEqual({ status: 0, said: '' });
  });

  test('without some of them is found out, and made whole as npm itself would write it', () => {
    const whole = lockOf(rootPath());
    const missing = ['node_modules/@chdb/lib-darwin-arm64', 'node_modules/@chdb/lib-linux-arm64-gnu'];
    const packages = Object.fromEntries(
      Object.entries(whole.packages).filter(([path]) => !missing.includes(path)),
    );
    expect(Object.keys(packages).length).toBe(Object.keys(whole.packages).length - missing.length);
    writeFileSync(join(dir, 'package-lock.json'), JSON.stringify({ ...whole, packages }));

    const checked = lockStubs(dir, '--check');
    expect(checked.status).toBe(1);
    expect(checked.said).toContain(
      'lacks @chdb/lib-darwin-arm64, @chdb/lib-linux-arm64-gnu: run node scripts/lock-stubs.mjs',
    );

    expect(lockStubs(dir).status).toBe(0);
    const mended = lockOf(dir).packages;
    expect(Object.keys(mended).sort()).toEqual(Object.keys(whole.packages).sort());
    expect(mended['node_modules/@chdb/lib-darwin-arm64']).toMatchObject({
      version: whole.packages['node_modules/@chdb/lib-darwin-arm64']?.version,
      os: ['darwin'],
      cpu: ['arm64'],
      optional: true,
    });
    expect(mended['node_modules/@chdb/lib-linux-arm64-gnu']).toMatchObject({
      os: ['linux'],
      libc: ['glibc'],
    });
    expect(lockStubs(dir, '--check').status).toBe(0);
  });
});

describe('a build', () => {
  /** A checkout in which everything is as old as the given second. */
  function checkout(second: number): void {
    const files = ['app/a.ts', 'kernel/b.ts', 'modules/m/web/c.css', 'shell/d.tsx'];
    const settings = ['package.json', 'scripts/build.mjs', 'scripts/bundle.mjs', 'vite.config.ts'];
    for (const file of [...files, ...settings, 'dist/.zc-built']) {
      mkdirSync(join(dir, file, '..'), { recursive: true });
      writeFileSync(join(dir, file), '');
      utimesSync(join(dir, file), second, second);
    }
  }
  const touch = (file: string, second: number) => {
    writeFileSync(join(dir, file), '');
    utimesSync(join(dir, file), second, second);
  };

  test('is fresh until a source or a setting is newer, and never without its mark', async () => {
    const { buildIsFresh } = (await import(rootPath('scripts/fresh.mjs'))) as {
      buildIsFresh(root: string): boolean;
    };
    checkout(1_000_000);
    expect(buildIsFresh(dir)).toBe(true);
    touch('docs.md', 2_000_000);
    expect(buildIsFresh(dir)).toBe(true);
    for (const file of ['modules/m/web/c.css', 'vite.config.ts', 'kernel/new.ts']) {
      touch(file, 1_000_001);
      expect([file, buildIsFresh(dir)]).toEqual([file, false]);
      touch(file, 999_999);
    }
    expect(buildIsFresh(dir)).toBe(true);
    rmSync(join(dir, 'dist/.zc-built'));
    expect(buildIsFresh(dir)).toBe(false);
  });
});
