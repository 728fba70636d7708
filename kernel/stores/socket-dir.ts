import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreError } from './errors.ts';

/**
 * Makes (or finds) the folder for the unix socket of one store and returns its path. It lies in the system's temporary
 * folder, because a socket path ends at about 107 bytes and a data folder may be deep. Only its owner may enter it:
 * that, and not a password, protects the store. The name comes from the data path, so every process finds the same one.
 */
export function socketDir(
  dataPath: string,
  kind: 'records' | 'corpus',
  owner?: { uid: number; gid: number },
): string {
  const id = createHash('sha256').update(realpathSync(dataPath)).digest('hex').slice(0, 12);
  const dir = join(tmpdir(), `zc-${id}-${kind[0]}`);
  const uid = owner?.uid ?? process.getuid?.();
  try {
    mkdirSync(dir, { mode: 0o700 });
    if (owner) chownSync(dir, owner.uid, owner.gid);
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== 'EEXIST') throw e;
    const found = lstatSync(dir);
    if (owner && found.isDirectory() && found.uid === process.getuid?.())
      chownSync(dir, owner.uid, owner.gid);
    else if (!found.isDirectory() || (uid !== undefined && found.uid !== uid)) {
      throw new StoreError(
        'folder',
        `${dir} exists but belongs to somebody else (uid ${found.uid}), so the socket of the ${kind} store would not be safe there. Remove it, or set TMPDIR to a folder of your own.`,
      );
    }
    chmodSync(dir, 0o700);
  }
  return dir;
}
