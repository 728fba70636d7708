import { accept, identifier, reject } from './check.ts';

/**
 * Chinese trade mark application or registration number (the same number): up to eight digits, a letter after a
 * division, `G` before an international registration. There is no check digit, so only the form is checked. Takes
 * 第…号. Parts: `kind` (national, divided, international), `number`, `division`.
 */
export const checkTrademark = identifier((text) => {
  const m = /^第?(?:(G)(\d{4,8})([A-Z])?|(\d{1,8})([A-Z])?)号?$/.exec(text);
  if (!m) {
    return reject(
      'format',
      '不是商标注册号，应为至多 8 位数字（分割的带一个字母，国际注册以 G 开头），如 12345678、12345678A、G1234567',
      'Not a trade mark number: up to eight digits (a letter after a division, G before an international one), as in 12345678',
    );
  }
  const international = m[1] === 'G';
  const number = (international ? m[2] : m[4]) ?? '';
  const division = (international ? m[3] : m[5]) ?? null;
  if (/^0+$/.test(number)) return reject('number', '注册号不能全为 0', 'The number cannot be all zeros');
  return accept(`${international ? 'G' : ''}${number}${division ?? ''}`, {
    kind: international ? 'international' : division ? 'divided' : 'national',
    number,
    division,
  });
});

/** Whether the number is a class of the Nice Classification of goods and services (1 to 45). */
export function isNiceClass(n: number): boolean {
  return Number.isInteger(n) && n >= 1 && n <= 45;
}
