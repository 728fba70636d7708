import { posix } from 'node:path';
import { editPart, relsPathOf } from './package.ts';
import { readZip, writeZip, type ZipEntries } from './zip.ts';

/** Core properties that must not come from the clock. */
export interface FixedProperties {
  /** Instant for "created" and "modified", ISO 8601. */
  at: string;
}

/**
 * Takes chance and clock out of a document that a library packed: relationships and drawings are numbered in order, creation and
 * modification dates are `at`, packages inside the package (a chart's workbook) are repacked. Equal input, equal bytes.
 */
export async function settle(file: Buffer | ZipEntries, fixed: FixedProperties): Promise<Buffer> {
  const entries = file instanceof Map ? file : await readZip(file);
  for (const path of [...entries.keys()]) if (path.endsWith('.rels')) renumber(entries, path);
  let drawings = 0;
  for (const path of [...entries.keys()].sort())
    if (/^word\/[^/]+\.xml$/.test(path))
      // The library counts drawings through the life of the process.
      editPart(entries, path, (xml) =>
        xml.replace(/(<wp:docPr id=")\d+"/g, (_, head) => `${head}${++drawings}"`),
      );
  const at = new Date(fixed.at).toISOString().replace(/\.\d{3}Z$/, 'Z');
  if (entries.has('docProps/core.xml'))
    editPart(entries, 'docProps/core.xml', (xml) =>
      xml.replace(/(<dcterms:(created|modified)[^>]*>)[^<]*(<\/dcterms:\2>)/g, `$1${at}$3`),
    );
  for (const [path, data] of entries)
    if (/\.(xlsx|docx)$/.test(path)) entries.set(path, await settle(data, fixed));
  return writeZip(entries);
}

/** Numbers a part's relationships 1, 2, 3 … in the order of their list, in the list and where the part uses them. */
function renumber(entries: ZipEntries, relsPath: string): void {
  const owner = posix.join(posix.dirname(posix.dirname(relsPath)), posix.basename(relsPath, '.rels'));
  const list = entries.get(relsPath)!.toString('utf8');
  const ids = new Map([...list.matchAll(/ Id="([^"]+)"/g)].map((m, i) => [m[1]!, `rId${i + 1}`]));
  editPart(entries, relsPath, (xml) =>
    xml.replace(/ Id="([^"]+)"/g, (_, id: string) => ` Id="${ids.get(id)}"`),
  );
  // Parts refer to relationships by attributes of the prefix r only (r:id, r:embed, r:link, r:pict).
  if (entries.has(owner) && relsPathOf(owner) === relsPath)
    editPart(entries, owner, (xml) =>
      xml.replace(/ (r:\w+)="([^"]+)"/g, (all, attribute: string, id: string) =>
        ids.has(id) ? ` ${attribute}="${ids.get(id)}"` : all,
      ),
    );
}
