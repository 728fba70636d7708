import * as z from 'zod';
import { LegalStatus, PatentType } from '../contract/search.ts';

const day = z.iso.date().optional().catch(undefined);
const text = (most: number) => z.string().max(most).optional().catch(undefined);

/** A search as kept in its address; the names are those of the interface `/api/patents`. */
export const PatentSearch = z.object({
  q: text(1000),
  applicant: text(200),
  ipc: text(40),
  from: day,
  to: day,
  region: text(60),
  type: PatentType.optional().catch(undefined),
  status: LegalStatus.optional().catch(undefined),
  /** From the second page on. */
  page: z.coerce.number().int().min(2).max(100_000_000).optional().catch(undefined),
  /** Results on a page, where it is not the usual number. */
  size: z.coerce.number().int().min(1).max(200).optional().catch(undefined),
});
export type PatentSearch = z.output<typeof PatentSearch>;

/** Results on a page when the address says nothing. */
export const USUAL_SIZE = 20;

/** What an import is being prepared from: a file that is already on the server, and how to read it. */
export const ImportsSearch = z.object({
  file: z.uuid().optional().catch(undefined),
  sheet: text(200),
  encoding: text(20),
  delimiter: text(4),
  /** A remembered mapping that was chosen by hand. */
  mapping: z.uuid().optional().catch(undefined),
});
export type ImportsSearch = z.output<typeof ImportsSearch>;
