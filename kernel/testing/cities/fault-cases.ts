import type { FaultCode } from '#kernel/city/faults';
import type { Edit } from './broken.ts';

/** A way to break 云洲 and what the checker must say about it. */
export interface FaultCase {
  edits: Edit[];
  /** File in which the fault is reported. */
  file: string;
  /** Text that stands on the reported line of the broken file, or the line itself. */
  at: string | number;
  /** Other faults that follow from this one and are said as well. */
  also?: FaultCode[];
}

/** Keys that lead to a place of a YAML file. */
export type Path = (string | number)[];

/** One value set in one file, reported on a line that has `at`. */
export function set(
  file: string,
  path: Path,
  to: unknown,
  at: string | number,
  also?: FaultCode[],
): FaultCase {
  return { edits: [{ file, set: path, to }], file, at, ...(also ? { also } : {}) };
}

/** One value taken away. */
export function unset(file: string, path: Path, at: string | number, also?: FaultCode[]): FaultCase {
  return { edits: [{ file, set: path }], file, at, ...(also ? { also } : {}) };
}

/** One piece of text replaced. */
export function slip(file: string, find: string, put: string, at: string | number = put): FaultCase {
  return { edits: [{ file, find, put }], file, at };
}

const I = 'indicators.yaml';
const D = 'departments.yaml';
const R = 'regions.yaml';
const P = 'population.yaml';
const C = 'calendar.yaml';
const S = 'shapes/all-years.geojson';
/** Place of an indicator of 云洲 by its number: 1 cumulative, 2 stock, 3 range, 4 milestone, 5 composite, 6 floor (G1). */
const indicator = (no: number, ...path: Path): Path => ['indicators', no - 1, ...path];

/** Lists of lists of lists: a few lines that grow to gigabytes. */
const BOMB = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...['b', 'c', 'd', 'e', 'f'].map(
    (name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcde'[i]}`).join(', ')}]`,
  ),
  'rows: [*f]',
];
/** 云州 in GBK, on the second line. */
const GBK = Uint8Array.from([0x61, 0x3a, 0x20, 0x31, 0x0a, 0x62, 0x3a, 0xd4, 0xc6, 0xd6, 0xdd, 0x0a]);

/** Faults of files and of their shape; those that need more than an edit have tests of their own. */
export const FILE_CASES = {
  'file-missing': {
    edits: [{ file: 'lights.yaml', remove: true }],
    file: 'city.yaml',
    at: 'lights: lights.yaml',
  },
  'not-a-file': set('city.yaml', ['files', 'roles'], 'shapes', 'roles: shapes'),
  'path-escapes': set('city.yaml', ['files', 'roles'], '../roles.yaml', 'roles: ../roles.yaml'),
  'file-used-twice': set('city.yaml', ['files', 'roles'], 'plan.yaml', 'roles: plan.yaml'),
  'not-utf8': { edits: [{ file: 'roles.yaml', write: GBK }], file: 'roles.yaml', at: 2 },
  'yaml-syntax': slip('plan.yaml', 'source: plan-2021', 'source: [plan-2021', 'start: 2021-01-01'),
  'duplicate-key': slip(
    'plan.yaml',
    'source: plan-2021',
    'source: plan-2021\nsource: yearbook',
    'source: yearbook',
  ),
  'alias-bomb': { edits: [{ file: P, write: BOMB.join('\n') }], file: P, at: 1 },
  'json-syntax': slip(S, '"region":"west"},', '"region":"west"', '"region":"west"'),
  'unknown-key': slip(I, 'decimals: 2', 'decimal: 2'),
  'key-of-another-form': unset(
    'registers/strong-firms.yaml',
    ['ladder', 'steps', 1, 'criteria', 1, 'test', 'atLeast'],
    'register: certified-firms',
  ),
  'missing-key': unset('plan.yaml', ['start'], 'id: two-years'),
  unsourced: unset(P, ['rows', 0, 'source'], 'region: yunzhou'),
  'crs-unnamed': unset('boundaries.yaml', ['layers', 0, 'crs'], 'id: all-years'),
  'feature-without-region': slip(S, '{"region":"west"}', '{"name":"west"}'),
  'wrong-type': slip(I, 'no: "2"', 'no: 2'),
  'not-one-of': slip(I, 'kind: stock', 'kind: stok'),
  'wrong-form': set(I, indicator(1, 'targets', '2021'), 'forty', 'forty'),
  'wrong-geometry': slip(S, '"type":"Polygon"', '"type":"Point"'),
  'too-few': set('plan.yaml', ['years'], [], 'years: []'),
  'too-many': set('registers/alliances.yaml', ['facets'], [...'abcdefg'], '- a'),
  'out-of-bounds': set(P, ['rows', 1, 'value'], -6, 'value: -6', ['population-sum']),
  'bad-year-key': set(I, indicator(1, 'printed', '21'), '4件', '4件'),
  'bad-key': slip('registers/alliances.yaml', '    poolSize:', '    pool-size:'),
  'bad-format': slip('plan.yaml', 'end: 2022-12-31', 'end: 2022-12-32'),
} satisfies Partial<Record<FaultCode, FaultCase>>;

/** Faults of the plan, its indicators and lights. */
export const PLAN_CASES = {
  'duplicate-id': slip(I, 'no: "2"', 'no: "1"'),
  'unknown-source': set('plan.yaml', ['source'], 'plan-2020', 'source: plan-2020'),
  'unknown-project': set(I, indicator(1, 'project'), 'creatoin', 'project: creatoin'),
  'unknown-task': set(I, indicator(3, 'task'), 'patents', 'task: patents'),
  'unknown-stage': set(I, indicator(4, 'milestones', 'required', '2022'), 'runing', 'runing'),
  'unknown-light': set(I, indicator(6, 'light'), 'own-yaer', 'light: own-yaer'),
  'years-broken': slip('plan.yaml', '["2021", "2022"]', '["2022", "2021"]'),
  'years-do-not-fit': set('plan.yaml', ['start'], '2020-01-01', 'years:', ['baseline-too-late']),
  'missing-year': unset(I, indicator(2, 'targets', '2022'), 'targets: { "2021": 5 }'),
  'year-outside-plan': set(I, indicator(2, 'printed', '2020'), '4件', '4件'),
  'composite-without-parts': unset(I, indicator(5, 'parts'), 'kind: composite'),
  'parts-on-single': {
    edits: [
      { file: I, set: indicator(5, 'kind'), to: 'stock' },
      { file: I, set: indicator(5, 'unit'), to: { zh: '%', en: '%' } },
      { file: I, set: indicator(5, 'targets', '2022'), to: 10 },
    ],
    file: I,
    at: 'parts:',
  },
  'measure-beside-parts': set(
    I,
    indicator(5, 'measure'),
    { id: 'patents.inventions-in-force', note: 'x' },
    'measure:',
  ),
  'composite-with-target': set(I, indicator(5, 'targets', '2021'), 8, 'targets: { "2021": 8, "2022": null }'),
  'number-without-unit': unset(I, indicator(1, 'unit'), 'targets: { "2021": 40'),
  'milestone-without-stages': unset(I, indicator(4, 'milestones'), 'kind: milestone'),
  'stages-on-number': set(I, indicator(4, 'kind'), 'stock', 'milestones:'),
  'ranks-not-rising': set(I, indicator(4, 'milestones', 'stages', 1, 'rank'), 1, 'label: 有效运行'),
  'number-and-stage': set(I, indicator(4, 'milestones', 'required', '2021'), 'designed', 'required:'),
  'no-target-at-all': set(I, indicator(6, 'targets', '2022'), null, 'targets: { "2021": null', [
    'floor-without-number',
  ]),
  'range-misplaced': set(I, indicator(2, 'targets', '2022'), { min: 6, max: 7 }, 'min: 6'),
  'range-reversed': set(I, indicator(3, 'targets', '2022', 'min'), 5, 'min: 5'),
  'target-falls': set(I, indicator(1, 'targets', '2022'), 10, '"2022": 10'),
  'floor-without-number': set(I, indicator(6, 'floors', 0), '2021', 'floors:'),
  'span-wrong': set(
    I,
    indicator(3, 'spans'),
    { '2022': { years: ['2021'], certain: false, note: 'x' } },
    '- "2021"',
    ['span-text-differs'],
  ),
  'span-text-differs': set(
    I,
    indicator(3, 'spans'),
    { '2021': { years: ['2021', '2022'], certain: false, note: 'x' } },
    '3-4家 }',
  ),
  'baseline-too-late': set(I, indicator(1, 'baseline', 'at'), '2021-01-01', 'baseline:'),
  'weight-missing': unset(I, indicator(2, 'county', 'weight'), 'rule: weighted'),
  'weight-misplaced': set(I, indicator(1, 'county', 'weight'), 'population', 'rule: sum'),
  'sum-without-reports': set(I, indicator(1, 'county', 'reports'), false, 'reports: false, rule: sum'),
  'light-unfit': set(I, indicator(6, 'light'), 'stages', 'light: stages'),
  'kind-without-light': {
    edits: [{ file: 'lights.yaml', set: ['rules', 1, 'appliesTo'], to: ['range', 'floor'] }],
    file: I,
    at: 'kind: rate',
  },
  'kind-with-two-lights': slip('lights.yaml', '[rate, range, floor]', '[rate, range, floor, stock]'),
  'light-bounds': set('lights.yaml', ['rules', 2, 'risk'], 1, 'risk: 1'),
  'unknown-placeholder': set(
    'lights.yaml',
    ['rules', 2, 'reasons', 'behind', 'zh'],
    '应到{requierd}',
    '{requierd}',
  ),
} satisfies Partial<Record<FaultCode, FaultCase>>;

const layer = (id: string, validFrom: string, validTo: string | null) => ({
  id,
  file: 'shapes/all-years.geojson',
  validFrom,
  validTo,
  crs: { name: 'WGS-84', verified: true, note: { zh: '注', en: 'note' } },
  source: 'survey',
  licence: { spdx: 'CC0-1.0', file: 'shapes/LICENSE' },
});

/** Place of a department of 云洲: 0 专利局 (merged into 1 市场局), 2 教育局, 3 东渡, 4 西屏, 5 the group. */
const department = (index: number, ...path: Path): Path => ['departments', index, ...path];
/** Makes 教育局 end on 2021-06-30 and be succeeded. */
const ended = (to: string, from = '2021-07-01', kind = 'merged'): Edit[] => [
  { file: D, set: department(2, 'names', 0, 'to'), to: '2021-06-30' },
  { file: D, set: department(2, 'successors'), to: [{ to, from, kind, source: 'yearbook', verified: true }] },
];
/** Place of a region: 0 the city, 1 东渡, 2 西屏, 3 the park. */
const region = (index: number, ...path: Path): Path => ['regions', index, ...path];

/** Faults of departments, regions, boundaries, population, calendar, accounts and periods. */
export const PLACE_CASES = {
  'unknown-department': set(I, indicator(3, 'lead', 0), 'educaton', 'educaton'),
  'unknown-region': set('roles.yaml', ['accounts', 2, 'region'], 'wset', 'wset'),
  'adcode-outside-province': set(R, region(1, 'codes', 0, 'code'), '880102', '880102'),
  'city-code-differs': set(R, region(0, 'codes', 0, 'code'), '990200', 'codes:'),
  'period-reversed': set(D, department(4, 'names', 0, 'from'), '2022-03-01', 'zh: 西屏县人民政府'),
  'validity-overlaps': set(D, department(4, 'names', 1, 'from'), '2022-02-28', '西屏市人民政府'),
  'validity-gap': set(
    'boundaries.yaml',
    ['layers'],
    [layer('one', '2021-01-01', '2021-12-31'), layer('two', '2022-01-02', null)],
    'id: two',
  ),
  'successor-itself': { edits: ended('education'), file: D, at: 'to: education' },
  'successor-cycle': {
    edits: [
      ...ended('patent-office'),
      { file: D, set: department(0, 'successors', 0, 'to'), to: 'education' },
    ],
    file: D,
    at: 'to: education',
  },
  'successor-too-early': { edits: ended('market-office'), file: D, at: 'to: market-office' },
  'successor-without-end': set(D, department(0, 'names', 0, 'to'), null, 'to: market-office'),
  'ends-without-successor': set(D, department(2, 'names', 0, 'to'), '2022-06-30', '云洲市教育局'),
  'successor-kind': set(D, department(0, 'successors', 0, 'kind'), 'split', 'successors:'),
  'members-on-single': set(D, department(3, 'members'), [], 'members: []'),
  'members-missing': unset(D, department(5, 'members'), 'id: counties'),
  'no-city-region': set(R, region(0, 'kind'), 'county', 'regions:', [
    'parent-missing',
    'region-without-shape',
  ]),
  'parent-missing': set(R, region(3, 'parent'), null, 'parent: null'),
  'parent-cycle': {
    edits: [
      { file: R, set: region(1, 'parent'), to: 'west' },
      { file: R, set: region(2, 'parent'), to: 'east' },
    ],
    file: R,
    at: 'parent: west',
  },
  'code-shared': set(R, region(2, 'codes', 1, 'code'), '990102', '990102'),
  'keyword-shared': set(R, region(2, 'addressKeywords', 1, 'text'), '东渡区', '东渡区'),
  'region-not-valid': {
    edits: [{ file: R, set: region(2, 'names', 0, 'from'), to: '2021-01-01' }],
    file: P,
    at: 'region: west',
  },
  'region-without-shape': {
    edits: [{ file: S, find: '"region":"west"', put: '"region":"harbour"' }],
    file: 'boundaries.yaml',
    at: 'file: shapes/all-years.geojson',
  },
  'region-drawn-twice': {
    ...slip(S, '"region":"west"', '"region":"east"', 3),
    also: ['region-without-shape'],
  },
  'ring-open': slip(S, '[100,11],[100,10]]]}', '[100,11],[100,10.5]]]}'),
  'not-degrees': slip(S, '[99,11]', '[13400000,11]'),
  'crs-unverified': set('boundaries.yaml', ['layers', 0, 'crs', 'verified'], false, 'crs:'),
  'population-not-reliable': set(P, ['rows', 5, 'basis'], 'approximation', 'region: west'),
  'population-missing': set(P, ['rows', 3, 'region'], 'harbour', 'rows:'),
  'population-sum': set(P, ['rows', 5, 'value'], 302_000, 'region: yunzhou'),
  'calendar-year-missing': {
    edits: [
      { file: C, set: ['years', 1, 'year'], to: 2023 },
      { file: C, set: ['lastNoticeYear'], to: 2023 },
    ],
    file: C,
    at: 'years:',
    also: ['calendar-day-outside'],
  },
  'calendar-last-notice': set(C, ['lastNoticeYear'], 2023, 'lastNoticeYear: 2023'),
  'calendar-day-twice': set(C, ['years', 0, 'holidays', 2, 'date'], '2021-07-05', 'date: 2021-07-05'),
  'calendar-day-outside': set(C, ['years', 0, 'holidays', 2, 'date'], '2024-07-06', '2024-07-06'),
  'workday-not-weekend': set(C, ['years', 0, 'workdays', 0, 'date'], '2021-07-09', '2021-07-09'),
  'no-year-period': set('reporting.yaml', ['periods', 1, 'kind'], 'quarter', 'periods:'),
} satisfies Partial<Record<FaultCode, FaultCase>>;

const L = 'limits.yaml';

/** Faults of the limits that laws set. */
export const LIMIT_CASES = {
  'unknown-law': set(L, ['limits', 0, 'law'], 'letters-2022', 'letters-2022'),
  'unknown-procedure': set(L, ['limits', 0, 'procedure'], 'answr', 'answr'),
  'limit-law-unread': set(L, ['limits', 1, 'verified'], true, 'verified: true'),
  'limit-too-long': set(L, ['limits', 0, 'extensions', 0, 'rule'], '1001WD', '1001WD'),
} satisfies Partial<Record<FaultCode, FaultCase>>;
