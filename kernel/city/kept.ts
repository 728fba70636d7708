import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freeze, type LoadResult, loadCityPack } from './load.ts';

/** A pack of more than so many files is not one; it is read as it is, so that its faults are told. */
const MOST_FILES = 2000;

/**
 * Loads a pack like {@link loadCityPack}, and keeps what came of a sound one in `folder`: reading the same files again by the
 * same rules gives it at once. Commands of the command line start so in a fraction of the time. A folder that cannot be written
 * to costs nothing but that.
 */
export async function loadKeptPack(dir: string, folder: string): Promise<LoadResult> {
  const file = join(folder, 'city-pack.json');
  const digest = await digestOf(dir);
  if (digest === null) return loadCityPack(dir);
  const kept = await readKept(file, digest);
  if (kept) return kept;
  const result = await loadCityPack(dir);
  // What was read belongs to the digest only if nothing changed meanwhile.
  if (result.ok && digest === (await digestOf(dir)))
    await keep(file, JSON.stringify({ digest, result })).catch(() => {});
  return result;
}

/**
 * SHA-256 over names and bytes of all files in a pack and of the rules that read it; null where that cannot be told. The rules
 * are the sources beside this one. In a build they are this file alone: it names what it loads, by names that carry a digest.
 */
async function digestOf(dir: string): Promise<string | null> {
  const hash = createHash('sha256');
  const here = fileURLToPath(import.meta.url);
  const built = !here.endsWith('.ts');
  try {
    if (built) hash.update(await readFile(here));
    for (const folder of built ? [dir] : [dir, dirname(here)]) {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      if (entries.length > MOST_FILES) return null;
      const paths = entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name));
      for (const path of paths.sort()) {
        const bytes = await readFile(path);
        hash.update(`${relative(folder, path)}\0${bytes.length}\0`).update(bytes);
      }
    }
    return hash.digest('hex');
  } catch {
    return null;
  }
}

async function readKept(file: string, digest: string): Promise<LoadResult | null> {
  try {
    const kept = JSON.parse(await readFile(file, 'utf8')) as { digest: string; result: LoadResult };
    return kept.digest === digest && kept.result.ok ? freeze(kept.result) : null;
  } catch {
    return null;
  }
}

/** Written beside and renamed, so that a reader never sees half of it. */
async function keep(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}`;
  await writeFile(beside, text, { mode: 0o600 });
  await rename(beside, file);
}
