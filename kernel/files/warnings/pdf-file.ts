import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { Cut, type PdfDict, PdfName, PdfParser, PdfRef, type PdfValue } from './pdf-objects.ts';
import { type Source, Unreadable } from './source.ts';

const unpack = promisify(inflate);

/** Parts of a cross reference at most: each saved change adds one. */
const MOST_PARTS = 400;
/** Bytes that one packed stream may have unpacked: a table of a million objects has some 8 MB. */
const MOST_UNPACKED = 32 * 1024 ** 2;
/** Objects that one stream may hold: programs put some hundred into each. */
const MOST_PACKED = 100_000;
/** How much of the file is read for one object, until it is whole. */
const WINDOWS = [4096, 64 * 1024, 1024 ** 2];
const ENTRY = 20;

/** Where an object lies: at a place of the file, or as so manieth in another object. */
type Place = { at: number } | { within: number; index: number };
/** Part of the cross reference: says where an object is, null where it is gone, undefined where the part knows nothing. */
type Part = (num: number) => Promise<Place | null | undefined>;

/** An object with the place of its stream, if it has one. */
interface Read {
  num: number;
  value: PdfValue;
  stream: number | null;
}

/** An object stream, unpacked. */
interface Container {
  bytes: Buffer;
  objects: { num: number; at: number }[];
}

/** The structure of a PDF: its trailer, and objects as they are asked for. Nothing is repaired: what does not fit is unreadable. */
export class PdfFile {
  readonly trailer: PdfDict = new Map();
  readonly #parts: Part[] = [];
  readonly #containers = new Map<number, Container>();

  private constructor(
    readonly source: Source,
    /** Bytes before `%PDF-`: places are counted from there. */
    readonly shift: number,
  ) {}

  /** Reads cross reference and trailer, the last saved first. Throws {@link Unreadable}. */
  static async open(source: Source, shift: number, start: number): Promise<PdfFile> {
    const file = new PdfFile(source, shift);
    const seen = new Set<number>();
    const open = [start];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      if (seen.size > MOST_PARTS) throw new Unreadable('too many parts');
      const dict = await file.#part(at);
      for (const [key, value] of dict) if (!file.trailer.has(key)) file.trailer.set(key, value);
      const [before, beside] = [dict.get('Prev'), dict.get('XRefStm')];
      // What is looked at next lies on top: objects beside the table come before those that were saved earlier.
      if (typeof before === 'number') open.push(before);
      if (typeof beside === 'number') open.push(beside);
    }
    return file;
  }

  /** A value itself, where it may be a reference. */
  async resolve(value: PdfValue | undefined): Promise<PdfValue> {
    let at = value ?? null;
    for (let i = 0; at instanceof PdfRef; i++) {
      if (i > 20) throw new Unreadable('references without end');
      at = (await this.#object(at.num)) ?? null;
    }
    return at;
  }

  /** The same as a dictionary; undefined where it is none. */
  async dict(value: PdfValue | undefined): Promise<PdfDict | undefined> {
    const found = await this.resolve(value);
    return found instanceof Map ? found : undefined;
  }

  async #object(num: number): Promise<PdfValue> {
    const place = await this.#place(num);
    if (!place) return null;
    if ('at' in place) {
      const read = await this.#read(place.at);
      if (read.num !== num) throw new Unreadable('another object than was looked for');
      return read.value;
    }
    return this.#within(place.within, place.index, num);
  }

  async #place(num: number): Promise<Place | null> {
    for (const part of this.#parts) {
      const place = await part(num);
      if (place !== undefined) return place;
    }
    return null;
  }

  /** An object that is packed with others (7.5.7). */
  async #within(container: number, index: number, num: number): Promise<PdfValue> {
    const { bytes, objects } = await this.#container(container);
    const object = objects[index];
    if (object?.num !== num) throw new Unreadable('another object than was looked for');
    return new PdfParser(bytes, object.at).value();
  }

  /** Unpacks an object stream once, with the places of what is in it. */
  async #container(num: number): Promise<Container> {
    const known = this.#containers.get(num);
    if (known) return known;
    const place = await this.#place(num);
    if (!place || !('at' in place)) throw new Unreadable('a packed object without its stream');
    const read = await this.#read(place.at);
    const dict = read.value instanceof Map ? read.value : undefined;
    const [count, first] = [dict?.get('N'), dict?.get('First')];
    if (!dict || typeof count !== 'number' || typeof first !== 'number' || count > MOST_PACKED)
      throw new Unreadable('no object stream');
    // The last value may end with the bytes.
    const bytes = Buffer.concat([await this.#unpacked(read, dict), Buffer.from('\n')]);
    const head = new PdfParser(bytes);
    const objects: Container['objects'] = [];
    while (objects.length < count) {
      const [one, offset] = [head.value(), head.value()];
      if (typeof one !== 'number' || typeof offset !== 'number') throw new Unreadable('no object stream');
      objects.push({ num: one, at: first + offset });
    }
    this.#containers.set(num, { bytes, objects });
    return { bytes, objects };
  }

  /** Reads `num gen obj value` at a place, with as much of the file as it needs. */
  async #read(at: number): Promise<Read> {
    for (const window of WINDOWS) {
      const bytes = await this.source.read(at + this.shift, window);
      try {
        const parser = new PdfParser(bytes);
        const num = parser.value();
        parser.value();
        parser.expect('obj');
        const value = parser.value();
        parser.blank();
        const stream =
          value instanceof Map && bytes.toString('latin1', parser.at, parser.at + 6) === 'stream';
        if (typeof num !== 'number') throw new Unreadable('no object');
        const lineEnd = bytes[parser.at + 6] === 13 ? 8 : 7;
        return { num, value, stream: stream ? at + this.shift + parser.at + lineEnd : null };
      } catch (error) {
        if (!(error instanceof Cut) || at + this.shift + bytes.length >= this.source.size) throw error;
      }
    }
    throw new Unreadable('too long an object');
  }

  /** The bytes of a stream that is not packed, or packed with Flate (7.4.4). */
  async #unpacked(read: Read, dict: PdfDict): Promise<Buffer> {
    const length = await this.resolve(dict.get('Length'));
    if (read.stream === null || typeof length !== 'number' || length > MOST_UNPACKED)
      throw new Unreadable('no stream');
    const bytes = await this.source.read(read.stream, length);
    const filter = only(await this.resolve(dict.get('Filter')));
    if (filter === null) return bytes;
    if (!(filter instanceof PdfName) || filter.text !== 'FlateDecode')
      throw new Unreadable('packed otherwise');
    let plain: Buffer;
    try {
      plain = await unpack(bytes, { maxOutputLength: MOST_UNPACKED });
    } catch {
      throw new Unreadable('badly packed');
    }
    this.source.spend(plain.length);
    const how = await this.dict(only(await this.resolve(dict.get('DecodeParms'))));
    return unfiltered(plain, how);
  }

  /** Takes a part of the cross reference in, and gives its dictionary. */
  async #part(at: number): Promise<PdfDict> {
    const head = await this.source.read(at + this.shift, 32);
    const before = /^[\0\t\n\f\r ]*/.exec(head.toString('latin1'))![0].length;
    if (head.toString('latin1', before, before + 4) === 'xref')
      return this.#table(at + this.shift + before + 4);
    const read = await this.#read(at);
    const dict = read.value;
    if (!(dict instanceof Map)) throw new Unreadable('no cross reference');
    this.#parts.push(await this.#streamed(read, dict));
    return dict;
  }

  /** A cross reference in plain lines (7.5.4), up to the dictionary behind it. */
  async #table(start: number): Promise<PdfDict> {
    const sections: { first: number; count: number; at: number }[] = [];
    let at = start;
    for (;;) {
      const line = (await this.source.read(at, 64)).toString('latin1');
      const trailer = /^[\0\t\n\f\r ]*trailer/.exec(line);
      if (trailer) {
        at += trailer[0].length;
        break;
      }
      const section = /^[\0\t\n\f\r ]*(\d{1,10}) (\d{1,10})[ \t]*(\r\n|\r|\n)/.exec(line);
      if (!section || sections.length > 10_000) throw new Unreadable('no cross reference');
      const [first, count] = [Number(section[1]), Number(section[2])];
      sections.push({ first, count, at: at + section[0].length });
      at += section[0].length + count * ENTRY;
    }
    this.#parts.push(async (num) => {
      const section = sections.find(({ first, count }) => num >= first && num < first + count);
      if (!section) return undefined;
      const entry = await this.source.read(section.at + (num - section.first) * ENTRY, ENTRY);
      const said = /^(\d{10}) \d{5} ([nf])/.exec(entry.toString('latin1'));
      if (!said) throw new Unreadable('no entry of a cross reference');
      // What is free here may be told by the stream beside this table.
      return said[2] === 'n' ? { at: Number(said[1]) } : undefined;
    });
    for (const window of WINDOWS) {
      const bytes = await this.source.read(at, window);
      try {
        const dict = new PdfParser(bytes).value();
        if (dict instanceof Map) return dict;
        break;
      } catch (error) {
        if (!(error instanceof Cut)) throw error;
      }
    }
    throw new Unreadable('no trailer');
  }

  /** A cross reference as a stream (7.5.8). */
  async #streamed(read: Read, dict: PdfDict): Promise<Part> {
    const widths = dict.get('W');
    const size = dict.get('Size');
    const index = dict.get('Index') ?? [0, size ?? null];
    if (!isNumbers(widths) || widths.length < 3 || !isNumbers(index))
      throw new Unreadable('no cross reference');
    const [w0, w1, w2] = widths as [number, number, number];
    const width = w0 + w1 + w2;
    if (width < 1 || widths.some((one) => one < 0 || one > 6)) throw new Unreadable('no cross reference');
    const bytes = await this.#unpacked(read, dict);
    return async (num) => {
      let row = 0;
      for (let i = 0; i + 1 < index.length; i += 2) {
        const [first, count] = [index[i]!, index[i + 1]!];
        if (num >= first && num < first + count) {
          const at = (row + num - first) * width;
          if (at + width > bytes.length) throw new Unreadable('no entry of a cross reference');
          const field = (from: number, length: number) => (length === 0 ? 0 : bytes.readUIntBE(from, length));
          const kind = w0 === 0 ? 1 : field(at, w0);
          const [one, two] = [field(at + w0, w1), field(at + w0 + w1, w2)];
          if (kind === 1) return { at: one };
          return kind === 2 ? { within: one, index: two } : null;
        }
        row += count;
      }
      return undefined;
    };
  }
}

/** A single value, or that of a list of one. */
function only(value: PdfValue): PdfValue {
  if (!Array.isArray(value)) return value;
  if (value.length > 1) throw new Unreadable('packed more than once');
  return value[0] ?? null;
}

function isNumbers(value: PdfValue | undefined): value is number[] {
  return Array.isArray(value) && value.every((one) => Number.isSafeInteger(one) && (one as number) >= 0);
}

/** Takes the difference to the row above back (predictors of PNG, 7.4.4.4). */
function unfiltered(bytes: Buffer, how: PdfDict | undefined): Buffer {
  const predictor = how?.get('Predictor') ?? 1;
  if (predictor === 1) return bytes;
  const columns = how?.get('Columns') ?? 1;
  const plain = ['Colors', 'BitsPerComponent'].every((key) =>
    [undefined, key === 'Colors' ? 1 : 8].includes(how?.get(key) as never),
  );
  if (typeof predictor !== 'number' || predictor < 10 || !plain) throw new Unreadable('packed otherwise');
  if (typeof columns !== 'number' || columns < 1 || columns > 64) throw new Unreadable('packed otherwise');
  const rows = Math.floor(bytes.length / (columns + 1));
  const out = Buffer.alloc(rows * columns);
  for (let row = 0; row < rows; row++) {
    const kind = bytes[row * (columns + 1)];
    if (kind !== 0 && kind !== 2) throw new Unreadable('packed otherwise');
    for (let i = 0; i < columns; i++) {
      const up = kind === 2 && row > 0 ? out[(row - 1) * columns + i]! : 0;
      out[row * columns + i] = bytes[row * (columns + 1) + 1 + i]! + up;
    }
  }
  return out;
}
