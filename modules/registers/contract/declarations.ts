import * as z from 'zod';
import { FieldView } from '#kernel/fields/view';
import { endpoint } from '#kernel/http/contract';

export { FieldType, FieldView } from '#kernel/fields/view';

/** Headings under which registers stand. */
export const RegisterGroup = z.enum([
  'regions',
  'industry',
  'enterprises',
  'services',
  'talent',
  'policy',
  'statistics',
  'catalogues',
]);
export type RegisterGroup = z.infer<typeof RegisterGroup>;

/** A rule as shown: what it says, where it stands, whether that was read. */
export const BasisView = z.object({
  text: z.string(),
  source: z.string(),
  verified: z.boolean(),
});
export type BasisView = z.infer<typeof BasisView>;

/** What the asker may do with a register. */
export const RegisterAbilities = z.object({
  /** Propose new entries. */
  propose: z.boolean(),
  /** Verify, publish, end, remove, change published entries, import, merge. */
  keep: z.boolean(),
  /** Limited to these regions (ids); null = everywhere. Only meaningful where propose or keep holds. */
  regions: z.array(z.string()).nullable(),
});
export type RegisterAbilities = z.infer<typeof RegisterAbilities>;

/** A register in the list of registers. Counts are of what the asker may see. */
export const RegisterSummary = z
  .object({
    id: z.string(),
    title: z.string(),
    group: RegisterGroup,
    groupLabel: z.string(),
    purpose: z.string(),
    public: z.boolean(),
    keeper: z.string(),
    counts: z.object({
      /** Published and in force today. */
      inForce: z.int(),
      published: z.int(),
      proposed: z.int(),
      verified: z.int(),
      expired: z.int(),
      removed: z.int(),
    }),
    updatedAt: z.iso.datetime().nullable(),
    abilities: RegisterAbilities,
  })
  .meta({ id: 'RegisterSummary' });
export type RegisterSummary = z.infer<typeof RegisterSummary>;

/** A measure and the indicators bound to it. */
export const MeasureNote = z.object({
  /** Id within the register. */
  id: z.string(),
  /** Id for indicators: `registers.<register>.<id>`. */
  measure: z.string(),
  title: z.string(),
  unit: z.string(),
  rule: z.string(),
  /** Numbers of the indicators (with the part, as in `8 spaces`) that stand on it. */
  indicators: z.array(z.object({ no: z.string(), title: z.string() })),
});
export type MeasureNote = z.infer<typeof MeasureNote>;

/** A whole declaration in the reader's language. Internal fields are left out for those who may not see them. */
export const RegisterView = RegisterSummary.omit({ counts: true, updatedAt: true })
  .extend({
    prefix: z.string(),
    basis: z.array(BasisView),
    note: z.string().nullable(),
    counties: z.enum(['none', 'propose', 'keep']),
    fields: z.array(FieldView),
    /** Keys by which entries are told apart. */
    keys: z.array(z.array(z.string())),
    titleField: z.string(),
    regionField: z.string().nullable(),
    industryField: z.string().nullable(),
    organisationFields: z.object({ name: z.string(), code: z.string().nullable() }).nullable(),
    /** Columns of the list. */
    columns: z.array(z.string()),
    facets: z.array(z.string()),
    validity: z.object({
      from: z.string(),
      to: z.string().nullable(),
      months: z.int().nullable(),
      expires: z.boolean(),
      remind: z.array(z.int()),
      basis: BasisView.nullable(),
    }),
    rechecks: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        months: z.int(),
        from: z.array(z.string()),
        basis: BasisView,
      }),
    ),
    ladder: z
      .object({
        field: z.string(),
        steps: z.array(
          z.object({
            value: z.string(),
            label: z.string(),
            criteria: z.array(
              z.object({
                id: z.string(),
                title: z.string(),
                basis: BasisView,
                from: z.string().nullable(),
                to: z.string().nullable(),
              }),
            ),
          }),
        ),
      })
      .nullable(),
    measures: z.array(MeasureNote),
    /** Version of the schema, from 1; rises with every change of the declaration's fields. */
    schemaVersion: z.int(),
  })
  .meta({ id: 'Register' });
export type RegisterView = z.infer<typeof RegisterView>;

/** Path parameters that name a register. */
export const RegisterParams = z.object({ register: z.string().max(80) });

export const listRegisters = endpoint({
  method: 'GET',
  path: '/api/registers',
  summary: 'Registers the asker may see, by group',
  access: 'public',
  response: z.object({ registers: z.array(RegisterSummary) }),
});

export const getRegister = endpoint({
  method: 'GET',
  path: '/api/registers/:register',
  summary: 'One register: fields, rules, measures, what the asker may do',
  access: 'public',
  params: RegisterParams,
  response: RegisterView,
});

export const registerSchema = endpoint({
  method: 'GET',
  path: '/api/registers/:register/schema.json',
  summary: 'JSON Schema of the entries (without internal fields for those who may not see them)',
  access: 'public',
  params: RegisterParams,
  response: z.record(z.string(), z.unknown()),
});

export const registerCatalogue = endpoint({
  method: 'GET',
  path: '/api/registers/catalogue.jsonld',
  summary: 'Public registers as a DCAT-AP catalogue: where their data and schemas are',
  access: 'public',
  response: z.unknown(),
  produces: 'application/ld+json',
});
