import * as z from 'zod';
import {
  Adcode,
  Bilingual,
  CalendarDate,
  DatedName,
  Id,
  PackPath,
  Successor,
  sourced,
  Text,
  validity,
} from './schema-basics.ts';

/** Sorts of organisation that appear in a plan. */
export const DepartmentKind = z.enum([
  'city',
  'department',
  'county-government',
  'park',
  'university',
  'school',
  'market',
  'court',
  'procuratorate',
  'customs',
  'centre',
  'association',
  'group',
]);
export type DepartmentKind = z.infer<typeof DepartmentKind>;

/** An organisation over time: one id, several names, and what took over when it ended. */
export const Department = z.strictObject({
  id: Id,
  kind: DepartmentKind,
  /** Region it governs, where it governs one. */
  region: Id.optional(),
  /** Names in order of time; periods never overlap. */
  names: z.array(DatedName).min(1),
  /** For kind `group` (各县（市）区政府): the departments meant, or empty when the plan does not say which. */
  members: z.array(Id).optional(),
  /** Who answers after it ended; several for a split. */
  successors: z.array(Successor),
  note: Text.optional(),
});
export type Department = z.infer<typeof Department>;

/** departments.yaml */
export const DepartmentsFile = z.strictObject({ departments: z.array(Department).min(1) });

/** A code and the days during which it was the code. */
export const DatedCode = z.strictObject({
  code: Adcode,
  /** gb2260: administrative division; statistical: used by the statistics bureau only, no division of its own. */
  system: z.enum(['gb2260', 'statistical']),
  ...validity,
  ...sourced,
});
export type DatedCode = z.infer<typeof DatedCode>;

/** A word by which an address names the region. */
export const AddressKeyword = z.strictObject({
  text: Text,
  /**
   * What must be named before it: nothing, when no other place of the country has this name; the province, when no
   * other place of the province has it (通州区 is also in Beijing); the city, when many places have it.
   */
  needs: z.enum(['nothing', 'province', 'city']),
});
export type AddressKeyword = z.infer<typeof AddressKeyword>;

/** The city, a county-level region, or a park, over time. */
export const Region = z.strictObject({
  /** Stable key, never an adcode. */
  id: Id,
  kind: z.enum(['city', 'county', 'park']),
  /** Region it lies in; null for the city. */
  parent: Id.nullable(),
  names: z.array(DatedName).min(1),
  /** Codes in order of time; empty for parks without one. */
  codes: z.array(DatedCode),
  /** Region that contains it after it ended. */
  successors: z.array(Successor),
  /** Names now and then, for matching addresses. */
  addressKeywords: z.array(AddressKeyword),
  note: Text.optional(),
});
export type Region = z.infer<typeof Region>;

/** regions.yaml */
export const RegionsFile = z.strictObject({ regions: z.array(Region).min(1) });

/** A set of boundaries that held at the same time. */
export const BoundaryLayer = z.strictObject({
  id: Id,
  /** GeoJSON FeatureCollection whose features have the property `region`. */
  file: PackPath,
  /** First day, or null. */
  validFrom: CalendarDate.nullable(),
  /** Last day (included), or null. */
  validTo: CalendarDate.nullable(),
  /** Coordinate system. Chinese web maps shift coordinates (GCJ-02): drawing one over the other is off by 500 m. */
  crs: z.strictObject({
    /** `unknown` when the source does not say. */
    name: z.enum(['WGS-84', 'CGCS2000', 'GCJ-02', 'BD-09', 'unknown']),
    /** True only when the source names it. */
    verified: z.boolean(),
    /** What is known about it. */
    note: Bilingual,
  }),
  /** Id of an entry of `sources`. */
  source: Id,
  licence: z.strictObject({
    /** SPDX identifier. */
    spdx: Text,
    /** Copy of the licence inside the pack. */
    file: PackPath,
  }),
  /** How the layer was made out of another, when it was. */
  derived: Text.optional(),
});
export type BoundaryLayer = z.infer<typeof BoundaryLayer>;

/** boundaries.yaml */
export const BoundariesFile = z.strictObject({ layers: z.array(BoundaryLayer).min(1) });

const Position = z.array(z.number()).min(2);
const Ring = z.array(Position).min(4);

/** A boundary file: polygons only, one feature per region. */
export const BoundaryCollection = z.looseObject({
  type: z.literal('FeatureCollection'),
  features: z
    .array(
      z.looseObject({
        type: z.literal('Feature'),
        properties: z.looseObject({
          /** Id of a region of regions.yaml. */
          region: Id,
        }),
        geometry: z.discriminatedUnion('type', [
          z.looseObject({ type: z.literal('Polygon'), coordinates: z.array(Ring).min(1) }),
          z.looseObject({
            type: z.literal('MultiPolygon'),
            coordinates: z.array(z.array(Ring).min(1)).min(1),
          }),
        ]),
      }),
    )
    .min(1),
});
export type BoundaryCollection = z.infer<typeof BoundaryCollection>;

/** resident: 常住人口; registered: 户籍人口. */
export const PopulationKind = z.enum(['resident', 'registered']);
export type PopulationKind = z.infer<typeof PopulationKind>;

/** Inhabitants of a region at the end of a year. */
export const PopulationRow = z.strictObject({
  region: Id,
  year: z.int().min(1949).max(2200),
  /** Persons. */
  value: z.int().positive(),
  kind: PopulationKind,
  /** printed: the source's own figure; approximation: a rounded or derived figure that must not be quoted. */
  basis: z.enum(['printed', 'approximation']),
  ...sourced,
  note: Text.optional(),
});
export type PopulationRow = z.infer<typeof PopulationRow>;

/** population.yaml */
export const PopulationFile = z.strictObject({ rows: z.array(PopulationRow) });
