/**
 * Tools with native parts (chdb, biome, sharp …) name one optional package per platform. Where a registry lacks some
 * of them, `npm install` leaves them out of the lockfile and `npm ci` then refuses it ("Missing: … from lock file").
 * Stub entries cure that: npm skips them by platform. Run after every change of dependencies:
 * `node scripts/lock-stubs.mjs`; with `--check` it only verifies and exits 1 when an entry is missing.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));

const OS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const CPU = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'ppc64le',
  'riscv64',
  's390x',
  'x64',
  'wasm32',
];

/** The platform that a package name speaks of, as npm's `os`, `cpu` and `libc` fields. */
function platformOf(name) {
  const words = name.split('/').at(-1).split(/[-_.]/);
  const os = words.filter((w) => OS.includes(w)).concat(words.includes('windows') ? ['win32'] : []);
  const cpu = words.filter((w) => CPU.includes(w));
  const libc = words.some((w) => w.includes('musl')) ? ['musl'] : words.includes('gnu') ? ['glibc'] : [];
  return { os, cpu, libc };
}

const stubs = {};
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${path}/node_modules/${name}`;
    const top = `node_modules/${name}`;
    if (lock.packages[nested] || lock.packages[top]) continue;
    const { os, cpu, libc } = platformOf(name);
    if (os.length === 0 && cpu.length === 0) continue;
    stubs[top] = {
      version: String(version).replace(/^[\^~]/, ''),
      ...(cpu.length > 0 && { cpu }),
      ...(libc.length > 0 && { libc }),
      ...(entry.dev && { dev: true }),
      optional: true,
      ...(os.length > 0 && { os }),
    };
  }
}

const names = Object.keys(stubs).map((p) => p.replace('node_modules/', ''));
if (process.argv.includes('--check')) {
  if (names.length > 0) {
    console.error(`package-lock.json lacks ${names.join(', ')}: run node scripts/lock-stubs.mjs`);
    process.exit(1);
  }
} else if (names.length > 0) {
  Object.assign(lock.packages, stubs);
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`added ${names.join(', ')}`);
}
