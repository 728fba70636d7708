import type { RegisterModel } from './fields/model.ts';

/** Is this field, or one that a computed field is made of, only for those who see the inside of the register? */
export function isClosed(model: RegisterModel, key: string): boolean {
  const computed = model.decl.computed?.find((c) => c.id === key);
  if (computed) return computed.divide.some((part) => isClosed(model, part));
  return model.byKey.get(key)?.internal ?? false;
}

/** The same for the organisations that a field names: in a list it is the column that may be closed. */
export function namesClosed(model: RegisterModel, key: string): boolean {
  const column = model.byKey.get(key)?.items.find((item) => item.type === 'organisation');
  return isClosed(model, key) || (column?.internal ?? false);
}

/** The same for the entries that a field refers to. */
export function refersClosed(model: RegisterModel, key: string): boolean {
  const columns = model.byKey.get(key)?.items.filter((item) => item.type === 'reference') ?? [];
  return isClosed(model, key) || columns.some((item) => item.internal);
}
