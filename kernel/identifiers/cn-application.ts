import { shanghaiToday, yearOf } from '#kernel/calendar/date';
import { accept, identifier, reject, weightedSum } from './check.ts';

const WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];

/** What the type digit says. */
const TYPES: Record<string, { type: string; zh: string; pct: number }> = {
  1: { type: 'invention', zh: '发明', pct: 0 },
  2: { type: 'utility-model', zh: '实用新型', pct: 0 },
  3: { type: 'design', zh: '外观设计', pct: 0 },
  8: { type: 'invention', zh: '发明（PCT）', pct: 1 },
  9: { type: 'utility-model', zh: '实用新型（PCT）', pct: 1 },
};

/** The check digit (0 to 9 or X) of a CN application number, from its 8 (until 2003) or 12 digits. */
export function cnApplicationCheckDigit(digits: string): string {
  const check = weightedSum(Array.from(digits, Number), WEIGHTS.slice(0, digits.length)) % 11;
  return check === 10 ? 'X' : String(check);
}

/**
 * Chinese patent application number, ZC 0006-2003: year (4) type (1) serial (7) `.` check; before 2003-10-01 year (2)
 * type (1) serial (5) `.` check. Takes the prefixes ZL (granted) and CN, a missing dot, full-width and lower-case
 * characters. Normal form: digits, dot, check digit, no prefix. Parts: `prefix` (ZL, CN or null), `form` (new, old),
 * `year`, `typeDigit`, `type` (invention, utility-model, design), `typeName`, `pct` (0 or 1), `serial`, `checkDigit`;
 * when the check digit is wrong or missing also `expected`.
 */
export const checkCnApplication = identifier((text, ctx) => {
  const m = /^(ZL|CN)?(\d{12}|\d{8})(?:\.?([\dX]))?$/.exec(text);
  if (!m) {
    return reject(
      'format',
      '不是中国专利申请号，应如 202010566088.9 或 98108095.2（可带 ZL、CN）',
      'Not a Chinese application number: write it as 202010566088.9 or 98108095.2 (ZL or CN may precede)',
    );
  }
  const digits = m[2] ?? '';
  const check = m[3] ?? null;
  const isOld = digits.length === 8;
  const short = Number(digits.slice(0, 2));
  const year = isOld ? (short >= 85 ? 1900 + short : 2000 + short) : Number(digits.slice(0, 4));
  const typeDigit = digits.charAt(isOld ? 2 : 4);
  const type = TYPES[typeDigit];
  const parts = {
    prefix: m[1] ?? null,
    form: isOld ? 'old' : 'new',
    year,
    typeDigit,
    type: type?.type ?? null,
    typeName: type?.zh ?? null,
    pct: type?.pct ?? null,
    serial: digits.slice(isOld ? 3 : 5),
    checkDigit: check,
  };
  const thisYear = yearOf(ctx.today ?? shanghaiToday(new Date()));
  if (isOld && year > 2003) {
    return reject(
      'year',
      '9 位旧号只用于 1985 至 2003 年的申请，请核对年份或补全为 13 位',
      'The short form was used from 1985 to 2003: check the year or give all 13 characters',
      parts,
    );
  }
  if (year < 1985 || year > thisYear) {
    return reject(
      'year',
      `申请年份 ${year} 不可能（应在 1985 至 ${thisYear} 之间）`,
      `The year ${year} is impossible (1985 to ${thisYear} expected)`,
      parts,
    );
  }
  if (!type) {
    return reject(
      'type',
      `申请种类号应为 1、2、3、8、9，现为 ${typeDigit}`,
      `The type digit must be 1, 2, 3, 8 or 9, found ${typeDigit}`,
      parts,
    );
  }
  const expected = cnApplicationCheckDigit(digits);
  if (check === null) {
    return reject(
      'check-digit-missing',
      `缺少校验位，请写全；按前面各位应为 ${digits}.${expected}`,
      `The check digit is missing: the digits before it give ${digits}.${expected}`,
      { ...parts, expected },
    );
  }
  if (check !== expected) {
    return reject(
      'check-digit',
      `校验位不符：应为 ${expected}，现为 ${check}，请核对是否抄错`,
      `The check digit does not fit: expected ${expected}, found ${check}; look for a slip`,
      { ...parts, expected },
    );
  }
  return accept(`${digits}.${check}`, parts);
});
