import type { Text } from '#kernel/text';
import type { XmlNode } from '#kernel/xml/node';
import { readXmlRecords, type XmlReading } from '#kernel/xml/records';
import type { SourceRow } from './raw.ts';
import { type CountedRows, FilePieces, faultyRow, nothingFound, type SourceReader } from './reader.ts';
import type { RecordWriter } from './writer.ts';

/** A format of XML: which elements are records, and what they say. */
export interface XmlFormat {
  id: string;
  title: Text;
  detect(head: Buffer, name: string): boolean;
  reading: Omit<XmlReading, 'after' | 'limits'>;
  /** The records that an element holds: one in nearly all formats. */
  read(node: XmlNode): RecordWriter[];
  /** An element may hold none or several, so that passing over it means reading it. */
  several?: boolean;
}

/** The reader of a format of XML. A row is a record; numbers run through the whole stream. */
export function xmlSource(format: XmlFormat): SourceReader {
  return {
    id: format.id,
    title: format.title,
    detect: format.detect,
    open: (path, after) => {
      const pieces = new FilePieces(path);
      return new XmlRows(format, pieces, () => pieces.share, after);
    },
    stream: (pieces, size, after) => {
      let done = 0;
      const counted = async function* () {
        for await (const piece of pieces) {
          done += piece.length;
          yield piece;
        }
      };
      return new XmlRows(format, counted(), () => (size === 0 ? 0 : Math.min(1, done / size)), after);
    },
  };
}

class XmlRows implements CountedRows {
  seen = 0;
  readonly #format: XmlFormat;
  readonly #pieces: AsyncIterable<Buffer>;
  readonly #share: () => number;
  readonly #after: number;

  constructor(format: XmlFormat, pieces: AsyncIterable<Buffer>, share: () => number, after: number) {
    this.#format = format;
    this.#pieces = pieces;
    this.#share = share;
    this.#after = after;
  }

  get share(): number {
    return this.#share();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SourceRow, void, undefined> {
    this.seen = 0;
    const { reading, several, title } = this.#format;
    const records = readXmlRecords(this.#pieces, { ...reading, after: several ? 0 : this.#after });
    for await (const record of records) {
      const rows: ((row: number) => SourceRow)[] = record.node
        ? this.#format.read(record.node).map((writer) => (row) => writer.row(row))
        : [(row) => faultyRow(row, record.problem!.text)];
      if (!several) this.seen = record.index - 1;
      for (const make of rows) {
        this.seen += 1;
        if (this.seen > this.#after) yield make(this.seen);
      }
    }
    if (!several) this.seen = records.seen;
    if (this.seen === 0) throw nothingFound(title);
  }
}
