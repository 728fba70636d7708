import type { Draft } from './draft.ts';

/** Checks the declarations of registers: each by itself, and what they say about each other and the pack. */
export function checkRegisters(draft: Draft): void {
  for (const { text, id } of draft.registers) {
    if (text.file !== `registers/${id}.yaml`)
      draft.faults.add({ text, path: ['id'] }, 'register-file-name', { file: text.file, id });
  }
}
