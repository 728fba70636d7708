import { crc32 } from 'node:zlib';
import exifr from 'exifr';
import type { Findings } from './codes.ts';
import { type Source, Unreadable } from './source.ts';

/** What says of a picture is looked at up to this many bytes; Exif has at most 64 kB a segment, XMP may have several. */
const MOST_TOLD = 8 * 1024 ** 2;
/** Bytes that are looked through at a time for the end of a picture. */
const PIECE = 1024 ** 2;

/** Fields that tell a place, and fields that tell a device or a person, in Exif, XMP and IPTC. */
const PLACE = /^(GPS(Dest)?(Latitude|Longitude)|GPSAreaInformation|latitude|longitude)$/i;
const PERSON =
  /^((Body|Camera|Lens|Internal)?SerialNumber|CameraOwnerName|OwnerName|Artist|XPAuthor|Byline|creator|Author)$/i;

/** Chunks of a PNG that tell something, with the one that says what picture it is. */
const TELLS: ReadonlySet<string> = new Set(['IHDR', 'eXIf', 'tEXt', 'zTXt', 'iTXt']);

/** Looks at a JPEG: what it tells of itself, and whether it ends. */
export async function lookAtJpeg(source: Source, found: Findings): Promise<void> {
  // Segments up to the first scan: ff, kind, length, content (ITU-T T.81, B.1.1).
  const told: Buffer[] = [Buffer.from([0xff, 0xd8])];
  let size = 0;
  let at = 2;
  let whole = true;
  for (;;) {
    const head = await source.read(at, 4);
    const kind = head[1];
    if (head.length < 4 || head[0] !== 0xff || kind === 0xd9) {
      whole = false;
      break;
    }
    if (kind === 0xff) {
      at += 1;
      continue;
    }
    // Start of scan: what follows is the picture itself.
    if (kind === 0xda) break;
    const length = head.readUInt16BE(2) + 2;
    if (at + length > source.size) {
      whole = false;
      break;
    }
    // Exif and XMP, and Photoshop's block with IPTC.
    if (kind === 0xe1 || kind === 0xed) {
      size += length;
      if (size > MOST_TOLD) throw new Unreadable('tells too much of itself');
      told.push(await source.read(at, length));
    }
    at += length;
  }
  if (!whole || !(await hasEnd(source, at))) found.add('damaged');
  if (told.length > 1) await lookAtTold(Buffer.concat([...told, Buffer.from([0xff, 0xd9])]), found);
}

/** Is there an end of image behind a place? Asked from the end: telephones put things behind it, hardly ever much. */
async function hasEnd(source: Source, from: number): Promise<boolean> {
  for (let end = source.size; end > from + 1; end -= PIECE) {
    const start = Math.max(from, end - PIECE);
    // One more, since the two bytes may lie on both sides of a cut.
    const piece = await source.read(start, Math.min(end + 1, source.size) - start);
    if (piece.includes(Buffer.from([0xff, 0xd9]))) return true;
  }
  return false;
}

/** Looks at a PNG: what it tells of itself, and whether all of it is there. */
export async function lookAtPng(source: Source, found: Findings): Promise<void> {
  const signature = await source.read(0, 8);
  const told: Buffer[] = [signature];
  let size = 0;
  for (let at = 8; ; ) {
    const head = await source.read(at, 8);
    const length = head.length < 8 ? 0 : head.readUInt32BE(0);
    const kind = head.toString('latin1', 4);
    if (at + length + 12 > source.size || !/^[A-Za-z]{4}$/.test(kind)) {
      found.add('damaged');
      break;
    }
    if (TELLS.has(kind)) {
      size += length;
      if (size > MOST_TOLD) throw new Unreadable('tells too much of itself');
      const chunk = await source.read(at, length + 12);
      if (crc32(chunk.subarray(4, -4)) !== chunk.readUInt32BE(length + 8)) {
        found.add('damaged');
        break;
      }
      told.push(chunk);
      // Plain words of a PNG are no Exif: they have a key before their first zero.
      if (kind !== 'IHDR' && kind !== 'eXIf' && PERSON.test(keyOf(chunk))) found.add('person');
    }
    at += length + 12;
    if (kind === 'IEND') break;
  }
  if (told.length > 2) await lookAtTold(Buffer.concat([...told, END]), found);
}

const END = Buffer.from('0000000049454e44ae426082', 'hex');

function keyOf(chunk: Buffer): string {
  const end = chunk.indexOf(0, 8);
  return chunk.toString('latin1', 8, end < 0 ? 8 : Math.min(end, 90));
}

/** Reads what a picture tells of itself. What cannot be read is said to be so. */
async function lookAtTold(picture: Buffer, found: Findings): Promise<void> {
  let fields: Record<string, unknown> | undefined;
  try {
    fields = await exifr.parse(picture, {
      ...{ tiff: true, exif: true, gps: true, xmp: true, iptc: true, interop: false },
      ...{ icc: false, jfif: false, ihdr: false, ifd1: false, makerNote: false },
      ...{ multiSegment: true, mergeOutput: true, reviveValues: false, translateValues: false },
    });
  } catch {
    throw new Unreadable('what it tells of itself');
  }
  for (const [name, value] of Object.entries(fields ?? {})) {
    if (!isSaid(value)) continue;
    if (PLACE.test(name)) found.add('location');
    if (PERSON.test(name)) found.add('person');
  }
  const errors = fields?.errors;
  if (Array.isArray(errors) && errors.length > 0) throw new Unreadable('what it tells of itself');
}

/** Cameras fill fields that nobody set with blanks or zeros. */
function isSaid(value: unknown): boolean {
  if (typeof value === 'string') return /[^\s\0]/.test(value);
  return value !== undefined && value !== null && !(typeof value === 'number' && Number.isNaN(value));
}
