import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { until } from '../testing/until.ts';
import { alive, isZombie } from './processes.ts';

describe('alive', () => {
  it('tells this process from one that ended', async () => {
    expect(alive(process.pid)).toBe(true);
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    expect(alive(child.pid!)).toBe(false);
  });

  it.runIf(process.platform === 'linux')(
    'does not take an uncollected process for a living one',
    async () => {
      // The shell starts a process and turns into one that never collects it; only then the process ends, as a zombie.
      const parent = spawn('sh', ['-c', '(read word; exit 0) <&3 & echo $!; exec cat'], {
        stdio: ['pipe', 'pipe', 'ignore', 'pipe'],
      });
      const [line] = (await once(parent.stdout!, 'data')) as [Buffer];
      const pid = Number(line.toString());
      await until(
        'the turn',
        () => readFileSync(`/proc/${parent.pid}/comm`, 'utf8') === 'cat\n' || undefined,
      );
      expect(isZombie(pid)).toBe(false);
      (parent.stdio[3] as Writable).end('\n');
      await until('the zombie', () => isZombie(pid) || undefined);
      expect(alive(pid)).toBe(false);
      expect(isZombie(process.pid)).toBe(false);
      parent.stdin!.end();
      await once(parent, 'exit');
    },
  );
});
