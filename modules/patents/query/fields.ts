import type { Dialect } from './ast.ts';
import type { Field, FieldValue } from './field.ts';
import { FACT_FIELDS } from './fields-facts.ts';
import { TEXT_FIELDS } from './fields-texts.ts';

export type { Field, FieldKind, FieldValue } from './field.ts';

/** All fields in the order of help and form. */
export const FIELDS: readonly Field[] = [...TEXT_FIELDS, ...FACT_FIELDS];

const BY_ID = new Map(FIELDS.map((field) => [field.id, field]));

/** A field by its code. Throws for one that does not exist: codes come from this list. */
export function fieldOf(id: string): Field {
  const field = BY_ID.get(id);
  if (!field) throw new Error(`there is no field ${id}`);
  return field;
}

/** The single fields that a field stands for. */
export function partsOf(id: string): readonly Field[] {
  const field = fieldOf(id);
  return field.parts ? field.parts.flatMap(partsOf) : [field];
}

const foldName = (name: string) =>
  name
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s()]/g, '');

const NAMES = new Map<Dialect, Map<string, Field>>();
function namesOf(dialect: Dialect): Map<string, Field> {
  let names = NAMES.get(dialect);
  if (!names) {
    names = new Map();
    const add = (name: string, field: Field) => {
      const key = foldName(name);
      if (!names!.has(key)) names!.set(key, field);
    };
    // A dialect's own names come first; where it says nothing, those of the platform's own language hold.
    for (const field of FIELDS) for (const name of field.names[dialect] ?? []) add(name, field);
    for (const field of FIELDS) for (const name of field.zhNames) add(name, field);
    if (dialect !== 'cql')
      for (const field of FIELDS) for (const name of field.names.zc ?? []) add(name, field);
    NAMES.set(dialect, names);
  }
  return names;
}

/** The field that a name means in a dialect; null where there is none. */
export function findField(name: string, dialect: Dialect): Field | null {
  return namesOf(dialect).get(foldName(name)) ?? null;
}

/** All names that a dialect takes, for completion and suggestions. */
export function fieldNames(dialect: Dialect): { name: string; field: Field }[] {
  return FIELDS.flatMap((field) => [
    ...(field.names[dialect] ?? []).map((name) => ({ name, field })),
    ...(dialect === 'zc' || dialect === 'cnipr' ? field.zhNames.map((name) => ({ name, field })) : []),
  ]);
}

/** The name under which a field is printed in a dialect: its first own name, else its code. */
export function printedName(id: string, dialect: Dialect): string {
  const field = fieldOf(id);
  const own = field.names[dialect]?.[0];
  if (own !== undefined) return own;
  return dialect === 'cql' ? id.toLowerCase() : id;
}

/** The value of a listed field that a word means; null where there is none. */
export function findValue(field: Field, word: string): FieldValue | null {
  const wanted = word.normalize('NFKC').trim().toLowerCase();
  return (
    field.values?.find(
      (v) => v.id === wanted || v.zh === wanted || v.en === wanted || v.words?.includes(wanted),
    ) ?? null
  );
}
