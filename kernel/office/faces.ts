import { editPart } from './package.ts';
import { XML_HEAD, xmlEscape } from './xml.ts';
import type { ZipEntries } from './zip.ts';

const face = (eastAsia: string) => ({
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: 'Times New Roman',
  eastAsia,
});

/** Typefaces of official documents (GB/T 9704-2012): 小标宋 title, 黑体 and 楷体 headings, 仿宋 body. */
export const FONT = {
  title: face('方正小标宋简体'),
  heading: face('黑体'),
  body: face('仿宋'),
  note: face('楷体'),
  song: face('宋体'),
} as const;

/** What a machine that lacks one of the faces takes instead (`w:altName` of the font table). */
const FALLBACK: Readonly<Record<string, string>> = {
  方正小标宋简体: '方正小标宋_GBK,小标宋,宋体,SimSun,Noto Serif CJK SC',
  黑体: 'SimHei,Noto Sans CJK SC',
  仿宋: '仿宋_GB2312,FangSong,方正仿宋_GBK,Noto Serif CJK SC',
  楷体: '楷体_GB2312,KaiTi,Noto Serif CJK SC',
  宋体: 'SimSun,Noto Serif CJK SC',
};

/** Entries of the font table with the faces to fall back on. */
function fontTable(): string {
  return Object.entries(FALLBACK)
    .map(
      ([name, alt]) =>
        `<w:font w:name="${xmlEscape(name)}"><w:altName w:val="${xmlEscape(alt)}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>`,
    )
    .join('');
}

/** Writes into a Word document what a machine takes that lacks one of the faces. */
export function withFallbacks(entries: ZipEntries): void {
  editPart(entries, 'word/fontTable.xml', (xml) =>
    xml.replace(/(<w:fonts[^>]*)\/>/, `$1>${fontTable()}</w:fonts>`),
  );
}

/** The same for programs that ask fontconfig which face to take: LibreOffice does not look into the font table for it. */
export function fontconfig(): string {
  const rules = Object.entries(FALLBACK).flatMap(([name, alt]) => {
    const others = alt.split(',');
    return [name, ...others.slice(0, -1)].map(
      (family) =>
        `<match target="pattern"><test name="family" qual="any"><string>${xmlEscape(family)}</string></test><edit name="family" mode="append" binding="strong">${others.map((one) => `<string>${xmlEscape(one)}</string>`).join('')}</edit></match>`,
    );
  });
  return `${XML_HEAD}<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>${rules.join('')}</fontconfig>`;
}
