import type { Entry, ZipFile } from 'yauzl';
import type { Findings } from './codes.ts';
import { type Source, Unreadable } from './source.ts';

/** Entries of an archive that are looked at, and how much of one is unpacked: properties are short, texts are not. */
const MOST_ENTRIES = 5000;
const MOST_PROPERTIES = 256 * 1024;
const MOST_TEXT = 24 * 1024 ** 2;

const MACROS = /(^|\/)vbaProject\.bin$|^xl\/macrosheets\//i;
const COMMENTS = /^(word\/comments\w*\.xml|xl\/(threadedComments\/|comments)|ppt\/comments\/)/i;
// No part repeats without bound: texts that are made for it would be looked through for minutes.
const TRACKED = /<w:(ins|del|moveFrom|moveTo)\s[^>]{0,300}w:author="\s{0,50}[^"\s]/;
const AUTHOR = /<(\w{1,20}:)?(creator|lastModifiedBy)(\s[^>]{0,300})?>\s{0,300}[^<\s]/;

/** Looks at an archive: an Office document, or one that is handed in as it is. */
export async function lookAtZip(source: Source, found: Findings): Promise<void> {
  let zip: ZipFile;
  try {
    zip = await source.zip();
  } catch {
    // The list of what is in it stands at its end, and is missing.
    return found.add('damaged');
  }
  const names: string[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      if (names.push(entry.fileName) > MOST_ENTRIES) throw new Unreadable('too many entries');
      if (entry.isEncrypted()) found.add('password');
      else await lookAtEntry(source, zip, entry, found);
    }
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    return found.add('damaged');
  }
  // What is packed into an archive is a file of its own, at which nobody looked.
  if (!names.includes('[Content_Types].xml') && !names.includes('OFD.xml')) found.add('unchecked');
}

async function lookAtEntry(source: Source, zip: ZipFile, entry: Entry, found: Findings): Promise<void> {
  const { fileName } = entry;
  if (MACROS.test(fileName)) found.add('macros');
  if (COMMENTS.test(fileName)) found.add('names');
  if (fileName === 'docProps/core.xml' && (await says(source, zip, entry, AUTHOR, MOST_PROPERTIES)))
    found.add('names');
  if (fileName === 'word/document.xml' && (await says(source, zip, entry, TRACKED, MOST_TEXT)))
    found.add('names');
}

/** Does what is packed say it? Looked through piece by piece; longer than `most` it was not looked through. */
async function says(
  source: Source,
  zip: ZipFile,
  entry: Entry,
  what: RegExp,
  most: number,
): Promise<boolean> {
  const stream = await zip.openReadStreamPromise(entry);
  let size = 0;
  let kept = '';
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      size += piece.length;
      source.spend(piece.length);
      if (size > most) throw new Unreadable('too long to look through');
      const text = kept + piece.toString('utf8');
      if (what.test(text)) return true;
      // A tag may be cut: the end of this piece is looked at with the next.
      kept = text.slice(-1000);
    }
  } finally {
    stream.destroy();
  }
  return false;
}

/** What the folder of an old Office file (MS-CFB) calls a project of macros, and a document that is encrypted as a whole. */
const PROJECT = Buffer.from('_VBA_PROJECT', 'utf16le');
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');
const PIECE = 1024 ** 2;

/** Looks at an old Office file. Its properties are not read, so that it is never said to be without names. */
export async function lookAtCompound(source: Source, found: Findings): Promise<void> {
  found.add('unchecked');
  const longest = Math.max(PROJECT.length, ENCRYPTED.length);
  for (let at = 0; at < source.size; at += PIECE) {
    const piece = await source.read(at, PIECE + longest);
    if (piece.includes(PROJECT)) found.add('macros');
    if (piece.includes(ENCRYPTED)) found.add('password');
  }
}
