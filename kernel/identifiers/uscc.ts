import { accept, identifier, reject, weightedSum } from './check.ts';

/** The 31 characters of GB 32100-2015 in order of their values: no I, O, Z, S, V. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** 3^(i-1) mod 31. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/** GB 11714 weights of the eight characters before the organisation code's own check character. */
const ORG_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** The 18th character of a 统一社会信用代码, from its first 17. Remainder 0 gives `0`, remainder 1 gives `Y`. */
export function usccCheckCharacter(first17: string): string {
  const sum = weightedSum(
    Array.from(first17, (c) => ALPHABET.indexOf(c)),
    WEIGHTS,
  );
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** The ninth character of an organisation code (GB 11714), from its first eight: 0 to 9 or X. */
export function orgCodeCheckCharacter(first8: string): string {
  const sum = weightedSum(
    Array.from(first8, (c) => Number.parseInt(c, 36)),
    ORG_WEIGHTS,
  );
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? 'X' : String(check);
}

/** A code of an enterprise that fits, from the region code of its registrar (six digits) and eight characters of its own. */
export function usccOf(adcode: string, eight: string): string {
  const first17 = `91${adcode}${eight}${orgCodeCheckCharacter(eight)}`;
  return first17 + usccCheckCharacter(first17);
}

/**
 * 统一社会信用代码, GB 32100-2015: 18 characters, two check characters (17 closes the organisation code, 18 the whole).
 * The region code is the one at registration and need not be current. Parts: `department`, `category`, `adcode`,
 * `orgCode`; when the last character is wrong also `expected`.
 */
export const checkUscc = identifier((source) => {
  const text = source.replaceAll('-', '');
  if (text.length !== 18) {
    return reject(
      'length',
      `统一社会信用代码应为 18 位，现为 ${text.length} 位`,
      `A unified social credit code has 18 characters, this has ${text.length}`,
    );
  }
  const wrong = Array.from(text).findIndex((c) => !ALPHABET.includes(c));
  if (wrong >= 0) {
    const c = text.charAt(wrong);
    const lookalike = { I: '1', O: '0', Z: '2', S: '5' }[c];
    return reject(
      'character',
      `第 ${wrong + 1} 位“${c}”不是代码用字（不使用 I、O、Z、S、V）${lookalike ? `，是否应为 ${lookalike}` : ''}`,
      `Character ${wrong + 1}, "${c}", is not used in these codes (no I, O, Z, S, V)${lookalike ? `: is it ${lookalike}?` : ''}`,
    );
  }
  const adcode = text.slice(2, 8);
  if (!/^\d{6}$/.test(adcode)) {
    return reject(
      'adcode',
      '第 3 至 8 位是登记机关行政区划码，应全为数字',
      'Characters 3 to 8 are the region code of the registrar and must be digits',
    );
  }
  const parts = { department: text.charAt(0), category: text.charAt(1), adcode, orgCode: text.slice(8, 17) };
  const expected = usccCheckCharacter(text.slice(0, 17));
  if (text.charAt(17) !== expected) {
    return reject(
      'check-character',
      `校验位不符：按前 17 位应为 ${expected}，现为 ${text.charAt(17)}，请核对是否抄错`,
      `The check character does not fit: the first 17 give ${expected}, found ${text.charAt(17)}; look for a slip`,
      { ...parts, expected },
    );
  }
  const org = orgCodeCheckCharacter(text.slice(8, 16));
  if (text.charAt(16) !== org) {
    return reject(
      'org-check-character',
      `第 17 位（主体标识码校验位）不符：应为 ${org}，现为 ${text.charAt(16)}，请核对第 9 至 17 位`,
      `Character 17 closes the organisation code and should be ${org}, found ${text.charAt(16)}: check characters 9 to 17`,
      parts,
    );
  }
  return accept(text, parts);
});
