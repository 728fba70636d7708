import { crc32, deflateSync } from 'node:zlib';

/** One field of Exif: tag, and text, a whole number, or degrees, minutes and seconds. */
type ExifField = [tag: number, value: string | number | [number, number, number]];

/** A block of Exif fields (TIFF, little-endian); `gps` and `exif` are folders of their own. */
function tiff(own: ExifField[], exif: ExifField[] = [], gps: ExifField[] = []): Buffer {
  const bytes: Buffer[] = [Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0])];
  let at = 8;
  const folder = (fields: ExifField[], start: number): Buffer => {
    const rows: Buffer[] = [];
    const rest: Buffer[] = [];
    let behind = start + 2 + fields.length * 12 + 4;
    for (const [tag, value] of fields) {
      const row = Buffer.alloc(12);
      row.writeUInt16LE(tag, 0);
      if (typeof value === 'number') {
        row.writeUInt16LE(4, 2);
        row.writeUInt32LE(1, 4);
        row.writeUInt32LE(value, 8);
      } else {
        const data = typeof value === 'string' ? Buffer.from(`${value}\0`) : Buffer.alloc(24);
        if (typeof value !== 'string')
          value.forEach((part, i) => {
            data.writeUInt32LE(part, i * 8);
            data.writeUInt32LE(1, i * 8 + 4);
          });
        row.writeUInt16LE(typeof value === 'string' ? 2 : 5, 2);
        row.writeUInt32LE(typeof value === 'string' ? data.length : 3, 4);
        if (data.length <= 4) data.copy(row, 8);
        else {
          row.writeUInt32LE(behind, 8);
          rest.push(data);
          behind += data.length;
        }
      }
      rows.push(row);
    }
    const count = Buffer.alloc(2);
    count.writeUInt16LE(fields.length);
    return Buffer.concat([count, ...rows, Buffer.alloc(4), ...rest]);
  };
  const links: ExifField[] = [
    ...(exif.length > 0 ? [[0x8769, 0] as ExifField] : []),
    ...(gps.length > 0 ? [[0x8825, 0] as ExifField] : []),
  ];
  // The folders lie behind the first one, whose length does not depend on where they are.
  const length = folder([...own, ...links], at).length;
  const exifBytes = folder(exif, at + length);
  for (const link of links) link[1] = link[0] === 0x8769 ? at + length : at + length + exifBytes.length;
  bytes.push(folder([...own, ...links], at));
  at += length;
  bytes.push(exifBytes, folder(gps, at + exifBytes.length));
  return Buffer.concat(bytes);
}

const PLACE: ExifField[] = [
  [1, 'N'],
  [2, [32, 0, 30]],
  [3, 'E'],
  [4, [120, 52, 12]],
];

/** What a picture may tell of itself. */
export interface Told {
  place?: boolean;
  /** Serial number of the camera's body. */
  serial?: string;
  /** Who took it. */
  artist?: string;
  /** Text of an XMP packet. */
  xmp?: string;
}

function exifOf({ place, serial, artist }: Told): Buffer {
  return tiff(
    [[0x010f, 'Test'], ...(artist === undefined ? [] : [[0x013b, artist] as ExifField])],
    serial === undefined ? [] : [[0xa431, serial]],
    place ? PLACE : [],
  );
}

function segment(kind: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, kind, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** A JPEG that tells what it is told to; what should be the picture are plain bytes, which nobody here decodes. */
export function madeJpeg(told: Told = {}, picture: Buffer = Buffer.alloc(64, 1)): Buffer {
  const xmp = told.xmp === undefined ? [] : [Buffer.from(`http://ns.adobe.com/xap/1.0/\0${told.xmp}`)];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exifOf(told)])),
    ...xmp.map((content) => segment(0xe1, content)),
    segment(0xc0, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0])),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    picture,
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** A PNG of one grey point that tells what it is told to; `words` are its plain texts by key. */
export function madePng(told: Told | null = null, words: Record<string, string> = {}): Buffer {
  const chunk = (kind: string, content: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind), content]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
    ...(told ? [chunk('eXIf', exifOf(told))] : []),
    ...Object.entries(words).map(([key, text]) => chunk('tEXt', Buffer.from(`${key}\0${text}`))),
    chunk('IDAT', deflateSync(Buffer.from([0, 0]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** How a PDF is made: the parts of its root, more objects from number 4 on, and what stands in its trailer. */
export interface MadePdf {
  root?: string;
  objects?: string[];
  trailer?: string;
  /** Cross reference in lines, or packed as a stream with root and objects in another (since PDF 1.5). */
  packed?: boolean;
  /** Bytes before the first line. */
  before?: string;
}

/** A PDF of one empty page. */
export function madePdf({
  root = '',
  objects = [],
  trailer = '',
  packed = false,
  before = '',
}: MadePdf = {}): Buffer {
  const bodies = [
    `<</Type/Catalog/Pages 2 0 R ${root}>>`,
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>',
    ...objects,
  ];
  let text = '%PDF-1.7\n%âãÏÓ\n';
  const end = (start: number) => `startxref\n${start}\n%%EOF\n`;
  if (!packed) {
    const places = bodies.map((body, i) => {
      const at = text.length;
      text += `${i + 1} 0 obj\n${body}\nendobj\n`;
      return `${String(at).padStart(10, '0')} 00000 n \n`;
    });
    const start = text.length;
    text += `xref\n0 ${bodies.length + 1}\n0000000000 65535 f \n${places.join('')}`;
    text += `trailer\n<</Size ${bodies.length + 1}/Root 1 0 R ${trailer}>>\n${end(start)}`;
    return Buffer.from(before + text, 'latin1');
  }
  const [container, table] = [bodies.length + 1, bodies.length + 2];
  let offset = 0;
  const heads = bodies.map((body, i) => {
    const head = `${i + 1} ${offset} `;
    offset += body.length + 1;
    return head;
  });
  const head = heads.join('');
  const stream = deflateSync(Buffer.from(`${head}${bodies.join('\n')}`, 'latin1')).toString('latin1');
  const at = text.length;
  text += `${container} 0 obj\n<</Type/ObjStm/N ${bodies.length}/First ${head.length}/Filter/FlateDecode/Length ${stream.length}>>\nstream\n${stream}\nendstream\nendobj\n`;
  const start = text.length;
  const rows = [[0, 0, 0], ...bodies.map((_, i) => [2, container, i]), [1, at, 0], [1, start, 0]].map(
    ([kind, one, two]) => [kind!, one! >> 8, one! & 255, two!],
  );
  // Differences to the row above, as most programs write them.
  const different = rows.flatMap((row, i) => [
    2,
    ...row.map((byte, j) => (byte - (rows[i - 1]?.[j] ?? 0)) & 255),
  ]);
  const lines = deflateSync(Buffer.from(different)).toString('latin1');
  const how = '/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>';
  text += `${table} 0 obj\n<</Type/XRef/Size ${rows.length}/W[1 2 1]/Root 1 0 R ${trailer}${how}/Length ${lines.length}>>\nstream\n${lines}\nendstream\nendobj\n${end(start)}`;
  return Buffer.from(before + text, 'latin1');
}
