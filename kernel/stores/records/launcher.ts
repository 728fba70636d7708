import { spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { reason, StoreError, type StoreLog } from '../errors.ts';
import { isZombie } from '../processes.ts';
import { socketDir } from '../socket-dir.ts';
import { type Account, chooseAccount } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { clientConfig } from './connection.ts';
import { holdOwnership, type Ownership } from './ownership.ts';

export interface RecordsOptions {
  /** Folder of this store alone; made when missing. */
  dir: string;
  /** No fsync: faster, and worthless after a power cut. For tests. */
  volatile?: boolean;
  log: StoreLog;
}

/** The embedded PostgreSQL, owned by this process until {@link EmbeddedRecords.stop}. */
export interface EmbeddedRecords {
  /** Folder of the unix socket. */
  socketDir: string;
  /** True when a server was still running after its owner had died. */
  adopted: boolean;
  stop(): Promise<void>;
  /** The same without waiting for anything, for a process that is ending. */
  stopNow(): void;
}

/** Memory and processes for one machine that also runs the web server and the corpus: about 100 MB in all. */
const settings = {
  port: '5432',
  listen_addresses: "''",
  unix_socket_permissions: '0700',
  timezone: 'Asia/Shanghai',
  log_timezone: 'Asia/Shanghai',
  shared_buffers: '64MB',
  max_connections: '60',
  max_wal_size: '512MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  jit: 'off',
  io_method: 'sync',
  autovacuum_max_workers: '2',
  max_worker_processes: '4',
  max_parallel_workers_per_gather: '1',
};
const volatileSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

interface Place {
  bin: Binaries;
  account: Account;
  data: string;
  logFile: string;
}

/**
 * Starts PostgreSQL in `dir`, or takes over the one that a killed owner left running there.
 * @throws StoreError `in_use` when another process owns it, `version`, `folder`, `platform` or `failed`.
 */
export async function startRecords({ dir, volatile, log }: RecordsOptions): Promise<EmbeddedRecords> {
  if (process.platform === 'win32') {
    throw new StoreError(
      'platform',
      'PostgreSQL is not bundled for Windows: use WSL, or give the address of a server in DATABASE_URL.',
    );
  }
  const bin = await findBinaries();
  const place = preparePlace(bin, resolve(dir));
  if (!existsSync(join(place.data, 'PG_VERSION'))) await initialise(place, volatile);
  checkVersion(place);

  const values = Object.entries({ ...settings, ...(volatile ? volatileSettings : {}) });
  const raise = (cancelled = () => false) => {
    // Made anew each time: a tidy-up of the temporary folder may have removed it.
    const socket = socketDir(dir, 'records', place.account.ids);
    const flags = [...values, ['unix_socket_directories', `'${socket}'`]].map(([k, v]) => `-c ${k}=${v}`);
    return ensureRunning(place, flags.join(' '), socket, cancelled);
  };

  const { socket, adopted } = await raise();
  if (adopted) log('info', 'took over the PostgreSQL that was still running', { folder: dir });
  await createDatabase(socket);
  const ownership: Ownership = await holdOwnership({ socketDir: socket, folder: dir, log, raise });
  return {
    socketDir: socket,
    adopted,
    async stop() {
      // Stop first and free the ownership after: nobody may adopt a server that is about to go.
      await ownership.closing();
      await pgCtl(place, ['stop', '-w', '-m', 'fast', '-t', '60']);
      await ownership.release();
      rmSync(socket, { recursive: true, force: true });
    },
    stopNow() {
      void ownership.closing();
      const [cmd, ...args] = [
        ...place.account.prefix,
        bin.pg_ctl,
        'stop',
        '-m',
        'immediate',
        '-D',
        place.data,
      ];
      spawnSync(cmd!, args, { ...place.account.ids, cwd: '/', stdio: 'ignore' });
      rmSync(socket, { recursive: true, force: true });
    },
  };
}

/**
 * The socket folder of the PostgreSQL that runs on `dir`, as its own pid file says; undefined when there is none.
 * A pid file may outlive its server: connecting tells.
 */
export function runningSocket(dir: string): string | undefined {
  try {
    const line = readFileSync(join(resolve(dir), 'pgdata', 'postmaster.pid'), 'utf8')
      .split('\n')[4]
      ?.trim();
    return line || undefined;
  } catch {
    return undefined;
  }
}

function preparePlace(bin: Binaries, dir: string): Place {
  const data = join(dir, 'pgdata');
  mkdirSync(dirname(dir), { recursive: true });
  const known = statSync(data, { throwIfNoEntry: false }) ?? statSync(dir, { throwIfNoEntry: false });
  // An empty folder that root made says nothing about who shall own the data.
  const owner =
    known && !(known.uid === 0 && !existsSync(data)) ? { uid: known.uid, gid: known.gid } : undefined;
  const account = chooseAccount([dirname(dir), join(bin.home, 'native', 'bin')], owner);
  if (!existsSync(dir)) mkdirSync(dir, { mode: 0o700 });
  if (account.ids) chownSync(dir, account.ids.uid, account.ids.gid);
  return { bin, account, data, logFile: join(dir, 'postgres.log') };
}

/** Makes a new cluster beside its final place and moves it there, so that a broken attempt never looks like data. */
async function initialise(place: Place, volatile = false): Promise<void> {
  if (existsSync(place.data)) {
    throw new StoreError(
      'folder',
      `${place.data} exists but holds no PostgreSQL data (PG_VERSION is missing). Restore it from a backup, or move it away to start empty.`,
    );
  }
  const draft = `${place.data}.new-${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  const { code, output } = await run(place, place.bin.initdb, [
    ...['-D', draft, '-U', 'zc', '--auth=trust', '--encoding=UTF8', '--no-instructions'],
    // The built-in locale sorts the same on every machine and after every upgrade of the operating system.
    ...[
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(volatile ? ['--no-sync'] : []),
    ],
  ]);
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new StoreError('failed', `PostgreSQL could not be set up in ${place.data}:\n${output.trim()}`);
  }
  try {
    renameSync(draft, place.data);
  } catch (e) {
    rmSync(draft, { recursive: true, force: true });
    // Another process was faster; the ownership lock decides who goes on.
    if (!existsSync(join(place.data, 'PG_VERSION'))) throw e;
  }
}

function checkVersion({ bin, data }: Place): void {
  const found = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (found !== String(bin.major)) {
    throw new StoreError(
      'version',
      `${data} was written by PostgreSQL ${found}, but this version of the platform brings PostgreSQL ${bin.major}. Start the release that wrote it and export the records, or convert the folder with pg_upgrade.`,
    );
  }
}

/** Repeats "adopt what runs, else start" until connecting works: after a crash the pid file is believed for some 100 ms. */
async function ensureRunning(
  place: Place,
  flags: string,
  fresh: string,
  cancelled: () => boolean,
): Promise<{ socket: string; adopted: boolean }> {
  const deadline = Date.now() + 60_000;
  let refusals = 0;
  for (let started = false; ; ) {
    if (cancelled()) throw new StoreError('failed', 'The start was given up because the server is stopping.');
    if ((await pgCtl(place, ['status'])).code === 0) {
      const socket = runningSocket(dirname(place.data)) ?? fresh;
      if (await answers(socket)) return { socket, adopted: !started };
      disownZombie(place, socket);
    } else {
      const { code, output } = await pgCtl(place, [
        'start',
        '-w',
        '-t',
        '60',
        '-l',
        place.logFile,
        '-o',
        flags,
      ]);
      started = code === 0;
      if (code !== 0 && ++refusals >= 5) {
        throw new StoreError(
          'failed',
          `PostgreSQL does not start on ${place.data}. ${output.trim()}\n${tail(place.logFile)}`,
        );
      }
      if (started) continue;
    }
    if (Date.now() > deadline) {
      throw new StoreError(
        'failed',
        `PostgreSQL on ${place.data} runs but does not answer. Its log ${place.logFile} ends:\n${tail(place.logFile)}`,
      );
    }
    await sleep(100);
  }
}

/**
 * A killed server whose process nobody collects looks alive to `pg_ctl` and to PostgreSQL itself. Only its number in the
 * pid file is replaced, by one that no process can have: the rest of the file still lets PostgreSQL find out whether
 * anything is attached to the old server's memory.
 */
function disownZombie({ data }: Place, socket: string): void {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const [pid, ...rest] = readFileSync(file, 'utf8').split('\n');
  if (!isZombie(Number(pid))) return;
  writeFileSync(file, ['2147483646', ...rest].join('\n'));
  rmSync(join(socket, '.s.PGSQL.5432.lock'), { force: true });
}

async function answers(socket: string): Promise<boolean> {
  const client = new pg.Client(clientConfig({ socketDir: socket }, 'postgres'));
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function createDatabase(socket: string): Promise<void> {
  const client = new pg.Client(clientConfig({ socketDir: socket }, 'postgres'));
  client.on('error', () => {});
  try {
    await client.connect();
    const { rowCount } = await client.query("select from pg_database where datname = 'zc'");
    if (rowCount === 0) await client.query('create database zc');
  } catch (e) {
    // 42P04: another process made it in the meantime.
    if ((e as { code?: string }).code !== '42P04')
      throw new StoreError('failed', `Cannot make the database: ${reason(e)}`, { cause: e });
  } finally {
    await client.end().catch(() => {});
  }
}

function pgCtl(place: Place, [action, ...rest]: [string, ...string[]]) {
  return run(place, place.bin.pg_ctl, [action, '-D', place.data, ...rest]);
}

/**
 * Runs one of the programs under the chosen account. Output goes to a file, not a pipe: the server inherits it from
 * `pg_ctl start`, and an inherited pipe would keep this process waiting for the server's end.
 */
function run(place: Place, file: string, args: string[]): Promise<{ code: number; output: string }> {
  const { ids, prefix } = place.account;
  const outFile = join(dirname(place.data), `.out-${process.pid}-${runs++}`);
  const fd = openSync(outFile, 'w', 0o600);
  const [cmd, ...all] = [...prefix, file, ...args];
  const env = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' };
  return new Promise((done, fail) => {
    const finish = () => {
      closeSync(fd);
      const output = readFileSync(outFile, 'utf8');
      rmSync(outFile, { force: true });
      return output;
    };
    // cwd: the checkout may not be readable to the other account.
    const child = spawn(cmd!, all, { ...ids, cwd: '/', env, stdio: ['ignore', fd, fd] });
    child.once('error', (e) => {
      finish();
      fail(new StoreError('failed', `Cannot run ${file}: ${reason(e)}`, { cause: e }));
    });
    child.once('exit', (code) => done({ code: code ?? 1, output: finish() }));
  });
}
let runs = 0;

function tail(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-12).join('\n');
  } catch {
    return '(no log)';
  }
}
