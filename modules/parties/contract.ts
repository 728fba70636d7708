import * as z from 'zod';
import { CalendarDate, Department, Region } from '#kernel/city/schema';
import { endpoint } from '#kernel/http/contract';

/** Permission to change departments and regions. */
export const partiesManage = 'parties.manage';

/** Where the record stands towards the city pack. */
export const PartyOrigin = z
  .enum(['pack', 'edited', 'added'])
  .meta({ description: 'pack: as in the city pack; edited: changed here; added: unknown to the pack' });
export type PartyOrigin = z.infer<typeof PartyOrigin>;

const asOfQuery = z.object({ asOf: CalendarDate.optional() });
const byId = z.object({ id: z.string().max(100) });
const Abilities = z.object({ edit: z.boolean() });

/** Somebody who took over, or takes over on a later day than the one asked for. */
export const SuccessorView = z
  .object({
    id: z.string(),
    /** Name on the day of taking over. */
    name: z.string(),
    from: z.string(),
    kind: z.enum(['renamed', 'merged', 'split']),
    note: z.string().nullable(),
    verified: z.boolean(),
  })
  .meta({ id: 'Successor' });

const partyFields = {
  id: z.string(),
  /** Name on the day; before its first and after its last day the nearest name. */
  name: z.string(),
  nameEn: z.string(),
  short: z.string().nullable(),
  /** Does it exist on that day? */
  exists: z.boolean(),
  /** First day it existed, or null. */
  from: z.string().nullable(),
  /** Last day it existed, or null while it does. */
  to: z.string().nullable(),
  /** Who takes over when it ends. */
  successors: z.array(SuccessorView),
  /** Who stands for it on the day: itself, or its successors. */
  now: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Was the source of the name read? */
  verified: z.boolean(),
  note: z.string().nullable(),
  origin: PartyOrigin,
  version: z.int(),
};

/** A department as it was on a day. */
export const DepartmentView = z
  .object({
    ...partyFields,
    kind: Department.shape.kind,
    /** Region it governs, where it governs one. */
    region: z.string().nullable(),
    /** Members of a group. */
    members: z.array(z.string()),
  })
  .meta({ id: 'Department' });
export type DepartmentView = z.infer<typeof DepartmentView>;

/** One code of a region with the days on which it held. */
export const CodeView = z.object({
  code: z.string(),
  system: z.enum(['gb2260', 'statistical']),
  from: z.string().nullable(),
  to: z.string().nullable(),
});

/** A region as it was on a day. */
export const RegionView = z
  .object({
    ...partyFields,
    kind: Region.shape.kind,
    parent: z.string().nullable(),
    /** Code on the day, or null for parks without one. */
    code: z.string().nullable(),
    /** All codes it ever had, in order of time. */
    codes: z.array(CodeView),
  })
  .meta({ id: 'Region' });
export type RegionView = z.infer<typeof RegionView>;

/** One version in a record's history. */
export const PartyVersion = z
  .object({ version: z.int(), at: z.string(), by: z.string(), origin: PartyOrigin })
  .meta({ id: 'PartyVersion' });

const detail = <V extends z.ZodType, D extends z.ZodType>(view: V, doc: D) =>
  z.object({
    asOf: z.string(),
    view,
    /** The whole record: what `PUT` takes back. */
    doc,
    history: z.array(PartyVersion),
    abilities: Abilities,
  });

const change = <D extends z.ZodType>(doc: D) =>
  z.object({
    /** The version that was looked at. */
    version: z.int().min(1),
    doc,
  });

export const listDepartments = endpoint({
  method: 'GET',
  path: '/api/departments',
  summary: 'Departments with their names on a day, their successors, and who stands for them then',
  access: 'public',
  query: asOfQuery,
  response: z.object({ asOf: z.string(), departments: z.array(DepartmentView), abilities: Abilities }),
});

export const getDepartment = endpoint({
  method: 'GET',
  path: '/api/departments/:id',
  summary: 'One department with all its names and its history of changes',
  access: 'public',
  params: byId,
  query: asOfQuery,
  response: detail(DepartmentView, Department),
});

export const addDepartment = endpoint({
  method: 'POST',
  path: '/api/departments',
  summary: 'Adds a department that the city pack does not know',
  access: partiesManage,
  body: z.object({ doc: Department }),
  response: detail(DepartmentView, Department),
});

export const updateDepartment = endpoint({
  method: 'PUT',
  path: '/api/departments/:id',
  summary: 'Changes a department; 409 with the current record when somebody was faster',
  access: partiesManage,
  params: byId,
  body: change(Department),
  response: detail(DepartmentView, Department),
});

export const listRegions = endpoint({
  method: 'GET',
  path: '/api/regions',
  summary: 'The city, its counties and parks on a day, with the history of their codes',
  access: 'public',
  query: asOfQuery,
  response: z.object({ asOf: z.string(), regions: z.array(RegionView), abilities: Abilities }),
});

export const getRegion = endpoint({
  method: 'GET',
  path: '/api/regions/:id',
  summary: 'One region, by its id or by any code it ever had',
  access: 'public',
  params: byId,
  query: asOfQuery,
  response: detail(RegionView, Region),
});

export const addRegion = endpoint({
  method: 'POST',
  path: '/api/regions',
  summary: 'Adds a region that the city pack does not know',
  access: partiesManage,
  body: z.object({ doc: Region }),
  response: detail(RegionView, Region),
});

export const updateRegion = endpoint({
  method: 'PUT',
  path: '/api/regions/:id',
  summary: 'Changes a region; 409 with the current record when somebody was faster',
  access: partiesManage,
  params: byId,
  body: change(Region),
  response: detail(RegionView, Region),
});

const BilingualText = z.object({ zh: z.string(), en: z.string() });

export const getBoundaries = endpoint({
  method: 'GET',
  path: '/api/regions/boundaries',
  summary: 'Boundaries that held on a day, as GeoJSON, with the coordinate system named',
  access: 'public',
  query: asOfQuery,
  response: z.object({
    type: z.literal('FeatureCollection'),
    asOf: z.string(),
    /** The layer that held on the day. */
    layer: z.object({
      id: z.string(),
      validFrom: z.string().nullable(),
      validTo: z.string().nullable(),
      /** `verified` is false when the source does not say: then the map may be off by some hundred metres. */
      crs: z.object({ name: z.string(), verified: z.boolean(), note: BilingualText }),
      source: z.string(),
      licence: z.string(),
      derived: z.string().nullable(),
    }),
    features: z.array(
      z.object({
        type: z.literal('Feature'),
        properties: z.object({ region: z.string(), name: z.string(), code: z.string().nullable() }),
        geometry: z
          .custom<{ type: 'Polygon' | 'MultiPolygon'; coordinates: unknown[] }>()
          .meta({ type: 'object', description: 'A Polygon or MultiPolygon of RFC 7946' }),
      }),
    ),
  }),
});

/** A record that differs from the city pack. */
export const Difference = z
  .object({
    kind: z.enum(['department', 'region']),
    id: z.string(),
    name: z.string(),
    /** edited: changed here; added: unknown to the pack; removed: no longer in the pack, kept here. */
    state: z.enum(['edited', 'added', 'removed']),
    /** Did the pack change since the record was edited? Then somebody should look at both. */
    packChanged: z.boolean(),
    /** Top-level fields that differ. */
    fields: z.array(z.string()),
    /** The pack's entry. */
    pack: z.union([Department, Region]).nullable(),
    updatedBy: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'PartyDifference' });

export const listDifferences = endpoint({
  method: 'GET',
  path: '/api/parties/differences',
  summary: 'Departments and regions that differ from the city pack',
  access: partiesManage,
  response: z.object({ differences: z.array(Difference) }),
});
