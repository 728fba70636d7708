import { shanghaiToday, yearOf } from '#kernel/calendar/date';
import { accept, type IdentifierParts, identifier, reject } from './check.ts';

/** 国 for the national office, else the province's short name. */
const OFFICES = '国京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川黔滇藏陕甘青宁新';
const WORK = new RegExp(`^([${OFFICES}])作登字-?(\\d{4})-?([A-Z])-?(\\d{1,8})号?$`);
const SOFTWARE_CERTIFICATE = /^软著登字第?(\d{1,10})号?$/;
const SOFTWARE = /^(\d{4})SR(\d{1,8})$/;

/** The category letters whose meaning has been confirmed on real certificates; others are taken without a name. */
const CATEGORIES: Record<string, string> = { F: '美术', L: '其他' };

/** Copyright registration began under the law of 1990. */
const FIRST_YEAR = 1990;

/**
 * Copyright registration numbers: works `苏作登字-2012-F-00003105` (作品自愿登记试行办法 art. 10), software
 * `软著登字第1234567号` and `2018SR123456`. Takes missing hyphens, any kind of dash, a leading 登记号 and a closing 号;
 * the serial number stays padded as printed. Parts: `type` (work, software), and for works `office`, `year`, `category`,
 * `categoryName` (null where not confirmed), `serial`.
 */
export const checkCopyright = identifier((source, ctx) => {
  const text = source.replace(/^(作品)?(著作权)?登记号:?/, '');
  const thisYear = yearOf(ctx.today ?? shanghaiToday(new Date()));
  const inYear = (year: number, normalized: string, parts: IdentifierParts) =>
    year >= FIRST_YEAR && year <= thisYear
      ? accept(normalized, parts)
      : reject(
          'year',
          `登记年份 ${year} 不可能（应在 ${FIRST_YEAR} 至 ${thisYear} 之间）`,
          `The year ${year} is impossible (${FIRST_YEAR} to ${thisYear} expected)`,
          parts,
        );

  const work = WORK.exec(text);
  if (work) {
    const [, office = '', year = '', category = '', serial = ''] = work;
    return inYear(Number(year), `${office}作登字-${year}-${category}-${serial}`, {
      type: 'work',
      office,
      year: Number(year),
      category,
      categoryName: CATEGORIES[category] ?? null,
      serial,
    });
  }
  const software = SOFTWARE.exec(text);
  if (software) {
    const [, year = '', serial = ''] = software;
    return inYear(Number(year), `${year}SR${serial}`, { type: 'software', year: Number(year), serial });
  }
  const certificate = SOFTWARE_CERTIFICATE.exec(text);
  if (certificate) {
    const serial = certificate[1] ?? '';
    return accept(`软著登字第${serial}号`, { type: 'software', year: null, serial });
  }
  return reject(
    'format',
    '不是著作权登记号，应如 国作登字-2018-F-00673505、苏作登字-2012-J-3105、软著登字第1234567号或 2018SR123456',
    'Not a copyright registration number: write it as 国作登字-2018-F-00673505, 软著登字第1234567号 or 2018SR123456',
  );
});
