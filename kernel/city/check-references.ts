import { checkUnique, type Draft, type FileKey } from './draft.ts';
import type { Path } from './faults.ts';

/** Checks roles.yaml. */
export function checkAccounts(draft: Draft): void {
  const text = draft.texts.get('roles');
  if (!text) return;
  const { accounts, faults, known } = draft;
  checkUnique(
    draft,
    'roles',
    accounts.map((row) => ({ id: row.value.account, path: [...row.path, 'account'] })),
  );
  for (const { value, path } of accounts) {
    if (value.department !== null && known.departments && !known.departments.has(value.department)) {
      faults.unknown(
        { text, path: [...path, 'department'] },
        'unknown-department',
        value.department,
        known.departments,
      );
    }
    if (value.region !== null && known.regions && !known.regions.has(value.region)) {
      faults.unknown({ text, path: [...path, 'region'] }, 'unknown-region', value.region, known.regions);
    }
  }
}

/** Every `source` anywhere in the pack names an entry of `sources` in city.yaml. */
export function checkSources(draft: Draft): void {
  const known = draft.known.sources;
  if (!known) return;
  const check = (file: FileKey, path: Path, source: string): void => {
    const text = draft.texts.get(file);
    if (text && !known.has(source)) draft.faults.unknown({ text, path }, 'unknown-source', source, known);
  };
  if (draft.plan) check('plan', ['source'], draft.plan.source);
  if (draft.calendar) check('calendar', ['source'], draft.calendar.source);
  for (const { value, path } of draft.layers) check('boundaries', [...path, 'source'], value.source);
  for (const { value, path } of draft.population) check('population', [...path, 'source'], value.source);
  const dated: [FileKey, Path, { source: string }[]][] = [
    ...draft.departments.flatMap(({ value, path }): [FileKey, Path, { source: string }[]][] => [
      ['departments', [...path, 'names'], value.names],
      ['departments', [...path, 'successors'], value.successors],
    ]),
    ...draft.regions.flatMap(({ value, path }): [FileKey, Path, { source: string }[]][] => [
      ['regions', [...path, 'names'], value.names],
      ['regions', [...path, 'codes'], value.codes],
      ['regions', [...path, 'successors'], value.successors],
    ]),
  ];
  for (const [file, path, entries] of dated) {
    for (const [i, entry] of entries.entries()) check(file, [...path, i, 'source'], entry.source);
  }
}
