import { XmlError } from './errors.ts';
import { XmlNode } from './node.ts';

/** What one record may cost before it is refused. Lengths are in UTF-16 units. */
export interface XmlLimits {
  /** Nested elements inside a record; a document ends with an error at ten times as many. */
  depth: number;
  /** One text between two tags. */
  textChars: number;
  /** One tag with its attributes, one comment, one CDATA section, one DTD. */
  markupChars: number;
  /** One attribute value. */
  attributeChars: number;
  /** All texts of a record together. */
  recordChars: number;
  /** Elements and texts of a record. */
  recordNodes: number;
}

/** Room for the longest published patents, sequence listings left out. */
export const XML_LIMITS: XmlLimits = {
  depth: 200,
  textChars: 4 * 1024 ** 2,
  markupChars: 8 * 1024 ** 2,
  attributeChars: 64 * 1024,
  recordChars: 32 * 1024 ** 2,
  recordNodes: 1_000_000,
};

/** Builds one record after the other, and keeps nothing of one that has become too much. */
export class RecordBuilder {
  readonly #limits: XmlLimits;
  readonly #skip: ReadonlySet<string>;
  #stack: XmlNode[] = [];
  #root: XmlNode | null = null;
  #skipping = 0;
  #chars = 0;
  #nodes = 0;
  #line = 0;
  #problem: XmlError | null = null;

  constructor(limits: XmlLimits, skip: ReadonlySet<string> = new Set()) {
    this.#limits = limits;
    this.#skip = skip;
  }

  /** Begins a record with its own element. */
  begin(name: string, attributes: Record<string, string>, line: number): void {
    this.#stack = [];
    this.#root = null;
    this.#skipping = 0;
    this.#chars = 0;
    this.#nodes = 0;
    this.#line = line;
    this.#problem = null;
    this.#add(name, attributes, 0, line);
    this.#root = this.#stack[0] ?? null;
  }

  /** An element inside the record begins, `depth` levels below it. */
  open(name: string, attributes: Record<string, string>, depth: number, line: number): void {
    if (this.#skipping > 0) this.#skipping += 1;
    else if (this.#skip.has(name)) this.#skipping = 1;
    else this.#add(name, attributes, depth, line);
  }

  #add(name: string, attributes: Record<string, string>, depth: number, line: number): void {
    if (this.#problem) return;
    const { attributeChars, depth: deepest } = this.#limits;
    for (const key in attributes) {
      const { length } = attributes[key]!;
      this.#chars += length;
      if (length > attributeChars)
        this.refuse(new XmlError('xml_markup_long', { line, limit: attributeChars }));
    }
    if (depth > deepest) this.refuse(new XmlError('xml_depth', { line, limit: deepest }));
    if (!this.#fits()) return;
    const node = new XmlNode(name, attributes);
    this.#stack.at(-1)?.children.push(node);
    this.#stack.push(node);
  }

  /** A text inside the record. */
  text(text: string): void {
    if (this.#skipping > 0 || this.#problem) return;
    this.#chars += text.length;
    const top = this.#fits() ? this.#stack.at(-1) : undefined;
    if (!top) return;
    const last = top.children.length - 1;
    if (typeof top.children[last] === 'string') top.children[last] += text;
    else top.children.push(text);
  }

  /** Counts a node; false where the record is refused. */
  #fits(): boolean {
    this.#nodes += 1;
    const { recordNodes, recordChars } = this.#limits;
    if (this.#nodes > recordNodes || this.#chars > recordChars) {
      const nodes = this.#nodes > recordNodes;
      const limit = nodes ? `${recordNodes} 个节点 / nodes` : `${recordChars} 个字符 / characters`;
      this.refuse(new XmlError('xml_record_long', { line: this.#line, limit }));
    }
    return this.#problem === null;
  }

  /** Notes what is wrong with the record, and lets go of what was built of it. */
  refuse(problem: XmlError): void {
    this.#problem ??= problem;
    this.#stack = [];
    this.#root = null;
  }

  /** The element that was opened last ends. */
  close(): void {
    if (this.#skipping > 0) this.#skipping -= 1;
    else this.#stack.pop();
  }

  /** The record ends. */
  end(): { node: XmlNode | null; problem: XmlError | null } {
    const ended = { node: this.#root, problem: this.#problem };
    this.#stack = [];
    this.#root = null;
    return ended;
  }
}
