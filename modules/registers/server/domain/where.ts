import type { CalendarDate } from '#kernel/calendar/date';
import type { DeepReadonly } from '#kernel/city/schema';
import { type FieldTest, THE_DAY, type Where } from '#kernel/city/schema-register';
import { computeField } from '../fields/computed.ts';
import type { RegisterModel } from '../fields/model.ts';

type Data = Readonly<Record<string, unknown>>;
type Scalar = string | number | boolean;

/** The bounds of a test; a value or a list of values is a bound of its own. */
export interface Bounds {
  in?: readonly Scalar[];
  not?: readonly Scalar[];
  exists?: boolean;
  gte?: Scalar;
  lte?: Scalar;
  gt?: Scalar;
  lt?: Scalar;
}

/** A test in one shape, with the day filled in. */
export function boundsOf(test: DeepReadonly<FieldTest>, day: CalendarDate): Bounds {
  const filled = (value: Scalar): Scalar => (value === THE_DAY ? day : value);
  if (typeof test !== 'object') return { in: [filled(test)] };
  if (isList(test)) return { in: test.map(filled) };
  const bounds: Bounds = {};
  if (test.exists !== undefined) bounds.exists = test.exists;
  if (test.not) bounds.not = test.not.map(filled);
  for (const key of ['gte', 'lte', 'gt', 'lt'] as const) {
    const value = test[key];
    if (value !== undefined) bounds[key] = filled(value);
  }
  return bounds;
}

function isList(test: object): test is readonly Scalar[] {
  return Array.isArray(test);
}

/** Value of a field or of a computed one; undefined when empty. */
export function fieldValue(model: RegisterModel, data: Data, key: string): unknown {
  const computed = model.decl.computed?.find((c) => c.id === key);
  if (computed) return computeField(computed, data, model) ?? undefined;
  const value = data[key];
  return value === null || value === '' || (Array.isArray(value) && value.length === 0) ? undefined : value;
}

/** Does one value pass? */
export function passes(value: unknown, bounds: Bounds): boolean {
  const empty = value === undefined;
  if (bounds.exists !== undefined && bounds.exists === empty) return false;
  if (bounds.not && !empty && bounds.not.some((b) => same(value, b))) return false;
  if (bounds.in && (empty || !bounds.in.some((b) => same(value, b)))) return false;
  return (
    order(value, bounds.gte, (n) => n >= 0) &&
    order(value, bounds.lte, (n) => n <= 0) &&
    order(value, bounds.gt, (n) => n > 0) &&
    order(value, bounds.lt, (n) => n < 0)
  );
}

function same(value: unknown, wanted: Scalar): boolean {
  return Array.isArray(value) ? value.includes(wanted) : value === wanted;
}

function order(value: unknown, bound: Scalar | undefined, holds: (n: number) => boolean): boolean {
  if (bound === undefined) return true;
  if (typeof value === 'number' && typeof bound === 'number') return holds(value - bound);
  if (typeof value === 'string' && typeof bound === 'string')
    return holds(value < bound ? -1 : value > bound ? 1 : 0);
  return false;
}

/** Does an entry's content fulfil all of it on the day? */
export function fulfils(
  model: RegisterModel,
  where: DeepReadonly<Where>,
  data: Data,
  day: CalendarDate,
): boolean {
  return Object.entries(where).every(([key, test]) =>
    passes(fieldValue(model, data, key), boundsOf(test, day)),
  );
}
