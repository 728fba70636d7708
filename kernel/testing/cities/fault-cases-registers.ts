import type { FaultCode } from '#kernel/city/faults';
import { type FaultCase, set } from './fault-cases.ts';

const ALLIANCES = 'registers/alliances.yaml';

/** Faults of the declarations of registers. */
export const REGISTER_CASES = {
  'register-not-a-folder': {
    edits: [
      { file: 'registers', remove: true },
      { file: 'registers', write: 'id: alliances' },
    ],
    file: 'registers',
    at: 1,
  },
  'register-stray-file': {
    edits: [{ file: 'registers/schools.yml', write: 'id: schools' }],
    file: 'registers/schools.yml',
    at: 1,
  },
  'register-file-name': set(ALLIANCES, ['id'], 'leagues', 'id: leagues'),
} satisfies Partial<Record<FaultCode, FaultCase>>;
