import type { Lang } from '#kernel/text';

/** What stands where there is no figure. */
export const NO_FIGURE = '—';

/** `1234.5` with two decimals → `1,234.50`. Null gives a dash. */
export function formatNumber(value: number | null | undefined, decimals = 0): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NO_FIGURE;
  return new Intl.NumberFormat('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
    .format(value)
    .replace('-', '−');
}

/** A unit as it stands behind a figure: what is itself a number of something is multiplied, `12 × 10,000 people`. */
export function behindFigure(unit: string): string {
  return /^\d/.test(unit) ? `× ${unit}` : unit;
}

/**
 * A computed value (what is expected on a day) may fall between two whole ones: a count gets one digit where that says
 * something. A whole one is written as the plan writes its targets, without digits after the point.
 */
export function formatComputed(value: number | null | undefined, decimals = 0): string {
  return formatNumber(value, Math.max(decimals, 1)).replace(/\.0+$/, '');
}

/** A signed difference: `+1.2`, `−0.4`, `0`. */
export function formatDelta(value: number | null | undefined, decimals = 0): string {
  const text = formatNumber(value, decimals);
  const rounded = Number((value ?? 0).toFixed(decimals));
  return value !== null && value !== undefined && rounded > 0
    ? `+${text}`
    : text.replace(/^−(0(?:\.0+)?)$/, '$1');
}

/** `0.8236` → `82.4%`. */
export function formatShare(value: number | null | undefined, decimals = 1): string {
  return value === null || value === undefined ? NO_FIGURE : `${formatNumber(value * 100, decimals)}%`;
}

/** A number with its unit; `%` and Chinese units stand close, Latin ones after a space. */
export function withUnit(number: string, unit: string | null | undefined): string {
  if (!unit || number === NO_FIGURE) return number;
  return /^[%\p{Script=Han}]/u.test(unit) ? `${number}${unit}` : `${number} ${behindFigure(unit)}`;
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A calendar date as documents write it: `2019年6月30日`, `30 June 2019`. */
export function formatLongDate(date: string, lang: Lang): string {
  const [year, month, day] = date.slice(0, 10).split('-').map(Number);
  return lang === 'zh' ? `${year}年${month}月${day}日` : `${day} ${months[month! - 1]} ${year}`;
}

/** A moment as tables write it, in the city's time: `2019-07-15 11:12`. */
export function formatMoment(iso: string, options: { seconds?: boolean } = {}): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Asia/Shanghai',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(iso));
  const p = Object.fromEntries(parts.map((x) => [x.type, x.value]));
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}${options.seconds ? `:${p.second}` : ''}`;
}

const SIZES = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `131289` → `128.2 kB` (1 kB = 1024 bytes). */
export function sizeText(bytes: number): string {
  let n = bytes;
  let unit = 0;
  while (n >= 1024 && unit < SIZES.length - 1) {
    n /= 1024;
    unit++;
  }
  return `${unit === 0 ? n : n.toFixed(1)} ${SIZES[unit]}`;
}
