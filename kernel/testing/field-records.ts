import { type CityLookup, cityLookup } from '#kernel/city/lookup';
import type { CityPack } from '#kernel/city/schema';
import type { ReadContext } from '#kernel/fields/read';
import { cnApplicationCheckDigit } from '#kernel/identifiers/cn-application';
import { orgCodeCheckCharacter, usccCheckCharacter } from '#kernel/identifiers/uscc';
import fc from '#kernel/testing/property';

/** A valid code made of a number. */
export function codeOf(n: number): string {
  const org = String(n % 100_000_000).padStart(8, '0');
  const first17 = `91990102${org}${orgCodeCheckCharacter(org)}`;
  return first17 + usccCheckCharacter(first17);
}

/** The fictitious city with a county that was dissolved on 2020-08-01 and merged into another. */
export function cityWithMerger(pack: CityPack): CityLookup {
  const sourced = { source: 'yearbook', verified: true };
  const ended = {
    id: 'quay',
    kind: 'county' as const,
    parent: 'yunzhou',
    names: [{ zh: '北港区', en: 'Beigang District', from: null, to: '2020-07-31', ...sourced }],
    codes: [{ code: '990103', system: 'gb2260' as const, from: null, to: '2020-07-31', ...sourced }],
    successors: [{ to: 'east', from: '2020-08-01', kind: 'merged' as const, ...sourced }],
    addressKeywords: [],
  };
  return cityLookup({ ...pack, regions: [...pack.regions, ended] });
}

/** A context of a table's cells or of JSON, on 2024-06-30. */
export function contextOf(lookup: CityLookup, source: 'json' | 'cell', more: Partial<ReadContext> = {}) {
  return { lookup, today: '2024-06-30', source, ...more } satisfies ReadContext;
}

const pick = (signs: string, min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...signs), minLength: min, maxLength: max });
/** Texts with everything that gets lost between programs. */
export const hardText = fc.oneof(
  pick('=+-@\'"|\\、；;,，\n\t 0123456789aB云洲（）()_x', 2, 40),
  fc.constantFrom(
    '=1+1',
    "'=1+1",
    "''@a",
    '-5',
    '+86 1',
    '@cmd',
    '=HYPERLINK("http://a.cn","x")',
    '007',
    '123456789012345678',
    '1e5',
    '2019-06-30',
    'TRUE',
    '_x0041_',
    '_x000D_',
    'a | b',
    'a\\nb',
    'a\\|b\\',
    '"引号"，逗号',
    '一、二；三',
    '<b>&amp;</b>',
  ),
  fc.string({ unit: 'binary', minLength: 2, maxLength: 30 }),
);
const code = fc.nat(99_999_999).map(codeOf);
const day = fc
  .date({ min: new Date('1901-01-01'), max: new Date('2150-01-01'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));
const fen = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer(),
  fc.nat(1_000_000_000).map((n) => n * 100),
);
const patent = fc
  .tuple(fc.integer({ min: 2004, max: 2023 }), fc.nat(9_999_999))
  .map(([year, n]) => `${year}1${String(n).padStart(7, '0')}`)
  .map((digits) => `${digits}.${cnApplicationCheckDigit(digits)}`);
const maybe = <T>(a: fc.Arbitrary<T>) => fc.option(a, { nil: undefined });

/** A record of all types as a form would give it; its dates may lie in the wrong order. */
export const recordArbitrary = fc.record({
  name: hardText.map((text) => `名${text}`),
  code: maybe(code),
  firm: maybe(hardText.map((text) => `${text}公司`)),
  head: maybe(hardText.map((text) => `甲${text}`)),
  level: maybe(fc.constantFrom('city', '省级', 'Province')),
  region: maybe(fc.constantFrom('east', '东渡区', 'harbour', '云洲市', '990102')),
  patent: maybe(fc.oneof(patent, fc.constantFrom('CN106844774A', 'us 2019/0123456 a1', 'PCT/CN2019/123456'))),
  ipc: maybe(fc.constantFrom('A47L', 'a47l 1/03', 'H04L29/06')),
  site: maybe(fc.constantFrom('https://a.example/x?y=1#z', 'HTTP://例子.cn/路径')),
  mail: maybe(fc.constantFrom('Name@Example.COM', "o'x+1@b.cn")),
  phone: maybe(fc.constantFrom('010-80000000', '（010）8000 0000 转 12', '+86 13800000000')),
  parent: maybe(fc.constantFrom('QB-0001', 'qb-12')),
  proof: maybe(fc.uuid({ version: 7 })),
  note: maybe(hardText),
  certificate: maybe(pick('0123456789AZ-', 1, 20)),
  staff: maybe(fc.nat(1_000_000)),
  share: maybe(fc.double({ noNaN: true, noDefaultInfinity: true })),
  output: maybe(fen),
  year: maybe(fc.integer({ min: 1900, max: 2200 })),
  active: maybe(fc.boolean()),
  since: day,
  until: maybe(day),
  tags: maybe(fc.uniqueArray(hardText, { maxLength: 6 })),
  members: maybe(
    fc.array(fc.record({ name: hardText.map((text) => `${text}厂`), code: maybe(code), paid: maybe(fen) }), {
      maxLength: 6,
    }),
  ),
});
