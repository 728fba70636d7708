import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';

/** The files of a zip by name. The order of the map is the order in the archive. */
export type ZipEntries = Map<string, Buffer>;

/**
 * Reads a whole zip that this program made itself (a document just packed by a library). There is no limit on size or
 * ratio here: files that came from outside are read by the readers of `#kernel/tables`.
 */
export async function readZip(file: Buffer): Promise<ZipEntries> {
  const zip = await fromBufferPromise(file);
  const entries: ZipEntries = new Map();
  for await (const entry of zip.eachEntry())
    if (!entry.fileName.endsWith('/'))
      entries.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  return entries;
}

/** The content-type list comes first, as the packaging convention (ECMA-376 part 2) advises; the rest by name. */
function rank(name: string): number {
  return name === '[Content_Types].xml' ? 0 : name === '_rels/.rels' ? 1 : 2;
}

/**
 * Packs entries so that equal entries give equal bytes: fixed order, fixed date (1980-01-01, the earliest a zip knows,
 * without the extra field that depends on the time zone), fixed attributes.
 */
export async function writeZip(entries: ZipEntries): Promise<Buffer> {
  const zip = new ZipFile();
  const names = [...entries.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  for (const name of names)
    zip.addBuffer(entries.get(name)!, name, {
      mtime: new Date(1980, 0, 1),
      forceDosTimestamp: true,
      mode: 0o100644,
    });
  zip.end();
  return buffer(zip.outputStream);
}
