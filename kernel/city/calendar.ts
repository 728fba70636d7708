import type { CalendarData } from '#kernel/calendar/workdays';
import type { CityPack } from './schema.ts';

const known = new WeakMap<CityPack, CalendarData>();

/** The pack's working-day calendar in the form that due dates are computed from. Its version is the pack's hash. */
export function calendarOf(pack: CityPack): CalendarData {
  const cached = known.get(pack);
  if (cached) return cached;
  const days = (list: readonly { readonly date: string; readonly name: { readonly zh: string } }[]) =>
    Object.fromEntries(list.map((d) => [d.date, d.name.zh]));
  const calendar: CalendarData = {
    source: pack.calendar.source,
    version: `${pack.city.id}-${pack.hash.slice(0, 12)}`,
    years: Object.fromEntries(
      pack.calendar.years.map((y) => [
        String(y.year),
        {
          notice: y.notice.number ?? y.notice.url ?? String(y.year),
          holidays: days(y.holidays),
          workdays: days(y.workdays),
        },
      ]),
    ),
  };
  known.set(pack, calendar);
  return calendar;
}
