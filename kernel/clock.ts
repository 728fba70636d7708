import { type CalendarDate, shanghaiToday } from '#kernel/calendar/date';

/** The only source of "now". Law counts in calendar dates of Asia/Shanghai, whatever zone the machine is in. */
export interface Clock {
  now(): Date;
  today(): CalendarDate;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  today: () => shanghaiToday(new Date()),
};

/** A clock that stands still, for tests and for seeding; `set` moves it. */
export function fixedClock(iso: string): Clock & { set(iso: string): void } {
  let at = new Date(iso);
  return {
    now: () => new Date(at),
    today: () => shanghaiToday(at),
    set: (next) => {
      at = new Date(next);
    },
  };
}
