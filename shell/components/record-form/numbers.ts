/** Why a typed number cannot be taken. */
export type NumberProblem = 'not-number' | 'too-fine' | 'too-large';

/** A number that was read, or why it was not. */
export type ReadNumber = { value: number } | { problem: NumberProblem };

/** Full-width digits and points, thousands and blanks as people type and paste them, brought into one form. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s,_]/g, '')
    .replace(/^−/, '-');
}

const NUMBER = /^(-?)(\d*)(?:\.(\d*))?$/;

/**
 * Reads an amount typed in a unit (`12.5` in 万元) as whole fen. `unit` is what one unit is in fen: 100, 1000000 or
 * 10000000000. Digits are moved, never multiplied, so that nothing is rounded; what is finer than a fen is refused.
 */
export function readMoney(text: string, unit: number): ReadNumber {
  const m = NUMBER.exec(plain(text));
  if (!m || !`${m[2]}${m[3] ?? ''}`) return { problem: 'not-number' };
  const places = String(unit).length - 1;
  const decimals = (m[3] ?? '').replace(/0+$/, '');
  if (decimals.length > places) return { problem: 'too-fine' };
  const fen = BigInt(`${m[2] || '0'}${decimals.padEnd(places, '0')}`);
  if (fen > BigInt(Number.MAX_SAFE_INTEGER)) return { problem: 'too-large' };
  return { value: fen === 0n ? 0 : Number(m[1] === '-' ? -fen : fen) };
}

/** Whole fen as it is typed in a unit: `12500000` in 万元 → `12.5`. */
export function moneyText(fen: number, unit: number): string {
  const places = String(unit).length - 1;
  const digits = String(Math.abs(fen)).padStart(places + 1, '0');
  const whole = digits.slice(0, -places);
  const decimals = digits.slice(-places).replace(/0+$/, '');
  return `${fen < 0 ? '-' : ''}${whole}${decimals && `.${decimals}`}`;
}

/** Reads a number as people type it; `whole` refuses digits after the point. */
export function readNumber(text: string, whole: boolean): ReadNumber {
  const m = NUMBER.exec(plain(text));
  if (!m || !`${m[2]}${m[3] ?? ''}`) return { problem: 'not-number' };
  if (whole && /[1-9]/.test(m[3] ?? '')) return { problem: 'too-fine' };
  const value = Number(`${m[1]}${m[2] || '0'}.${m[3] || '0'}`);
  return Number.isSafeInteger(Math.trunc(value)) ? { value } : { problem: 'too-large' };
}

/** A stored number as it is typed: never in the notation with an exponent. */
export function numberText(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(12).replace(/\.?0+$/, '') : text;
}
