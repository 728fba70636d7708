import type { FaultCode } from '#kernel/city/faults';
import { type FaultCase, type Path, set, slip, unset } from './fault-cases.ts';

const A = 'registers/alliances.yaml';
const F = 'registers/strong-firms.yaml';
const E = 'registers/economic-figures.yaml';

/** Place of a field of a register. */
const field = (key: string, ...path: Path): Path => ['schema', 'properties', key, ...path];
/** Place of a step's criterion in the ladder of the firms. */
const criterion = (step: number, index: number, ...path: Path): Path => [
  'ladder',
  'steps',
  step,
  'criteria',
  index,
  ...path,
];

/** A field of text that is added to the alliances. */
const added = (key: string, more: Record<string, unknown> = {}) =>
  set(A, field(key), { type: 'string', title: '新', 'x-en': { title: 'New' }, ...more }, `${key}:`);

/** Faults of the declarations of registers. */
export const REGISTER_CASES = {
  'declarations-not-a-folder': {
    edits: [
      { file: 'registers', remove: true },
      { file: 'registers', write: 'id: alliances' },
    ],
    file: 'registers',
    at: 1,
  },
  'declarations-stray-file': {
    edits: [{ file: 'registers/schools.yml', write: 'id: schools' }],
    file: 'registers/schools.yml',
    at: 1,
  },
  'register-file-name': set(A, ['id'], 'leagues', 'id: leagues'),
  'register-twice': {
    ...set(E, ['id'], 'alliances', 'id: alliances'),
    also: ['register-file-name'],
  },
  'register-prefix-taken': set(F, ['prefix'], 'LM', 'prefix: LM'),
  'register-unknown-register': set(A, field('leader', 'x-register'), 'strong-firm', 'strong-firm'),
  'register-unknown-field': set(A, ['facets', 0], 'industri', 'industri'),
  'register-field-unfit': set(A, ['entry', 'region'], 'industry', 'region: industry'),
  'register-field-optional': set(A, ['schema', 'required'], ['name', 'industry'], 'from: foundedOn'),
  'register-field-twice': set(A, ['list', 1], 'name', 'list: ['),
  'register-title-internal': set(A, field('name', 'x-internal'), true, 'title: name'),
  'register-key-reserved': added('constructor'),
  'register-facet-taken': {
    edits: [...added('state').edits, { file: A, set: ['facets', 0], to: 'state' }],
    file: A,
    at: 'state',
  },
  'register-former-key': set(A, field('poolSize', 'x-formerly'), ['endsOn'], 'endsOn'),
  'register-computed-taken': set(F, ['computed', 0, 'id'], 'patents', 'id: patents', [
    'register-unknown-field',
  ]),
  'register-computed-required': set(F, ['schema', 'required', 4], 'intensity', 'intensity'),
  'register-computed-filled': set(F, ['demo', 'values', 'intensity'], [1], 'intensity:'),
  'register-pattern-broken': set(A, field('filingNo', 'pattern'), '^YZ-(', '^YZ-('),
  'register-pattern-silent': unset(A, field('filingNo', 'x-pattern-says'), 'pattern:'),
  'register-limits-reversed': set(A, field('members', 'maxItems'), 1, 'minItems: 2'),
  'register-money-form': unset(F, field('capital', 'x-money'), 'format: money'),
  'register-year-form': set(F, field('founded', 'type'), 'number', 'type: number'),
  'register-choice-limited': set(A, field('industry', 'maxLength'), 9, 'maxLength: 9'),
  'register-reference-open': unset(A, field('leader', 'x-register'), 'format: reference'),
  'register-reference-idle': set(
    A,
    field('website', 'x-register'),
    'strong-firms',
    'x-register: strong-firms',
  ),
  'register-counties-without-region': unset(A, ['entry', 'region'], 'counties: propose'),
  'register-never-ends': unset(A, ['validity', 'to'], 'expires: true'),
  'register-without-organisation': unset(
    'registers/certified-firms.yaml',
    ['entry', 'organisation'],
    'distinct: organisation',
  ),
  'register-unknown-choice': set(F, ['ladder', 'steps', 1, 'value'], 'demo', 'value: demo'),
  'register-value-unfit': set(F, ['measures', 3, 'where', 'founded', 'gte'], '2000', 'founded:'),
  'register-operator-unfit': set(F, ['measures', 1, 'where', 'tier'], { gte: 'pilot' }, 'gte: pilot'),
  'register-test-empty': set(F, criterion(2, 0, 'test', 'where', 'intensity'), {}, 'intensity: {}'),
  'register-demo-missing': unset(E, ['demo', 'rows', 2, 'value'], '西屏县2020年'),
  'register-demo-twice': set(E, ['demo', 'rows', 1, 'region'], 'yunzhou', '东渡区2020年'),
  'register-unknown-measure': slip(
    'indicators.yaml',
    'id: patents.pct-applications',
    'id: registers.alliances.in-forse',
  ),
} satisfies Partial<Record<FaultCode, FaultCase>>;
