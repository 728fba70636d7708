import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '#kernel/testing/until';
import { type ConvertError, Office, officeOf } from './convert.ts';

let dir: string;
const { TMPDIR } = process.env;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'zc-convert-'));
  // What is left behind is counted here, beside no other test's.
  process.env.TMPDIR = dir;
});
afterAll(() => {
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
  rmSync(dir, { recursive: true, force: true });
});

/** A program that stands for LibreOffice: it finds the folder for the result in `$out`. */
function program(name: string, lines: string): string {
  const path = join(dir, name);
  const find = 'while [ "$1" != --outdir ]; do shift; done; out="$2"; in="$3"';
  writeFileSync(path, `#!/bin/sh\nprofile="$1"\n${find}\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
}
const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('zc-office-'));

test('is the program that the variable names, the one on the path, or none', () => {
  const soffice = program('soffice', 'exit 0');
  expect(officeOf({ ZC_OFFICE: undefined }, `/none:${dir}`)?.program).toBe(soffice);
  expect(officeOf({ ZC_OFFICE: undefined }, '/none')).toBeNull();
  expect(officeOf({ ZC_OFFICE: 'off' }, dir)).toBeNull();
  expect(officeOf({ ZC_OFFICE: soffice }, '/none')?.program).toBe(soffice);
  for (const wrong of ['/none/soffice', 'soffice', dir])
    expect(() => officeOf({ ZC_OFFICE: wrong }, dir)).toThrow('is no program');
});

test('each run has a profile of its own and none of the platform’s variables; nothing is left behind', async () => {
  const seen = join(dir, 'seen');
  process.env.ZC_TEST_SECRET = 'secret';
  const path = program(
    'good',
    `echo "$profile $(env)" >> ${seen}; printf '%%PDF-1.7 %s' "$(cat "$in")" > "$out/in.pdf"`,
  );
  const office = new Office(path);
  const made = await Promise.all([office.pdf(Buffer.from('one')), office.pdf(Buffer.from('two'))]);
  delete process.env.ZC_TEST_SECRET;
  expect(made.map(String)).toEqual(['%PDF-1.7 one', '%PDF-1.7 two']);
  const said = readFileSync(seen, 'utf8');
  expect(said).not.toContain('secret');
  const profiles = [...said.matchAll(/-env:UserInstallation=(\S+)/g)].map((m) => m[1]!);
  expect(new Set(profiles).size).toBe(2);
  for (const profile of profiles) expect(existsSync(new URL(profile))).toBe(false);
});

test.each([
  ['fails', 'echo no luck >&2; exit 3', 'ended with 3: no luck'],
  ['makes nothing', 'exit 0', 'no PDF was made'],
  ['makes something else', 'echo hello > "$out/in.pdf"', 'is no PDF'],
])('that %s is said with the reason', async (name, lines, why) => {
  await expect(new Office(program(name, lines)).pdf(Buffer.from('x'))).rejects.toThrow(why);
});

test('is ended with everything that it started, when it is stopped and when its time is over', async () => {
  const pids = join(dir, 'pids');
  const path = program('hangs', `sleep 600 & echo "$! $$" > ${pids}.new; mv ${pids}.new ${pids}; wait`);
  const office = new Office(path);
  const gone = (pid: number) => {
    try {
      process.kill(pid, 0);
      // A process that has ended and that nobody has asked about yet is gone, too.
      return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ') || undefined;
    } catch {
      return true;
    }
  };
  const stop = new AbortController();
  const stopped = office.pdf(Buffer.from('x'), { signal: stop.signal }).catch((error: ConvertError) => error);
  await until('the program', () => existsSync(pids));
  stop.abort();
  expect((await stopped) as ConvertError).toMatchObject({ message: 'stopped' });
  for (const pid of readFileSync(pids, 'utf8').trim().split(' ').map(Number))
    await until('the end of the process', () => gone(pid));
  rmSync(pids);
  await expect(office.pdf(Buffer.from('x'), { timeout: 1 })).rejects.toThrow('not within 1 ms');
  expect(left().length).toBe(0);
});

test('sends away whoever comes after many', async () => {
  const office = new Office(program('slow', `printf '%%PDF-' > "$out/in.pdf"`));
  const all = await Promise.allSettled(Array.from({ length: 10 }, () => office.pdf(Buffer.from('x'))));
  const busy = all.filter((one) => one.status === 'rejected');
  expect(busy).toHaveLength(2);
  expect(busy.every(({ reason }) => (reason as ConvertError).busy)).toBe(true);
});
