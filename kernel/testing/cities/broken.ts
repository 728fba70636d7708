import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';

/** Folder of the fictitious pack 云洲, which is sound. */
export const YUNZHOU = fileURLToPath(new URL('./yunzhou', import.meta.url));

/** One change that is made to a copy of 云洲. */
export type Edit =
  /** Replace the first occurrence of `find`, which must be there. */
  | { file: string; find: string; put: string }
  /** Set a value of a YAML file, or remove it when `to` is absent. */
  | { file: string; set: readonly (string | number)[]; to?: unknown }
  /** Write the whole file. */
  | { file: string; write: string | Uint8Array }
  /** Remove the file or folder. */
  | { file: string; remove: true }
  /** Put a symbolic link in the file's place. */
  | { file: string; link: string };

/** Makes a copy of 云洲 in a temporary folder and breaks it. Call `remove` afterwards. */
export async function brokenPack(edits: readonly Edit[]): Promise<{ dir: string; remove(): Promise<void> }> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'zc-pack-'));
  await cp(YUNZHOU, dir, { recursive: true });
  for (const edit of edits) {
    const file = path.join(dir, edit.file);
    if ('find' in edit) {
      const text = await readFile(file, 'utf8');
      if (!text.includes(edit.find)) throw new Error(`${edit.file} has no “${edit.find}”.`);
      await writeFile(
        file,
        text.replace(edit.find, () => edit.put),
      );
    } else if ('set' in edit) {
      const document = parseDocument(await readFile(file, 'utf8'));
      if (edit.to === undefined) {
        if (!document.deleteIn(edit.set)) throw new Error(`${edit.file} has no ${edit.set.join('.')}.`);
      } else document.setIn(edit.set, document.createNode(edit.to));
      await writeFile(file, document.toString({ lineWidth: 0 }));
    } else if ('write' in edit) await writeFile(file, edit.write);
    else {
      await rm(file, { recursive: true });
      if ('link' in edit) await symlink(edit.link, file);
    }
  }
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}
