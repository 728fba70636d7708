import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Where } from '#kernel/city/schema-register';
import { upgrade } from '#kernel/fields/upgrade';
import { yunzhou } from '#kernel/testing/platform';
import fc from '#kernel/testing/property';
import { testStores } from '#kernel/testing/stores';
import { registerOf } from '../server/catalogue.ts';
import { fulfils } from '../server/domain/where.ts';
import type { RegisterModel } from '../server/fields/model.ts';
import { whereSql } from '../server/sql.ts';

let model: RegisterModel;
beforeAll(async () => {
  model = registerOf(await yunzhou(), 'strong-firms');
});

const DAY = '2022-06-30';
const tiers = ['pilot', 'demonstration', 'advantage'];
const days = ['2021-12-31', DAY, '2022-07-01'];
const data = fc.record(
  {
    tier: fc.constantFrom(...tiers),
    industry: fc.constantFrom('船舶', '家纺', "it's"),
    since: fc.constantFrom(...days),
    listed: fc.boolean(),
    founded: fc.constantFrom(1998, 2004),
    employees: fc.constantFrom(0, 10, 200),
    staff: fc.constantFrom(10, 50),
    patents: fc.constantFrom(0, 5, 12),
    capital: fc.constantFrom(100, 2_000_000),
    researchShare: fc.constantFrom(2.5, 8),
    corePatents: fc.array(fc.constantFrom('CN101', 'CN102'), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const bounds = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof(
    value,
    fc.array(value, { minLength: 1, maxLength: 2 }),
    fc.record(
      { exists: fc.boolean(), not: fc.array(value, { minLength: 1, maxLength: 2 }) },
      { requiredKeys: [] },
    ),
  );
const ordered = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof(
    bounds(value),
    fc.record({ gte: value, lte: value, gt: value, lt: value, exists: fc.boolean() }, { requiredKeys: [] }),
  );
const where = fc.record(
  {
    tier: bounds(fc.constantFrom(...tiers)),
    industry: bounds(fc.constantFrom('船舶', "it's")),
    since: ordered(fc.constantFrom('@day', ...days)),
    listed: bounds(fc.boolean()),
    founded: ordered(fc.constantFrom(1998, 2004)),
    employees: ordered(fc.constantFrom(0, 10, 50)),
    capital: ordered(fc.constantFrom(100, 5000)),
    intensity: ordered(fc.constantFrom(0, 6, 50)),
    researchShare: ordered(fc.constantFrom(2.5, 8)),
    corePatents: bounds(fc.constantFrom('CN101')),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Where>;

test('a declared condition says the same of an entry and of the rows in the store', async () => {
  const { records } = await testStores();
  await fc.assert(
    fc.asyncProperty(fc.array(data, { minLength: 1, maxLength: 8 }), where, async (list, condition) => {
      const { rows } = await sql<{ i: number }>`
        select s.i from jsonb_to_recordset(${JSON.stringify(list.map((d, i) => ({ i, data: d })))}::jsonb)
          as s(i int, data jsonb) where ${whereSql(model, condition, DAY)} order by s.i`.execute(records);
      const expected = list.flatMap((d, i) =>
        fulfils(model, condition, upgrade(model, d).data, DAY) ? [i] : [],
      );
      expect(rows.map((r) => r.i)).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});
