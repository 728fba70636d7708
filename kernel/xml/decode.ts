import { TextDecoder } from 'node:util';
import { XmlError } from './errors.ts';

/** Stands in the text for bytes that are not of the encoding; a record that holds one is damaged. */
export const DAMAGED = '\uf8fe';

/** So many bytes are looked at for the declaration before the encoding is decided. */
const HEAD = 1024;
/** More damaged places than this in the first bad piece, and hardly any good character before it: another encoding. */
const TOLERATED = 20;
const EVIDENCE = 16;

/** The encoding that the first bytes show or declare. Throws {@link XmlError} `xml_encoding_unknown`. */
function encodingOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] === 0x3c && head[1] === 0) return 'utf-16le';
  if (head[0] === 0 && head[1] === 0x3c) return 'utf-16be';
  const text = head.toString('latin1');
  const declared = /^(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']{1,40})["']/.exec(
    text,
  )?.[1];
  // "UTF-16" in a file of single bytes was written by a program that kept the text and changed the encoding.
  if (declared === undefined || /^(utf-?8|utf-?16(le|be)?|unicode|us-ascii|ascii)$/i.test(declared))
    return 'utf-8';
  if (/^(gbk|gb2312|gb18030|cp936|x-gbk|euc-cn|hz-gb-2312)$/i.test(declared)) return 'gb18030';
  try {
    return new TextDecoder(declared).encoding;
  } catch {
    throw new XmlError('xml_encoding_unknown', { encoding: declared });
  }
}

/** Bytes at the end that begin a UTF-8 character whose rest is still to come. */
function openTail(bytes: Buffer): Buffer {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.subarray(bytes.length - back) : Buffer.alloc(0);
    }
  }
  return Buffer.alloc(0);
}

/**
 * Turns the bytes of XML into text, piece by piece: byte-order mark, declaration, else UTF-8. A text that is in another
 * encoding than it says is an error; single damaged bytes in UTF-8 become {@link DAMAGED}, so that the records around
 * them can still be read.
 */
export class XmlDecoder {
  encoding = '';
  /** Whether anything was damaged so far. */
  damaged = false;
  #decoder: TextDecoder | null = null;
  #head: Buffer = Buffer.alloc(0);
  #tail: Buffer = Buffer.alloc(0);
  #lines = 1;
  #good = 0;

  /** Decodes the next piece. Throws {@link XmlError}; what was decoded before stays valid. */
  write(bytes: Buffer): string {
    if (this.#decoder) return this.#decode(bytes, true);
    this.#head = Buffer.concat([this.#head, bytes]);
    if (this.#head.length < HEAD) return '';
    return this.#start();
  }

  /** Decodes what is left. */
  end(): string {
    const text = this.#decoder ? '' : this.#start();
    return text + this.#decode(Buffer.alloc(0), false);
  }

  #start(): string {
    this.encoding = encodingOf(this.#head);
    this.#decoder = new TextDecoder(this.encoding, { fatal: true });
    const head = this.#head;
    this.#head = Buffer.alloc(0);
    return this.#decode(head, true);
  }

  #decode(bytes: Buffer, stream: boolean): string {
    let text: string;
    try {
      text = this.#decoder!.decode(bytes, { stream });
      if (this.damaged) text = text.replaceAll('\ufffd', DAMAGED);
    } catch {
      text = this.#recover(bytes, stream);
    }
    if (this.encoding === 'utf-8') this.#tail = Buffer.from(openTail(bytes));
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#lines += 1;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: everything beyond ASCII is what is counted
    if (this.#good < EVIDENCE) this.#good += text.replace(/[\u0000-\u007f]+/g, '').length;
    return text;
  }

  /** Goes on with marks in place of damaged bytes, unless the whole text is in another encoding. */
  #recover(bytes: Buffer, stream: boolean): string {
    const loose = new TextDecoder(this.encoding);
    const text = loose.decode(Buffer.concat([this.#tail, bytes]), { stream });
    const first = text.indexOf('\ufffd');
    const places = text.split('\ufffd').length - 1;
    const before = text.slice(0, Math.max(0, first));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: everything beyond ASCII is what is counted
    const good = this.#good + before.replace(/[\u0000-\u007f]+/g, '').length;
    // A file that breaks off in the middle of a character is no other encoding.
    const cut = !stream && places <= 1;
    if (!cut && (this.encoding !== 'utf-8' || (places > TOLERATED && good < EVIDENCE))) {
      const line = this.#lines + before.split('\n').length - 1;
      throw new XmlError('xml_encoding', { line, encoding: this.encoding.toUpperCase() });
    }
    this.damaged = true;
    this.#decoder = loose;
    return text.replaceAll('\ufffd', DAMAGED);
  }
}
