import { sql } from 'kysely';
import { addDays, type CalendarDate } from '#kernel/calendar/date';
import type { EntryQuery } from '../../contract.ts';
import { EntryState } from '../../contract.ts';
import { type Access, visible, visibleNow } from '../access.ts';
import { searchable } from '../entries/project.ts';
import { registerError } from '../errors.ts';
import type { RegisterModel } from '../fields/model.ts';
import { allOf, anyOf, type Condition, knownAt, SLOTS, validOn } from '../sql.ts';

/** A narrowed list: conditions that always hold, and those of each facet by its name. */
export interface Narrowed {
  base: readonly Condition[];
  /** `state`, `region` or a facet's key → its condition and the chosen values. */
  facets: ReadonlyMap<string, { condition: Condition; chosen: readonly string[] }>;
}

/** The last moment of a day in the city, all of which has been in +08:00 since 1991. */
export function endOfDay(day: CalendarDate): Date {
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + 86_400_000 - 1);
}

/** Column of a slice that holds a facet; null for what is no facet. */
export function facetColumn(model: RegisterModel, field: string): string | null {
  if (field === 'state' || field === 'region') return field;
  const slot = SLOTS[model.facets.indexOf(field)];
  return model.facets.includes(field) ? (slot ?? null) : null;
}

/** Names of all facets: state, region where the register has one, and its own. */
export function facetNames(model: RegisterModel): string[] {
  return ['state', ...(model.decl.entry.region === undefined ? [] : ['region']), ...model.facets];
}

/** Reads a narrowing. Throws `registers_query` with what is wrong. */
export function narrow(
  model: RegisterModel,
  access: Access,
  query: EntryQuery,
  today: CalendarDate,
): Narrowed {
  const base: Condition[] = [sql<boolean>`s.register = ${model.decl.id}`, visible(access, model)];
  if (query.on !== undefined) base.push(validOn(query.on), sql<boolean>`not s.void`);
  else base.push(sql<boolean>`s.last`);
  base.push(knownAt(query.known === undefined ? null : endOfDay(query.known)));
  if (query.known !== undefined) base.push(visibleNow(access));
  for (const word of searchable(query.q ?? '')
    .split(' ')
    .filter(Boolean))
    base.push(sql<boolean>`s.search like ${`%${word.replaceAll(/[\\%_]/g, '\\$&')}%`}`);
  if (query.due !== undefined) base.push(sql<boolean>`s.due_on <= ${addDays(today, query.due)}::date`);

  const facets = new Map<string, { condition: Condition; chosen: readonly string[] }>();
  const states = listOf(query.state);
  for (const state of states)
    if (!EntryState.safeParse(state).success)
      throw registerError('registers_query', {
        why: `没有状态“${state}”`,
        why_en: `there is no state “${state}”`,
      });
  if (states.length > 0)
    facets.set('state', { condition: sql<boolean>`s.state in (${sql.join(states)})`, chosen: states });
  // What was removed is shown when asked for; on a past day it may well have been there.
  else if (query.on === undefined)
    facets.set('state', { condition: sql<boolean>`s.state <> 'removed'`, chosen: [] });
  const regions = listOf(query.region);
  if (regions.length > 0) facets.set('region', { condition: oneOf('region', regions), chosen: regions });
  for (const [field, values] of filtersOf(query.filters)) {
    const column = facetColumn(model, field);
    const hidden = access.inside !== 'all' && (model.byKey.get(field)?.internal ?? false);
    if (column === null || hidden || field === 'state' || field === 'region')
      throw registerError('registers_query', {
        why: `“${field}”不是本名册的筛选项`,
        why_en: `“${field}” is no facet of this register`,
      });
    facets.set(field, { condition: oneOf(column, values), chosen: values });
  }
  return { base, facets };
}

function oneOf(column: string, values: readonly string[]): Condition {
  const name = sql.ref(`s.${column}`);
  const filled = values.filter((v) => v !== '');
  const conditions: Condition[] = [];
  if (filled.length > 0) conditions.push(sql<boolean>`${name} in (${sql.join(filled)})`);
  if (filled.length < values.length) conditions.push(sql<boolean>`${name} is null`);
  return anyOf(conditions);
}

function listOf(text: string | undefined): string[] {
  return (text ?? '').split(',').filter(Boolean);
}

/** `filters`: JSON, field → values. */
function filtersOf(text: string | undefined): [string, string[]][] {
  if (text === undefined || text === '') return [];
  const fault = () =>
    registerError('registers_query', {
      why: 'filters 应为 JSON，如 {"level":["national"]}',
      why_en: 'filters must be JSON such as {"level":["national"]}',
    });
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw fault();
  }
  if (read === null || typeof read !== 'object' || Array.isArray(read)) throw fault();
  return Object.entries(read).flatMap(([field, values]): [string, string[]][] => {
    if (!Array.isArray(values) || values.length > 200 || values.some((v) => typeof v !== 'string'))
      throw fault();
    return values.length === 0 ? [] : [[field, values as string[]]];
  });
}

/** All conditions, or all but those of one facet. */
export function conditionOf(narrowed: Narrowed, without?: string): Condition {
  const facets = [...narrowed.facets].filter(([name]) => name !== without).map(([, f]) => f.condition);
  return allOf([...narrowed.base, ...facets]);
}
