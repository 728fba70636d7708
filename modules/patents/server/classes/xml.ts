import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { AppError } from '#kernel/errors';
import { classError } from './errors.ts';

/** What a reader does at the tags and texts of a file. Names come without their prefix. */
export interface XmlReader {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  text(text: string): void;
}

/** Where the parser stands, for messages. */
export interface XmlPlace {
  readonly line: number;
}

const local = (name: string) => name.slice(name.indexOf(':') + 1);

/** Characters of text without a tag between them after which a file is refused. */
const LONGEST_RUN = 1 << 20;

/**
 * Reads XML piece by piece and hands out what the reader emitted. A document type is passed over where it only names a
 * file; entities of its own stop the reading. Throws with the line of the fault.
 */
export async function* readXml<T>(
  name: string,
  pieces: AsyncIterable<Buffer>,
  make: (emit: (row: T) => void, place: XmlPlace) => XmlReader,
): AsyncGenerator<T, void, undefined> {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const place: XmlPlace = {
    get line() {
      return parser.line;
    },
  };
  const broken = (error: unknown) => {
    if (error instanceof AppError) return error;
    const why = (error instanceof Error ? error.message : String(error)).replace(/^\d+:\d+: /, '');
    return classError('patents_class_xml', { name, line: parser.line, why: why.slice(0, 200) });
  };
  let rows: T[] = [];
  let run = 0;
  const reader = make((row) => rows.push(row), place);
  parser.on('error', (error) => {
    throw broken(error);
  });
  parser.on('doctype', (text) => {
    if (text.includes('[')) throw classError('patents_class_dtd', { name });
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^utf-?(8|16)$/i.test(encoding))
      throw broken(new Error(`encoding ${encoding.slice(0, 40)}`));
  });
  parser.on('opentag', (tag) => {
    run = 0;
    reader.open(local(tag.name), tag.attributes as Record<string, string>);
  });
  parser.on('closetag', (tag) => {
    run = 0;
    reader.close(local(tag.name));
  });
  parser.on('text', (text) => reader.text(text));
  parser.on('cdata', (text) => reader.text(text));
  let decoder: TextDecoder | null = null;
  const feed = (bytes: Buffer | null) => {
    try {
      decoder ??= new TextDecoder(encodingOf(bytes ?? Buffer.alloc(0)), { fatal: true });
      const text = bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
      run += text.length;
      parser.write(text);
      if (run > LONGEST_RUN + text.length) throw new Error('text without end');
      if (!bytes) parser.close();
    } catch (error) {
      throw broken(error);
    }
  };
  for await (const piece of pieces) {
    feed(piece);
    yield* rows;
    rows = [];
  }
  feed(null);
  yield* rows;
}

function encodingOf(head: Buffer): string {
  const [a, b] = head;
  return a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
}
