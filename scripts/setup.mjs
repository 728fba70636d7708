/**
 * Brings a checkout to where it can run, without any dependency: installs packages when they are missing or older than
 * the lockfile, and with `--build` builds when a source is newer than the build. Called by `prestart` and `pretest`.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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

/** Newest change of any source below a folder. */
function newest(folder) {
  let last = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) last = Math.max(last, newest(path));
    else if (/\.(tsx?|css|html|json|svg)$/.test(entry.name)) last = Math.max(last, statSync(path).mtimeMs);
  }
  return last;
}

if (process.argv.includes('--build')) {
  const built = join(root, 'dist', '.zc-built');
  const sources = Math.max(
    ...['app', 'kernel', 'modules', 'shell'].map((d) => newest(join(root, d))),
    ...['package.json', 'tsconfig.base.json', 'tsconfig.server.json', 'vite.config.ts'].map(
      (f) => statSync(join(root, f)).mtimeMs,
    ),
  );
  if (!existsSync(built) || statSync(built).mtimeMs < sources) {
    run('构建 building', process.execPath, [join(root, 'scripts', 'build.mjs')]);
    mkdirSync(join(root, 'dist'), { recursive: true });
    writeFileSync(built, new Date().toISOString());
  }
}
