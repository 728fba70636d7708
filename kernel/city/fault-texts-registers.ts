import { type FaultText, text } from './fault-text.ts';

/** Faults of the folder of registers and of the declarations in it. */
export const REGISTER_FAULTS = {
  'register-not-a-folder': text(
    '“{file}”应是文件夹，每个名册在其中占一个文件。',
    '“{file}” should be a folder with one file for each register.',
    '改为文件夹，或删去。',
    'Make it a folder or remove it.',
  ),
  'register-stray-file': text(
    '“{file}”不是名册：名册文件以 .yaml 结尾。',
    '“{file}” is no register: the files of registers end with .yaml.',
    '改名为“名册 id.yaml”，或移出这个文件夹（.md 说明可以留下）。',
    'Rename it to <id>.yaml or move it out of the folder (notes that end with .md may stay).',
  ),
  'register-file-name': text(
    '文件“{file}”里的名册 id 是“{id}”：文件名要与 id 相同。',
    'The file “{file}” declares “{id}”: a file is named by the id of its register.',
    '把文件改名为 {id}.yaml，或更正 id；已有条目时不要改 id。',
    'Rename the file to {id}.yaml or correct the id; never change the id of a register with entries.',
  ),
} satisfies Record<string, FaultText>;
