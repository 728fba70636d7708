import * as z from 'zod';
import { CellView, FieldDiff, FieldView } from '#kernel/fields/view';
import { endpoint } from '#kernel/http/contract';
import { RegisterAbilities, RegisterParams } from './declarations.ts';
import { EntryAction, EntryState } from './states.ts';

export { CellView } from '#kernel/fields/view';

/** What comes up next for an entry: its end or a re-check. */
export const DueView = z.object({
  /** `end`, or the id of a re-check. */
  kind: z.string(),
  label: z.string(),
  on: z.iso.date(),
  /** Days from today; negative when past. */
  days: z.int(),
});
export type DueView = z.infer<typeof DueView>;

/** One line of a list. */
export const EntryRow = z
  .object({
    /** Readable number, e.g. LM-0001; also the address. */
    no: z.string(),
    register: z.string(),
    title: z.string(),
    state: EntryState,
    stateLabel: z.string(),
    version: z.int(),
    validFrom: z.iso.date().nullable(),
    validTo: z.iso.date().nullable(),
    region: z.object({ id: z.string(), name: z.string() }).nullable(),
    due: DueView.nullable(),
    /** By field key; what the asker may not see is absent. */
    cells: z.record(z.string(), CellView),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'RegisterEntryRow' });
export type EntryRow = z.infer<typeof EntryRow>;

/**
 * Narrowing of a list. `filters` is JSON: field key → values (a value of the field, or `""` for empty). `on`: entries valid
 * on that day; `known`: as the platform knew it at that moment (a day counts to its end).
 */
export const EntryQuery = z.object({
  q: z.string().trim().max(200).optional(),
  state: z.string().max(200).optional().meta({ description: 'States, separated by commas' }),
  region: z.string().max(400).optional().meta({ description: 'Region ids, separated by commas' }),
  filters: z.string().max(4000).optional(),
  /** Only entries with something due within so many days. */
  due: z.coerce.number().int().min(0).max(3660).optional(),
  on: z.iso.date().optional(),
  known: z.iso.date().optional(),
});
export type EntryQuery = z.infer<typeof EntryQuery>;

const EntryListQuery = EntryQuery.extend({
  /** `no`, `title`, `state`, `region`, `validFrom`, `validTo`, `due`, `updatedAt`, or a facet's key. */
  sort: z.string().max(60).optional(),
  desc: z.stringbool().optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** How many of the narrowed entries have each value; a field's own narrowing is left out of its counts. */
export const FacetView = z.object({
  field: z.string(),
  label: z.string(),
  values: z.array(z.object({ value: z.string(), label: z.string(), count: z.int(), chosen: z.boolean() })),
  /** Values beyond those listed (the most frequent 100). */
  more: z.int(),
});
export type FacetView = z.infer<typeof FacetView>;

export const listEntries = endpoint({
  method: 'GET',
  path: '/api/registers/:register/entries',
  summary: 'Entries with counts by state, region and the register’s facets',
  access: 'public',
  params: RegisterParams,
  query: EntryListQuery,
  response: z.object({
    total: z.int(),
    page: z.int(),
    entries: z.array(EntryRow),
    /** `state` and `region` first, then the register's own. */
    facets: z.array(FacetView),
    abilities: RegisterAbilities,
  }),
});

/** Path parameters that name an entry. */
export const EntryParams = RegisterParams.extend({ no: z.string().max(40) });

/** Why a criterion is met or not. `unknown`: the data for it is missing. */
export const CriterionView = z.object({
  id: z.string(),
  title: z.string(),
  result: z.enum(['met', 'failed', 'unknown']),
  /** What was found, in a sentence. */
  found: z.string(),
  basis: z.string(),
  verified: z.boolean(),
});
export type CriterionView = z.infer<typeof CriterionView>;

/** Where an entry stands on the ladder: each step with its criteria, judged today. */
export const LadderView = z.object({
  field: z.string(),
  current: z.string().nullable(),
  steps: z.array(
    z.object({
      value: z.string(),
      label: z.string(),
      position: z.enum(['below', 'current', 'next', 'above']),
      criteria: z.array(CriterionView),
    }),
  ),
  /** One sentence: why it is here, what is missing for the next step. */
  summary: z.string(),
});
export type LadderView = z.infer<typeof LadderView>;

/** A stretch of time with the content that held in it. */
export const SegmentView = z.object({
  /** Place among the segments, from 0. */
  index: z.int(),
  validFrom: z.iso.date().nullable(),
  validTo: z.iso.date().nullable(),
  cells: z.record(z.string(), CellView),
  /** Keys that differ from the segment before. */
  changed: z.array(z.string()),
  /** As stored, for the form. */
  data: z.record(z.string(), z.unknown()),
});
export type SegmentView = z.infer<typeof SegmentView>;

/** Another entry that this one names, or that names it. */
export const EntryLink = z.object({
  register: z.string(),
  registerTitle: z.string(),
  no: z.string(),
  title: z.string(),
  state: EntryState,
  stateLabel: z.string(),
  /** Label of the field that makes the link. */
  field: z.string(),
  validFrom: z.iso.date().nullable(),
  validTo: z.iso.date().nullable(),
});
export type EntryLink = z.infer<typeof EntryLink>;

/** One entry with everything about it that the asker may see. */
export const Entry = EntryRow.extend({
  /** Fields as they are now; fields of earlier schemas with content come last, marked `retired`. */
  fields: z.array(FieldView.extend({ retired: z.boolean() })),
  /** As stored in the last segment, without internal fields where the asker may not see them. */
  data: z.record(z.string(), z.unknown()),
  segments: z.array(SegmentView),
  /** Organisations named, with the entry's own first. */
  organisations: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      code: z.string().nullable(),
      field: z.string(),
      own: z.boolean(),
    }),
  ),
  links: z.array(EntryLink),
  linkedFrom: z.array(EntryLink),
  ladder: LadderView.nullable(),
  dues: z.array(DueView),
  /** Day on which it was ended or removed; null while it holds. */
  endedOn: z.iso.date().nullable(),
  /** Removed as if it had never been there. */
  void: z.boolean(),
  /** Number of the entry it was merged into. */
  mergedInto: z.string().nullable(),
  /** Versions recorded so far. */
  versions: z.int(),
  createdAt: z.iso.datetime(),
  abilities: z.object({
    edit: z.boolean(),
    actions: z.array(EntryAction),
    merge: z.boolean(),
    history: z.boolean(),
  }),
}).meta({ id: 'RegisterEntry' });
export type Entry = z.infer<typeof Entry>;

export const getEntry = endpoint({
  method: 'GET',
  path: '/api/registers/:register/entries/:no',
  summary: 'One entry; with `known`, as the platform knew it at the end of that day',
  access: 'public',
  params: EntryParams,
  query: z.object({ known: z.iso.date().optional() }),
  response: Entry,
});

const why = {
  reason: z.string().trim().max(1000).optional(),
  /** Document on which it rests, e.g. 通知发〔2019〕12号. */
  basis: z.string().trim().max(300).optional(),
};

export const createEntry = endpoint({
  method: 'POST',
  path: '/api/registers/:register/entries',
  summary: 'Propose an entry; a keeper may enter it as verified or published at once',
  access: 'signed-in',
  params: RegisterParams,
  body: z.object({
    data: z.record(z.string(), z.unknown()),
    state: z.enum(['proposed', 'verified', 'published']).default('proposed'),
    ...why,
    /** Made once for each intended entry: the same key gives the same entry. */
    submitKey: z.uuid().optional(),
  }),
  response: Entry,
});

export const changeEntry = endpoint({
  method: 'PUT',
  path: '/api/registers/:register/entries/:no',
  summary: 'Correct an entry, or let its content change from a day on; names the version it was made from',
  access: 'signed-in',
  params: EntryParams,
  body: z.object({
    version: z.int().min(1),
    /** The whole content; fields the asker cannot see stay as they are. */
    data: z.record(z.string(), z.unknown()),
    /** correct: it was recorded wrongly. change: it became so on `from`; before that the old content goes on to hold. */
    mode: z.enum(['correct', 'change']),
    from: z.iso.date().optional(),
    /** Which segment is corrected; the last unless given. */
    segment: z.int().min(0).optional(),
    ...why,
  }),
  response: Entry,
});

export const actOnEntry = endpoint({
  method: 'POST',
  path: '/api/registers/:register/entries/:no/actions',
  summary: 'Verify, publish, return, end, remove or restore an entry',
  access: 'signed-in',
  params: EntryParams,
  body: z.object({
    version: z.int().min(1),
    action: EntryAction,
    /** Day on which it takes effect: of expire and remove the first day on which it no longer holds. */
    on: z.iso.date().optional(),
    /** With remove: it should never have been there and counts on no day. */
    void: z.boolean().default(false),
    ...why,
  }),
  response: Entry,
});

/** Answer to a change of an entry that somebody else changed meanwhile: error `registers_changed`, params `theirs`. */
export const ConflictParams = z.object({
  version: z.int(),
  by: z.string(),
  at: z.string(),
  /** What they changed. */
  diff: z.array(FieldDiff),
});
export type ConflictParams = z.infer<typeof ConflictParams>;

export const lookupEntries = endpoint({
  method: 'GET',
  path: '/api/registers/:register/lookup',
  summary: 'Entries by number or part of the title, for choosing a reference',
  access: 'public',
  params: RegisterParams,
  query: z.object({ q: z.string().trim().max(200).default('') }),
  response: z.object({
    entries: z.array(z.object({ no: z.string(), title: z.string(), state: EntryState })),
  }),
});
