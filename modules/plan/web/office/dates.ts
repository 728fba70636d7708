import { formatMoment } from '#shell/format';

/** Today in the city, YYYY-MM-DD. */
export function cityToday(now: Date = new Date()): string {
  return formatMoment(now.toISOString()).slice(0, 10);
}

/** Days from one calendar date to another; negative when `to` lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** Day of the week, 0 is Sunday. */
export function weekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}
