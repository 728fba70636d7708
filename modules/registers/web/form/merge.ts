import { type FormValues, sameValue, typed } from '#shell/components/record-form/values';
import type { FieldView } from '../../contract.ts';

/** Whose value a field takes. */
export type Side = 'theirs' | 'mine';

/** A field that somebody else changed while it stood in the form. */
export interface Contested {
  key: string;
  label: string;
  /** I changed it too, to something else. */
  both: boolean;
}

/** Fields that somebody else changed since the form was opened, in the order of the register. */
export function contested(
  fields: readonly FieldView[],
  base: FormValues,
  mine: FormValues,
  theirs: FormValues,
): Contested[] {
  return typed(fields)
    .filter((f) => !sameValue(base[f.key], theirs[f.key]) && !sameValue(mine[f.key], theirs[f.key]))
    .map((f) => ({ key: f.key, label: f.label, both: !sameValue(base[f.key], mine[f.key]) }));
}

/** What is chosen until somebody chooses: what I did not touch takes their value, what I typed stays. */
export function firstChoice(fields: readonly Contested[]): Record<string, Side> {
  return Object.fromEntries(fields.map((f) => [f.key, f.both ? 'mine' : 'theirs'] as const));
}

/** The form after the choice: contested fields as chosen, all others as I have them. */
export function merged(
  mine: FormValues,
  theirs: FormValues,
  choice: Readonly<Record<string, Side>>,
): FormValues {
  const taken = Object.entries(choice)
    .filter(([, side]) => side === 'theirs')
    .map(([key]) => [key, theirs[key] ?? ''] as const);
  return { ...mine, ...Object.fromEntries(taken) };
}
