/** Values as they are typed in queries: partial dates and class symbols. Pure, also used by pages. */

/** A day, month or year as the days it spans, `YYYYMMDD`. */
export interface DaySpan {
  from: number;
  to: number;
}

const year = (text: string) => {
  const n = Number(text);
  return n >= 1400 && n <= 2200 ? n : null;
};

/** Shapes of a date, each with the groups of year, month and day; 0 where it has none. */
const DATE_SHAPES: readonly [RegExp, [number, number, number]][] = [
  [/^(\d{4})$/, [1, 0, 0]],
  [/^(\d{4})(\d{2})$/, [1, 2, 0]],
  [/^(\d{4})(\d{2})(\d{2})$/, [1, 2, 3]],
  [/^(\d{4})[-./](\d{1,2})$/, [1, 2, 0]],
  [/^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/, [1, 2, 3]],
  [/^(\d{1,2})[-./](\d{4})$/, [2, 1, 0]],
  [/^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/, [3, 2, 1]],
];

/**
 * Reads a date that may be only a year or a month: 2019, 201903, 20190305, 2019-03, 2019.3.5, 2019/3/5, 2019年3月5日, and the
 * other way round 03/2019, 05.03.2019, 05/03/2019. Null for anything else, and for days that no month has.
 */
export function readDaySpan(text: string): DaySpan | null {
  const t = text.normalize('NFKC').trim().replace(/年|月/g, '-').replace(/日|-$/g, '').replace(/-$/, '');
  for (const [pattern, [y, month, day]] of DATE_SHAPES) {
    const m = pattern.exec(t);
    if (m) return span(year(m[y]!), month === 0 ? null : Number(m[month]), day === 0 ? null : Number(m[day]));
  }
  return null;
}

function span(y: number | null, month: number | null, day: number | null): DaySpan | null {
  if (y === null) return null;
  if (month === null) return { from: y * 10000 + 101, to: y * 10000 + 1231 };
  if (month < 1 || month > 12) return null;
  const last = new Date(Date.UTC(y, month, 0)).getUTCDate();
  const base = y * 10000 + month * 100;
  if (day === null) return { from: base + 1, to: base + last };
  return day >= 1 && day <= last ? { from: base + day, to: base + day } : null;
}

/** The day before or after a day, `YYYYMMDD`. */
export function dayBeside(day: number, step: 1 | -1): number {
  const date = new Date(
    Date.UTC(Math.floor(day / 10000), (Math.floor(day / 100) % 100) - 1, (day % 100) + step),
  );
  return date.getUTCFullYear() * 10000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}

/** A span as it is printed, as short as it can be: `2019`, `201903`, `20190305`. */
export function printDay(day: number, end: 'from' | 'to'): string {
  const text = String(day).padStart(8, '0');
  const whole = readDaySpan(text.slice(0, 4))!;
  if (day === whole[end]) return text.slice(0, 4);
  const month = readDaySpan(text.slice(0, 6));
  return month && day === month[end] ? text.slice(0, 6) : text;
}

/** How much of the scheme a symbol names. `main`: a main group without a group behind the slash, `A01B1`. */
export type SymbolLevel = 'section' | 'class' | 'subclass' | 'main' | 'group' | 'locarno';

/** A class symbol as it is kept: `A`, `A01`, `A01B`, `A01B1`, `A01B1/02`; of designs `06-13`. */
export interface ClassSymbol {
  symbol: string;
  level: SymbolLevel;
}

/**
 * Reads a class in any usual spelling: `A01B 1/02`, `A01B1/02`, `A01B0001020000` (ST.8), `A01B1-02`, `a01b001/02`, with or
 * without an edition tag. Null for what is no class.
 */
export function readSymbol(text: string): ClassSymbol | null {
  const t = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[[(]\d{4}\.\d{2}[\])].*$/, '')
    .replace(/\s+/g, '');
  const locarno = /^(?:LOC)?(\d{1,2})-(\d{2})$/.exec(t);
  if (locarno) return { symbol: `${locarno[1]!.padStart(2, '0')}-${locarno[2]}`, level: 'locarno' };
  if (/^[A-HY]$/.test(t)) return { symbol: t, level: 'section' };
  if (/^[A-HY]\d{2}$/.test(t)) return { symbol: t, level: 'class' };
  if (/^[A-HY]\d{2}[A-Z]$/.test(t)) return { symbol: t, level: 'subclass' };
  const st8 = /^([A-HY]\d{2}[A-Z])(\d{4})(\d{6})$/.exec(t);
  if (st8) {
    const group = st8[3]!.replace(/0+$/, '').padEnd(2, '0');
    return { symbol: `${st8[1]}${Number(st8[2])}/${group}`, level: 'group' };
  }
  const m = /^([A-HY]\d{2}[A-Z])0*([1-9]\d{0,3})(?:[/-](\d{2,6})?)?$/.exec(t);
  if (!m) return null;
  return m[3] === undefined
    ? { symbol: `${m[1]}${m[2]}`, level: 'main' }
    : { symbol: `${m[1]}${m[2]}/${m[3]}`, level: 'group' };
}

/**
 * A text that sorts as the scheme does: subclass, main group as a number, group as the digits behind a decimal point
 * (`1/02` before `1/021` before `1/03`). The first and last symbol that a shorter one includes: `end` false and true.
 */
export function symbolOrder(symbol: string, end = false): string {
  const m = /^([A-HY]?\d{0,2}[A-Z]?)(\d{1,4})?(?:\/(\d{2,6}))?$/.exec(symbol);
  if (!m) return symbol;
  const fill = end ? '~' : '';
  if (m[2] === undefined) return m[1]! + fill;
  const main = `${m[1]}${m[2].padStart(4, '0')}`;
  return m[3] === undefined ? main + fill : main + m[3].replace(/0+$/, '').padEnd(6, '0');
}
