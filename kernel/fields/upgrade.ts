import type { FieldModel, RecordModel } from './model.ts';

/** Stored data brought to the present keys. */
export interface Upgraded {
  /** By present key, in the order of the declaration. */
  data: Record<string, unknown>;
  /** What no field knows any more, by the key under which it is stored. */
  retired: Record<string, unknown>;
}

/** Reads data stored under any earlier schema: earlier keys become present ones, keys that no field knows are set apart. */
export function upgrade(model: RecordModel, stored: Readonly<Record<string, unknown>>): Upgraded {
  const data: Record<string, unknown> = {};
  const used = new Set<string>();
  for (const field of model.fields) {
    for (const key of [field.key, ...field.formerly]) {
      // A key that a new field has taken over belongs to that field.
      if (!Object.hasOwn(stored, key) || (key !== field.key && model.byKey.has(key))) continue;
      used.add(key);
      if (!Object.hasOwn(data, field.key)) data[field.key] = upgradeRows(field, stored[key]);
    }
  }
  const retired = Object.fromEntries(Object.entries(stored).filter(([key]) => !used.has(key)));
  return { data, retired };
}

function upgradeRows(field: FieldModel, value: unknown): unknown {
  if (field.type !== 'rows' || !Array.isArray(value)) return value;
  const renamed = field.items.filter((c) => c.def['x-formerly']);
  if (renamed.length === 0) return value;
  return value.map((row) => {
    if (typeof row !== 'object' || row === null) return row;
    const made = { ...(row as Record<string, unknown>) };
    for (const column of renamed) {
      for (const old of column.def['x-formerly'] ?? []) {
        if (!Object.hasOwn(made, old) || field.items.some((c) => c.key === old)) continue;
        if (!Object.hasOwn(made, column.key)) made[column.key] = made[old];
        delete made[old];
      }
    }
    return made;
  });
}
