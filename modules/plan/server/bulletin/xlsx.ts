import type ExcelJS from '@protobi/exceljs';
import { settle } from '#kernel/office/settle';
import { addSheetCharts, type PlacedChart } from '#kernel/office/sheet-chart';
import { xmlSafe } from '#kernel/office/xml';
import { readZip } from '#kernel/office/zip';
import { displayWidth } from '#kernel/tables/write-xlsx';
import type { BulletinContent } from '../../contract.ts';
import { CHART_FONT, type ChartModel, lightsChart, ratioChart } from './charts.ts';
import {
  countyNames,
  explanations,
  figure,
  projectCounts,
  projectName,
  summarySentence,
  unitOf,
} from './model.ts';
import {
  type BulletinInfo,
  bulletinTitle,
  COUNTY_NOTE,
  DEMO_MARK,
  LIGHT_ORDER,
  LIGHTS,
  lightText,
  runningHead,
  subtitle,
  UNIT_NOTE,
} from './wording.ts';

/** A cell: a text, a number with its format, or nothing. */
type CellSpec = string | { number: number; format: string } | null;

interface Column {
  title: string;
  /** Width in digits of the standard face; a Chinese character takes two. */
  width: number;
  align?: 'left' | 'center' | 'right';
}

interface SheetSpec {
  name: string;
  heading: string;
  columns: Column[];
  rows: CellSpec[][];
  /** Sentences between heading and table. */
  lead: string[];
  filter: boolean;
}

const SERIF = '宋体';
const THIN = { style: 'thin', color: { argb: 'FFB8C0CC' } } as const;
const BOX = { top: THIN, bottom: THIN, left: THIN, right: THIN };

/**
 * The bulletin as a workbook: sheets 总体情况, 指标, 完成率 (the table behind the second chart), 县（市）区 and 说明. Numbers are
 * numbers, charts are native and refer to the sheets' cells. Equal content and information give equal bytes.
 */
export async function bulletinXlsx(content: BulletinContent, info: BulletinInfo): Promise<Buffer> {
  // Loaded here: it is the largest of all packages, and most processes write no workbook.
  const { Workbook } = (await import('@protobi/exceljs')).default;
  const book = new Workbook();
  book.creator = xmlSafe(content.city);
  book.lastModifiedBy = xmlSafe(content.city);
  book.title = xmlSafe(bulletinTitle(content));
  book.subject = xmlSafe(content.planTitle);
  book.created = new Date(info.frozenAt);
  book.modified = new Date(info.frozenAt);
  const lights = lightsChart(content);
  const ratios = ratioChart(content);
  const specs = [
    overallSheet(content, info),
    indicatorSheet(content),
    ...(ratios ? [ratioSheet(ratios)] : []),
    ...(content.counties.length > 0 ? [countySheet(content)] : []),
    explanationSheet(content, info),
  ];
  const heads = specs.map((spec) => addSheet(book, content, spec));
  const entries = await readZip(Buffer.from(await book.xlsx.writeBuffer()));

  if (lights) {
    const below = heads[0]! + lights.categories.length + 2;
    addSheetCharts(entries, 'xl/worksheets/sheet1.xml', 1, [
      place(lights, specs[0]!.name, heads[0]!, [0, 2], {
        from: { column: 0, row: below },
        to: { column: 6, row: below + 8 + lights.categories.length * 2 },
      }),
    ]);
  }
  if (ratios)
    addSheetCharts(entries, 'xl/worksheets/sheet3.xml', 2, [
      place(ratios, specs[2]!.name, heads[2]!, [0, 1], {
        from: { column: specs[2]!.columns.length + 1, row: heads[2]! - 1 },
        to: {
          column: specs[2]!.columns.length + 11,
          row: heads[2]! + Math.max(16, ratios.categories.length + 4),
        },
      }),
    ]);
  return settle(entries, { at: info.frozenAt });
}

/** Letters of a column counted from 0; these sheets never reach column AA in a chart. */
const letter = (column: number): string => String.fromCharCode(65 + column);

/** Ties a chart to the table that begins under row `head`; `at` = columns of the categories and of the first series. */
function place(
  model: ChartModel,
  sheet: string,
  head: number,
  at: [number, number],
  corners: Pick<PlacedChart, 'from' | 'to'>,
): PlacedChart {
  const ref = (column: number, first: number, last: number) =>
    `'${sheet}'!$${letter(column)}$${first}${last === first ? '' : `:$${letter(column)}$${last}`}`;
  const last = head + model.categories.length;
  return {
    ...corners,
    description: model.description,
    spec: {
      title: model.title,
      font: CHART_FONT,
      stacked: model.stacked,
      axisFormat: model.axisFormat,
      axisInterval: model.axisInterval,
      axisMaximum: model.axisMaximum,
      categories: { ref: ref(at[0], head + 1, last), values: model.categories },
      series: model.series.map((s, i) => ({
        name: { ref: ref(at[1] + i, head, head), values: [s.name] },
        values: { ref: ref(at[1] + i, head + 1, last), values: s.values },
        color: s.color,
        labelFormat: s.labelFormat,
      })),
    },
  };
}

const count = (n: number): CellSpec => ({ number: n, format: '#,##0' });
const ratio = (n: number | null): CellSpec => (n === null ? '—' : { number: n, format: '0.0%' });

/** A fixed text of the content as a number where it is one, with as many digits as printed; otherwise as it stands. */
function figureCell(text: string, unit = ''): CellSpec {
  const f = figure(text, unit);
  if (f.number === null) return f.text;
  const digits = f.decimals > 0 ? `.${'0'.repeat(f.decimals)}` : '';
  return { number: f.number, format: `${f.grouped ? '#,##0' : '0'}${digits}` };
}

/** A difference as a number with its sign, so that it can be sorted and added. */
function differenceCell(text: string, unit: string): CellSpec {
  const cell = figureCell(text.replace(/^\+(?=[\d.,]+$)/, ''), unit);
  if (cell === null || typeof cell === 'string') return cell;
  return { number: cell.number, format: `+${cell.format};-${cell.format};0` };
}

function overallSheet(content: BulletinContent, info: BulletinInfo): SheetSpec {
  const counts = [...projectCounts(content), { name: '合计', ...content.summary }];
  return {
    name: '总体情况',
    heading: `${bulletinTitle(content)}（${content.year}年，第${content.edition}版）`,
    lead: [subtitle(content, info), summarySentence(content)],
    columns: [
      { title: '工程', width: 44 },
      { title: '合计（项）', width: 16 },
      ...LIGHT_ORDER.map((l) => ({ title: lightText(l), width: 16 })),
    ],
    rows: counts.map((c) => [
      c.name,
      count(c.total),
      count(c.met),
      count(c.atRisk),
      count(c.behind),
      count(c.noData),
    ]),
    filter: false,
  };
}

function indicatorSheet(content: BulletinContent): SheetSpec {
  return {
    name: '指标',
    heading: `${content.year}年指标完成情况`,
    lead: [UNIT_NOTE],
    columns: [
      { title: '序号', width: 7, align: 'center' },
      { title: '指标', width: 32 },
      { title: '所属工程', width: 20 },
      { title: '单位', width: 10, align: 'center' },
      { title: '年度目标', width: 20, align: 'right' },
      { title: '填报值', width: 18, align: 'right' },
      { title: '测算值', width: 16, align: 'right' },
      { title: '差异', width: 12, align: 'right' },
      { title: '完成率（%）', width: 11, align: 'right' },
      { title: '状态', width: 13, align: 'center' },
      { title: '原因', width: 38 },
      { title: '责任部门', width: 22 },
    ],
    rows: content.rows.map((r) => [
      figureCell(r.no),
      r.title,
      projectName(content, r),
      r.unit === '' ? '—' : r.unit,
      figureCell(r.target, r.unit),
      figureCell(r.reported, r.unit),
      figureCell(r.measured, r.unit),
      differenceCell(r.difference ?? '—', r.unit),
      ratio(r.ratio),
      lightText(r.light),
      r.reason === '' ? '—' : r.reason,
      r.lead === '' ? '—' : r.lead,
    ]),
    filter: true,
  };
}

function ratioSheet(chart: ChartModel): SheetSpec {
  return {
    name: '完成率',
    heading: chart.title,
    lead: ['只列以数值衡量的指标；每项指标的完成率写在其状态一列。'],
    columns: [
      { title: '指标', width: 42 },
      ...chart.series.map((s) => ({ title: s.name, width: 13, align: 'right' as const })),
    ],
    rows: chart.categories.map((category, i) => [
      category,
      ...chart.series.map((s): CellSpec => (s.values[i] == null ? null : ratio(s.values[i]))),
    ]),
    filter: false,
  };
}

function countySheet(content: BulletinContent): SheetSpec {
  const names = countyNames(content);
  return {
    name: '县（市）区',
    heading: `${content.year}年县（市）区填报情况`,
    lead: [COUNTY_NOTE],
    columns: [
      { title: '序号', width: 7, align: 'center' },
      { title: '指标', width: 38 },
      { title: '单位', width: 11, align: 'center' },
      ...names.map((title) => ({
        title,
        width: Math.max(14, Math.min(30, title.length * 2 + 2)),
        align: 'right' as const,
      })),
    ],
    rows: content.counties.map((c) => [
      figureCell(c.no),
      c.title,
      unitOf(content, c.no) || '—',
      ...names.map((name) =>
        figureCell(c.values.find((v) => v.region === name)?.display ?? '', unitOf(content, c.no)),
      ),
    ]),
    filter: true,
  };
}

function explanationSheet(content: BulletinContent, info: BulletinInfo): SheetSpec {
  return {
    name: '说明',
    heading: '说明',
    lead: [],
    columns: [
      { title: '事项', width: 26 },
      { title: '内容', width: 120 },
    ],
    rows: explanations(content, info).map((e) => [e.label ?? '注', e.text]),
    filter: false,
  };
}

function write(cell: ExcelJS.Cell, spec: CellSpec): void {
  if (spec === null) return;
  if (typeof spec === 'object') {
    cell.value = spec.number;
    cell.numFmt = spec.format;
    return;
  }
  cell.value = xmlSafe(spec);
  // Written as text it is no formula; the text format keeps it one when somebody edits the cell.
  if (/^[=+\-@\t\r\n]/.test(spec)) cell.numFmt = '@';
}

/** Writes a sheet; returns the number of the row with the heads. */
function addSheet(book: ExcelJS.Workbook, content: BulletinContent, spec: SheetSpec): number {
  const last = spec.columns.length;
  const lead = [...(content.demo ? [DEMO_MARK] : []), ...spec.lead];
  const head = lead.length + 2;
  const amp = (text: string) => xmlSafe(text).replaceAll('&', '&&');
  const sheet = book.addWorksheet(spec.name, {
    views: [{ state: 'frozen', ySplit: head, xSplit: spec.filter ? 2 : 0 }],
    pageSetup: {
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      printTitlesRow: `${head}:${head}`,
      margins: { left: 0.5, right: 0.5, top: 0.75, bottom: 0.7, header: 0.35, footer: 0.35 },
    },
    headerFooter: {
      oddHeader: `&L&9${amp(runningHead(content))}${content.demo ? `&R&9&KB3261E${amp(DEMO_MARK)}` : ''}`,
      oddFooter: '&C— &P —',
    },
  });
  sheet.columns = spec.columns.map((c) => ({ width: c.width }));
  const width = spec.columns.reduce((n, c) => n + c.width, 0);

  const line = (row: number, text: string, style: Partial<ExcelJS.Font>, height: number) => {
    sheet.mergeCells(row, 1, row, last);
    const cell = sheet.getCell(row, 1);
    write(cell, text);
    cell.font = { name: SERIF, ...style };
    cell.alignment = { vertical: 'middle', horizontal: 'left', wrapText: true };
    sheet.getRow(row).height = height * Math.max(1, Math.ceil((displayWidth(text) * 1.08) / width));
  };
  line(1, spec.heading, { name: '黑体', size: 15 }, 26);
  lead.forEach((text, i) => {
    line(
      i + 2,
      text,
      text === DEMO_MARK ? { size: 11, bold: true, color: { argb: 'FFB3261E' } } : { size: 10 },
      17,
    );
  });

  spec.columns.forEach((column, i) => {
    const cell = sheet.getCell(head, i + 1);
    write(cell, column.title);
    cell.font = { name: '黑体', size: 10 };
    cell.alignment = { vertical: 'middle', horizontal: 'center', wrapText: true };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE3E8EF' } };
    cell.border = BOX;
  });
  sheet.getRow(head).height = 24;
  spec.rows.forEach((cells, r) => {
    let lines = 1;
    cells.forEach((value, c) => {
      const column = spec.columns[c]!;
      const cell = sheet.getCell(head + 1 + r, c + 1);
      write(cell, value);
      const light = LIGHT_ORDER.find((l) => value === lightText(l));
      cell.font = {
        name: SERIF,
        size: 10,
        ...(light ? { bold: true, color: { argb: `FF${LIGHTS[light].color}` } } : {}),
      };
      cell.border = BOX;
      const numeric = value !== null && typeof value === 'object';
      cell.alignment = {
        vertical: 'middle',
        horizontal: column.align ?? (numeric ? 'right' : 'left'),
        wrapText: true,
      };
      if (typeof value === 'string')
        lines = Math.max(lines, Math.ceil((displayWidth(value) * 1.08) / (column.width - 1)));
    });
    sheet.getRow(head + 1 + r).height = Math.min(400, Math.max(18, lines * 14 + 4));
  });
  if (spec.filter && spec.rows.length > 0)
    sheet.autoFilter = {
      from: { row: head, column: 1 },
      to: { row: head + spec.rows.length, column: last },
    };
  return head;
}
