import { XmlCutter, type XmlReading, type XmlRecord } from './cutter.ts';
import { DAMAGED, XmlDecoder } from './decode.ts';

export { XML_LIMITS, type XmlLimits } from './builder.ts';
export type { XmlReading, XmlRecord } from './cutter.ts';

/** Records of an XML stream; `seen` counts those that were passed, the ones before `after` included. */
export interface XmlRecords extends AsyncIterable<XmlRecord> {
  readonly seen: number;
}

/**
 * Reads the records of a stream of XML in bounded memory: one document with many records, or many documents one after
 * the other, each with a declaration of its own. DTDs are passed over and never loaded, entities never expanded beyond a
 * fixed table of single characters. A record that is too large, too deep or damaged is handed out with its `problem`, and
 * reading goes on. Throws {@link XmlError} while iterating, after everything that came before the fault: not well-formed,
 * cut off, in another encoding than declared. Where each document is one record (`documentIsRecord`) a document that is
 * not well-formed is a record with a problem, and reading goes on at the next one.
 */
export function readXmlRecords(pieces: AsyncIterable<Buffer>, reading: XmlReading): XmlRecords {
  const cutter = new XmlCutter(reading);
  return {
    get seen() {
      return cutter.seen;
    },
    async *[Symbol.asyncIterator]() {
      const decoder = new XmlDecoder();
      for await (const piece of pieces)
        yield* records(cutter, decoder, () => cutter.write(decoder.write(piece)));
      yield* records(cutter, decoder, () => {
        cutter.write(decoder.end());
        cutter.end();
      });
    },
  };
}

/** Runs one step and hands out what it completed, also when it failed. */
function* records(cutter: XmlCutter, decoder: XmlDecoder, step: () => void): Generator<XmlRecord> {
  try {
    step();
  } catch (error) {
    yield* cutter.take(decoder.damaged ? DAMAGED : null, decoder.encoding);
    throw error;
  }
  yield* cutter.take(decoder.damaged ? DAMAGED : null, decoder.encoding);
}
