import { accept, identifier, reject } from './check.ts';

/** Kind letters, what they name, and the type digit that a nine-digit number of that kind begins with. */
const KINDS: Record<string, { zh: string; type: string; lead: string; granted: number }> = {
  A: { zh: '发明专利申请公布', type: 'invention', lead: '1', granted: 0 },
  B: { zh: '发明专利授权公告', type: 'invention', lead: '1', granted: 1 },
  C: { zh: '发明专利授权公告（旧）', type: 'invention', lead: '1', granted: 1 },
  U: { zh: '实用新型专利授权公告', type: 'utility-model', lead: '2', granted: 1 },
  Y: { zh: '实用新型专利授权公告（旧）', type: 'utility-model', lead: '2', granted: 1 },
  S: { zh: '外观设计专利授权公告', type: 'design', lead: '3', granted: 1 },
  D: { zh: '外观设计专利授权公告（旧）', type: 'design', lead: '3', granted: 1 },
};

/**
 * Chinese publication or grant number: CN, 7 to 9 digits, kind letter and perhaps a digit. A nine-digit number begins
 * with the type digit of its kind. Parts: `number`, `kind`, `kindName`, `type`, `granted` (0 or 1), `kindDigit`.
 */
export const checkCnPublication = identifier((text) => {
  const m = /^CN(\d{7,9})([ABCDUYS])(\d)?$/.exec(text);
  const number = m?.[1] ?? '';
  const letter = m?.[2] ?? '';
  const kind = KINDS[letter];
  if (!m || !kind) {
    return reject(
      'format',
      '不是中国专利公开（公告）号，应为 CN、7 至 9 位数字和种类字母（A B C D U Y S），如 CN106844774A',
      'Not a Chinese publication number: CN, 7 to 9 digits and a kind letter (A B C D U Y S), as in CN106844774A',
    );
  }
  const kindDigit = m[3] ?? null;
  const parts = {
    number,
    kind: letter,
    kindName: kind.zh,
    type: kind.type,
    granted: kind.granted,
    kindDigit: kindDigit === null ? null : Number(kindDigit),
  };
  if (number.length === 9 && number.charAt(0) !== kind.lead) {
    return reject(
      'kind-mismatch',
      `种类字母 ${letter}（${kind.zh}）的 9 位号应以 ${kind.lead} 开头，现以 ${number.charAt(0)} 开头`,
      `A nine-digit number of kind ${letter} begins with ${kind.lead}, this one with ${number.charAt(0)}`,
      parts,
    );
  }
  return accept(`CN${number}${letter}${kindDigit ?? ''}`, parts);
});
