import * as z from 'zod';
import { DESK_VIEWS } from '../contract/names.ts';

/** The catalogue as kept in its address. */
export const CatalogSearch = z.object({
  /** Words that title, summary or office contain. */
  q: z.string().max(100).optional().catch(undefined),
});

/** The portal in which somebody is; absent: the whole city. */
const portal = z.string().max(60).optional().catch(undefined);

/** The course of a matter as kept in its address: names are those of the interface. */
export const CourseSearch = z.object({
  /** Steps in order: `apply@2026-03-02,ask-third@2026-03-05`. */
  steps: z.string().max(8000).optional().catch(undefined),
  asOf: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional()
    .catch(undefined),
  portal,
});

/** An item as kept in its address. */
export const ItemSearch = z.object({
  /** A day of the version that is shown; absent: the one in force today. */
  asOf: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional()
    .catch(undefined),
  portal,
});

/** The page on which somebody applies, as kept in its address. */
export const ApplySearch = z.object({
  /** Key of the draft that is gone on with. */
  draft: z.uuid().optional().catch(undefined),
  portal,
});

/** A matter as kept in its address. */
export const MatterSearch = z.object({
  /** It was opened just now: the receipt is shown. */
  receipt: z.literal('new').optional().catch(undefined),
});

/** The question where a matter stands, as kept in its address. */
export const StatusSearch = z.object({
  number: z.string().max(60).optional().catch(undefined),
});

/** What is prepared for publication, as kept in its address. */
export const PublicationSearch = z.object({
  /** Number of the paper whose text stands beside it; the newest without it. */
  paper: z.coerce.number().int().min(1).optional().catch(undefined),
});

/** The list of what is public, as kept in its address. */
export const PublicationsSearch = z.object({
  q: z.string().max(100).optional().catch(undefined),
  item: z.string().max(60).optional().catch(undefined),
  page: z.coerce.number().int().min(1).optional().catch(undefined),
});

/** The verification of a document as kept in its address. */
export const VerifySearch = z.object({
  code: z.string().max(60).optional().catch(undefined),
});

/** The officer's desk as kept in its address. */
export const DeskSearch = z.object({
  view: z.enum(DESK_VIEWS).optional().catch(undefined),
  item: z.string().max(60).optional().catch(undefined),
  portal,
  q: z.string().max(100).optional().catch(undefined),
  page: z.coerce.number().int().min(1).optional().catch(undefined),
});
