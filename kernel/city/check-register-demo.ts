import { checkValue } from './check-register-values.ts';
import type { RegisterCheck } from './register-check.ts';

/** Checks the demonstration data of a register: what it makes must be an entry that a keeper could have typed. */
export function checkRegisterDemo(check: RegisterCheck): void {
  const { demo, entry } = check.value;
  for (const [key, values] of Object.entries(demo?.values ?? {})) {
    const path = ['demo', 'values', key];
    const field = check.field(key, path, { on: 'key' });
    if (!field) continue;
    if (field.kind === 'computed') check.add(path, 'register-computed-filled', { id: key }, 'key');
    else
      for (const [i, value] of values.entries())
        checkValue(check, field.item ?? field, value, [...path, i], { bounds: true });
  }
  const first = new Map<string, number>();
  for (const [i, row] of (demo?.rows ?? []).entries()) {
    const path = ['demo', 'rows', i];
    const missing = [...check.fields.values()].filter(
      ({ key, required }) => required && !Object.hasOwn(row, key),
    );
    if (missing.length > 0)
      check.add(path, 'register-demo-missing', { fields: missing.map(({ key }) => key).join(', ') });
    for (const [key, value] of Object.entries(row)) {
      const field = check.field(key, [...path, key], { on: 'key' });
      if (field?.kind === 'computed')
        check.add([...path, key], 'register-computed-filled', { id: key }, 'key');
      else if (field) checkValue(check, field, value, [...path, key], { bounds: true });
    }
    // As with entries, the first combination of keys that is filled in tells rows apart.
    const keys = entry.keys.find((combination) => combination.every((key) => Object.hasOwn(row, key)));
    if (!keys) continue;
    const identity = JSON.stringify(keys.map((key) => [key, row[key]]));
    const before = first.get(identity);
    if (before === undefined) first.set(identity, i);
    else {
      const { line } = check.file.text.locate(['demo', 'rows', before]);
      check.add(path, 'register-demo-twice', { keys: keys.join(', '), line });
    }
  }
}
