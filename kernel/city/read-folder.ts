import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Fault, makeFault } from './faults.ts';

/** Folder of a pack in which every `.yaml` file declares a register. */
export const REGISTERS_FOLDER = 'registers';

/** Explanations and what file managers leave behind are no declarations. */
const IGNORED = /^\.|\.md$/i;

/**
 * Finds the declarations of a pack: nothing names them, so that a new register needs one file and no other edit.
 * @returns paths inside the pack in order of their names, none where the folder is missing; and a fault for everything
 *   in the folder that would be passed over in silence.
 */
export async function findRegisters(root: string): Promise<{ files: string[]; faults: Fault[] }> {
  const folder = path.join(root, REGISTERS_FOLDER);
  const fault = (...[code, file, params]: [Parameters<typeof makeFault>[0], string, object?]) =>
    makeFault(code, { file, line: 1, path: '' }, { file, ...params });
  try {
    const base = await realpath(root);
    if (!(await realpath(folder)).startsWith(base + path.sep))
      return { files: [], faults: [fault('path-escapes', REGISTERS_FOLDER)] };
    if (!(await stat(folder)).isDirectory())
      return { files: [], faults: [fault('register-not-a-folder', REGISTERS_FOLDER)] };
    const names = (await readdir(folder)).filter((name) => !IGNORED.test(name)).sort();
    const inside = (name: string) => `${REGISTERS_FOLDER}/${name}`;
    return {
      files: names.filter((name) => name.endsWith('.yaml')).map(inside),
      faults: names
        .filter((name) => !name.endsWith('.yaml'))
        .map((name) => fault('register-stray-file', inside(name))),
    };
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (reason === 'ENOENT') return { files: [], faults: [] };
    return { files: [], faults: [fault('file-unreadable', REGISTERS_FOLDER, { reason })] };
  }
}
