import { checkRegisterDemo } from './check-register-demo.ts';
import { checkRegisterFields } from './check-register-fields.ts';
import { checkRegisterRoles } from './check-register-roles.ts';
import { checkRegisterRules } from './check-register-rules.ts';
import type { Draft } from './draft.ts';
import { didYouMean, type Path } from './faults.ts';
import { REGISTERS_FOLDER } from './read-folder.ts';
import { RegisterCheck } from './register-check.ts';

/** What stands beside a rule: the id of its source. */
type Basis = { source: string };

/** Beginning of the ids of measures that registers offer: `registers.<register>.<measure>`. */
const MEASURES = 'registers.';

/** Checks the declarations of registers: each by itself, and what they say about each other and the rest of the pack. */
export function checkRegisters(draft: Draft): void {
  checkNames(draft);
  for (const file of draft.registers) {
    if (!file.text || !file.value) continue;
    const check = new RegisterCheck(draft, { ...file, text: file.text }, file.value);
    checkKeeper(check);
    checkBases(check);
    checkRegisterFields(check);
    checkRegisterRoles(check);
    checkRegisterRules(check);
    checkRegisterDemo(check);
  }
  checkMeasured(draft);
}

/** Every register has an id, the one of its file, and letters for its numbers that no other has. */
function checkNames(draft: Draft): void {
  const ids = new Map<string, string>();
  const prefixes = new Map<string, string>();
  for (const { text, id, stem, value } of draft.registers) {
    if (!text || !value) continue;
    const { file } = text;
    const other = ids.get(id);
    if (other !== undefined) draft.faults.add({ text, path: ['id'] }, 'register-twice', { id, other });
    else ids.set(id, file);
    if (id !== stem)
      draft.faults.add({ text, path: ['id'] }, 'register-file-name', { file, id, folder: REGISTERS_FOLDER });
    const { prefix } = value;
    const taken = prefixes.get(prefix);
    if (taken !== undefined)
      draft.faults.add({ text, path: ['prefix'] }, 'register-prefix-taken', { prefix, other: taken });
    else prefixes.set(prefix, file);
  }
}

function checkKeeper(check: RegisterCheck): void {
  const { departments } = check.draft.known;
  const id = check.value.keeper.department;
  if (departments && !departments.has(id))
    check.add(['keeper', 'department'], 'unknown-department', { id, ...didYouMean(id, departments) });
}

/** Every rule names a source of city.yaml. */
function checkBases(check: RegisterCheck): void {
  const known = check.draft.known.sources;
  if (!known) return;
  const { basis, validity, rechecks = [], ladder } = check.value;
  const bases: [Path, Basis | undefined][] = [
    ...basis.map((entry, i): [Path, Basis] => [['basis', i], entry]),
    [['validity', 'basis'], validity.basis],
    ...rechecks.map((entry, i): [Path, Basis] => [['rechecks', i, 'basis'], entry.basis]),
    ...(ladder?.steps ?? []).flatMap(({ criteria }, i) =>
      criteria.map((entry, j): [Path, Basis] => [
        ['ladder', 'steps', i, 'criteria', j, 'basis'],
        entry.basis,
      ]),
    ),
  ];
  for (const [path, entry] of bases) {
    if (!entry || known.has(entry.source)) continue;
    const hint = didYouMean(entry.source, known);
    check.add([...path, 'source'], 'unknown-source', { id: entry.source, ...hint });
  }
}

/** An indicator or part that stands on a register names a measure which that register declares. */
function checkMeasured(draft: Draft): void {
  const text = draft.texts.get('indicators');
  if (!text) return;
  const offered = draft.registers.flatMap(({ id, value }) =>
    (value?.measures ?? []).map((measure) => `${MEASURES}${id}.${measure.id}`),
  );
  const check = (id: string, path: Path): void => {
    if (!id.startsWith(MEASURES) || offered.includes(id)) return;
    // A register that could not be read may well declare it.
    const [, register] = id.split('.');
    if (draft.registers.some((entry) => entry.stem === register && !entry.value)) return;
    draft.faults.unknown({ text, path }, 'register-unknown-measure', id, offered);
  };
  for (const { value, path } of draft.indicators) {
    const measured = [
      { measure: value.measure, path: [...path, 'measure'] },
      ...(value.parts ?? []).map(({ measure }, i) => ({ measure, path: [...path, 'parts', i, 'measure'] })),
    ];
    for (const { measure, path: place } of measured) {
      if (measure) check(measure.id, [...place, 'id']);
      if (measure?.per !== undefined) check(measure.per, [...place, 'per']);
    }
  }
}
