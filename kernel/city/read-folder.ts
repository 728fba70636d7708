import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Fault, makeFault } from './faults.ts';

/** Folders of a pack in which every `.yaml` file declares a register, or one version of a service item. */
export const REGISTERS_FOLDER = 'registers';
export const ITEMS_FOLDER = 'items';

/** Explanations and what file managers leave behind are no declarations. */
const IGNORED = /^\.|\.md$/i;

/**
 * Finds the declarations in a folder of a pack: nothing names them, so that a new one needs one file and no other edit.
 * @returns paths inside the pack in order of their names, none where the folder is missing; and a fault for everything
 *   in the folder that would be passed over in silence.
 */
export async function findDeclarations(
  root: string,
  name: typeof REGISTERS_FOLDER | typeof ITEMS_FOLDER,
): Promise<{ files: string[]; faults: Fault[] }> {
  const folder = path.join(root, name);
  const fault = (...[code, file, params]: [Parameters<typeof makeFault>[0], string, object?]) =>
    makeFault(code, { file, line: 1, path: '' }, { file, ...params });
  try {
    const base = await realpath(root);
    if (!(await realpath(folder)).startsWith(base + path.sep))
      return { files: [], faults: [fault('path-escapes', name)] };
    if (!(await stat(folder)).isDirectory())
      return { files: [], faults: [fault('declarations-not-a-folder', name)] };
    const names = (await readdir(folder)).filter((file) => !IGNORED.test(file)).sort();
    const inside = (file: string) => `${name}/${file}`;
    return {
      files: names.filter((file) => file.endsWith('.yaml')).map(inside),
      faults: names
        .filter((file) => !file.endsWith('.yaml'))
        .map((file) => fault('declarations-stray-file', inside(file))),
    };
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (reason === 'ENOENT') return { files: [], faults: [] };
    return { files: [], faults: [fault('file-unreadable', name, { reason })] };
  }
}
