import { posix } from 'node:path';
import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { readableSize } from '#kernel/files/files';
import type { ZipEntries } from '#kernel/office/zip';
import { type TemplateFault, templateFault } from './faults.ts';

/** Largest template, in bytes. */
export const TEMPLATE_LIMIT = 2 * 1024 ** 2;
/** What a template may unpack to: all together, and one part of text. */
const UNPACKED = 16 * 1024 ** 2;
const PART = 4 * 1024 ** 2;
const ENTRIES = 300;

const CFB = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ZIP = Buffer.from('504b0304', 'hex');
/** The stream of an encrypted Office file (MS-OFFCRYPTO), as its directory names it. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

const PROGRAM = /(^|\/)(vba\w*\.(bin|xml)(\.rels)?|activeX\/.*|attachedToolbars\.bin)$/i;
const OBJECT = /(^|\/)(embeddings\/.*|afchunk[^/]*|[^/]+\.(bin|html?|mht|rtf|docx?|xlsx?|pptx?|exe))$/i;
const KNOWN = /(\.(xml|rels|png|jpe?g)|^docProps\/thumbnail\.(emf|wmf|jpe?g|png))$/i;

class Refused extends Error {
  constructor(readonly fault: TemplateFault) {
    super(fault.code);
  }
}

const refuse = (...of: Parameters<typeof templateFault>) => new Refused(templateFault(...of));

/**
 * Unpacks what somebody sent as a template, within limits. The faults are those of the file as a whole; where there is one, there are
 * no entries.
 */
export async function openTemplate(
  file: Buffer,
): Promise<{ entries: ZipEntries; fault: null } | { entries: null; fault: TemplateFault }> {
  try {
    if (file.length === 0) throw refuse('empty');
    if (file.length > TEMPLATE_LIMIT) throw refuse('large', { limit: readableSize(TEMPLATE_LIMIT) });
    if (file.subarray(0, CFB.length).equals(CFB)) throw refuse(file.includes(ENCRYPTED) ? 'password' : 'old');
    if (!file.subarray(0, ZIP.length).equals(ZIP)) throw refuse('type');
    return { entries: await unpack(file), fault: null };
  } catch (error) {
    if (error instanceof Refused) return { entries: null, fault: error.fault };
    const why = error instanceof Error ? error.message.slice(0, 120) : '';
    return { entries: null, fault: templateFault('damaged', { why }) };
  }
}

async function unpack(file: Buffer): Promise<ZipEntries> {
  const zip = await fromBufferPromise(file);
  if (zip.entryCount > ENTRIES) throw refuse('bomb', { part: `${zip.entryCount} files` });
  const entries: ZipEntries = new Map();
  const names = new Set<string>();
  let declared = 0;
  for await (const entry of zip.eachEntry()) {
    const { fileName: name, uncompressedSize } = entry;
    if (name.endsWith('/')) continue;
    if (entry.isEncrypted()) throw refuse('password');
    // Names are the same in capitals (ECMA-376 part 2); what one program reads and another does not hides something.
    if (names.has(name.toLowerCase())) throw refuse('damaged', { why: `${name} twice` });
    names.add(name.toLowerCase());
    declared += uncompressedSize;
    if (declared > UNPACKED || (/\.(xml|rels)$/i.test(name) && uncompressedSize > PART))
      throw refuse('bomb', { part: name.slice(0, 80) });
    if (PROGRAM.test(name)) throw refuse('macros', { part: name });
    if (OBJECT.test(name)) throw refuse('embedded', { part: name });
    entries.set(name, await bytesOf(zip, entry));
  }
  if (!entries.has('[Content_Types].xml') || !entries.has('_rels/.rels')) throw refuse('type');
  const strange = [...entries.keys()].find((name) => !KNOWN.test(name));
  if (strange !== undefined) throw refuse('part', { part: strange.slice(0, 80) });
  return entries;
}

/** Unpacks one entry; more than it declares is an error of the library. */
async function bytesOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer);
  const bytes = Buffer.concat(pieces);
  if (crc32(bytes) !== entry.crc32) throw refuse('damaged', { why: `${entry.fileName} CRC-32` });
  return bytes;
}

/** Where a relationship of a part leads, within the package. */
export function targetOf(relsPath: string, target: string): string {
  const folder = posix.dirname(posix.dirname(relsPath));
  return posix.normalize(target.startsWith('/') ? target.slice(1) : posix.join(folder, target));
}
