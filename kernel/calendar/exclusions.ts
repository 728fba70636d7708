import type { Exclusion } from './due.ts';
import { CalendarError } from './errors.ts';

const ENTRY = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})?(?:\s+(.{1,100}))?$/;

/**
 * Reads times that are not counted as an address carries them: `2025-03-01..2025-03-20 公告; 2025-05-06.. 中止`, without a last
 * day while they last. Throws {@link CalendarError} `calendar_exclusion_text`, naming the entry.
 */
export function readExclusions(text: string): Exclusion[] {
  return text
    .split(/[;；]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const m = ENTRY.exec(entry);
      if (!m?.[1]) throw new CalendarError('calendar_exclusion_text', { text: entry.slice(0, 60) });
      return { from: m[1], to: m[2] ?? null, reason: m[3] ?? '' };
    });
}

/** Writes them so that {@link readExclusions} reads the same; a reason loses what would end it. */
export function writeExclusions(excluded: readonly Exclusion[]): string {
  return excluded
    .map(({ from, to, reason }) => {
      const words = reason
        .replace(/[;；\s]+/g, ' ')
        .trim()
        .slice(0, 100);
      return `${from}..${to ?? ''}${words && ` ${words}`}`;
    })
    .join('; ');
}
