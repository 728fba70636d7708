import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { Text } from '#kernel/text';
import { type TemplateFault, templateFault } from './faults.ts';

/** The namespace of Word's own elements, as ordinary documents have it. */
export const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
/** Nested elements; the library that fills templates goes as deep. */
export const DEPTH = 100;

/** Elements that bring in what a template cannot have. */
const OBJECTS = new Set(['object', 'control', 'altChunk', 'subDoc', 'OLEObject', 'contentPart']);
const TRACKED = new Set([
  ...['ins', 'del', 'moveFrom', 'moveTo', 'cellIns', 'cellDel', 'cellMerge', 'numberingChange'],
  ...['rPrChange', 'pPrChange', 'sectPrChange', 'tblPrChange', 'trPrChange', 'tcPrChange', 'tblGridChange'],
]);
const LINKS = new Set(['src', 'href', 'althref']);
/** Fields that count pages and fetch nothing. */
const FIELDS = /^(PAGE|NUMPAGES|SECTION|SECTIONPAGES)$/;

/** A tag as it was found. */
export interface FoundTag {
  /** Between the brackets. */
  name: string;
  /** Nothing else stands in its paragraph. */
  alone: boolean;
  /** In a text box, which stands inside a paragraph of the document. */
  boxed: boolean;
  where: Text;
}

type Where = Record<'where' | 'where_en', string>;

interface Paragraph {
  number: number;
  text: string;
  /** Places in the text where something stands that is no text: no tag may reach over one. */
  breaks: number[];
  section: boolean;
  depth: number;
}

/** Names of the parts that hold text, as people know them. */
function partName(path: string): Text {
  if (/header\d*\.xml$/.test(path)) return { zh: '页眉', en: 'the header' };
  if (/footer\d*\.xml$/.test(path)) return { zh: '页脚', en: 'the footer' };
  if (/footnotes\.xml$/.test(path)) return { zh: '脚注', en: 'the footnotes' };
  if (/endnotes\.xml$/.test(path)) return { zh: '尾注', en: 'the endnotes' };
  if (/document\d*\.xml$/.test(path)) return { zh: '正文', en: 'the text' };
  return { zh: `“${path}”`, en: path };
}

/** Goes through one part of a template: what is wrong with it, and the tags in it. */
export function scanPart(path: string, bytes: Buffer): { faults: TemplateFault[]; tags: FoundTag[] } {
  let xml: string;
  try {
    xml = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { faults: [templateFault('xml', { part: path, why: 'UTF-8' })], tags: [] };
  }
  const scan = new Scan(path);
  try {
    scan.read(xml);
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 120) : '';
    return { faults: [templateFault('xml', { part: path, why })], tags: [] };
  }
  return { faults: scan.faults, tags: scan.tags };
}

class Scan {
  readonly faults: TemplateFault[] = [];
  readonly tags: FoundTag[] = [];
  readonly #part: Text;
  readonly #open: SaxesTagNS[] = [];
  readonly #paragraphs: Paragraph[] = [];
  /** Instructions of fields that are being read: null once their result has begun. */
  readonly #fields: (string | null)[] = [];
  #count = 0;

  constructor(path: string) {
    this.#part = partName(path);
  }

  read(xml: string): void {
    const parser = new SaxesParser({ xmlns: true });
    const no = (what: string) => () => {
      throw new Error(what);
    };
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('doctype', no('DOCTYPE'));
    parser.on('cdata', no('CDATA'));
    parser.on('processinginstruction', no('processing instruction'));
    parser.on('opentag', (tag) => this.#start(tag));
    parser.on('closetag', () => this.#end());
    parser.on('text', (text) => this.#text(text));
    parser.write(xml).close();
  }

  #is(tag: SaxesTagNS | undefined, local: string): boolean {
    return tag !== undefined && tag.uri === WORD && tag.local === local;
  }

  #start(tag: SaxesTagNS): void {
    this.#open.push(tag);
    if (this.#open.length > DEPTH) throw new Error(`more than ${DEPTH} nested elements`);
    // What fills templates knows these elements by their usual names.
    if (tag.uri === WORD && tag.prefix !== 'w') throw new Error(`prefix ${tag.prefix}`);
    if (tag.prefix === 'w' && tag.uri !== WORD) throw new Error(`namespace ${tag.uri}`);
    this.#links(tag);
    const paragraph = this.#paragraphs.at(-1);
    if (this.#is(tag, 'p')) {
      this.#count++;
      this.#paragraphs.push({
        ...{ number: this.#count, text: '', breaks: [], section: false, depth: this.#paragraphs.length },
      });
      return;
    }
    if (OBJECTS.has(tag.local)) this.#fault('embedded', { part: `${this.#part.zh} ${tag.name}` });
    if (tag.uri !== WORD) {
      if (tag.local === 'drawing' || tag.local === 'pict') paragraph?.breaks.push(paragraph.text.length);
      return;
    }
    if (TRACKED.has(tag.local)) this.#once('tracked');
    if (tag.local === 'dataBinding') this.#once('bound');
    if (/^(br|cr|tab|drawing|pict|sym|noBreakHyphen|softHyphen|ptab)$/.test(tag.local) && this.#inRun())
      paragraph?.breaks.push(paragraph.text.length);
    if (tag.local === 'sectPr' && paragraph) paragraph.section = true;
    if (tag.local === 'fldSimple') this.#field(attributeOf(tag, 'instr'));
    if (tag.local === 'fldChar') this.#fieldMark(attributeOf(tag, 'fldCharType'));
  }

  /** Not the settings of a paragraph, where tab stops have the name of a tab. */
  #inRun(): boolean {
    return this.#is(this.#open.at(-2), 'r');
  }

  #end(): void {
    const tag = this.#open.pop();
    if (this.#is(tag, 'p')) this.#paragraph(this.#paragraphs.pop()!);
  }

  #text(text: string): void {
    const inside = this.#open.at(-1);
    const paragraph = this.#paragraphs.at(-1);
    if (this.#is(inside, 't') && paragraph) {
      paragraph.text += text;
    } else if (this.#is(inside, 'instrText')) {
      const field = this.#fields.at(-1);
      // An instruction outside of any field is looked at as one.
      if (field === undefined) this.#field(text);
      else if (field !== null) this.#fields[this.#fields.length - 1] = field + text;
      else this.#field(text);
    } else if (inside?.local === 't' && /[{}]/.test(text)) {
      this.#fault('place', { tag: text.slice(0, 40), ...this.#where(paragraph) });
    }
  }

  #fieldMark(kind: string): void {
    if (kind === 'begin') this.#fields.push('');
    const field = this.#fields.at(-1);
    if ((kind === 'separate' || kind === 'end') && typeof field === 'string') this.#field(field);
    if (kind === 'separate' && this.#fields.length > 0) this.#fields[this.#fields.length - 1] = null;
    if (kind === 'end') this.#fields.pop();
  }

  #field(instruction: string): void {
    const [name = ''] = instruction.trim().split(/[\s\\]+/);
    if (FIELDS.test(name.toUpperCase())) return;
    this.#fault('field', { field: instruction.trim().slice(0, 60), ...this.#where(this.#paragraphs.at(-1)) });
  }

  #links(tag: SaxesTagNS): void {
    for (const attribute of Object.values(tag.attributes)) {
      if (LINKS.has(attribute.local.toLowerCase()))
        this.#fault('external', { target: attribute.value.slice(0, 100), part: this.#part.zh });
      if (/^(descr|title|alt)$/.test(attribute.local) && /[{}｛｝]/.test(attribute.value))
        this.#fault('alt', { tag: attribute.value.slice(0, 60) });
    }
  }

  #once(code: 'tracked' | 'bound'): void {
    if (!this.faults.some((one) => one.code === code))
      this.#fault(code, this.#where(this.#paragraphs.at(-1)));
  }

  /** Finds the tags of a paragraph that has come to its end. */
  #paragraph(paragraph: Paragraph): void {
    const { text, breaks, section, depth } = paragraph;
    const where = this.#where(paragraph);
    if (/[｛｝]/.test(text)) this.#fault('wide', where);
    let from: number | null = null;
    for (let at = 0; at < text.length; at++) {
      const sign = text[at];
      if (sign === '{') {
        if (from !== null) this.#unclosed(text.slice(from, at), where);
        from = at;
      } else if (sign === '}' && from === null) {
        this.#fault('unopened', where);
      } else if (sign === '}' && from !== null) {
        const [start, end] = [from, at + 1];
        from = null;
        const whole = text.slice(start, end);
        if (breaks.some((place) => place > start && place < end)) {
          this.#unclosed(whole, where);
          continue;
        }
        const alone = text.trim() === whole && breaks.length === 0 && !section;
        this.tags.push({
          ...{ name: whole.slice(1, -1), alone, boxed: depth > 0 },
          where: { zh: where.where, en: where.where_en },
        });
      }
    }
    if (from !== null) this.#unclosed(text.slice(from), where);
  }

  #unclosed(text: string, where: Where): void {
    this.#fault('unclosed', { tag: text.slice(0, 30), ...where });
  }

  /** A paragraph as people find it: its number from the top of its part, and how it begins. */
  #where(paragraph: Paragraph | undefined): Where {
    const { zh, en } = this.#part;
    if (!paragraph) return { where: zh, where_en: en };
    const begin = paragraph.text.trim().slice(0, 16);
    return {
      where: `${zh}第 ${paragraph.number} 段${begin ? `（“${begin}…”）` : ''}`,
      where_en: `paragraph ${paragraph.number} of ${en}${begin ? ` (“${begin}…”)` : ''}`,
    };
  }

  #fault(...of: Parameters<typeof templateFault>): void {
    this.faults.push(templateFault(...of));
  }
}

function attributeOf(tag: SaxesTagNS, local: string): string {
  return Object.values(tag.attributes).find((one) => one.local === local)?.value ?? '';
}
