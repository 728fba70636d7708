import { type FileWarning, Findings } from './codes.ts';
import { lookAtCompound, lookAtZip } from './office.ts';
import { lookAtPdf } from './pdf.ts';
import { lookAtJpeg, lookAtPng } from './picture.ts';
import { Source, Unreadable } from './source.ts';

/** What is looked at, by the type of the bytes. Text holds nothing but what one reads in it. */
const LOOKS: Readonly<Record<string, (source: Source, found: Findings) => Promise<void>>> = {
  'image/jpeg': lookAtJpeg,
  'image/png': lookAtPng,
  'application/pdf': lookAtPdf,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': lookAtZip,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': lookAtZip,
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': lookAtZip,
  'application/zip': lookAtZip,
  'application/x-cfb': lookAtCompound,
};

/**
 * What whoever hands a file in should know of it. Reads no more than a bounded part and changes nothing. No warning is no promise:
 * of pictures Exif, XMP and IPTC are looked at, of PDF what the document says of itself as a whole (not what lies on single
 * pages), of Office files their properties, comments and tracked changes. What could not be understood is `unchecked`.
 */
export async function warningsOf(source: Source, mediaType: string): Promise<FileWarning[]> {
  const found = new Findings();
  try {
    await LOOKS[mediaType]?.(source, found);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    found.add('unchecked');
  }
  return found.list();
}

/** The same for a file on disk. */
export async function fileWarnings(path: string, mediaType: string): Promise<FileWarning[]> {
  if (!(mediaType in LOOKS)) return [];
  const source = await Source.of(path);
  try {
    return await warningsOf(source, mediaType);
  } finally {
    await source.close();
  }
}
