import { posix } from 'node:path';
import { XML_HEAD, xmlEscape } from './xml.ts';
import type { ZipEntries } from './zip.ts';

/** Namespaces and relationship types of Open Packaging (ECMA-376) that the helpers need. */
export const NS = {
  relationships: 'http://schemas.openxmlformats.org/package/2006/relationships',
  types: 'http://schemas.openxmlformats.org/package/2006/content-types',
  office: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
  chart: 'http://schemas.openxmlformats.org/drawingml/2006/chart',
  drawing: 'http://schemas.openxmlformats.org/drawingml/2006/main',
  sheetDrawing: 'http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing',
} as const;

/** Path of the part that lists what a part refers to: `xl/worksheets/sheet1.xml` → `xl/worksheets/_rels/sheet1.xml.rels`. */
export function relsPathOf(part: string): string {
  return posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`);
}

/** Replaces a part's text. Throws when the part is missing, because then the library that made the file has changed. */
export function editPart(entries: ZipEntries, part: string, edit: (xml: string) => string): void {
  const old = entries.get(part);
  if (!old) throw new Error(`the package has no part ${part}`);
  entries.set(part, Buffer.from(edit(old.toString('utf8'))));
}

/** Adds a part with its content type; the part must be new. */
export function addPart(entries: ZipEntries, part: string, contentType: string, xml: string): void {
  if (entries.has(part)) throw new Error(`the package already has a part ${part}`);
  entries.set(part, Buffer.from(xml));
  editPart(entries, '[Content_Types].xml', (types) =>
    types.replace('</Types>', `<Override PartName="/${part}" ContentType="${contentType}"/></Types>`),
  );
}

/** Lets one part refer to another; returns the relationship's id, new within the referring part. */
export function addRelationship(entries: ZipEntries, from: string, to: string, type: string): string {
  const path = relsPathOf(from);
  const xml =
    entries.get(path)?.toString('utf8') ??
    `${XML_HEAD}<Relationships xmlns="${NS.relationships}"></Relationships>`;
  let n = 1;
  while (xml.includes(`"rId${n}"`)) n++;
  const target = posix.relative(posix.dirname(from), to);
  const entry = `<Relationship Id="rId${n}" Type="${type}" Target="${xmlEscape(target)}"/>`;
  const open = xml.replace(/<Relationships([^>]*)\/>/, '<Relationships$1></Relationships>');
  entries.set(path, Buffer.from(open.replace('</Relationships>', `${entry}</Relationships>`)));
  return `rId${n}`;
}
