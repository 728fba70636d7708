import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { xmlSafe } from '#kernel/office/xml';
import type { Lang, Text } from '#kernel/text';
import { COLUMNS } from './fields.ts';
import { gbt7714 } from './references.ts';
import type { ExportRow } from './rows.ts';

/** What a report says of itself. */
export interface ReportAbout {
  title: string;
  total: number;
  /** `YYYY-MM-DD` */
  today: string;
  /** The query as it was understood; '' for a list of numbers. */
  reading: string;
}

const FONT = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋', cs: 'Times New Roman' };
const HEAD = { ascii: 'Arial', hAnsi: 'Arial', eastAsia: '黑体', cs: 'Arial' };

const WORDS = {
  query: { zh: '实际检索', en: 'Searched' },
  date: { zh: '检索日期', en: 'Date' },
  total: { zh: '结果数', en: 'Results' },
  list: { zh: '一、目录', en: '1. List' },
  records: { zh: '二、著录与摘要', en: '2. Records' },
  references: { zh: '三、参考文献格式（GB/T 7714）', en: '3. References (GB/T 7714)' },
  no: { zh: '序号', en: 'No.' },
  page: { zh: '第 ', en: 'Page ' },
  demo: { zh: '仅含检索当日库中已导入的数据', en: 'Only what had been imported by that day' },
} satisfies Record<string, Text>;

const LISTED = ['publicationNumber', 'title', 'applicants', 'publicationDate', 'legalStatus'] as const;
const WIDTHS = [6, 18, 36, 22, 10, 8];
const SHOWN = [
  'publicationNumber',
  'applicationNumber',
  'applicants',
  'ipc',
  'filingDate',
  'publicationDate',
  'type',
  'legalStatus',
] as const;

/** A result list as a Word report: what was searched, a table, each record with its abstract, references. A4, page numbers. */
export async function reportDocx(
  rows: readonly ExportRow[],
  about: ReportAbout,
  lang: Lang,
): Promise<Buffer> {
  const t = (key: keyof typeof WORDS) => WORDS[key][lang];
  const doc = new Document({
    title: xmlSafe(about.title),
    creator: '知城',
    styles: { default: { document: { run: { font: FONT, size: 24 } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: 11906, height: 16838 },
            margin: { top: 1440, bottom: 1440, left: 1418, right: 1418 },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [
                  new TextRun({
                    children: [t('page'), PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES],
                    size: 18,
                    font: FONT,
                  }),
                ],
              }),
            ],
          }),
        },
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 240 },
            children: [text(about.title, { size: 36, font: HEAD, bold: true })],
          }),
          ...(about.reading === '' ? [] : [fact(t('query'), about.reading)]),
          fact(t('date'), about.today),
          fact(t('total'), `${about.total}（${t('demo')}）`),
          heading(t('list')),
          list(rows, lang),
          heading(t('records')),
          ...rows.flatMap((row, i) => record(row, i + 1, lang)),
          heading(t('references')),
          ...rows.map(
            (row, i) =>
              new Paragraph({ spacing: { after: 60 }, children: [text(gbt7714(row, i + 1), { size: 20 })] }),
          ),
        ],
      },
    ],
  });
  return Packer.toBuffer(doc);
}

function text(value: string, style: { size?: number; font?: typeof FONT; bold?: boolean } = {}): TextRun {
  return new TextRun({
    text: xmlSafe(value),
    font: style.font ?? FONT,
    size: style.size ?? 24,
    ...(style.bold && { bold: true }),
  });
}

function fact(name: string, value: string): Paragraph {
  return new Paragraph({
    spacing: { after: 60 },
    children: [text(`${name}：`, { bold: true, size: 22 }), text(value, { size: 22 })],
  });
}

function heading(value: string): Paragraph {
  return new Paragraph({
    heading: HeadingLevel.HEADING_1,
    spacing: { before: 240, after: 120 },
    children: [text(value, { size: 28, font: HEAD, bold: true })],
  });
}

function list(rows: readonly ExportRow[], lang: Lang): Table {
  const cell = (value: string, width: number, head = false) =>
    new TableCell({
      width: { size: width, type: WidthType.PERCENTAGE },
      margins: { top: 40, bottom: 40, left: 60, right: 60 },
      ...(head && { shading: { fill: 'E8EDF4' } }),
      children: [new Paragraph({ children: [text(value, { size: 18, bold: head })] })],
    });
  const heads = [WORDS.no[lang], ...LISTED.map((field) => COLUMNS[field].head[lang])];
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      new TableRow({ tableHeader: true, children: heads.map((h, i) => cell(h, WIDTHS[i]!, true)) }),
      ...rows.map(
        (row, n) =>
          new TableRow({
            cantSplit: true,
            children: [
              String(n + 1),
              ...LISTED.map((field) => String(COLUMNS[field].value(row, lang) ?? '')),
            ].map((v, i) => cell(v, WIDTHS[i]!)),
          }),
      ),
    ],
  });
}

function record(row: ExportRow, n: number, lang: Lang): Paragraph[] {
  const facts = SHOWN.map(
    (field) => `${COLUMNS[field].head[lang]}：${COLUMNS[field].value(row, lang) ?? '—'}`,
  );
  return [
    new Paragraph({
      heading: HeadingLevel.HEADING_2,
      spacing: { before: 200, after: 60 },
      keepNext: true,
      children: [text(`${n}. ${row.title}`, { size: 24, font: HEAD, bold: true })],
    }),
    ...facts.map((value) => new Paragraph({ spacing: { after: 20 }, children: [text(value, { size: 20 })] })),
    ...(row.abstract === ''
      ? []
      : [
          new Paragraph({
            spacing: { before: 60, after: 80 },
            indent: { firstLine: 440 },
            children: [text(row.abstract.replaceAll(/\s*\n\s*/g, ' '), { size: 22 })],
          }),
        ]),
  ];
}
