import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { newId } from '#kernel/ids';

/** A key of the installation, with the file in which it lies. */
export interface KeyFile {
  path: string;
  bytes: Buffer;
}

/**
 * Reads a key of the installation, and makes it the first time. It lies in the data folder, readable by the server only, and is
 * backed up with it. Of two processes that start at the same time only one gets its link, and both read that.
 */
export function keyFile(dataDir: string, name: string, make: () => string | Buffer): KeyFile {
  const dir = join(dataDir, 'keys');
  const path = join(dir, name);
  if (!existsSync(path)) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const temporary = `${path}.${newId()}.new`;
    // On the disk before anything is written with it: what was sealed must not outlive its key in a power cut.
    writeFileSync(temporary, make(), { mode: 0o600, flush: true });
    try {
      linkSync(temporary, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(temporary, { force: true });
    }
    const folder = openSync(dir, 'r');
    fsyncSync(folder);
    closeSync(folder);
  }
  return { path, bytes: readFileSync(path) };
}
