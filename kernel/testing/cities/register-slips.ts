import type { FaultCode } from '#kernel/city/faults';
import type { Path } from './fault-cases.ts';

const A = 'registers/alliances.yaml';
const F = 'registers/strong-firms.yaml';
const C = 'registers/certified-firms.yaml';
const E = 'registers/economic-figures.yaml';

/** One value set in a register's file; the fault is reported at `at`, which is the same place unless it is said. */
export interface RegisterSlip {
  what: string;
  file: string;
  set: Path;
  to: unknown;
  code: FaultCode;
  at: Path;
}

/** Slips of one sort in one file: what it is, where, what is written there, and where it is reported. */
function slips(file: string, code: FaultCode, rows: [string, Path, unknown, Path?][]): RegisterSlip[] {
  return rows.map(([what, set, to, at]) => ({ what, file, code, set, to, at: at ?? set }));
}

/** Place of a field of a register. */
const field = (key: string, ...more: Path): Path => ['schema', 'properties', key, ...more];
/** Place of a column of a list. */
const column = (list: string, key: string, ...more: Path): Path =>
  field(list, 'items', 'properties', key, ...more);
const criterion = (step: number, index: number, ...more: Path): Path => [
  'ladder',
  'steps',
  step,
  'criteria',
  index,
  ...more,
];
const figure = (measure: number, key: string): Path => ['measures', measure, 'figure', key];
const where = (measure: number, ...more: Path): Path => ['measures', measure, 'where', ...more];

/** Ways in which the registers of 云洲 may be wrong, beyond the one of each fault in `fault-cases-registers.ts`. */
export const REGISTER_SLIPS: RegisterSlip[] = [
  ...slips(A, 'register-unknown-field', [
    ['an unknown title', ['entry', 'title'], 'nam'],
    ['an unknown column', ['list', 0], 'nam'],
    ['an unknown required field', ['schema', 'required', 0], 'nam'],
    ['a condition on an unknown field', where(3, 'pool'), true],
    ['demonstration of an unknown field', ['demo', 'values', 'size'], [1]],
  ]),
  ...slips(F, 'register-unknown-field', [
    ['an unknown required column', field('revenue', 'items', 'required', 0), 'years'],
    ['growth of an unknown column', figure(4, 'amount'), 'capital'],
    [
      'a criterion that asks a field of the wrong register',
      criterion(1, 1, 'test', 'where', 'tier'),
      'pilot',
    ],
  ]),
  ...slips(A, 'register-field-unfit', [
    ['a choice as title', ['entry', 'title'], 'industry'],
    ['a list as key', ['entry', 'keys', 0, 0], 'members'],
    ['a list as facet', ['facets', 0], 'technologies'],
    ['a date as facet', ['facets', 0], 'foundedOn'],
    ['a year as first day', ['validity', 'from'], 'poolSize'],
    ['a text as last day', ['validity', 'to'], 'note'],
    ['a text counted as a list', figure(2, 'list'), 'name'],
  ]),
  ...slips(F, 'register-field-unfit', [
    ['a computed key', ['entry', 'keys', 0, 0], 'intensity'],
    ['a text as organisation', ['entry', 'organisation', 'name'], 'industry'],
    ['a text as code', ['entry', 'organisation', 'code'], 'address'],
    ['a number as address', ['entry', 'organisation', 'address'], 'patents'],
    ['a number as industry', ['entry', 'industry'], 'patents'],
    ['a number as day of a re-check', ['rechecks', 0, 'from', 1], 'founded'],
    ['a text that is divided', ['computed', 0, 'divide', 1], 'industry'],
    ['a year that is divided', ['computed', 0, 'divide', 1], 'founded'],
    ['a ladder over a text', ['ladder', 'field'], 'industry'],
    ['a sum over a year', figure(3, 'field'), 'founded'],
    ['growth of single values', figure(4, 'list'), 'corePatents'],
    ['growth by an amount', figure(4, 'year'), 'amount'],
    ['growth of a year', figure(4, 'amount'), 'year'],
    ['values of a list', figure(2, 'distinct'), 'revenue'],
  ]),
  ...slips(C, 'register-field-unfit', [['a file as key', ['entry', 'keys', 0, 0], 'scan']]),
  ...slips(E, 'register-field-unfit', [
    ['a statistic of a text', figure(0, 'field'), 'label'],
    ['a statistic by a number', figure(0, 'year'), 'value'],
  ]),
  ...slips(F, 'register-field-optional', [['an optional first day', ['validity', 'from'], 'checkedOn']]),
  ...slips(A, 'register-field-optional', [['an optional title', ['entry', 'title'], 'filingNo']]),
  ...slips(A, 'register-field-twice', [
    ['a facet twice', ['facets', 1], 'industry'],
    ['a required field twice', ['schema', 'required', 1], 'name'],
    ['a key twice in a combination', ['entry', 'keys', 1, 1], 'name'],
  ]),
  ...slips(F, 'register-field-twice', [
    ['a day of a re-check twice', ['rechecks', 0, 'from', 1], 'since'],
    ['a required column twice', field('revenue', 'items', 'required', 1), 'year'],
  ]),
  ...slips(F, 'duplicate-id', [
    [
      'a re-check twice',
      ['rechecks', 1],
      {
        id: 'yearly',
        title: { zh: '复核', en: 'Check' },
        from: ['since'],
        months: 6,
        basis: { text: '复核。', source: 'plan-2021', verified: false },
      },
      ['rechecks', 1, 'id'],
    ],
    ['a step twice', ['ladder', 'steps', 1, 'value'], 'pilot'],
    ['a criterion twice', criterion(1, 1, 'id'), 'patents'],
    ['a measure twice', ['measures', 1, 'id'], 'firms'],
    [
      'a computed field twice',
      ['computed', 1],
      {
        id: 'intensity',
        title: '密度',
        'x-en': { title: 'Density' },
        unit: { zh: '件', en: 'patents' },
        decimals: 1,
        divide: ['patents', 'employees'],
        scale: 1,
      },
      ['computed', 1, 'id'],
    ],
  ]),
  ...slips(A, 'duplicate-id', [['a choice twice', field('industry', 'oneOf', 1, 'const'), 'shipbuilding']]),
  ...slips(F, 'period-reversed', [
    ['a criterion that ends before it begins', criterion(1, 0, 'to'), '2020-12-31'],
  ]),
  ...slips(F, 'register-unknown-register', [
    ['a criterion over an unknown register', criterion(1, 1, 'test', 'register'), 'certified'],
  ]),
  ...slips(F, 'register-without-organisation', [
    [
      'a criterion over a register that knows no organisations',
      criterion(1, 1, 'test'),
      { register: 'alliances', atLeast: 1 },
      criterion(1, 1, 'test', 'register'),
    ],
  ]),
  ...slips(A, 'register-without-organisation', [
    ['organisations counted where none are', figure(0, 'distinct'), 'organisation'],
  ]),
  ...slips(A, 'register-value-unfit', [
    ['a text for yes or no', where(3, 'sharesPool'), 'yes'],
    ['a value of rows', where(0), { members: 'x' }, where(0, 'members')],
    ['an IPC symbol that is none', ['demo', 'values', 'technologies', 0], 'ships'],
    ['demonstration beyond a bound', ['demo', 'values', 'poolSize', 0], -1],
    ['demonstration that misses a pattern', ['demo', 'values', 'filingNo', 0], 'YZ-1'],
    ['demonstration that is too long', ['demo', 'values', 'name', 0], '长'.repeat(61)],
    ['demonstration of rows', ['demo', 'values', 'members', 0], 'x'],
  ]),
  ...slips(F, 'register-value-unfit', [
    ['a day that does not exist', where(3, 'since', 'lte'), '2021-02-30'],
    ['the day for a number', where(3, 'patents'), { gte: '@day' }, where(3, 'patents', 'gte')],
    ['fen with a fraction', where(3, 'capital'), { gte: 1.5 }, where(3, 'capital', 'gte')],
    ['a year far away', where(3, 'founded', 'gte'), 20_000],
    ['a number for a text', where(3, 'industry'), 5],
    ['a wrong check digit', ['demo', 'values', 'code', 0], '91990102MA1Y00018X'],
    ['a code not as it is stored', ['demo', 'values', 'code', 0], '91990102ma1y00018p'],
  ]),
  ...slips(C, 'register-value-unfit', [
    ['demonstration that is too short', ['demo', 'values', 'certificate', 0], '12'],
  ]),
  ...slips(E, 'register-value-unfit', [
    ['a demonstration row out of bounds', ['demo', 'rows', 0, 'year'], 1999],
    ['a demonstration row with the day for a date', ['demo', 'rows', 0, 'publishedOn'], '@day'],
  ]),
  ...slips(E, 'register-unknown-choice', [
    ['a demonstration row with an unknown choice', ['demo', 'rows', 0, 'item'], 'gnp'],
  ]),
  ...slips(F, 'register-unknown-choice', [
    ['an unknown choice among several', where(1, 'tier'), ['pilot', 'gold'], where(1, 'tier', 1)],
    ['an unknown choice that is excluded', ['rechecks', 0, 'where', 'tier', 'not', 0], 'gold'],
  ]),
  ...slips(F, 'register-operator-unfit', [
    ['bounds of a region', where(1, 'region'), { gt: 'east' }, where(1, 'region', 'gt')],
  ]),
  ...slips(F, 'unknown-region', [['an unknown region', where(1, 'region'), 'south']]),
  ...slips(C, 'register-limits-reversed', [['lengths reversed', field('certificate', 'minLength'), 50]]),
  ...slips(A, 'register-limits-reversed', [['bounds reversed', field('poolSize', 'minimum'), 200_000]]),
  ...slips(F, 'register-money-form', [
    ['money in a column that is no whole number', column('revenue', 'amount', 'type'), 'number'],
    ['a unit of money on a count', field('patents', 'x-money'), 'wan'],
  ]),
  ...slips(F, 'register-former-key', [
    ['an earlier key twice', field('patents', 'x-formerly', 0), 'staff'],
    ['an earlier key of itself', field('patents', 'x-formerly', 0), 'patents'],
    ['an earlier key that is computed', field('listed', 'x-formerly', 0), 'intensity'],
    ['an earlier key of a column that lives', column('revenue', 'year', 'x-formerly', 0), 'amount'],
  ]),
  ...slips(F, 'register-computed-filled', [
    [
      'a demonstration row with a computed field',
      ['demo', 'rows'],
      [{ name: '云洲船厂', region: 'east', tier: 'pilot', since: '2021-01-01', intensity: 3 }],
      ['demo', 'rows', 0, 'intensity'],
    ],
  ]),
  ...slips(F, 'register-key-reserved', [
    ['a computed field that programs use themselves', ['computed', 0, 'id'], 'valueOf'],
    [
      'a column that programs use themselves',
      column('revenue', 'toString'),
      { type: 'boolean', title: '新', 'x-en': { title: 'New' } },
    ],
  ]),
  ...slips(A, 'unknown-department', [['an unknown keeper', ['keeper', 'department'], 'patent-offices']]),
  ...slips(A, 'unknown-source', [['an unknown source', ['basis', 0, 'source'], 'plan-2020']]),
  ...slips(C, 'unknown-source', [
    ['an unknown source of the validity', ['validity', 'basis', 'source'], 'law'],
    ['an unknown source of a re-check', ['rechecks', 0, 'basis', 'source'], 'law'],
  ]),
  ...slips(F, 'unknown-source', [
    ['an unknown source of a criterion', criterion(2, 0, 'basis', 'source'), 'law'],
  ]),
  ...slips(A, 'bad-format', [
    ['a prefix in small letters', ['prefix'], 'lm'],
    ['a choice with blanks', field('industry', 'oneOf', 0, 'const'), 'ship building'],
  ]),
  ...slips(A, 'not-one-of', [
    ['a type that is none, in a column', column('members', 'name', 'type'), 'text'],
    ['a list of lists', field('technologies', 'items', 'type'), 'array'],
  ]),
  ...slips(F, 'not-one-of', [['a figure that is none', figure(3, 'kind'), 'mean']]),
  ...slips(A, 'unknown-key', [['a key of another type', field('name', 'minimum'), 3]]),
  ...slips(F, 'unknown-key', [['an operator that is none', where(3, 'founded', 'ge'), 2000]]),
  ...slips(F, 'wrong-form', [['a condition without a value', where(3, 'founded'), null]]),
];
