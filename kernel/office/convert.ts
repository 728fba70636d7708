import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Config, ConfigError } from '#kernel/config';
import { fontconfig } from './faces.ts';

/** Milliseconds that one document may take; a letter takes two seconds. */
const TIMEOUT = 90_000;
/** Largest PDF that is taken, in bytes. */
const MOST = 50 * 1024 ** 2;
/** Documents that may wait for their turn here; whoever comes after them is sent away. */
const WAITING = 8;

/** A document could not be made into a PDF; the message says why, for the log. */
export class ConvertError extends Error {
  override readonly name = 'ConvertError';
  constructor(
    message: string,
    /** Too many were waiting: it was not tried. */
    readonly busy = false,
  ) {
    super(message);
  }
}

/**
 * The LibreOffice that `ZC_OFFICE` names, or the one on the search path; null where there is none, or `ZC_OFFICE` is `off`. Throws
 * {@link ConfigError} where the variable names no program.
 */
export function officeOf({ ZC_OFFICE }: Pick<Config, 'ZC_OFFICE'>, path = process.env.PATH): Office | null {
  if (ZC_OFFICE === 'off') return null;
  if (ZC_OFFICE !== undefined) {
    if (isAbsolute(ZC_OFFICE) && isProgram(ZC_OFFICE)) return new Office(ZC_OFFICE);
    throw new ConfigError([
      {
        zh: `ZC_OFFICE=${ZC_OFFICE}：不是可以运行的程序，请写 soffice 的绝对路径，或者 off`,
        en: `ZC_OFFICE=${ZC_OFFICE}: is no program that can be run; give the absolute path of soffice, or off`,
      },
    ]);
  }
  for (const dir of (path ?? '').split(delimiter).filter(isAbsolute))
    for (const name of ['soffice', 'libreoffice'])
      if (isProgram(join(dir, name))) return new Office(join(dir, name));
  return null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Groups of processes that run now: none outlives the platform. */
const running = new Set<number>();
process.once('exit', () => {
  for (const pid of running) endGroup(pid);
});

/** Ends a program with everything that it started. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** How a document is converted. */
export interface ConvertOptions {
  /** Gives up at once, as when the worker stops. */
  signal?: AbortSignal;
  /** Milliseconds it may take. */
  timeout?: number;
}

/** LibreOffice, run without windows once for each document. Never called while a transaction is open: it takes seconds. */
export class Office {
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** @param program absolute path of `soffice`. */
  constructor(readonly program: string) {}

  /** A Word document as PDF; one at a time. Throws {@link ConvertError}. */
  async pdf(docx: Buffer, options: ConvertOptions = {}): Promise<Buffer> {
    if (this.#waiting >= WAITING) throw new ConvertError('too many documents are waiting', true);
    this.#waiting++;
    const mine = this.#turn.then(() => this.#pdf(docx, options));
    this.#turn = mine.catch(() => {});
    try {
      return await mine;
    } finally {
      this.#waiting--;
    }
  }

  async #pdf(docx: Buffer, { signal, timeout = TIMEOUT }: ConvertOptions): Promise<Buffer> {
    if (signal?.aborted) throw new ConvertError('stopped');
    const dir = await mkdtemp(join(tmpdir(), 'zc-office-'));
    try {
      await mkdir(join(dir, 'out'));
      await writeFile(join(dir, 'in.docx'), docx, { mode: 0o600 });
      await writeFile(join(dir, 'fonts.conf'), fontconfig());
      const said = await this.#run(dir, signal, timeout);
      const made = join(dir, 'out', 'in.pdf');
      const size = await stat(made).then(
        (info) => info.size,
        () => 0,
      );
      if (size === 0) throw new ConvertError(`no PDF was made: ${said}`);
      if (size > MOST) throw new ConvertError(`the PDF has ${size} bytes`);
      const bytes = await readFile(made);
      if (!bytes.subarray(0, 5).equals(Buffer.from('%PDF-')))
        throw new ConvertError('what was made is no PDF');
      return bytes;
    } finally {
      await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    }
  }

  /** Runs the program to its end. @returns what it said, for the log. */
  #run(dir: string, signal: AbortSignal | undefined, timeout: number): Promise<string> {
    const profile = pathToFileURL(join(dir, 'profile')).href;
    const child: ChildProcess = spawn(
      this.program,
      [
        // Two runs on one profile block each other.
        `-env:UserInstallation=${profile}`,
        ...['--headless', '--norestore', '--nolockcheck', '--nodefault', '--nofirststartwizard'],
        ...['--convert-to', 'pdf:writer_pdf_Export', '--outdir', join(dir, 'out'), join(dir, 'in.docx')],
      ],
      {
        cwd: dir,
        // A group of its own, to be ended as a whole.
        detached: true,
        // None of the platform's own variables, among which are passwords.
        env: {
          ...{ PATH: process.env.PATH, HOME: dir, TMPDIR: dir, LANG: 'C.UTF-8' },
          FONTCONFIG_FILE: join(dir, 'fonts.conf'),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const { pid } = child;
    let said = '';
    const hear = (piece: Buffer) => {
      if (said.length < 2000) said += piece.toString('utf8');
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    if (pid !== undefined) running.add(pid);
    return new Promise<string>((resolve, reject) => {
      const giveUp = (why: string) => () => {
        if (pid !== undefined) endGroup(pid);
        reject(new ConvertError(why));
      };
      const stop = giveUp('stopped');
      const timer = setTimeout(giveUp(`not within ${timeout} ms`), timeout);
      signal?.addEventListener('abort', stop, { once: true });
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
        if (pid === undefined) return;
        endGroup(pid);
        running.delete(pid);
      };
      child.once('error', (error) => {
        done();
        reject(new ConvertError(error.message));
      });
      child.once('close', (code) => {
        done();
        if (code === 0) resolve(said.trim());
        else reject(new ConvertError(`ended with ${code}: ${said.trim()}`));
      });
    });
  }
}
