import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { megabytes, TableError } from './errors.ts';

/** What a reader of one XML part does. Names come without their prefix, attributes as written. */
export interface XmlHandlers {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  text?(text: string): void;
}

/** Bytes without a single tag after which a part is refused: Excel's own limit for a cell is 32,767 characters. */
const LONGEST_RUN = 16 * 1024 ** 2;

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/**
 * Reads one XML part of a workbook piece by piece. No DTD, no entities of its own, no endless text: each of them stops
 * with a {@link TableError} that names the part.
 */
export class XmlPart {
  readonly #part: string;
  readonly #parser = new SaxesParser({ xmlns: false, position: false });
  #decoder: TextDecoder | null = null;
  #head: Buffer = Buffer.alloc(0);
  #run = 0;

  constructor(part: string, handlers: XmlHandlers) {
    this.#part = part;
    const parser = this.#parser;
    parser.on('error', (error) => {
      throw this.#broken(error);
    });
    parser.on('doctype', () => {
      throw new TableError('table_xml_dtd', { part });
    });
    parser.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined && !/^utf-?(8|16)$/i.test(encoding)) {
        throw this.#broken(new Error(`encoding ${encoding.slice(0, 40)}`));
      }
    });
    parser.on('opentag', (tag) => {
      this.#run = 0;
      handlers.open(local(tag.name), tag.attributes as Record<string, string>);
    });
    parser.on('closetag', (tag) => {
      this.#run = 0;
      handlers.close(local(tag.name));
    });
    if (handlers.text) {
      const text = handlers.text.bind(handlers);
      parser.on('text', text);
      parser.on('cdata', text);
    }
  }

  /** Feeds the next piece; handlers run before it returns. */
  write(bytes: Buffer): void {
    this.#run += bytes.length;
    if (this.#run > LONGEST_RUN) {
      throw new TableError('table_cell_long', { part: this.#part, limit: megabytes(LONGEST_RUN) });
    }
    if (this.#decoder) {
      this.#feed(bytes, true);
      return;
    }
    this.#head = Buffer.concat([this.#head, bytes]);
    if (this.#head.length >= 2) this.#start(true);
  }

  /** Ends the part; a part that stops in the middle is an error. */
  end(): void {
    if (!this.#decoder) this.#start(false);
    this.#feed(Buffer.alloc(0), false);
    this.#parser.close();
  }

  #start(stream: boolean): void {
    const [a, b] = this.#head;
    const encoding = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
    this.#decoder = new TextDecoder(encoding, { fatal: true });
    if (stream) this.#feed(this.#head, true);
  }

  #feed(bytes: Buffer, stream: boolean): void {
    let text: string;
    try {
      text = this.#decoder?.decode(bytes, { stream }) ?? '';
    } catch (error) {
      throw this.#broken(error);
    }
    if (text !== '') this.#parser.write(text);
  }

  #broken(error: unknown): TableError {
    if (error instanceof TableError) return error;
    const why = error instanceof Error ? error.message : String(error);
    return new TableError('table_xml', { part: this.#part, why: why.slice(0, 200) }, { cause: error });
  }
}

/** Reads a whole small part at once. */
export async function readXml(
  part: string,
  source: AsyncIterable<Buffer>,
  open: XmlHandlers['open'],
): Promise<void> {
  const xml = new XmlPart(part, { open, close: () => undefined });
  for await (const bytes of source) xml.write(bytes);
  xml.end();
}

/** The value of a prefixed attribute such as `r:id`, whatever prefix the writer chose. */
export function prefixed(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  const key = Object.keys(attributes).find((k) => k.endsWith(`:${name}`));
  return key === undefined ? undefined : attributes[key];
}

/** Undoes the `_xHHHH_` by which spreadsheets write characters that XML forbids. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
