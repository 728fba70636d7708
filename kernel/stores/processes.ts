import { readFileSync } from 'node:fs';

/** Whether a process is at work. A foreign one counts: signalling it is refused, not unknown. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return !isZombie(pid);
}

/**
 * Whether a process is dead but not yet collected by its parent. In a container whose first process does not collect
 * (Node does not), an orphan stays so for good, and to a mere signal it looks alive.
 */
export function isZombie(pid: number): boolean {
  try {
    // "pid (name) S …": the name may hold anything, so the state is what follows the last parenthesis.
    return /\) [ZX] [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
