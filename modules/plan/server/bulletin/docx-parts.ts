import {
  AlignmentType,
  BorderStyle,
  type IRunOptions,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { FONT } from '#kernel/office/faces';
import { xmlSafe } from '#kernel/office/xml';
import type { BulletinContent } from '../../contract.ts';
import { LIGHTS, lightText } from './wording.ts';

/** Millimetres in twentieths of a point. */
export const mm = (n: number): number => Math.round((n * 1440) / 25.4);

/** A run of cleaned text. */
export function run(text: string, options: IRunOptions = {}): TextRun {
  return new TextRun({ ...options, text: xmlSafe(text) });
}

/** Body paragraph: 仿宋, two characters indented. */
export function body(...runs: TextRun[]): Paragraph {
  return new Paragraph({ style: 'Body', children: runs });
}

/** What a cell shows. */
export interface CellSpec {
  text: string;
  align?: 'left' | 'center' | 'right';
  color?: string;
  bold?: boolean;
}

/** A light as a cell. */
export function lightCell(light: BulletinContent['rows'][number]['light']): CellSpec {
  return { text: lightText(light), color: LIGHTS[light].color, bold: true, align: 'center' };
}

/** A row of cells, or a heading across the table. */
export type RowSpec = CellSpec[] | { heading: string };

const thin = { style: BorderStyle.SINGLE, size: 4, color: '5B6675' };

function cell(spec: CellSpec, width: number, more: { header?: boolean; span?: number } = {}): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    columnSpan: more.span,
    verticalAlign: VerticalAlignTable.CENTER,
    shading: more.header || more.span ? { fill: more.header ? 'E3E8EF' : 'F3F5F8' } : undefined,
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
    children: [
      new Paragraph({
        style: 'Cell',
        alignment: AlignmentType[(spec.align ?? 'left').toUpperCase() as 'LEFT' | 'CENTER' | 'RIGHT'],
        keepNext: more.span !== undefined,
        children: [
          run(spec.text, {
            color: spec.color,
            bold: spec.bold,
            font: more.header || more.span ? FONT.heading : undefined,
          }),
        ],
      }),
    ],
  });
}

/** A table whose head repeats on every page and whose rows do not break across pages. Widths are in millimetres. */
export function table(columns: readonly { title: string; width: number }[], rows: readonly RowSpec[]): Table {
  const widths = columns.map((c) => mm(c.width));
  const total = widths.reduce((a, b) => a + b, 0);
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: total, type: WidthType.DXA },
    alignment: AlignmentType.CENTER,
    columnWidths: widths,
    borders: {
      top: thin,
      bottom: thin,
      left: thin,
      right: thin,
      insideHorizontal: thin,
      insideVertical: thin,
    },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map((c, i) =>
          cell({ text: c.title, align: 'center' }, widths[i]!, { header: true }),
        ),
      }),
      ...rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            children:
              'heading' in row
                ? [cell({ text: row.heading }, total, { span: columns.length })]
                : row.map((spec, i) => cell(spec, widths[i]!)),
          }),
      ),
    ],
  });
}
