import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { reason, StoreError, type StoreLog } from '../errors.ts';
import { alive } from '../processes.ts';
import { socketDir } from '../socket-dir.ts';

export interface CorpusOptions {
  /** Folder of this store alone; made when missing. */
  dir: string;
  log: StoreLog;
}

/** The embedded corpus, owned by this process until {@link EmbeddedCorpus.stop}. */
export interface EmbeddedCorpus {
  /** Path of the unix socket. */
  socket: string;
  /** Process that answers there now; undefined while it is being restarted. */
  pid(): number | undefined;
  stop(): Promise<void>;
  /** The same without waiting, for a process that is ending. */
  stopNow(): void;
}

/**
 * Starts the corpus process on `dir` and keeps it running: whenever it ends unasked it is started again, at once the
 * first time and then after growing pauses.
 * @throws StoreError `in_use` when another server has the folder, `platform` or `failed`.
 */
export async function startCorpus({ dir, log }: CorpusOptions): Promise<EmbeddedCorpus> {
  const home = resolve(dir);
  const data = join(home, 'db');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const socket = join(socketDir(home, 'corpus'), 'http');
  let child: ChildProcess | undefined;
  let stopping = false;
  let revival = Promise.resolve();

  if (openHere.has(home)) throw inUse(home, 'this process itself');
  await waitForSurvivor(home, socket);
  child = await begin(data, socket, home, log);
  writeFileSync(runFile(home), JSON.stringify({ owner: process.pid, socket }));
  keep(child);
  openHere.add(home);

  function keep(current: ChildProcess) {
    const since = Date.now();
    current.once('exit', (code, signal) => {
      child = undefined;
      if (!stopping) revival = revive(code ?? signal, since);
    });
  }

  async function revive(end: unknown, since: number) {
    log('warn', 'the corpus process ended; starting it again', { end });
    if (Date.now() - since < 10_000) await rest(500);
    for (let pause = 500; !stopping; pause = Math.min(pause * 2, 15_000)) {
      try {
        const next = await begin(data, socket, home, log);
        child = next;
        keep(next);
        log('info', 'the corpus is back', { pid: next.pid });
        return;
      } catch (e) {
        log('error', 'the corpus process could not be started again', { reason: reason(e) });
        await rest(pause);
      }
    }
  }

  /** Waits, but not on when everything is to stop. */
  async function rest(ms: number) {
    for (const until = Date.now() + ms; !stopping && Date.now() < until; )
      await sleep(100, undefined, { ref: false });
  }

  return {
    socket,
    pid: () => child?.pid,
    async stop() {
      stopping = true;
      openHere.delete(home);
      await revival;
      const last = child;
      if (last && last.exitCode === null) {
        const gone = new Promise((done) => last.once('exit', done));
        last.stdin?.end();
        const timer = setTimeout(() => last.kill('SIGKILL'), 8000);
        await gone;
        clearTimeout(timer);
      }
      rmSync(runFile(home), { force: true });
      rmSync(dirname(socket), { recursive: true, force: true });
    },
    stopNow() {
      stopping = true;
      child?.kill('SIGKILL');
      rmSync(dirname(socket), { recursive: true, force: true });
    },
  };
}

/** Folders whose corpus belongs to this process. A noted process number does not tell: in a container it repeats. */
const openHere = new Set<string>();

/** Socket of the corpus that runs on `dir`, as its owner noted it; undefined when there is none. */
export function runningCorpus(dir: string): string | undefined {
  return note(resolve(dir))?.socket;
}

/** What the owner noted beside its data: who it is and where the corpus answers. */
function note(home: string): { owner: number; socket: string } | undefined {
  try {
    return JSON.parse(readFileSync(runFile(home), 'utf8'));
  } catch {
    return undefined;
  }
}

const runFile = (home: string) => join(home, 'run.json');

/** The process that answers on a socket, or undefined. */
export function askPid(socketPath: string): Promise<number | undefined> {
  return new Promise((done) => {
    const req = get({ socketPath, path: '/ping', timeout: 2000, agent: false }, (res) => {
      res.resume();
      done(Number(res.headers['x-zc-pid']) || undefined);
    });
    req.once('error', () => done(undefined));
    req.once('timeout', () => req.destroy());
  });
}

/** The process of a killed owner ends by itself within moments; one that stays has a living owner. */
async function waitForSurvivor(home: string, socket: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const pid = await askPid(socket);
    if (pid === undefined) return rmSync(socket, { force: true });
    const owner = note(home)?.owner;
    if (tries > 50 || (owner && owner !== process.pid && alive(owner)))
      throw inUse(home, `process ${owner ?? pid}`);
    await sleep(100);
  }
}

function inUse(home: string, who: string): StoreError {
  return new StoreError(
    'in_use',
    `The corpus folder ${home} is in use by another server (${who}). Stop that one first, or give this one a folder of its own in ZC_DATA.`,
  );
}

/** Starts one process and waits until it answers; tries again while the folder's lock is still being released. */
async function begin(data: string, socket: string, home: string, log: StoreLog): Promise<ChildProcess> {
  for (let tries = 0; ; tries++) {
    // Made anew: a tidy-up of the temporary folder may have removed it.
    socketDir(home, 'corpus');
    const result = await launch(data, socket, log);
    if (typeof result !== 'string') return result;
    if (!/connection/i.test(result))
      throw new StoreError('failed', `The corpus cannot be opened in ${home}: ${result}`);
    if (tries >= 10) throw inUse(home, 'its lock is held');
    await sleep(300);
  }
}

/** The process once it is ready, or the reason why it is not. */
function launch(data: string, socket: string, log: StoreLog): Promise<ChildProcess | string> {
  const [file, nodeArgs] = childProgram();
  rmSync(socket, { force: true });
  const child = spawn(process.execPath, [...nodeArgs, file, realpathSync(data), socket], {
    env: { ...process.env, UV_THREADPOOL_SIZE: '16', NODE_OPTIONS: '' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {});
  const errors: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    errors.push(line);
    if (errors.length > 20) errors.shift();
    log('warn', 'corpus process', { line });
  });
  return new Promise((done) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as { event: string; message?: string };
      if (said.event === 'ready') done(child);
      else if (said.event === 'failed') done(said.message ?? 'unknown reason');
      else log('error', 'corpus process', said);
    });
    child.once('error', (e) => done(reason(e)));
    child.once('exit', (code, signal) => done(`it ended with ${code ?? signal}. ${errors.join('\n')}`));
  });
}

/** The child's file and the arguments for Node: bundled in production, through tsx when this file is the source. */
function childProgram(): [file: string, nodeArgs: string[]] {
  if (!import.meta.url.endsWith('.ts')) return [fileURLToPath(new URL('./child.js', import.meta.url)), []];
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return [fileURLToPath(new URL('./child.ts', import.meta.url)), ['--import', tsx]];
}
