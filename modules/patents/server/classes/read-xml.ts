import { levelOf, normaliseSymbol } from '../../contract/classes.ts';
import { classError } from './errors.ts';
import { type ConcordanceRow, type EntryRow, editionOf, type FileFacts, symbolAt, titleAt } from './rows.ts';
import { readXml, type XmlPlace } from './xml.ts';

/** Depth of an entry of WIPO's scheme by its `kind`: s, c, u, m, then dots as 1 to 9, A, B. Other kinds are no places. */
const KINDS = new Map([...'scum123456789AB'].map((kind, depth) => [kind, depth]));
const TOP = ['section', 'class', 'subclass', 'main-group'];

/** A place that is being read, or (symbol null) a heading, note or index that is none. */
interface Open {
  symbol: string | null;
  depth: number;
  line: number;
  parts: string[];
  sent: boolean;
}

/** Keeps the open places of a scheme and sends each once, before those inside it. */
class Places {
  readonly stack: Open[] = [];

  constructor(
    readonly facts: FileFacts,
    readonly emit: (row: EntryRow) => void,
  ) {}

  get top(): Open | undefined {
    return this.stack.at(-1);
  }

  open(place: Open): void {
    this.flush();
    this.stack.push(place);
  }

  close(): void {
    this.flush();
    this.stack.pop();
  }

  flush(): void {
    const { top, facts } = this;
    if (!top || top.sent || top.symbol === null) return;
    top.sent = true;
    const { symbol, depth, line } = top;
    const parent = this.stack.slice(0, -1).findLast((p) => p.symbol !== null) ?? null;
    const level = levelOf(symbol);
    const fits = level === 'subgroup' ? depth > 3 : TOP[depth] === level;
    if (!fits || (parent && parent.depth >= depth))
      throw classError('patents_class_level', { name: facts.name, line, symbol, level: depth });
    const title = titleAt(
      facts,
      line,
      top.parts
        .map((p) => p.trim())
        .filter(Boolean)
        .join('; '),
    );
    this.emit({ line, symbol, parent: parent?.symbol ?? null, depth, title });
  }
}

/**
 * Reads WIPO's scheme file (`ipcEntry` in each other; `kind` says level and dots). Headings, notes and indexes are passed
 * over; of a title the references in brackets are left out. Edition and language come from the file.
 */
export function readIpcXml(facts: FileFacts, pieces: AsyncIterable<Buffer>): AsyncGenerator<EntryRow> {
  return readXml<EntryRow>(facts.name, pieces, (emit, place) => {
    const places = new Places(facts, emit);
    let inTitle = 0;
    let inText = 0;
    let reference = 0;
    const add = (text: string) => {
      const parts = places.top?.parts;
      if (parts && inText > 0 && reference === 0) parts[Math.max(0, parts.length - 1)] += text;
    };
    return {
      open(name, attributes) {
        facts.version ??= editionOf(attributes.edition ?? '');
        if (name === 'ipcEntry') {
          if (facts.lang === null && attributes.lang) facts.lang = languageOf(facts, attributes.lang);
          places.open(ipcPlace(facts, place, attributes));
        } else if (name === 'title') inTitle += 1;
        else if (inTitle === 0) return;
        else if (name === 'titlePart') places.top?.parts.push('');
        else if (name === 'text') inText += 1;
        else if (name === 'entryReference') reference += 1;
        else if (name === 'emdash') add('—');
        else if (name === 'sref') add(` ${shown(attributes.ref)}`);
        else if (name === 'mref') add(` ${shown(attributes.ref)}–${shown(attributes.endRef)}`);
      },
      close(name) {
        if (name === 'ipcEntry') places.close();
        else if (name === 'title') inTitle -= 1;
        else if (inTitle === 0) return;
        else if (name === 'text') inText -= 1;
        else if (name === 'entryReference') reference -= 1;
      },
      text: add,
    };
  });
}

function ipcPlace(facts: FileFacts, { line }: XmlPlace, attributes: Readonly<Record<string, string>>): Open {
  const depth = KINDS.get(attributes.kind ?? '');
  if (depth === undefined) return { symbol: null, depth: -1, line, parts: [], sent: true };
  const symbol = symbolAt(facts, line, attributes.symbol ?? '');
  return { symbol, depth, line, parts: [], sent: false };
}

function languageOf(facts: FileFacts, text: string): 'zh' | 'en' {
  const lang = text.slice(0, 2).toLowerCase();
  if (lang === 'zh' || lang === 'en') return lang;
  throw classError('patents_class_language', { name: facts.name, found: text.slice(0, 20) });
}

const shown = (reference: string | undefined) => normaliseSymbol(reference ?? '') ?? reference ?? '';

/**
 * Reads a CPC scheme file: `classification-item` in each other; `level` 2, 4, 5, 7 are section, class, subclass and main
 * group, 8 and more subgroups by their dots, 3 and 6 headings. The edition is the date of publication.
 */
export function readCpcXml(facts: FileFacts, pieces: AsyncIterable<Buffer>): AsyncGenerator<EntryRow> {
  facts.lang = 'en';
  return readXml<EntryRow>(facts.name, pieces, (emit, place) => {
    const places = new Places(facts, emit);
    let inSymbol = false;
    let inTitle = 0;
    let inText = 0;
    let reference = 0;
    let symbol = '';
    return {
      open(name, attributes) {
        facts.version ??= editionOf(attributes['publication-date'] ?? '');
        if (name === 'classification-item')
          places.open({
            symbol: null,
            depth: cpcDepth(facts, place, attributes),
            line: place.line,
            parts: [],
            sent: true,
          });
        else if (name === 'classification-symbol') {
          inSymbol = true;
          symbol = '';
        } else if (name === 'class-title') inTitle += 1;
        else if (inTitle === 0) return;
        else if (name === 'title-part') places.top?.parts.push('');
        else if (name === 'text') inText += 1;
        else if (name === 'reference') reference += 1;
      },
      close(name) {
        const { top } = places;
        if (name === 'classification-item') places.close();
        else if (name === 'classification-symbol') {
          inSymbol = false;
          if (!top || top.depth < 0) return;
          top.symbol = symbolAt(facts, place.line, symbol);
          top.sent = false;
        } else if (name === 'class-title') inTitle -= 1;
        else if (inTitle === 0) return;
        else if (name === 'text') inText -= 1;
        else if (name === 'reference') reference -= 1;
      },
      text(text) {
        if (inSymbol) symbol += text;
        const parts = places.top?.parts;
        if (parts && inText > 0 && reference === 0) parts[Math.max(0, parts.length - 1)] += text;
      },
    };
  });
}

function cpcDepth(
  facts: FileFacts,
  { line }: XmlPlace,
  attributes: Readonly<Record<string, string>>,
): number {
  const text = attributes.level ?? '';
  const level = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (level < 2)
    throw classError('patents_class_value', {
      name: facts.name,
      line,
      column: 'level',
      value: text.slice(0, 20),
    });
  if (level === 3 || level === 6) return -1;
  return level >= 7 ? level - 4 : level === 5 ? 2 : level === 4 ? 1 : 0;
}

/** Reads WIPO's concordance list: `concordance from-symbol`, in it `concordance-to to-symbol`. */
export function readConcordanceXml(
  facts: FileFacts,
  pieces: AsyncIterable<Buffer>,
): AsyncGenerator<ConcordanceRow> {
  return readXml<ConcordanceRow>(facts.name, pieces, (emit, place) => {
    let old = '';
    return {
      open(name, attributes) {
        facts.version ??= editionOf(attributes['to-version'] ?? '');
        if (name === 'concordance') old = symbolAt(facts, place.line, attributes['from-symbol'] ?? '');
        if (name !== 'concordance-to') return;
        const next = symbolAt(facts, place.line, attributes['to-symbol'] ?? '');
        if (next !== old) emit({ line: place.line, old, new: next, since: facts.version });
      },
      close() {},
      text() {},
    };
  });
}
