/** A number as people type it, in the form in which it is printed: 通知公开收[2026]012 号 is 通知公开收〔2026〕12号. */
export function tidyNumber(typed: string): string {
  const signs = typed.normalize('NFKC').replaceAll(/\s/g, '');
  const [, mark, year, count] =
    /^(\p{Script=Han}+)[[(〔【〈<]?(\d{4})[\])〕】〉>]?第?0*(\d+)号?$/u.exec(signs) ?? [];
  return mark ? `${mark}〔${year}〕${count}号` : signs;
}
