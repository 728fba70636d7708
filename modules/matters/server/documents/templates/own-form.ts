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
import { readZip, type ZipEntries } from '#kernel/office/zip';
import { BODY, NUMBER } from './tags.ts';

/** 三号, 二号 and 小四, in half points. */
const SIZE = { body: 32, title: 44, small: 24 } as const;
/** Height of a line, in twentieths of a point. */
const LINE = 560;

function run(
  text: string,
  more: { size?: number; font?: (typeof FONT)[keyof typeof FONT]; color?: string } = {},
) {
  const { size = SIZE.body, font = FONT.body, ...rest } = more;
  return new TextRun({ text, size, font, ...rest });
}

const spacing = { line: LINE, lineRule: LineRuleType.EXACT } as const;

function centred(children: TextRun[]): Paragraph {
  return new Paragraph({ children, alignment: AlignmentType.CENTER, spacing: { ...spacing, after: 120 } });
}

let made: Promise<ZipEntries> | undefined;

/**
 * The platform's own form as a template: A4 with the margins of official documents, a place for the seal, and at the foot the code
 * with the address at which it is verified. It fits every document; it is the one in use where an office has put none of its own in
 * force.
 */
export function ownForm(): Promise<ZipEntries> {
  made ??= make();
  return made.then((entries) => new Map(entries));
}

async function make(): Promise<ZipEntries> {
  const doc = new Document({
    title: '文书模板',
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
                children: [run('核验码 {核验码}　核验地址 {核验地址}', { size: 18, color: '666666' })],
              }),
            ],
          }),
        },
        children: [
          centred([run('{发文机关}', { font: FONT.title, size: 36 })]),
          centred([run('{标题}', { font: FONT.title, size: SIZE.title })]),
          centred([run(`{${NUMBER}}`, { size: SIZE.small })]),
          new Paragraph({ children: [run('{主送}：')], spacing: { ...spacing, before: 240 } }),
          // Two characters in, as Chinese paragraphs are.
          new Paragraph({ children: [run(`{${BODY}}`)], indent: { firstLine: 2 * 320 }, spacing }),
          new Paragraph({
            children: [run('{发文机关}')],
            alignment: AlignmentType.RIGHT,
            spacing: { ...spacing, before: 720 },
          }),
          new Paragraph({
            children: [run('{印章}', { color: '999999' })],
            alignment: AlignmentType.RIGHT,
            spacing,
          }),
          new Paragraph({ children: [run('{成文日期}')], alignment: AlignmentType.RIGHT, spacing }),
        ],
      },
    ],
  });
  const entries = await readZip(await Packer.toBuffer(doc));
  withFallbacks(entries);
  return readZip(await settle(entries, { at: '2000-01-01T00:00:00Z' }));
}
