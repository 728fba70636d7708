import { NS } from './package.ts';
import { XML_HEAD, xmlEscape } from './xml.ts';

/** A range of cells with what stands in it, so that readers which do not compute still draw the chart. */
export interface CellText {
  /** Reference such as `'总体情况'!$A$5:$A$9`. */
  ref: string;
  values: readonly string[];
}

/** Numbers of a series; null is an empty cell and leaves a gap. */
export interface CellNumbers {
  ref: string;
  values: readonly (number | null)[];
}

/** One colour of bars. */
export interface BarSeries {
  name: CellText;
  values: CellNumbers;
  /** Six hex digits. */
  color: string;
  /** Number format of the label on each bar, e.g. `"●"0;;;`. */
  labelFormat: string;
}

/** A chart of horizontal bars, the first category on top. */
export interface BarChartSpec {
  title: string;
  categories: CellText;
  series: readonly BarSeries[];
  /** true: series on top of each other, labels inside; false: one bar a category (series take turns), labels outside. */
  stacked: boolean;
  /** Number format of the value axis. */
  axisFormat: string;
  /** Distance of the grid lines; the application's choice when absent. */
  axisInterval?: number;
  /** End of the axis; the application's choice when absent. */
  axisMaximum?: number;
  /** Typeface of all text in the chart. */
  font: string;
}

const strings = (c: CellText): string =>
  `<c:strRef><c:f>${xmlEscape(c.ref)}</c:f><c:strCache><c:ptCount val="${c.values.length}"/>${c.values
    .map((v, i) => `<c:pt idx="${i}"><c:v>${xmlEscape(v)}</c:v></c:pt>`)
    .join('')}</c:strCache></c:strRef>`;

const numbers = (c: CellNumbers): string =>
  `<c:numRef><c:f>${xmlEscape(c.ref)}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="${
    c.values.length
  }"/>${c.values
    .map((v, i) => (v === null ? '' : `<c:pt idx="${i}"><c:v>${v}</c:v></c:pt>`))
    .join('')}</c:numCache></c:numRef>`;

const fill = (color: string): string => `<a:solidFill><a:srgbClr val="${color}"/></a:solidFill>`;

/** Text properties; sizes are hundredths of a point. */
function text(font: string, size: number, color: string, bold = false): string {
  const face = xmlEscape(font);
  return `<a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="${size}" b="${bold ? 1 : 0}">${fill(color)}<a:latin typeface="${face}"/><a:ea typeface="${face}"/></a:defRPr></a:pPr>`;
}

const INK = '1C2430';
const MUTED = '5B6675';
const LINE = 'DFE3E8';

function series(spec: BarChartSpec, s: BarSeries, i: number): string {
  const label = spec.stacked ? 'FFFFFF' : INK;
  return (
    `<c:ser><c:idx val="${i}"/><c:order val="${i}"/><c:tx>${strings(s.name)}</c:tx><c:spPr>${fill(s.color)}</c:spPr>` +
    `<c:invertIfNegative val="0"/><c:dLbls><c:numFmt formatCode="${xmlEscape(s.labelFormat)}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>` +
    `<c:txPr>${text(spec.font, 900, label)}<a:endParaRPr lang="zh-CN"/></a:p></c:txPr><c:dLblPos val="${spec.stacked ? 'ctr' : 'outEnd'}"/>` +
    '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>' +
    `<c:cat>${strings(spec.categories)}</c:cat><c:val>${numbers(s.values)}</c:val></c:ser>`
  );
}

/** The chart part (DrawingML, ECMA-376 part 1 §21.2) of a bar chart. Elements stand in the order the schema demands. */
export function barChartXml(spec: BarChartSpec): string {
  const small = `<c:txPr>${text(spec.font, 900, MUTED)}<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>`;
  const line = `<c:spPr><a:ln w="9525">${fill(LINE)}</a:ln></c:spPr>`;
  return (
    `${XML_HEAD}<c:chartSpace xmlns:c="${NS.chart}" xmlns:a="${NS.drawing}" xmlns:r="${NS.office}"><c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/><c:chart>` +
    `<c:title><c:tx><c:rich>${text(spec.font, 1200, INK, true)}<a:r><a:rPr lang="zh-CN" sz="1200" b="1"/><a:t>${xmlEscape(spec.title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>` +
    '<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>' +
    `<c:barChart><c:barDir val="bar"/><c:grouping val="${spec.stacked ? 'stacked' : 'clustered'}"/><c:varyColors val="0"/>` +
    spec.series.map((s, i) => series(spec, s, i)).join('') +
    '<c:gapWidth val="45"/><c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/></c:barChart>' +
    `<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>${line}${small}<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>` +
    // The categories run downwards, so the axis of values would stand on top: it crosses at the last category instead.
    `<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>${spec.axisMaximum === undefined ? '' : `<c:max val="${spec.axisMaximum}"/>`}<c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:majorGridlines>${line}</c:majorGridlines><c:numFmt formatCode="${xmlEscape(spec.axisFormat)}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>${small}<c:crossAx val="1"/><c:crosses val="max"/><c:crossBetween val="between"/>${
      spec.axisInterval === undefined ? '' : `<c:majorUnit val="${spec.axisInterval}"/>`
    }</c:valAx></c:plotArea>` +
    `<c:legend><c:legendPos val="b"/><c:overlay val="0"/>${small}</c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>` +
    `<c:spPr>${fill('FFFFFF')}<a:ln w="9525">${fill(LINE)}</a:ln></c:spPr></c:chartSpace>`
  );
}
