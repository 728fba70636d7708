import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  type ISectionOptions,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  type Table,
  TabStopType,
  TextRun,
} from 'docx';
import { ChartRun } from 'docx/charts';
import { FONT, withFallbacks } from '#kernel/office/faces';
import { editPart } from '#kernel/office/package';
import { settle } from '#kernel/office/settle';
import { xmlSafe } from '#kernel/office/xml';
import { readZip } from '#kernel/office/zip';
import type { BulletinContent } from '../../contract.ts';
import { CHART_FONT, type ChartModel, lightsChart, ratioChart } from './charts.ts';
import { body, type CellSpec, lightCell, mm, type RowSpec, run, table } from './docx-parts.ts';
import { documentStyles } from './docx-styles.ts';
import {
  attentionRows,
  countyNames,
  explanations,
  figure,
  groupedRows,
  noDataSentence,
  projectCounts,
  summarySentence,
  unitOf,
} from './model.ts';
import {
  type BulletinInfo,
  bulletinTitle,
  COUNTY_NOTE,
  DEMO_MARK,
  ratioText,
  runningHead,
  subtitle,
  UNIT_NOTE,
} from './wording.ts';

type Block = Paragraph | Table;

/** Widths of the text on upright and on lying A4, in millimetres. */
const UPRIGHT = 156;
const LYING = 257;
/** Counties beside each other in one table; more go into further tables. */
const COUNTIES_ACROSS = 9;
const TOTAL = '合计';

/**
 * The bulletin as a Word document: upright and lying A4, heads that repeat, native charts with their workbooks.
 * Equal content and information give equal bytes.
 */
export async function bulletinDocx(content: BulletinContent, info: BulletinInfo): Promise<Buffer> {
  const counties = content.counties.length > 0;
  const doc = new Document({
    title: xmlSafe(`${bulletinTitle(content)}（${content.year}年，第${content.edition}版）`),
    subject: xmlSafe(content.planTitle),
    creator: xmlSafe(content.city),
    lastModifiedBy: xmlSafe(content.city),
    description: content.demo ? DEMO_MARK : undefined,
    styles: documentStyles(),
    sections: [
      section(content, false, overall(content, info)),
      section(content, true, [
        ...indicators(content),
        ...attention(content),
        ...(counties ? countySection(content) : []),
      ]),
      section(content, false, explanationSection(content, info, counties ? '五' : '四')),
    ],
  });
  const entries = await readZip(await Packer.toBuffer(doc));
  withFallbacks(entries);
  for (const part of entries.keys())
    if (/^word\/charts\/chart\d+\.xml$/.test(part))
      editPart(entries, part, (xml) =>
        xml
          .replaceAll('"en-US"', '"zh-CN"')
          // Every bar keeps its name, also where an application would rather leave some out.
          .replace('<c:noMultiLvlLbl', '<c:tickLblSkip val="1"/><c:noMultiLvlLbl'),
      );
  return settle(entries, { at: info.frozenAt });
}

function section(content: BulletinContent, lying: boolean, children: Block[]): ISectionOptions {
  const width = lying ? LYING : UPRIGHT;
  return {
    properties: {
      page: {
        // The library turns the sheet itself when it lies: the sides are given as of an upright one.
        size: {
          width: mm(210),
          height: mm(297),
          orientation: lying ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: lying
          ? { top: mm(25), bottom: mm(22), left: mm(20), right: mm(20), header: mm(12), footer: mm(12) }
          : { top: mm(34), bottom: mm(32), left: mm(28), right: mm(26), header: mm(18), footer: mm(20) },
      },
    },
    headers: {
      default: new Header({
        children: [
          new Paragraph({
            tabStops: [{ type: TabStopType.RIGHT, position: mm(width) }],
            border: { bottom: { style: BorderStyle.SINGLE, size: 4, color: '5B6675', space: 2 } },
            children: [
              run(runningHead(content), { font: FONT.song, size: 18 }),
              ...(content.demo
                ? [
                    new TextRun({ text: '\t', size: 18 }),
                    run(DEMO_MARK, { font: FONT.heading, size: 20, bold: true, color: 'B3261E' }),
                  ]
                : []),
            ],
          }),
        ],
      }),
    },
    footers: {
      default: new Footer({
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            children: [
              new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: FONT.song, size: 28 }),
            ],
          }),
        ],
      }),
    },
    children,
  };
}

const heading = (text: string): Paragraph =>
  new Paragraph({ heading: HeadingLevel.HEADING_1, children: [run(text)] });
const caption = (text: string): Paragraph => new Paragraph({ style: 'Caption', children: [run(text)] });
const note = (text: string): Paragraph => new Paragraph({ style: 'Note', children: [run(text)] });

function chart(model: ChartModel, name: string, heightMm: number): Paragraph {
  const pixels = (n: number) => Math.round((n * 96) / 25.4);
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { before: 160, after: 160 },
    children: [
      new ChartRun({
        type: 'bar',
        title: { text: model.title, font: { size: 12, bold: true, color: '1C2430' } },
        font: { name: CHART_FONT },
        categories: model.categories.map(xmlSafe),
        series: model.series.map((s) => ({
          name: s.name,
          values: s.values,
          color: s.color,
          dataLabels: {
            value: true,
            numberFormat: s.labelFormat,
            position: model.stacked ? 'center' : 'outsideEnd',
            font: { color: model.stacked ? 'FFFFFF' : '1C2430' },
          },
        })),
        stacking: model.stacked ? 'stacked' : 'none',
        // Series that take turns share the place of one bar.
        ...(model.stacked ? {} : { overlap: 100 }),
        gapWidth: 45,
        categoryAxis: { reverseOrder: true },
        valueAxis: {
          minimum: 0,
          maximum: model.axisMaximum,
          interval: model.axisInterval,
          numberFormat: model.axisFormat,
          // The categories run downwards; "maximum" puts the axis of values under the last one.
          crossesAt: 'maximum',
        },
        altText: { name, description: xmlSafe(model.description) },
        transformation: { width: pixels(UPRIGHT), height: pixels(heightMm) },
      }),
    ],
  });
}

function overall(content: BulletinContent, info: BulletinInfo): Block[] {
  const title = (text: string) => new Paragraph({ style: 'Title', children: [run(text)] });
  const lights = lightsChart(content);
  const ratios = ratioChart(content);
  const count = (n: number): CellSpec => ({ text: String(n), align: 'right' });
  const counts = [...projectCounts(content), { name: TOTAL, ...content.summary }];
  return [
    title(content.city),
    title('知识产权强市建设年度绩效公报'),
    new Paragraph({
      style: 'Subtitle',
      children: [run(`（${content.year}年，第${content.edition}版）`)],
    }),
    new Paragraph({
      style: 'Subtitle',
      spacing: { after: 240 },
      children: [run(subtitle(content, info), { size: 24 })],
    }),
    heading('一、总体情况'),
    body(run(summarySentence(content))),
    caption(`表1　各工程指标状态（单位：项）`),
    table(
      [
        { title: '工程', width: 61 },
        { title: '合计', width: 15 },
        { title: '● 达标', width: 19 },
        { title: '▲ 预警', width: 19 },
        { title: '■ 滞后', width: 19 },
        { title: '○ 暂无数据', width: 23 },
      ],
      counts.map((c) => [
        { text: c.name, bold: c.name === TOTAL },
        count(c.total),
        count(c.met),
        count(c.atRisk),
        count(c.behind),
        count(c.noData),
      ]),
    ),
    ...(lights ? [chart(lights, '图1', 26 + counts.length * 7)] : []),
    ...(ratios ? [chart(ratios, '图2', Math.min(222, 30 + ratios.categories.length * 6.4))] : []),
  ];
}

function figureCell(text: string, unit: string): CellSpec {
  const f = figure(text, unit);
  // Composites and stages are sentences rather than numbers; a short one that begins with a digit still lines up right.
  const right = f.number !== null || f.text === '—' || (/^[+-]?\d/.test(f.text) && f.text.length <= 10);
  return { text: f.text, align: right ? 'right' : 'left' };
}

function indicators(content: BulletinContent): Block[] {
  const rows: RowSpec[] = groupedRows(content).flatMap((group): RowSpec[] => [
    { heading: `${group.name}（${group.rows.length}项）` },
    ...group.rows.map((r): CellSpec[] => [
      { text: r.no, align: 'center' },
      { text: r.title },
      { text: r.unit === '' ? '—' : r.unit, align: 'center' },
      figureCell(r.target, r.unit),
      figureCell(r.reported, r.unit),
      figureCell(r.measured, r.unit),
      figureCell(r.difference ?? '—', r.unit),
      { text: ratioText(r.ratio), align: 'right' },
      lightCell(r.light),
      { text: r.lead === '' ? '—' : r.lead },
    ]),
  ]);
  return [
    heading('二、指标完成情况'),
    caption('表2　指标完成情况'),
    table(
      [
        { title: '序号', width: 13 },
        { title: '指标', width: 46 },
        { title: '单位', width: 17 },
        { title: '年度目标', width: 33 },
        { title: '填报值', width: 29 },
        { title: '测算值', width: 25 },
        { title: '差异', width: 17 },
        { title: '完成率', width: 17 },
        { title: '状态', width: 22 },
        { title: '责任部门', width: 38 },
      ],
      rows,
    ),
    note(UNIT_NOTE),
  ];
}

function attention(content: BulletinContent): Block[] {
  const rows = attentionRows(content);
  const missing = noDataSentence(content);
  return [
    heading('三、滞后与预警指标及原因'),
    ...(rows.length === 0
      ? [body(run('本年度没有滞后或预警的指标。'))]
      : [
          body(
            run(`滞后${content.summary.behind}项、预警${content.summary.atRisk}项，原因和责任部门见表3。`),
          ),
          caption('表3　滞后与预警指标及原因'),
          table(
            [
              { title: '序号', width: 13 },
              { title: '指标', width: 56 },
              { title: '状态', width: 24 },
              { title: '完成率', width: 18 },
              { title: '原因', width: 106 },
              { title: '责任部门', width: 40 },
            ],
            rows.map((r) => [
              { text: r.no, align: 'center' },
              { text: r.title },
              lightCell(r.light),
              { text: ratioText(r.ratio), align: 'right' },
              { text: r.reason === '' ? '—' : r.reason },
              { text: r.lead === '' ? '—' : r.lead },
            ]),
          ),
        ]),
    ...(missing === null ? [] : [new Paragraph({ children: [] }), body(run(missing))]),
  ];
}

function countySection(content: BulletinContent): Block[] {
  const names = countyNames(content);
  const blocks: Block[] = [heading('四、县（市）区情况'), caption('表4　县（市）区填报情况')];
  for (let at = 0; at < names.length; at += COUNTIES_ACROSS) {
    const some = names.slice(at, at + COUNTIES_ACROSS);
    if (at > 0) blocks.push(new Paragraph({ children: [] }));
    const width = (LYING - 13 - 52 - 18) / some.length;
    blocks.push(
      table(
        [
          { title: '序号', width: 13 },
          { title: '指标', width: 52 },
          { title: '单位', width: 18 },
          ...some.map((title) => ({ title, width })),
        ],
        content.counties.map((c) => [
          { text: c.no, align: 'center' },
          { text: c.title },
          { text: unitOf(content, c.no) || '—', align: 'center' },
          ...some.map((name) =>
            figureCell(c.values.find((v) => v.region === name)?.display ?? '', unitOf(content, c.no)),
          ),
        ]),
      ),
    );
  }
  return [...blocks, note(COUNTY_NOTE)];
}

function explanationSection(content: BulletinContent, info: BulletinInfo, ordinal: string): Block[] {
  return [
    heading(`${ordinal}、说明`),
    ...explanations(content, info).map(
      (e, i) =>
        new Paragraph({
          spacing: { line: 400, lineRule: LineRuleType.AT_LEAST, after: 60 },
          indent: { firstLine: 480 },
          children: [
            run(e.label === null ? `${i + 1}.` : `${i + 1}.${e.label}：`, { size: 24, font: FONT.heading }),
            run(e.text, e.code ? { size: 20, font: 'Courier New' } : { size: 24 }),
          ],
        }),
    ),
  ];
}
