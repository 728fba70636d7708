import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
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
      // The shell starts a process, turns into one that never collects it, and so keeps it as a zombie.
      const parent = spawn('sh', ['-c', 'sh -c "exit 0" & echo $!; exec cat'], {
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      const [line] = (await once(parent.stdout, 'data')) as [Buffer];
      const pid = Number(line.toString());
      await expect.poll(() => isZombie(pid)).toBe(true);
      expect(alive(pid)).toBe(false);
      expect(isZombie(process.pid)).toBe(false);
      parent.stdin.end();
      await once(parent, 'exit');
    },
  );
});
