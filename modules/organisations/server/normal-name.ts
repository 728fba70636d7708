/** Brackets of every kind that stand for round ones. */
const OPENING = /[[{【〔〖〘〚⟨⟦]/gu;
const CLOSING = /[\]}】〕〗〙〛⟩⟧]/gu;
/** Every dash, also doubled. */
const DASHES = /[-‐-―⸺⸻−─━ー﹘]+/gu;
/** Dots that stand in the middle, as in 约翰·史密斯. */
const MIDDLE_DOTS = /[·•‧∙⋅・᛫ꞏ]/gu;
/** Spaces, control and format characters, marks that only choose a glyph. */
const INVISIBLE = /[\s\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\p{Variation_Selector}]+/gu;

/**
 * The one form under which a name is compared. Folds what keyboards and typesetting vary and nothing else: widths, case,
 * spaces, kinds of brackets, dashes, dots and quotes, and the ways to write the English words of a legal form (`Co., Ltd.`,
 * `CO LTD`, `Company Limited`). Words stay words: 有限公司 and 有限责任公司, `Ltd` and `Co Ltd` remain different. Empty where
 * the text has nothing to compare.
 */
export function normalName(text: string): string {
  let before: string;
  let name = text;
  // Folding can bring together what folds once more (`L.imited`); it only ever shortens, so it comes to an end.
  do {
    before = name;
    name = folded(before);
  } while (name !== before);
  // A dash or a slash in a cell says that there is no name.
  return /[\p{L}\p{N}]/u.test(name) ? name : '';
}

function folded(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .normalize('NFKC')
      .replaceAll(OPENING, '(')
      .replaceAll(CLOSING, ')')
      .replaceAll(DASHES, '-')
      .replaceAll(/[“”„‟«»"〝〞〃]/gu, '"')
      .replaceAll(/[‘’‚‛`´ʼ′]/gu, "'")
      .replaceAll(MIDDLE_DOTS, '·')
      .replaceAll('。', '.')
      // A full stop between Chinese characters is a middle dot in a hurry; elsewhere it only counts within a figure.
      .replaceAll(/(?<=\p{Script=Han}\s*)\.(?=\s*\p{Script=Han})/gu, '·')
      .replaceAll(/(?<!\d)\.|\.(?!\d)/gu, '')
      // Words of a legal form while spaces still tell where they begin.
      .replaceAll(/\blimited\b/gu, 'ltd')
      .replaceAll(/\bcompany\b/gu, 'co')
      .replaceAll(/\bcorporation\b/gu, 'corp')
      .replaceAll(/\bincorporated\b/gu, 'inc')
      // A comma beside Latin letters sets an ending apart; between Chinese names it separates two.
      .replaceAll(/(?<=[a-z)]\s*),|,(?=\s*[a-z])/gu, '')
      .replaceAll(INVISIBLE, '')
  );
}
