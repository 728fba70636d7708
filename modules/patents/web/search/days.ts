import { readDate } from '#shell/components/read-date';

/** First and last day of a search; empty or absent: open. */
export interface Span {
  from?: string;
  to?: string;
}

/**
 * Reads the end of a span as people type it: a date in any usual spelling, or only a year or month, which then means its
 * first (last) day. `''` for nothing, null for what is no date.
 */
export function readSpanEnd(text: string, end: 'from' | 'to'): string | null {
  const typed = text.normalize('NFKC').trim();
  if (typed === '') return '';
  const m = /^(\d{4})(?:\s*年)?(?:\s*[-./]?\s*(\d{1,2})\s*月?)?$/.exec(typed);
  // Six digits are a year and a month; anything longer is a whole date.
  if (m && !/^\d{5}$/.test(typed)) {
    const year = m[1]!;
    const month = Number(m[2] ?? (end === 'from' ? 1 : 12));
    if (month < 1 || month > 12) return null;
    const last = new Date(Date.UTC(Number(year), month, 0)).getUTCDate();
    return `${year}-${pad(month)}-${end === 'from' ? '01' : pad(last)}`;
  }
  return readDate(typed);
}

/** The part of a span that lies in a year. */
export function narrowToYear(span: Span, year: string): Required<Span> {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  return {
    from: span.from && span.from > first ? span.from : first,
    to: span.to && span.to < last ? span.to : last,
  };
}

/** The year within which a span lies, or null. */
export function yearOfSpan({ from, to }: Span): string | null {
  return from && to && from.slice(0, 4) === to.slice(0, 4) ? from.slice(0, 4) : null;
}

function pad(n: number): string {
  return String(n).padStart(2, '0');
}
