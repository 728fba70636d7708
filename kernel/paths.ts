import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the checkout: the nearest one upwards with a package.json (the build in `dist` has none of its own). */
const root = (() => {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let dir = start; ; dir = dirname(dir)) {
    if (existsSync(join(dir, 'package.json'))) return dir;
    if (dir === dirname(dir)) throw new Error(`No package.json in ${start} or any folder above it`);
  }
})();

/** Absolute path of something in the checkout that the compiler does not copy (SQL files, the city pack, the built web). */
export function rootPath(...segments: string[]): string {
  return join(root, ...segments);
}
