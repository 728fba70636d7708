import type { Department, Region } from '#kernel/city/schema';
import { useText } from './text.ts';

/** A record as it is stored: names, successors, and for regions the codes. */
export type PartyDoc = Department | Region;

/** Which of the two lists a record belongs to. */
export type PartyKind = 'department' | 'region';

/** Source that an administrator's own statement is given. */
export const ownSource = 'administrator';

/** Kinds a department may have, in the order of the forms. */
export const departmentKinds = [
  'city',
  'department',
  'county-government',
  'park',
  'university',
  'school',
  'market',
  'court',
  'procuratorate',
  'customs',
  'centre',
  'association',
  'group',
] as const;

/** Kinds a region may have. */
export const regionKinds = ['city', 'county', 'park'] as const;

/** Kind of any record. */
export type AnyKind = (typeof departmentKinds)[number] | (typeof regionKinds)[number];

/** Words for a period of validity: 2019-01-01 起, 至 2018-12-31. */
export function usePeriodWords(): (from: string | null, to: string | null) => string {
  const t = useText();
  return (from, to) =>
    from && to
      ? t('period.both', { from, to })
      : from
        ? t('period.since', { from })
        : to
          ? t('period.until', { to })
          : t('period.always');
}

/** The last name of a record, in Chinese. */
export function lastName(doc: PartyDoc): string {
  return doc.names.at(-1)?.zh ?? doc.id;
}
