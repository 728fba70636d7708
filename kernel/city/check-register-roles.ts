import type { Path } from './faults.ts';
import type { RegisterCheck, Role } from './register-check.ts';
import { AMOUNTS, type FieldKind, KIND_NAMES } from './register-fields.ts';

const SINGLE = (Object.keys(KIND_NAMES) as FieldKind[]).filter(
  (kind) => !['values', 'rows', 'file', 'computed'].includes(kind),
);

/** What fields are used for. */
const ROLES = {
  // The title is shown as it is stored: a code of a choice, region or entry would say nothing to people.
  title: { zh: '条目名称', en: 'the title', kinds: ['text', 'organisation', 'person', 'patent-number'] },
  key: { zh: '识别条目的键', en: 'a key', kinds: SINGLE },
  region: { zh: '条目所属地区', en: 'the entry’s region', kinds: ['region'] },
  industry: { zh: '条目所属产业', en: 'the entry’s industry', kinds: ['choice', 'text', 'ipc'] },
  name: { zh: '单位名称', en: 'the organisation’s name', kinds: ['organisation'] },
  code: { zh: '单位代码', en: 'the organisation’s code', kinds: ['uscc'] },
  address: { zh: '单位地址', en: 'the organisation’s address', kinds: ['text', 'long-text'] },
  facet: {
    zh: '筛选项',
    en: 'a facet',
    kinds: ['choice', 'region', 'year', 'boolean', 'organisation', 'reference', 'text'],
  },
  from: { zh: '有效期首日', en: 'the first day', kinds: ['date'] },
  to: { zh: '有效期末日', en: 'the last day', kinds: ['date'] },
  recheck: { zh: '复核的起算日', en: 'the day from which a re-check counts', kinds: ['date'] },
  divided: { zh: '计算的分子或分母', en: 'a number to divide', kinds: AMOUNTS },
} satisfies Record<string, Role>;

/** Words that lists and figures already use for something of every entry. */
const FACETS_TAKEN: ReadonlySet<string> = new Set([
  'no',
  'state',
  'due',
  'quarter',
  'validFrom',
  'validTo',
  'updatedAt',
]);

/** Checks what a declaration says about its fields: title, keys, region, organisation, list, facets, validity, re-checks. */
export function checkRegisterRoles(check: RegisterCheck): void {
  checkEntry(check);
  const { list, facets, computed = [] } = check.value;
  check.unique(list, 'register-field-twice', (i) => ['list', i]);
  for (const [i, key] of list.entries()) check.field(key, ['list', i]);
  check.unique(facets, 'register-field-twice', (i) => ['facets', i]);
  for (const [i, key] of facets.entries()) {
    if (FACETS_TAKEN.has(key)) check.add(['facets', i], 'register-facet-taken', { id: key });
    check.serving(key, ['facets', i], ROLES.facet);
  }
  for (const [i, { divide }] of computed.entries())
    for (const [j, key] of divide.entries()) check.serving(key, ['computed', i, 'divide', j], ROLES.divided);
  checkValidity(check);
}

function checkEntry(check: RegisterCheck): void {
  const { entry, keeper } = check.value;
  const title = check.serving(entry.title, ['entry', 'title'], ROLES.title);
  if (title?.def?.['x-internal'])
    check.add(['entry', 'title'], 'register-title-internal', { id: entry.title });
  mustBeRequired(check, entry.title, ['entry', 'title'], ROLES.title);
  for (const [i, keys] of entry.keys.entries()) {
    check.unique(keys, 'register-field-twice', (j) => ['entry', 'keys', i, j]);
    for (const [j, key] of keys.entries()) check.serving(key, ['entry', 'keys', i, j], ROLES.key);
  }
  for (const role of ['region', 'industry'] as const) {
    const key = entry[role];
    if (key !== undefined) check.serving(key, ['entry', role], ROLES[role]);
  }
  for (const role of ['name', 'code', 'address'] as const) {
    const key = entry.organisation?.[role];
    if (key !== undefined) check.serving(key, ['entry', 'organisation', role], ROLES[role]);
  }
  if (keeper.counties !== 'none' && entry.region === undefined) {
    const [mayZh, mayEn] = keeper.counties === 'keep' ? ['维护', 'keep'] : ['提出', 'propose'];
    check.add(['keeper', 'counties'], 'register-counties-without-region', { mayZh, mayEn });
  }
}

function checkValidity(check: RegisterCheck): void {
  const { validity, rechecks = [] } = check.value;
  check.serving(validity.from, ['validity', 'from'], ROLES.from);
  mustBeRequired(check, validity.from, ['validity', 'from'], ROLES.from);
  if (validity.to !== undefined) check.serving(validity.to, ['validity', 'to'], ROLES.to);
  else if (validity.expires && validity.months === undefined)
    check.add(['validity', 'expires'], 'register-never-ends');
  check.unique(
    rechecks.map(({ id }) => id),
    'duplicate-id',
    (i) => ['rechecks', i, 'id'],
  );
  for (const [i, { from }] of rechecks.entries()) {
    check.unique(from, 'register-field-twice', (j) => ['rechecks', i, 'from', j]);
    for (const [j, key] of from.entries()) check.serving(key, ['rechecks', i, 'from', j], ROLES.recheck);
  }
}

function mustBeRequired(check: RegisterCheck, key: string, path: Path, role: Role): void {
  const field = check.fields.get(key);
  if (!field || field.kind === 'computed' || field.required) return;
  check.add(path, 'register-field-optional', { id: key, roleZh: role.zh, roleEn: role.en });
}
