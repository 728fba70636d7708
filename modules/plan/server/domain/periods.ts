import { addDays, addMonths, type CalendarDate } from '#kernel/calendar/date';
import { type DueDate, dueDate } from '#kernel/calendar/due';
import { calendarOf } from '#kernel/city/calendar';
import type { CityPack } from '#kernel/city/schema';
import type { Text } from '#kernel/text';

/** A reporting period as the pack arranges it. */
export interface PlannedPeriod {
  /** `2019-H1`. */
  id: string;
  year: string;
  label: Text;
  from: CalendarDate;
  /** Figures are as of this day. */
  to: CalendarDate;
  opens: CalendarDate;
  due: DueDate;
}

const known = new WeakMap<CityPack, ReadonlyMap<string, PlannedPeriod>>();

/** All periods of the plan's years by id, in order of their last day; shorter periods before the year's. */
export function periodsOf(pack: CityPack): ReadonlyMap<string, PlannedPeriod> {
  const cached = known.get(pack);
  if (cached) return cached;
  const calendar = calendarOf(pack);
  const list = pack.plan.years.flatMap((year) =>
    pack.reporting.periods.map((p): PlannedPeriod => {
      const to = `${year}-${p.to}`;
      return {
        id: `${year}-${p.code}`,
        year,
        label: { zh: `${year}年${p.label.zh}`, en: `${p.label.en}, ${year}` },
        from: `${year}-${p.from}`,
        to,
        opens: after(to, p.opens, calendar),
        due: dueDate({ from: to, rule: p.due, roll: p.roll, calendar }),
      };
    }),
  );
  list.sort((a, b) => (a.to === b.to ? (a.from < b.from ? 1 : -1) : a.to < b.to ? -1 : 1));
  const map = new Map(list.map((p) => [p.id, p]));
  known.set(pack, map);
  return map;
}

function after(day: CalendarDate, duration: string, calendar: ReturnType<typeof calendarOf>): CalendarDate {
  if (duration.endsWith('WD')) return dueDate({ from: day, rule: duration, calendar }).due;
  return duration.endsWith('M')
    ? addMonths(day, Number.parseInt(duration, 10))
    : addDays(day, Number.parseInt(duration, 10));
}
