import { dateOf, isRealDay, shanghaiToday } from '#kernel/calendar/date';
import { accept, identifier, reject, weightedSum } from './check.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/** The 18th character of a 公民身份号码 (GB 11643-1999), from its first 17 digits. */
export function residentIdCheckCharacter(first17: string): string {
  return CHECKS.charAt(weightedSum(Array.from(first17, Number), WEIGHTS) % 11);
}

/**
 * 公民身份号码, GB 11643-1999, also the 15-digit form of before, which is turned into 18 characters (all of it belongs
 * to years 19xx). The region code may be a former one. Personal data: neither the value nor the parts may be logged or
 * shown to who may not see them. Parts: `adcode`, `birthDate`, `sex` (male, female), `form` (18, 15); no `expected`
 * digit is ever told, so that a wrong number cannot be completed by asking.
 */
export const checkResidentId = identifier((text, ctx) => {
  if (!/^(\d{15}|\d{17}[\dX])$/.test(text)) {
    return reject(
      'format',
      '身份证号应为 18 位（末位可为 X）或旧式 15 位数字',
      'A resident identity number has 18 characters (the last may be X) or, in the old form, 15 digits',
    );
  }
  const isOld = text.length === 15;
  const first17 = isOld ? `${text.slice(0, 6)}19${text.slice(6)}` : text.slice(0, 17);
  const year = Number(first17.slice(6, 10));
  const month = Number(first17.slice(10, 12));
  const day = Number(first17.slice(12, 14));
  const adcode = first17.slice(0, 6);
  if (adcode.startsWith('0')) {
    return reject('adcode', '前 6 位不是行政区划码', 'The first six digits are not a region code');
  }
  const today = ctx.today ?? shanghaiToday(new Date());
  if (!isRealDay(year, month, day) || year < 1800 || dateOf(year, month, day) > today) {
    return reject(
      'birth-date',
      '第 7 至 14 位不是可能的出生日期，请核对',
      'Digits 7 to 14 are not a possible date of birth: check them',
    );
  }
  const check = residentIdCheckCharacter(first17);
  if (!isOld && text.charAt(17) !== check) {
    return reject(
      'check-character',
      '校验位不符，请核对是否抄错',
      'The check character does not fit: look for a slip',
    );
  }
  return accept(`${first17}${check}`, {
    adcode,
    birthDate: dateOf(year, month, day),
    sex: Number(first17.charAt(16)) % 2 === 1 ? 'male' : 'female',
    form: isOld ? 15 : 18,
  });
});
