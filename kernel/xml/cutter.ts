import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { RecordBuilder, XML_LIMITS, type XmlLimits } from './builder.ts';
import { XML_ENTITIES } from './entities.ts';
import { XmlError } from './errors.ts';
import type { XmlNode } from './node.ts';

/** What is read out of a stream. */
export interface XmlReading {
  /** Whether an element is a record; `depth` is 0 for a root. Records inside a record are part of it. */
  isRecord(name: string, depth: number): boolean;
  /** Elements of no use, which are left out with all they hold. */
  skip?: ReadonlySet<string>;
  /** Every document is one record, so a broken one costs no more than itself. */
  documentIsRecord?: boolean;
  /** Records up to this running number are passed over without being built. */
  after?: number;
  limits?: Partial<XmlLimits>;
}

/** One record: its running number from 1, the line where it begins, and either the element or what is wrong with it. */
export type XmlRecord = { index: number; line: number } & (
  | { node: XmlNode; problem?: undefined }
  | { node: null; problem: XmlError }
);

/** Thrown out of the parser where a document ends; nothing is wrong. */
class RootClosed extends Error {}

const DECLARATION_INSIDE = 'an XML declaration must be at the start of the document.';
/** Text that is looked at again for the name of a closing tag, and text that is parsed at once. */
const TAIL = 512;
const PIECE = 64 * 1024;

/** Names of characters are short; what is longer between & and ; is none. */
const LONGEST_NAME = 64;
const BARE_AMPERSAND = /&(?![A-Za-z_:#][\w:.#-]{0,60};)/g;

/** The parser's own mark for being inside a reference, which it does not tell otherwise. */
const IN_REFERENCE = stateAfter('<r>&');

function stateAfter(text: string): number {
  const parser = new SaxesParser({ xmlns: false });
  parser.write(text);
  return (parser as unknown as { state: number }).state;
}

/** Takes text apart into records; fed piece by piece, any cut is allowed. */
export class XmlCutter {
  /** Records that began and ended so far, those passed over included. */
  seen = 0;
  readonly #reading: XmlReading;
  readonly #limits: XmlLimits;
  #ready: { index: number; line: number; node: XmlNode | null; problem: XmlError | null }[] = [];
  #state: 'between' | 'inside' | 'resync' = 'between';
  #pending = '';
  #line = 1;
  #documents = 0;
  // The document being read.
  #parser!: SaxesParser;
  #fed = 0;
  #chunk = '';
  #tail = '';
  #held = '';
  #depth = 0;
  #root: string | null = null;
  #sinceEvent = 0;
  #run = 0;
  #inText = false;
  // The record being read.
  #record: { depth: number; line: number; over: boolean } | null = null;
  readonly #builder: RecordBuilder;

  constructor(reading: XmlReading) {
    this.#reading = reading;
    this.#limits = { ...XML_LIMITS, ...reading.limits };
    this.#builder = new RecordBuilder(this.#limits, reading.skip);
  }

  /** Hands out the completed records; those that hold `damaged` are refused. */
  take(damaged: string | null, encoding: string): XmlRecord[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready.map(({ index, line, node, problem }) => {
      if (node && damaged !== null && holds(node, damaged))
        return {
          index,
          line,
          node: null,
          problem: new XmlError('xml_encoding_damaged', { line, encoding: encoding.toUpperCase() }),
        };
      return problem || !node
        ? { index, line, node: null, problem: problem ?? new XmlError('xml_empty') }
        : { index, line, node };
    });
  }

  /** Reads the next text. Throws {@link XmlError} where nothing can go on. */
  write(text: string): void {
    for (let from = 0; from < text.length; from += PIECE) {
      let rest = text.slice(from, from + PIECE);
      while (rest !== '') {
        if (this.#state === 'between') rest = this.#between(rest);
        else if (this.#state === 'resync') rest = this.#resync(rest);
        else rest = this.#feed(rest);
      }
    }
  }

  /** Ends the stream. Throws {@link XmlError} when it stops in the middle of a document or held none. */
  end(): void {
    if (this.#state === 'between') {
      const left = this.#pending.trim();
      if (left !== '') throw this.#truncated(left.slice(0, 40));
      if (this.#documents === 0) throw new XmlError('xml_empty');
    } else if (this.#state === 'inside') {
      throw this.#truncated(this.#root === null ? '' : `</${this.#root}>`);
    }
  }

  #truncated(why: string): XmlError {
    const line = this.#line + (this.#state === 'inside' ? this.#parser.line - 1 : 0);
    return new XmlError('xml_truncated', { line, why });
  }

  /** Between documents: white space, comments and processing instructions are passed over. */
  #between(text: string): string {
    let at = this.#pending + text;
    this.#pending = '';
    for (;;) {
      const start = at.search(/[^\s\ufeff\0]/);
      this.#line += newlines(at, start < 0 ? at.length : start);
      if (start < 0) return '';
      at = at.slice(start);
      const mark = at.startsWith('<!--') ? '-->' : /^<\?(?!xml[\s?]|x?m?l?$)/.test(at) ? '?>' : null;
      if (mark === null && !/^<(\?(x(ml?)?)?|!-?)?$/.test(at)) {
        this.#open();
        return at;
      }
      const end = mark === null ? -1 : at.indexOf(mark, 2);
      if (mark === null || end < 0) {
        if (at.length > this.#limits.markupChars)
          throw new XmlError('xml_markup_long', { line: this.#line, limit: this.#limits.markupChars });
        this.#pending = at;
        return '';
      }
      this.#line += newlines(at, end);
      at = at.slice(end + mark.length);
    }
  }

  /** After a broken document: everything up to the next declaration is passed over. */
  #resync(text: string): string {
    const all = this.#pending + text;
    const found = all.search(/<\?xml\s/);
    if (found >= 0) {
      this.#pending = '';
      this.#line += newlines(all, found);
      this.#state = 'between';
      return all.slice(found);
    }
    const keep = Math.min(all.length, 6);
    this.#pending = all.slice(all.length - keep);
    this.#line += newlines(all, all.length - keep);
    return '';
  }

  #open(): void {
    this.#state = 'inside';
    this.#documents += 1;
    this.#fed = 0;
    this.#tail = '';
    this.#held = '';
    this.#depth = 0;
    this.#root = null;
    this.#sinceEvent = 0;
    this.#run = 0;
    this.#inText = false;
    this.#record = null;
    const parser = new SaxesParser({ xmlns: false, position: true });
    parser.ENTITIES = XML_ENTITIES;
    parser.on('error', (error) => {
      // An unknown name between & and ; stays in the text as it is written.
      if (!error.message.endsWith(' undefined entity.')) throw error;
    });
    const event = () => {
      this.#sinceEvent = 0;
    };
    parser.on('opentag', (tag) => this.#openTag(tag as SaxesTagPlain));
    parser.on('closetag', (tag) => this.#closeTag(tag as SaxesTagPlain));
    parser.on('text', (text) => this.#text(text));
    parser.on('cdata', (text) => this.#text(text));
    parser.on('comment', event);
    parser.on('processinginstruction', event);
    parser.on('doctype', event);
    this.#parser = parser;
  }

  /** Parses; an ampersand that begins no reference is a plain character, as people write it. Returns what is left. */
  #feed(text: string): string {
    let all = this.#held + text;
    this.#held = '';
    const last = all.lastIndexOf('&');
    if (last >= 0 && all.length - last < LONGEST_NAME && /^&[\w:.#-]*$/.test(all.slice(last))) {
      this.#held = all.slice(last);
      all = all.slice(0, last);
    }
    let from = 0;
    for (const { index } of all.matchAll(BARE_AMPERSAND)) {
      const left = this.#parse(all.slice(from, index + 1));
      if (left !== null) return left + all.slice(index + 1) + this.#release();
      from = index + 1;
      if ((this.#parser as unknown as { state: number }).state === IN_REFERENCE) this.#parse('amp;');
    }
    const left = this.#parse(all.slice(from));
    return left === null ? '' : left + this.#release();
  }

  #release(): string {
    const held = this.#held;
    this.#held = '';
    return held;
  }

  /** Null when all was parsed, else what is left after the end of the document or after a fault. */
  #parse(text: string): string | null {
    const chunk = this.#trim(text);
    if (chunk === '') return null;
    const before = this.#fed;
    this.#chunk = chunk;
    this.#sinceEvent += chunk.length;
    try {
      if (this.#sinceEvent > this.#limits.markupChars + chunk.length) throw this.#tooLong();
      this.#parser.write(chunk);
    } catch (error) {
      const done = Math.max(0, Math.min(chunk.length, this.#parser.position - before));
      return this.#stop(error, chunk.slice(done));
    }
    this.#fed += chunk.length;
    this.#tail = (this.#tail + chunk).slice(-TAIL);
    return null;
  }

  #tooLong(): XmlError {
    const line = this.#line + this.#parser.line - 1;
    return new XmlError('xml_markup_long', { line, limit: this.#limits.markupChars });
  }

  /** Leaves out what an endless text has too much, and notes it as the fault of the record. */
  #trim(text: string): string {
    const limit = this.#limits.textChars;
    if (this.#run + text.length <= limit) {
      const open = text.lastIndexOf('<');
      const close = text.lastIndexOf('>');
      this.#inText = open < 0 ? this.#inText || close >= 0 : close > open;
      this.#run = open < 0 ? this.#run + text.length : text.length - open - 1;
      return text;
    }
    let kept = '';
    let from = 0;
    while (from < text.length) {
      const next = text.indexOf('<', from);
      const end = next < 0 ? text.length : next;
      const length = end - from;
      if (this.#run + length > limit && (this.#inText || text.lastIndexOf('>', end) >= from)) {
        const room = Math.max(0, limit - this.#run);
        kept += text.slice(from, from + room);
        const line = this.#line + this.#parser.line - 1;
        this.#builder.refuse(new XmlError('xml_text_long', { line, limit }));
        this.#line += newlines(text.slice(from + room, end), length - room);
      } else kept += text.slice(from, end);
      this.#inText ||= text.lastIndexOf('>', end - 1) >= from;
      this.#run += length;
      if (next >= 0) {
        kept += '<';
        this.#run = 0;
        this.#inText = false;
      }
      from = end + 1;
    }
    return kept;
  }

  /** The parser stopped: at the end of the document, or at a fault. Returns what is still to be read. */
  #stop(error: unknown, rest: string): string {
    const { line: lines, column } = this.#parser;
    const line = this.#line + lines - 1;
    if (error instanceof RootClosed) {
      this.#state = 'between';
      this.#line = line;
      return rest;
    }
    const message = error instanceof Error ? error.message.replace(/^\d+:\d+: /, '') : String(error);
    const begun = this.#line;
    this.#line = line;
    if (message === DECLARATION_INSIDE && this.#depth > 0) {
      this.#broken(new XmlError('xml_interrupted', { line: begun }));
      this.#state = 'between';
      return `<?xml ${rest}`;
    }
    this.#broken(
      error instanceof XmlError
        ? error
        : new XmlError('xml_syntax', { line, column, why: message.replace(/\.$/, '').slice(0, 200) }),
    );
    this.#state = 'resync';
    this.#pending = '';
    return rest;
  }

  /** A document that cannot be read on: one record lost where it is one, else the end. */
  #broken(problem: XmlError): void {
    if (!this.#reading.documentIsRecord) throw problem;
    if (this.#root !== null && !this.#reading.isRecord(this.#root, 0)) return;
    this.seen += 1;
    if (this.seen > (this.#reading.after ?? 0))
      this.#ready.push({ index: this.seen, line: this.#record?.line ?? this.#line, node: null, problem });
    this.#record = null;
  }

  #openTag(tag: SaxesTagPlain): void {
    this.#sinceEvent = 0;
    const name = local(tag.name);
    const depth = this.#depth;
    this.#depth += 1;
    this.#root ??= name;
    if (depth > this.#limits.depth * 10)
      throw new XmlError('xml_depth', { line: this.#here(), limit: this.#limits.depth * 10 });
    if (this.#record) {
      if (!this.#record.over)
        this.#builder.open(name, tag.attributes, depth - this.#record.depth, this.#here());
      return;
    }
    if (!this.#reading.isRecord(name, depth)) return;
    this.#record = { depth, line: this.#here(), over: this.seen < (this.#reading.after ?? 0) };
    if (!this.#record.over) this.#builder.begin(name, tag.attributes, this.#record.line);
  }

  #here(): number {
    return this.#line + this.#parser.line - 1;
  }

  #text(text: string): void {
    this.#sinceEvent = 0;
    if (this.#record && !this.#record.over) this.#builder.text(text);
  }

  #closeTag(tag: SaxesTagPlain): void {
    this.#sinceEvent = 0;
    const record = this.#record;
    const ends = record !== null && this.#depth - 1 === record.depth;
    // The parser reports a tag as closed before it looks whether the names agree; then its error follows.
    if ((ends || this.#depth === 1) && !tag.isSelfClosing && this.#closedName() !== tag.name) return;
    this.#depth -= 1;
    if (ends) {
      this.seen += 1;
      if (!record.over) this.#ready.push({ index: this.seen, line: record.line, ...this.#builder.end() });
      this.#record = null;
    } else if (record && !record.over) this.#builder.close();
    if (this.#depth === 0) throw new RootClosed();
  }

  /** The name in the closing tag that the parser has just read. */
  #closedName(): string | undefined {
    const done = this.#parser.position - this.#fed;
    const read = (done < TAIL ? this.#tail : '') + this.#chunk.slice(Math.max(0, done - TAIL), done);
    return /<\/([^\s<>]+)\s*>$/.exec(read)?.[1];
  }
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

function newlines(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function holds(node: XmlNode, mark: string): boolean {
  for (const key in node.attributes) if (node.attributes[key]!.includes(mark)) return true;
  return node.children.some((child) =>
    typeof child === 'string' ? child.includes(mark) : holds(child, mark),
  );
}
