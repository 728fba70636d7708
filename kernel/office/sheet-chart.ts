import { type BarChartSpec, barChartXml } from './chart.ts';
import { addPart, addRelationship, editPart, NS } from './package.ts';
import { XML_HEAD, xmlEscape } from './xml.ts';
import type { ZipEntries } from './zip.ts';

/** A chart and the cells it covers: columns and rows from 0, the second corner outside. */
export interface PlacedChart {
  spec: BarChartSpec;
  /** What a screen reader says. */
  description: string;
  from: { column: number; row: number };
  to: { column: number; row: number };
}

/** Elements that the schema of a worksheet puts behind `drawing`. */
const AFTER_DRAWING =
  /<(legacyDrawing|legacyDrawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)\b/;

/**
 * Puts native charts on a sheet that has none yet. `sheet` is the part's path, e.g. `xl/worksheets/sheet1.xml`;
 * `number` must be new in the workbook for each sheet. Throws when the sheet already has a drawing.
 */
export function addSheetCharts(
  entries: ZipEntries,
  sheet: string,
  number: number,
  charts: readonly PlacedChart[],
): void {
  const drawing = `xl/drawings/drawing${number}.xml`;
  const frames = charts.map((chart, i) => {
    const part = `xl/charts/chart${number}${i + 1}.xml`;
    addPart(
      entries,
      part,
      'application/vnd.openxmlformats-officedocument.drawingml.chart+xml',
      barChartXml(chart.spec),
    );
    return frame(chart, i, addRelationship(entries, drawing, part, `${NS.office}/chart`));
  });
  addPart(
    entries,
    drawing,
    'application/vnd.openxmlformats-officedocument.drawing+xml',
    `${XML_HEAD}<xdr:wsDr xmlns:xdr="${NS.sheetDrawing}" xmlns:a="${NS.drawing}">${frames.join('')}</xdr:wsDr>`,
  );
  const id = addRelationship(entries, sheet, drawing, `${NS.office}/drawing`);
  editPart(entries, sheet, (xml) => {
    if (/<drawing\b/.test(xml)) throw new Error(`${sheet} already has a drawing`);
    const at = AFTER_DRAWING.exec(xml)?.index ?? xml.lastIndexOf('</worksheet>');
    return `${xml.slice(0, at)}<drawing xmlns:r="${NS.office}" r:id="${id}"/>${xml.slice(at)}`;
  });
}

function frame(chart: PlacedChart, i: number, id: string): string {
  const corner = (name: string, c: PlacedChart['from']) =>
    `<xdr:${name}><xdr:col>${c.column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${c.row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:${name}>`;
  return (
    `<xdr:twoCellAnchor editAs="oneCell">${corner('from', chart.from)}${corner('to', chart.to)}` +
    `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="${i + 2}" name="${xmlEscape(chart.spec.title)}" descr="${xmlEscape(chart.description)}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>` +
    '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>' +
    `<a:graphic><a:graphicData uri="${NS.chart}"><c:chart xmlns:c="${NS.chart}" xmlns:r="${NS.office}" r:id="${id}"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>`
  );
}
