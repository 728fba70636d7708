import { sql } from 'kysely';
import type { CalendarDate } from '#kernel/calendar/date';
import type { Records } from '#kernel/records';

/** A published entry that names something by a number. */
export interface NamingEntry {
  /** Digits and letters of the number, as they were compared. */
  number: string;
  no: string;
  title: string;
  validFrom: CalendarDate | null;
}

/**
 * Published entries of a register, in force on a day, whose top-level field holds one of some numbers. Numbers are compared by
 * their letters and digits alone, so give them in capitals without any other sign.
 */
export async function entriesNaming(
  db: Records,
  register: string,
  field: string,
  numbers: readonly string[],
  day: CalendarDate,
): Promise<NamingEntry[]> {
  if (numbers.length === 0) return [];
  const { rows } = await sql<NamingEntry>`
    select plain as number, no, title, valid_from::text as "validFrom" from (
      select upper(regexp_replace(data->>${field}, '[^0-9A-Za-z]', '', 'g')) as plain, no, title, valid_from
        from register_slice
       where register = ${register} and state = 'published' and not void and recorded_to is null
         and (valid_from is null or valid_from <= ${day}::date) and (valid_to is null or valid_to >= ${day}::date)
    ) s where plain = any(${[...numbers]}::text[]) order by valid_from, no`.execute(db);
  return rows;
}
