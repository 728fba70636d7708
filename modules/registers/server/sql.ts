import { type RawBuilder, sql } from 'kysely';
import type { CalendarDate } from '#kernel/calendar/date';
import type { DeepReadonly } from '#kernel/city/schema';
import type { Where } from '#kernel/city/schema-register';
import { boundsOf } from './domain/where.ts';
import type { RegisterModel } from './fields/model.ts';

/** Columns of {@link SliceTable} that hold the facets, in order. */
export const SLOTS = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6'] as const;

/** A condition on the slice `s`. */
export type Condition = RawBuilder<boolean>;

/** All of them; true when there are none. */
export function allOf(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}

/** Any of them; false when there are none. */
export function anyOf(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(conditions, sql` or `)})`;
}

/** A field of the slice `s` as JSON, under its key or an earlier one. Keys come from the declaration, never from a request. */
export function jsonOf(model: RegisterModel, key: string): RawBuilder<unknown> {
  const formerly = model.byKey.get(key)?.formerly ?? [];
  if (formerly.length === 0) return sql`s.data->${sql.lit(key)}`;
  const all = [key, ...formerly].map((k) => sql`s.data->${sql.lit(k)}`);
  return sql`coalesce(${sql.join(all)})`;
}

/** The same as text; null when empty. */
export function textOf(model: RegisterModel, key: string): RawBuilder<string | null> {
  const formerly = model.byKey.get(key)?.formerly ?? [];
  const all = [key, ...formerly].map((k) => sql`s.data->>${sql.lit(k)}`);
  return sql<string | null>`nullif(${all.length === 1 ? all[0] : sql`coalesce(${sql.join(all)})`}, '')`;
}

/** A number, also a computed one; null when empty. Computed ones count money in yuan. */
export function numberOf(model: RegisterModel, key: string): RawBuilder<string | null> {
  const computed = model.decl.computed?.find((c) => c.id === key);
  if (!computed) return sql<string | null>`(${textOf(model, key)})::numeric`;
  const [of, by] = computed.divide.map((k) => {
    const def = model.byKey.get(k)?.def;
    const money = def !== undefined && 'format' in def && def.format === 'money';
    return money ? sql`(${textOf(model, k)})::numeric / 100` : sql`(${textOf(model, k)})::numeric`;
  });
  return sql<string | null>`(${of}) / nullif(${by}, 0) * ${sql.lit(computed.scale)}`;
}

/** A declaration's `where` on the day, as a condition. */
export function whereSql(
  model: RegisterModel,
  where: DeepReadonly<Where> | undefined,
  day: CalendarDate,
): Condition {
  return allOf(
    Object.entries(where ?? {}).map(([key, test]) => {
      const bounds = boundsOf(test, day);
      const field = model.byKey.get(key);
      const numeric =
        !field ||
        field.type === 'integer' ||
        field.type === 'number' ||
        field.type === 'money' ||
        field.type === 'year';
      const conditions: Condition[] = [];
      if (field?.type === 'values') {
        const json = jsonOf(model, key);
        const filled = sql<boolean>`jsonb_array_length(coalesce(${json}, '[]'::jsonb)) > 0`;
        const holds = (v: unknown) => sql<boolean>`coalesce(${json} @> ${JSON.stringify([v])}::jsonb, false)`;
        if (bounds.exists !== undefined)
          conditions.push(bounds.exists ? filled : sql<boolean>`not (${filled})`);
        if (bounds.in) conditions.push(anyOf(bounds.in.map(holds)));
        if (bounds.not) conditions.push(sql<boolean>`not (${anyOf(bounds.not.map(holds))})`);
        return allOf(conditions);
      }
      const value = numeric ? numberOf(model, key) : textOf(model, key);
      const given = (v: unknown) => (numeric ? sql`${v}::numeric` : sql`${String(v)}::text`);
      const list = (vs: readonly unknown[]) => sql.join(vs.map(given));
      if (bounds.exists !== undefined)
        conditions.push(bounds.exists ? sql<boolean>`${value} is not null` : sql<boolean>`${value} is null`);
      if (bounds.in) conditions.push(sql<boolean>`coalesce(${value} in (${list(bounds.in)}), false)`);
      if (bounds.not)
        conditions.push(sql<boolean>`(${value} is null or ${value} not in (${list(bounds.not)}))`);
      for (const [name, sign] of [
        ['gte', '>='],
        ['lte', '<='],
        ['gt', '>'],
        ['lt', '<'],
      ] as const) {
        const bound = bounds[name];
        if (bound !== undefined)
          conditions.push(sql<boolean>`coalesce(${value} ${sql.raw(sign)} ${given(bound)}, false)`);
      }
      return allOf(conditions);
    }),
  );
}

/** What the platform knew at a moment; without one, what it knows now. */
export function knownAt(moment: Date | null | undefined): Condition {
  return moment
    ? sql<boolean>`(s.recorded_from <= ${moment} and (s.recorded_to is null or s.recorded_to > ${moment}))`
    : sql<boolean>`s.recorded_to is null`;
}

/** Did it hold on that day? */
export function validOn(day: CalendarDate): Condition {
  return sql<boolean>`((s.valid_from is null or s.valid_from <= ${day}::date)
    and (s.valid_to is null or s.valid_to >= ${day}::date))`;
}
