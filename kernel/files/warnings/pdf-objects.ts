import { Unreadable } from './source.ts';

/** A name of a PDF, such as `/Root`. */
export class PdfName {
  constructor(readonly text: string) {}
}

/** A reference to an object of a PDF. */
export class PdfRef {
  constructor(readonly num: number) {}
}

/** A dictionary of a PDF. */
export type PdfDict = Map<string, PdfValue>;
/** A value of a PDF; strings are bytes. */
export type PdfValue = null | boolean | number | Buffer | PdfName | PdfRef | PdfValue[] | PdfDict;

/** The bytes at hand end inside a value: more of them may help. */
export class Cut extends Unreadable {}

/** Values inside one another at most; real files have some ten. */
const DEPTH = 60;
const [LF, CR, OPEN, CLOSE, BACKSLASH] = [10, 13, 40, 41, 92];
const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

/** Reads values of a PDF (ISO 32000-1, 7.3) one after another. Throws {@link Unreadable}. */
export class PdfParser {
  constructor(
    readonly bytes: Buffer,
    public at = 0,
  ) {}

  /** The next value. */
  value(depth = 0): PdfValue {
    if (depth > DEPTH) throw new Unreadable('too deep');
    this.blank();
    const sign = this.sign();
    if (sign === '<') return this.bytes[this.at + 1] === 60 ? this.dict(depth) : this.hex();
    if (sign === '[') return this.list(depth);
    if (sign === '(') return this.string();
    if (sign === '/') return new PdfName(this.name());
    const word = this.word();
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) throw new Unreadable(`no value: ${word.slice(0, 20)}`);
    return /^\d+$/.test(word) ? this.number(Number(word)) : Number(word);
  }

  /** Takes a word that has to come next. */
  expect(word: string): void {
    this.blank();
    if (this.word() !== word) throw new Unreadable(`no ${word}`);
  }

  /** The next word: up to a blank or a sign that means something. */
  word(): string {
    const start = this.at;
    while (this.at < this.bytes.length && isRegular(this.bytes[this.at]!)) this.at += 1;
    if (this.at === this.bytes.length) throw new Cut('cut off');
    return this.bytes.toString('latin1', start, this.at);
  }

  /** Goes on behind blanks and comments. */
  blank(): void {
    for (; this.at < this.bytes.length; this.at++) {
      const byte = this.bytes[this.at]!;
      if (byte === 37)
        while (this.at < this.bytes.length && this.bytes[this.at] !== LF && this.bytes[this.at] !== CR)
          this.at++;
      else if (!isBlank(byte)) return;
    }
  }

  private sign(): string {
    if (this.at >= this.bytes.length) throw new Cut('cut off');
    return String.fromCharCode(this.bytes[this.at]!);
  }

  /** A whole number, or the reference that it begins. */
  private number(num: number): PdfValue {
    const after = this.at;
    const rest = this.bytes.toString('latin1', after, after + 24);
    const reference = /^[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+R(?![^\0\t\n\f\r ()<>[\]{}/%])/.exec(rest);
    if (!reference) return num;
    this.at = after + reference[0].length;
    return new PdfRef(num);
  }

  private dict(depth: number): PdfDict {
    this.at += 2;
    const dict: PdfDict = new Map();
    for (;;) {
      this.blank();
      const sign = this.sign();
      if (sign === '>') {
        if (this.at + 1 >= this.bytes.length) throw new Cut('cut off');
        if (this.bytes[this.at + 1] !== 62) throw new Unreadable('no end of a dictionary');
        this.at += 2;
        return dict;
      }
      if (sign !== '/') throw new Unreadable('no key');
      const key = this.name();
      dict.set(key, this.value(depth + 1));
    }
  }

  private list(depth: number): PdfValue[] {
    this.at += 1;
    const list: PdfValue[] = [];
    for (;;) {
      this.blank();
      if (this.sign() === ']') {
        this.at += 1;
        return list;
      }
      list.push(this.value(depth + 1));
    }
  }

  private name(): string {
    this.at += 1;
    return this.word().replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }

  private hex(): Buffer {
    const end = this.bytes.indexOf(62, this.at);
    if (end < 0) throw new Cut('cut off');
    const digits = this.bytes.toString('latin1', this.at + 1, end).replace(/[\0\t\n\f\r ]/g, '');
    if (!/^[0-9A-Fa-f]*$/.test(digits)) throw new Unreadable('no hexadecimal string');
    this.at = end + 1;
    return Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex');
  }

  private string(): Buffer {
    const out: number[] = [];
    let open = 1;
    for (this.at += 1; this.at < this.bytes.length; this.at++) {
      const byte = this.bytes[this.at]!;
      if (byte === BACKSLASH) this.escape(out);
      else {
        if (byte === OPEN) open += 1;
        if (byte === CLOSE) open -= 1;
        if (open === 0) {
          this.at += 1;
          return Buffer.from(out);
        }
        out.push(byte);
      }
    }
    throw new Cut('cut off');
  }

  /** What a backslash begins; stops on its last byte. */
  private escape(out: number[]): void {
    const rest = this.bytes.toString('latin1', this.at + 1, this.at + 4);
    const octal = /^[0-7]{1,3}/.exec(rest)?.[0];
    if (octal !== undefined) out.push(Number.parseInt(octal, 8) & 255);
    else if (rest[0] === '\r' || rest[0] === '\n') {
      // The line goes on.
      if (rest.startsWith('\r\n')) this.at += 1;
    } else if (rest[0] !== undefined) out.push(ESCAPES[rest[0]] ?? rest.charCodeAt(0));
    this.at += octal?.length ?? 1;
  }
}

function isBlank(byte: number): boolean {
  return byte === 32 || byte === LF || byte === CR || byte === 9 || byte === 12 || byte === 0;
}

/** Neither blank nor one of `()<>[]{}/%`. */
function isRegular(byte: number): boolean {
  return !isBlank(byte) && !'()<>[]{}/%'.includes(String.fromCharCode(byte));
}
