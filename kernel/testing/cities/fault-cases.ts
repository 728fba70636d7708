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

const change = (file: string, find: string, put: string): Edit => ({ file, find, put });

/** One change in one file, reported on the line that has `at`. */
function slip(
  file: string,
  find: string,
  put: string,
  at: string | number = put,
  also?: FaultCode[],
): FaultCase {
  return { edits: [change(file, find, put)], file, at, ...(also ? { also } : {}) };
}

const I = 'indicators.yaml';
const D = 'departments.yaml';
const R = 'regions.yaml';
const S = 'shapes/all-years.geojson';
const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nrows: [*c,*c,*c]\n`;

/** Faults of the folder, of files and of their shape. `folder-missing` and `file-too-large` have tests of their own. */
export const FILE_CASES = {
  'file-missing': {
    edits: [{ file: 'lights.yaml', remove: true }],
    file: 'city.yaml',
    at: 'lights: lights.yaml',
  },
  'not-a-file': slip('city.yaml', 'roles: roles.yaml', 'roles: shapes'),
  'path-escapes': slip('city.yaml', 'roles: roles.yaml', 'roles: ../roles.yaml'),
  'file-used-twice': slip('city.yaml', 'roles: roles.yaml', 'roles: plan.yaml'),
  'not-utf8': {
    edits: [
      {
        file: 'roles.yaml',
        write: Uint8Array.from([0x61, 0x3a, 0x20, 0x31, 0x0a, 0x62, 0x3a, 0xd4, 0xc6, 0xd6, 0x0a]),
      },
    ],
    file: 'roles.yaml',
    at: 2,
  },
  'yaml-syntax': slip('plan.yaml', 'source: plan-2021', 'source: [plan-2021', 'start: 2021-01-01'),
  'duplicate-key': slip(
    'plan.yaml',
    'source: plan-2021',
    'source: plan-2021\nsource: yearbook',
    'source: yearbook',
  ),
  'alias-bomb': { edits: [{ file: 'population.yaml', write: bomb }], file: 'population.yaml', at: 1 },
  'json-syntax': slip(S, '"region":"west"},', '"region":"west"', '"region":"west"'),
  'unknown-key': slip(I, 'decimals: 2', 'decimal: 2'),
  'missing-key': slip('plan.yaml', 'start: 2021-01-01\n', '', 'id: two-years'),
  unsourced: slip(
    'population.yaml',
    'value: 1000000, kind: resident, basis: printed, source: yearbook,',
    'value: 1000000, kind: resident, basis: printed,',
    'value: 1000000',
  ),
  'crs-unnamed': slip(
    'boundaries.yaml',
    '    crs: { name: WGS-84, verified: true, note: { zh: 测绘院注明, en: Named by the survey } }\n',
    '',
    'id: all-years',
  ),
  'feature-without-region': slip(S, '{"region":"west"}', '{"name":"west"}'),
  'wrong-type': slip(I, "no: '2'", 'no: 2'),
  'not-one-of': slip(I, 'kind: stock', 'kind: stok'),
  'wrong-form': slip(I, "targets: { '2021': 40,", "targets: { '2021': forty,"),
  'wrong-geometry': slip(S, '"type":"Polygon"', '"type":"Point"'),
  'too-few': slip('plan.yaml', "years: [ '2021', '2022' ]", 'years: []'),
  'out-of-bounds': slip('population.yaml', 'year: 2020, value: 600000', 'year: 2020, value: -6'),
  'bad-year-key': slip(I, "printed: { '2021': 40件,", "printed: { '21': 40件,"),
  'bad-format': slip('plan.yaml', 'end: 2022-12-31', 'end: 2022-12-32'),
} satisfies Partial<Record<FaultCode, FaultCase>>;

/** Faults of the plan, its indicators and lights. */
export const PLAN_CASES = {
  'duplicate-id': slip(I, "no: '2'", "no: '1'"),
  'unknown-source': slip('plan.yaml', 'source: plan-2021', 'source: plan-2020'),
  'unknown-project': slip(I, 'project: creation', 'project: creatoin'),
  'unknown-task': slip(I, 'task: schools', 'task: patents'),
  'unknown-stage': slip(I, "'2022': running", "'2022': runing"),
  'unknown-light': slip(I, 'light: own-year', 'light: own-yaer'),
  'years-broken': slip('plan.yaml', "years: [ '2021', '2022' ]", "years: [ '2022', '2021' ]"),
  'years-do-not-fit': slip('plan.yaml', 'start: 2021-01-01', 'start: 2020-01-01', "years: [ '2021'", [
    'baseline-too-late',
  ]),
  'missing-year': slip(I, "targets: { '2021': 5, '2022': 6 }", "targets: { '2021': 5 }"),
  'year-outside-plan': slip(I, "printed: { '2021': 5件,", "printed: { '2020': 4件, '2021': 5件,"),
  'composite-without-parts': {
    edits: [
      change(I, 'parts:\n      - { id: share', 'floors: [] # parts\n    # - { id: share'),
      change(I, '- { id: growth', '# - { id: growth'),
    ],
    file: I,
    at: 'kind: composite',
  },
  'parts-on-single': {
    edits: [
      change(I, '    kind: composite', '    kind: stock'),
      change(
        I,
        "targets: { '2021': null, '2022': null }",
        "targets: { '2021': 8, '2022': 10 }\n    unit: { zh: '%', en: '%' }",
      ),
    ],
    file: I,
    at: '    parts:',
  },
  'composite-with-target': slip(
    I,
    "targets: { '2021': null, '2022': null }",
    "targets: { '2021': 8, '2022': null }",
  ),
  'number-without-unit': slip(I, '    unit: { zh: 件, en: applications }\n', '', "targets: { '2021': 40"),
  'milestone-without-stages': {
    edits: [
      change(I, '    milestones:\n      stages:\n', ''),
      change(I, '        - { id: designed, label: 完成设计, rank: 1 }\n', ''),
      change(I, '        - { id: running, label: 有效运行, rank: 2 }\n', ''),
      change(I, "      required: { '2021': null, '2022': running }\n", ''),
    ],
    file: I,
    at: 'kind: milestone',
  },
  'stages-on-number': slip(I, 'kind: milestone', 'kind: stock', '    milestones:'),
  'ranks-not-rising': slip(I, 'label: 有效运行, rank: 2', 'label: 有效运行, rank: 1'),
  'number-and-stage': slip(I, "required: { '2021': null,", "required: { '2021': designed,"),
  'no-target-at-all': slip(
    I,
    "targets: { '2021': null, '2022': 80 }",
    "targets: { '2021': null, '2022': null }",
    "targets: { '2021': null, '2022': null }\n    floors",
    ['floor-without-number'],
  ),
  'range-misplaced': slip(
    I,
    "targets: { '2021': 5, '2022': 6 }",
    "targets: { '2021': 5, '2022': { min: 6, max: 7 } }",
  ),
  'range-reversed': slip(I, '{ min: 3, max: 4 }', '{ min: 4, max: 3 }'),
  'target-falls': slip(I, "targets: { '2021': 40, '2022': 100 }", "targets: { '2021': 40, '2022': 10 }"),
  'floor-without-number': slip(I, "floors: [ '2022' ]", "floors: [ '2021' ]"),
  'span-wrong': slip(
    I,
    '    milestones:\n',
    "    spans: { '2022': { years: [ '2021' ], certain: false, note: x } }\n    milestones:\n",
    "spans: { '2022'",
    ['span-text-differs'],
  ),
  'span-text-differs': slip(
    I,
    '    milestones:\n',
    "    spans: { '2021': { years: [ '2021', '2022' ], certain: false, note: x } }\n    milestones:\n",
    "'2022': 有效运行 }",
  ),
  'baseline-too-late': slip(I, 'at: 2020-12-31', 'at: 2021-01-01'),
  'weight-missing': slip(I, 'rule: weighted, weight: population', 'rule: weighted'),
  'weight-misplaced': slip(I, 'rule: sum,', 'rule: sum, weight: population,'),
  'sum-without-reports': slip(I, '{ reports: true, rule: sum', '{ reports: false, rule: sum'),
  'light-unfit': slip(I, 'light: own-year', 'light: stages'),
  'kind-without-light': slip(
    'lights.yaml',
    'appliesTo: [ rate, range, floor ]',
    'appliesTo: [ range, floor ]',
    'kind: rate',
    undefined,
  ),
  'kind-with-two-lights': slip(
    'lights.yaml',
    'appliesTo: [ rate, range, floor ]',
    'appliesTo: [ rate, range, floor, stock ]',
  ),
  'light-bounds': slip('lights.yaml', 'risk: 0.5', 'risk: 1'),
  'unknown-placeholder': slip('lights.yaml', '应到{required}', '应到{requierd}'),
} satisfies Partial<Record<FaultCode, FaultCase>>;
PLAN_CASES['kind-without-light'].file = I;

const layer = (from: string, to: string, id = 'all-years') =>
  `  - id: ${id}\n    file: shapes/all-years.geojson\n    validFrom: ${from}\n    validTo: ${to}\n    crs: { name: WGS-84, verified: true, note: { zh: 注, en: note } }\n    source: survey\n    licence: { spdx: CC0-1.0, file: shapes/LICENSE }\n`;
const name = (from: string, to: string) =>
  `      - { zh: 云洲市教育局, en: Yunzhou Education Office, short: 教育局, from: ${from}, to: ${to}, source: plan-2021, verified: true }`;
const EDUCATION = name('null', 'null');
/** Makes 教育局 end and be succeeded by the given entry. */
const ended = (...successors: string[]) =>
  change(
    D,
    `${EDUCATION}\n    successors: []`,
    `${name('null', '2021-06-30')}\n    successors:\n${successors.map((text) => `      - ${text}\n`).join('')}`,
  );
const next = (to: string, from: string, kind: string) =>
  `{ to: ${to}, from: ${from}, kind: ${kind}, source: yearbook, verified: true }`;

/** Faults of departments, regions, boundaries, population, calendar, accounts and periods. */
export const PLACE_CASES = {
  'unknown-department': slip(I, 'lead: [ education ]', 'lead: [ educaton ]'),
  'unknown-region': slip('roles.yaml', 'region: west', 'region: wset'),
  'adcode-outside-province': slip(R, "code: '990102'", "code: '880102'"),
  'city-code-differs': slip(R, "code: '990100'", "code: '990200'", '    codes:'),
  'period-reversed': slip(D, EDUCATION, name('2021-02-01', '2021-01-01'), '云洲市教育局', [
    'ends-without-successor',
  ]),
  'validity-overlaps': slip(D, 'from: 2022-03-01', 'from: 2022-02-28'),
  'validity-gap': {
    edits: [
      {
        file: 'boundaries.yaml',
        write: `layers:\n${layer('2021-01-01', '2021-12-31', 'one')}${layer('2022-01-02', 'null', 'two')}`,
      },
    ],
    file: 'boundaries.yaml',
    at: 'id: two',
  },
  'successor-itself': {
    edits: [ended(next('education', '2021-07-01', 'renamed'))],
    file: D,
    at: 'to: education',
  },
  'successor-cycle': {
    edits: [
      ended(next('patent-office', '2021-07-01', 'merged')),
      change(D, 'to: market-office, from: 2022-01-01', 'to: education, from: 2022-01-01'),
    ],
    file: D,
    at: 'to: education',
  },
  'successor-too-early': {
    edits: [ended(next('market-office', '2021-07-01', 'merged'))],
    file: D,
    at: 'from: 2021-07-01',
  },
  'successor-without-end': slip(D, 'to: 2021-12-31', 'to: null', 'to: market-office'),
  'ends-without-successor': slip(D, EDUCATION, name('null', '2022-06-30')),
  'successor-kind': slip(D, 'kind: merged', 'kind: split', '    successors:\n'),
  'members-on-single': slip(D, 'region: east\n', 'region: east\n    members: []\n', 'members: []'),
  'members-missing': slip(D, '    members: [ gov-east, gov-west ]\n', '', 'id: counties'),
  'no-city-region': slip(R, 'kind: city\n    parent: null', 'kind: county\n    parent: null', 'regions:', [
    'parent-missing',
    'region-without-shape',
  ]),
  'parent-missing': slip(
    R,
    'kind: park\n    parent: yunzhou',
    'kind: park\n    parent: null',
    'parent: null\n    names:\n      - { zh: 云洲港区',
  ),
  'parent-cycle': {
    edits: [
      change(
        R,
        'id: east\n    kind: county\n    parent: yunzhou',
        'id: east\n    kind: county\n    parent: west',
      ),
      change(
        R,
        'id: west\n    kind: county\n    parent: yunzhou',
        'id: west\n    kind: county\n    parent: east',
      ),
    ],
    file: R,
    at: 'parent: west',
  },
  'code-shared': slip(R, "code: '990181'", "code: '990102'"),
  'keyword-shared': slip(R, 'text: 西屏市', 'text: 东渡区'),
  'region-not-valid': slip(
    R,
    'from: null, to: 2022-02-28, source: plan-2021',
    'from: 2021-01-01, to: 2022-02-28, source: plan-2021',
    'region: west, year: 2020',
    undefined,
  ),
  'region-without-shape': {
    edits: [
      change(
        S,
        '{"type":"Feature","properties":{"region":"west"}',
        '{"type":"Feature","properties":{"region":"harbour"}',
      ),
    ],
    file: 'boundaries.yaml',
    at: 'file: shapes/all-years.geojson',
  },
  'region-drawn-twice': slip(S, '"region":"west"', '"region":"east"', 3, ['region-without-shape']),
  'ring-open': slip(S, '[100,11],[100,10]]]}', '[100,11],[100,10.5]]]}'),
  'not-degrees': slip(S, '[99,11]', '[13400000,11]'),
  'crs-unverified': slip('boundaries.yaml', 'verified: true', 'verified: false'),
  'population-not-reliable': slip(
    'population.yaml',
    'value: 402000, kind: resident, basis: printed',
    'value: 402000, kind: resident, basis: approximation',
  ),
  'population-missing': slip(
    'population.yaml',
    'region: yunzhou, year: 2021',
    'region: harbour, year: 2021',
    'rows:',
  ),
  'population-sum': slip('population.yaml', 'value: 402000', 'value: 302000', 'value: 1010000'),
  'calendar-year-missing': {
    edits: [
      change('calendar.yaml', 'year: 2022', 'year: 2023'),
      change('calendar.yaml', 'lastNoticeYear: 2022', 'lastNoticeYear: 2023'),
    ],
    file: 'calendar.yaml',
    at: 'years:',
    also: ['calendar-day-outside'],
  },
  'calendar-last-notice': slip('calendar.yaml', 'lastNoticeYear: 2022', 'lastNoticeYear: 2023'),
  'calendar-day-twice': slip('calendar.yaml', '2021-07-06', '2021-07-05', 11),
  'calendar-day-outside': slip('calendar.yaml', '2021-07-06', '2024-07-06'),
  'workday-not-weekend': slip('calendar.yaml', '2021-07-10', '2021-07-09'),
  'no-year-period': slip('reporting.yaml', 'kind: year', 'kind: quarter', 'periods:'),
} satisfies Partial<Record<FaultCode, FaultCase>>;
PLACE_CASES['region-not-valid'].file = 'population.yaml';
