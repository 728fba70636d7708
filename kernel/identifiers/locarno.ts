import { accept, identifier, reject } from './check.ts';

/**
 * A class of the Locarno Classification of industrial designs: class 01 to 32, subclass 01 to 99 (99 is
 * miscellaneous), with or without the edition: `LOC(13) Cl. 06-13`, `06-13`, `0613`. Normal form: `LOC(13) Cl. 06-13`
 * where the edition is known, else `06-13`: the same digits can mean another thing in another edition, so store the
 * edition with them. Parts: `edition` (number or null), `class`, `subclass` (two digits each).
 */
export const checkLocarno = identifier((text) => {
  const m =
    /^(?:LOC(?:\((\d{1,2})\))?(?:CL\.?)?)?(?:(\d{2})-?(\d{2})|(\d{1,2})-(\d{1,2}))(?:\((\d{1,2})\))?$/.exec(
      text,
    );
  if (!m) {
    return reject(
      'format',
      '不是洛迦诺分类号，应如 06-13 或 LOC(13) Cl. 06-13',
      'Not a Locarno class: write it as 06-13 or LOC(13) Cl. 06-13',
    );
  }
  const cls = (m[2] ?? m[4] ?? '').padStart(2, '0');
  const subclass = (m[3] ?? m[5] ?? '').padStart(2, '0');
  const tag = m[1] ?? m[6];
  const edition = tag === undefined ? null : Number(tag);
  const parts = { edition, class: cls, subclass };
  if (m[1] !== undefined && m[6] !== undefined && Number(m[1]) !== Number(m[6])) {
    return reject('edition', '前后两处版本号不一致', 'The two edition numbers disagree', parts);
  }
  if (edition === 0) {
    return reject('edition', '版本号从 1 起', 'Editions count from 1', parts);
  }
  if (Number(cls) < 1 || Number(cls) > 32) {
    return reject(
      'class',
      `大类应在 01 至 32 之间，现为 ${cls}`,
      `The class must be 01 to 32, found ${cls}`,
      parts,
    );
  }
  if (subclass === '00') {
    return reject('subclass', '小类应在 01 至 99 之间', 'The subclass must be 01 to 99', parts);
  }
  return accept(edition === null ? `${cls}-${subclass}` : `LOC(${edition}) Cl. ${cls}-${subclass}`, parts);
});
