import * as z from 'zod';
import { event } from '#kernel/events';
import { ImportCounts, ImportFormat } from '../../contract.ts';

/** An import reached its end; the corpus holds what it accepted. */
export const importFinished = event(
  'patents.import.finished',
  z.object({ importId: z.uuid(), file: z.string(), format: ImportFormat, counts: ImportCounts }),
);
