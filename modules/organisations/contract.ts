import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';

/** Permission to see all organisations, with addresses, merges and history. */
export const ORGANISATIONS_READ = 'organisations.read';
/** Permission to rename, correct and merge organisations. */
export const ORGANISATIONS_MANAGE = 'organisations.manage';

const RegionName = z.object({ id: z.string(), name: z.string() });
/** Who it is, in a line. */
const OrganisationRef = z.object({ id: z.string(), name: z.string(), code: z.string().nullable() });

/** One line of a list. */
export const OrganisationRow = z
  .object({
    id: z.string(),
    name: z.string(),
    /** 统一社会信用代码; null where nobody gave a valid one. */
    code: z.string().nullable(),
    region: RegionName.nullable(),
    /** Null for visitors. */
    address: z.string().nullable(),
    /** Does it stand in a published entry of a public register? */
    public: z.boolean(),
    /** Names that it no longer bears and, for those who may see all, spellings that were put right; latest first. */
    formerNames: z.array(
      z.object({
        kind: z.enum(['former', 'spelling']),
        name: z.string(),
        /** First and last day, both included. */
        from: z.iso.date().nullable(),
        to: z.iso.date().nullable(),
      }),
    ),
    version: z.int(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'OrganisationRow' });
export type OrganisationRow = z.infer<typeof OrganisationRow>;

/** One merge that was made. */
export const OrganisationMerge = z
  .object({
    id: z.uuid(),
    survivor: OrganisationRef,
    loser: OrganisationRef,
    reason: z.string(),
    /** What the survivor took over because it had none itself. */
    adopted: z.array(z.object({ field: z.string(), label: z.string(), value: z.string() })),
    at: z.iso.datetime(),
    by: z.string(),
    undoneAt: z.iso.datetime().nullable(),
    undoneBy: z.string().nullable(),
    abilities: z.object({ undo: z.boolean() }),
  })
  .meta({ id: 'OrganisationMerge' });
export type OrganisationMerge = z.infer<typeof OrganisationMerge>;

/** Everything that this module knows of an organisation. */
export const Organisation = OrganisationRow.extend({
  /** First day of the present name, where it is known. */
  nameSince: z.iso.date().nullable(),
  /** Region in whose register the code was issued, by its code; null outside the city or without a code. */
  codeRegion: RegionName.nullable(),
  mergedInto: OrganisationRef.nullable(),
  /** Merges in which it was kept or given up, latest first; empty for visitors. */
  merges: z.array(OrganisationMerge),
  createdAt: z.iso.datetime(),
  updatedBy: z.string().nullable(),
  abilities: z.object({
    /** See merges and history. */
    history: z.boolean(),
    /** Rename and correct. */
    edit: z.boolean(),
    /** Merge it with another. */
    merge: z.boolean(),
  }),
}).meta({ id: 'Organisation' });
export type Organisation = z.infer<typeof Organisation>;

const ById = z.object({ id: z.uuid() });
const page = z.coerce.number().int().min(1).max(100_000).default(1);
const limit = z.coerce.number().int().min(1).max(200).default(50);
const reason = z.string().trim().max(1000).optional();
const version = z.int().min(1);

export const listOrganisations = endpoint({
  method: 'GET',
  path: '/api/organisations',
  summary: 'Organisations by name, former name, code, region; with an exact count',
  access: ORGANISATIONS_READ,
  query: z.object({
    /** Part of a name it has or had (in any typography), or the beginning of its code. */
    q: z.string().trim().max(200).optional(),
    region: z.string().max(80).optional().meta({ description: 'Region id, or `none` for those without one' }),
    code: z.enum(['with', 'without']).optional(),
    sort: z.enum(['name', 'updated']).default('name'),
    page,
    limit,
  }),
  response: z.object({
    total: z.int(),
    page: z.int(),
    organisations: z.array(OrganisationRow),
    abilities: z.object({ manage: z.boolean() }),
  }),
});

export const getOrganisation = endpoint({
  method: 'GET',
  path: '/api/organisations/:id',
  summary: 'One organisation; visitors see those that stand in a public register',
  access: 'public',
  params: ById,
  response: Organisation,
});

export const renameOrganisation = endpoint({
  method: 'POST',
  path: '/api/organisations/:id/rename',
  summary:
    'Give an organisation its new name, or put a wrong one right; it stays to be found under the old one',
  access: ORGANISATIONS_MANAGE,
  params: ById,
  body: z.object({
    /** The version that was looked at. */
    version,
    name: z.string().trim().min(1).max(200),
    /** renamed: it was called otherwise before. correction: the name was written wrongly. */
    kind: z.enum(['renamed', 'correction']).default('renamed'),
    /** First day of the new name, where it is known. */
    from: z.iso.date().nullable().default(null),
    reason,
  }),
  response: Organisation,
});

export const editOrganisation = endpoint({
  method: 'PUT',
  path: '/api/organisations/:id',
  summary: 'Correct code, address and region; 409 when somebody was faster or the code is another’s',
  access: ORGANISATIONS_MANAGE,
  params: ById,
  body: z.object({
    version,
    code: z.string().trim().max(60).nullable(),
    address: z.string().trim().max(300).nullable(),
    region: z.string().trim().max(80).nullable(),
    reason,
  }),
  response: Organisation,
});

/** A version and what it changed. */
export const OrganisationVersion = z
  .object({
    version: z.int(),
    at: z.iso.datetime(),
    by: z.string(),
    action: z.string(),
    actionLabel: z.string(),
    reason: z.string().nullable(),
    diff: z.array(z.object({ key: z.string(), label: z.string(), before: z.string(), after: z.string() })),
  })
  .meta({ id: 'OrganisationVersion' });
export type OrganisationVersion = z.infer<typeof OrganisationVersion>;

export const organisationHistory = endpoint({
  method: 'GET',
  path: '/api/organisations/:id/history',
  summary: 'Every version of an organisation, latest first, with what it changed',
  access: ORGANISATIONS_READ,
  params: ById,
  response: z.object({ versions: z.array(OrganisationVersion) }),
});

/** Organisations that have or had the same name. */
export const OrganisationDuplicates = z
  .object({
    /** The name they share, as one of them writes it. */
    name: z.string(),
    /** In words, why they may be one or may not. */
    reason: z.string(),
    /** How close the closest two of their addresses are, 0 to 1; null where fewer than two have one. */
    closeness: z.number().nullable(),
    /** Those with a code first. */
    organisations: z.array(OrganisationRow).min(2),
  })
  .meta({ id: 'OrganisationDuplicates' });
export type OrganisationDuplicates = z.infer<typeof OrganisationDuplicates>;

export const listOrganisationDuplicates = endpoint({
  method: 'GET',
  path: '/api/organisations/duplicates',
  summary: 'Organisations that have or had the same name, those without a code first',
  access: ORGANISATIONS_MANAGE,
  query: z.object({ page, limit: limit.default(20) }),
  response: z.object({ total: z.int(), page: z.int(), groups: z.array(OrganisationDuplicates) }),
});

export const listOrganisationMerges = endpoint({
  method: 'GET',
  path: '/api/organisations/merges',
  summary: 'Merges that were made, latest first',
  access: ORGANISATIONS_MANAGE,
  query: z.object({ page, limit: limit.default(20) }),
  response: z.object({ total: z.int(), page: z.int(), merges: z.array(OrganisationMerge) }),
});

export const mergeOrganisations = endpoint({
  method: 'POST',
  path: '/api/organisations/merges',
  summary: 'Merge one organisation into another, which takes over what it lacks itself',
  access: ORGANISATIONS_MANAGE,
  body: z.object({
    survivor: z.object({ id: z.uuid(), version }),
    loser: z.object({ id: z.uuid(), version }),
    reason: z.string().trim().min(1).max(1000),
  }),
  response: z.object({ merge: OrganisationMerge, organisation: Organisation }),
});

export const undoOrganisationMerge = endpoint({
  method: 'POST',
  path: '/api/organisations/merges/:id/undo',
  summary: 'Take a merge back: both are as they were before it',
  access: ORGANISATIONS_MANAGE,
  params: ById,
  response: OrganisationMerge,
});
