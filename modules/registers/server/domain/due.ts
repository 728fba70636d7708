import { addMonths, type CalendarDate } from '#kernel/calendar/date';
import type { EntryState } from '../../contract.ts';
import type { RegisterModel } from '../fields/model.ts';
import type { Span } from './segments.ts';
import { fulfils } from './where.ts';

/** Something that comes up: the entry's end (`end`) or a re-check by its id. */
export interface Due {
  kind: string;
  on: CalendarDate;
}

/**
 * What comes up for an entry with this content, earliest first. Only what is published waits for anything. A re-check that
 * would fall after the end is left out: then the end comes first and the rest is void.
 */
export function duesOf(
  model: RegisterModel,
  data: Record<string, unknown>,
  state: EntryState,
  span: Span,
): Due[] {
  if (state !== 'published') return [];
  const dues: Due[] = [];
  if (span.validTo !== null) dues.push({ kind: 'end', on: span.validTo });
  for (const check of model.decl.rechecks ?? []) {
    const done = check.from
      .map((key) => data[key])
      .filter((d): d is string => typeof d === 'string' && d !== '')
      .sort()
      .at(-1);
    if (done === undefined) continue;
    const on = addMonths(done, check.months);
    if (span.validTo !== null && on > span.validTo) continue;
    if (check.where && !fulfils(model, check.where, data, on)) continue;
    dues.push({ kind: check.id, on });
  }
  return dues.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}
