import {
  AlignmentType,
  convertMillimetersToTwip,
  Document,
  Footer,
  LineRuleType,
  Packer,
  Paragraph,
  TextRun,
} from 'docx';
import { FONT, withFallbacks } from '#kernel/office/faces';
import { settle } from '#kernel/office/settle';
import { xmlSafe } from '#kernel/office/xml';
import { readZip } from '#kernel/office/zip';
import type { Letter } from '../../contract.ts';

/** 三号, 二号 and 小四, in half points. */
const SIZE = { body: 32, title: 44, small: 24 } as const;
/** Height of a line, in twentieths of a point. */
const LINE = 560;

function run(
  text: string,
  more: { size?: number; font?: (typeof FONT)[keyof typeof FONT]; color?: string } = {},
) {
  const { size = SIZE.body, font = FONT.body, ...rest } = more;
  return new TextRun({
    text: xmlSafe(text),
    size,
    font,
    ...rest,
  });
}

const spacing = { line: LINE, lineRule: LineRuleType.EXACT } as const;

function centred(children: TextRun[]): Paragraph {
  return new Paragraph({ children, alignment: AlignmentType.CENTER, spacing: { ...spacing, after: 120 } });
}

/** Text of the body: two characters in, as Chinese paragraphs are. */
function body(text: string): Paragraph {
  return new Paragraph({ children: [run(text)], indent: { firstLine: 2 * 320 }, spacing });
}

/**
 * A letter as a Word document on A4, with the margins of official documents and a place for the seal. `code` is printed at the
 * foot with the address `at` which it is verified; `made` is the instant of its making. Equal input, equal bytes.
 */
export async function letterDocx(
  letter: Letter,
  proof: { code: string; at: string; made: string },
): Promise<Buffer> {
  const doc = new Document({
    title: xmlSafe(`${letter.title} ${letter.number}`),
    creator: xmlSafe(letter.office),
    lastModifiedBy: xmlSafe(letter.office),
    sections: [
      {
        properties: {
          page: {
            size: { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) },
            margin: {
              top: convertMillimetersToTwip(37),
              bottom: convertMillimetersToTwip(35),
              left: convertMillimetersToTwip(28),
              right: convertMillimetersToTwip(26),
            },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                children: [run(`核验码 ${proof.code}　核验地址 ${proof.at}`, { size: 18, color: '666666' })],
              }),
            ],
          }),
        },
        children: [
          centred([run(letter.office, { font: FONT.title, size: 36 })]),
          centred([run(letter.title, { font: FONT.title, size: SIZE.title })]),
          centred([run(letter.number, { size: SIZE.small })]),
          new Paragraph({ children: [run(`${letter.to}：`)], spacing: { ...spacing, before: 240 } }),
          ...letter.paragraphs.map(body),
          new Paragraph({
            children: [run(letter.office)],
            alignment: AlignmentType.RIGHT,
            spacing: { ...spacing, before: 720 },
          }),
          new Paragraph({
            children: [run('（印章）', { color: '999999' })],
            alignment: AlignmentType.RIGHT,
            spacing,
          }),
          new Paragraph({ children: [run(letter.date)], alignment: AlignmentType.RIGHT, spacing }),
        ],
      },
    ],
  });
  const entries = await readZip(await Packer.toBuffer(doc));
  withFallbacks(entries);
  return settle(entries, { at: proof.made });
}
