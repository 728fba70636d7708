import { checkPeriods, checkSuccession, findCycles } from './check-succession.ts';
import { checkUnique, type Draft } from './draft.ts';
import type { Region } from './schema.ts';
import { periodsOverlap } from './timeline.ts';

/** Checks departments.yaml. */
export function checkDepartments(draft: Draft): void {
  const text = draft.texts.get('departments');
  if (!text) return;
  const { faults, departments } = draft;
  checkUnique(
    draft,
    'departments',
    departments.map((row) => ({ id: row.value.id, path: [...row.path, 'id'] })),
  );
  checkSuccession(draft, 'departments', departments, 'unknown-department');
  for (const { value, path } of departments) {
    if (value.region !== undefined && draft.known.regions && !draft.known.regions.has(value.region)) {
      faults.unknown(
        { text, path: [...path, 'region'] },
        'unknown-region',
        value.region,
        draft.known.regions,
      );
    }
    if (value.kind === 'group' && !value.members) faults.add({ text, path }, 'members-missing');
    if (value.kind !== 'group' && value.members) {
      faults.add({ text, path: [...path, 'members'], on: 'key' }, 'members-on-single');
    }
    const known = draft.known.departments;
    for (const [i, member] of (value.members ?? []).entries()) {
      if (known && !known.has(member)) {
        faults.unknown({ text, path: [...path, 'members', i] }, 'unknown-department', member, known);
      }
    }
  }
}

/** Checks city.yaml and regions.yaml. */
export function checkRegions(draft: Draft): void {
  const { city, faults, regions } = draft;
  const cityText = draft.texts.get('city');
  if (city && cityText) {
    checkUnique(
      draft,
      'city',
      city.sources.map((source, i) => ({ id: source.id, path: ['sources', i, 'id'] })),
    );
    if (city.adcode.slice(0, 2) !== city.province.adcode.slice(0, 2)) {
      faults.add({ text: cityText, path: ['adcode'] }, 'adcode-outside-province', {
        code: city.adcode,
        parent: city.province.adcode,
      });
    }
  }
  const text = draft.texts.get('regions');
  if (!text) return;
  checkUnique(
    draft,
    'regions',
    regions.map((row) => ({ id: row.value.id, path: [...row.path, 'id'] })),
  );
  checkSuccession(draft, 'regions', regions, 'unknown-region');
  checkParents(draft);
  checkCodes(draft);
  const owner = new Map<string, Region>();
  for (const { value, path } of regions) {
    for (const [i, keyword] of value.addressKeywords.entries()) {
      const other = owner.get(keyword.text);
      const place = { text, path: [...path, 'addressKeywords', i] };
      if (other) faults.add(place, 'keyword-shared', { keyword: keyword.text, id: other.id });
      else owner.set(keyword.text, value);
    }
  }
}

function checkParents(draft: Draft): void {
  const text = draft.texts.get('regions')!;
  const { faults, regions, known } = draft;
  const allSound = regions.length === known.regions?.size;
  const cities = regions.filter((row) => row.value.kind === 'city');
  if (allSound && cities.length !== 1) faults.add({ text, path: ['regions'], on: 'key' }, 'no-city-region');
  for (const { value, path } of regions) {
    const place = { text, path: [...path, 'parent'] };
    if (value.kind === 'city') {
      if (value.parent !== null) faults.add(place, 'no-city-region');
    } else if (value.parent === null) faults.add(place, 'parent-missing');
    else if (known.regions && !known.regions.has(value.parent)) {
      faults.unknown(place, 'unknown-region', value.parent, known.regions);
    } else if (value.parent === value.id) {
      faults.add(place, 'parent-cycle', { cycle: `${value.id} → ${value.id}` });
    }
  }
  const parentOf = new Map(regions.map((row) => [row.value.id, row.value.parent]));
  const links = (id: string) =>
    [parentOf.get(id)].filter((parent): parent is string => typeof parent === 'string');
  for (const cycle of findCycles([...parentOf.keys()], links)) {
    const row = regions.find((candidate) => candidate.value.id === cycle[0])!;
    faults.add({ text, path: [...row.path, 'parent'] }, 'parent-cycle', { cycle: cycle.join(' → ') });
  }
}

function checkCodes(draft: Draft): void {
  const text = draft.texts.get('regions')!;
  const { city, faults, regions } = draft;
  const seen: { id: string; code: Region['codes'][number] }[] = [];
  for (const { value, path } of regions) {
    checkPeriods(draft, text, [...path, 'codes'], value.codes);
    for (const [i, code] of value.codes.entries()) {
      const place = { text, path: [...path, 'codes', i, 'code'] };
      const other = seen.find(
        (entry) => entry.id !== value.id && entry.code.code === code.code && periodsOverlap(entry.code, code),
      );
      if (other) faults.add(place, 'code-shared', { code: code.code, id: other.id });
      seen.push({ id: value.id, code });
      if (city && value.kind !== 'city' && code.code.slice(0, 4) !== city.adcode.slice(0, 4)) {
        faults.add(place, 'adcode-outside-province', { code: code.code, parent: city.adcode });
      }
    }
    if (city && value.kind === 'city' && !value.codes.some((code) => code.code === city.adcode)) {
      faults.add({ text, path: [...path, 'codes'], on: 'key' }, 'city-code-differs', { code: city.adcode });
    }
  }
}
