/**
 * Brings a checkout to where it can run, without any dependency: installs packages when they are missing or older than
 * the lockfile, and with `--build` builds when a source is newer than the build. Called by `prestart` and `pretest`.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIsFresh, builtMark } from './fresh.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Node ${process.versions.node} is too old: 知城 needs 20.19 or newer (需要 Node 20.19 或更高版本)`,
  );
  process.exit(1);
}

/** Runs a command in the checkout, its output going straight to the terminal; ends this process when it fails. */
function run(title, command, args) {
  const begun = Date.now();
  console.log(`→ ${title}`);
  // npm is a script on Windows, which only a shell can start; the arguments are our own constants.
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    console.error(
      `✗ ${title}: ${command} ${args.join(' ')} failed (${result.status ?? result.error?.message})`,
    );
    process.exit(result.status ?? 1);
  }
  console.log(`✓ ${title} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
}

function digest(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

const lock = join(root, 'package-lock.json');
const stamp = join(root, 'node_modules', '.zc-lock');
const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === digest(lock);
if (!installed) {
  run('安装依赖 installing packages', 'npm', [
    'ci',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
  writeFileSync(stamp, digest(lock));
}

if (process.argv.includes('--build') && !buildIsFresh(root)) {
  // What is changed while it builds must count as newer than the build.
  const begun = new Date();
  run('构建 building', process.execPath, [join(root, 'scripts', 'build.mjs')]);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(builtMark(root), begun.toISOString());
  utimesSync(builtMark(root), begun, begun);
}
