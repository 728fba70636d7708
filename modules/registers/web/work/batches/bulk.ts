import {
  type FormValue,
  type FormValues,
  pruned,
  toData,
  typed,
  type ValueProblem,
} from '#shell/components/record-form/values';
import type { FieldView } from '../../../contract/declarations.ts';
import type { EntryAction } from '../../../contract/states.ts';

/** Numbers from an address: trimmed, each once, in order. */
export function numbersOf(text: string | undefined): string[] {
  return [
    ...new Set(
      (text ?? '')
        .split(',')
        .map((no) => no.trim())
        .filter(Boolean),
    ),
  ];
}

/** Steps that may be made with many entries, in the order of an entry's life. */
export const ACTIONS: readonly EntryAction[] = ['verify', 'publish', 'return', 'expire', 'remove', 'restore'];

/** Steps that take effect on a day. */
export const DATED: ReadonlySet<EntryAction> = new Set(['expire', 'remove']);

/** Steps that nobody understands later without a reason. */
export const EXPLAINED: ReadonlySet<EntryAction> = new Set(['return', 'expire', 'remove', 'restore']);

/** Fields that can be set to one value in many entries: typed ones that do not tell entries apart by themselves. */
export function settable(register: {
  fields: readonly FieldView[];
  keys: readonly (readonly string[])[];
}): FieldView[] {
  // A key of one field would give all of them the same key.
  const own = new Set(register.keys.filter((k) => k.length === 1).map((k) => k[0]));
  return typed([...register.fields]).filter((f) => !own.has(f.key));
}

/** What is sent: every chosen field, null where it is to be emptied; and what cannot be sent. */
export function setOf(
  fields: readonly FieldView[],
  values: FormValues,
): { set: Record<string, unknown>; problems: ValueProblem[] } {
  const { data, problems } = toData(fields, pruned(values));
  return { set: Object.fromEntries(fields.map((f) => [f.key, data[f.key] ?? null])), problems };
}

/** Does nothing stand in it, so that the field would be emptied? */
export function isBlank(value: FormValue | undefined): boolean {
  if (value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  return value.every((row) => Object.values(row).every((text) => text.trim() === ''));
}

/** Something wrong with one field. */
export interface FieldIssue {
  field: string;
  message: string;
}

/** What the server says about single fields; places elsewhere are told as a whole. */
export function fieldIssues(issues: readonly { path: string; message: string }[]): FieldIssue[] {
  return issues.flatMap(({ path, message }) => {
    const field = /^\/body\/change\/set\/([^/]+)/.exec(path)?.[1];
    return field === undefined ? [] : [{ field, message }];
  });
}

/** Messages by field. */
export function wrongByField(issues: readonly FieldIssue[]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { field, message } of issues) found[field] = [...(found[field] ?? []), message];
  return found;
}
