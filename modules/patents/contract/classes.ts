import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { PATENTS_IMPORT } from './permissions.ts';

/** Levels of a classification symbol, as its spelling tells them. */
export const ClassLevel = z.enum(['section', 'class', 'subclass', 'main-group', 'subgroup']);
export type ClassLevel = z.infer<typeof ClassLevel>;

/** The parts of a symbol. `subgroup` is `00` for a main group; parts below the symbol's level are null. */
export interface SymbolParts {
  section: string;
  class: string | null;
  subclass: string | null;
  group: number | null;
  subgroup: string | null;
}

const HEAD = /^([A-HY])\s*(?:(\d{2})\s*(?:([A-Z])(.*))?)?$/s;
/** Storage form of WIPO ST.8: four digits of the main group, six of the subgroup, filled up with zeros. */
const STORED = /^(\d{4})(\d{6})$/;
const GROUP = /^\s*(\d{1,4})\s*(?:[/_⁄-]\s*(\d{2,6}))?$/;
/** What may follow a symbol in exports: an edition tag, the rest of an ST.8 field, the letter for invention or addition. */
const TAIL =
  /(?:\s*[([]\s*\d{4}\.\d{2}\s*[\])]\s*[IN]?|\s+\d{8}[A-Z]{0,3}\d{0,8}[A-Z]{0,4}|(?<=\/\d{2,6})[IN])\s*$/;

/** Takes a symbol of IPC or CPC apart, in any of its spellings; null for anything else. */
export function parseSymbol(text: string): SymbolParts | null {
  const plain = text.slice(0, 100).normalize('NFKC').trim().toUpperCase().replace(TAIL, '');
  const head = HEAD.exec(plain);
  if (!head) return null;
  const [, section = '', digits, letter, rest = ''] = head;
  if (digits === undefined) return { section, class: null, subclass: null, group: null, subgroup: null };
  if (digits === '00') return null;
  const parts = {
    section,
    class: section + digits,
    subclass: letter === undefined ? null : section + digits + letter,
    group: null,
    subgroup: null,
  };
  if (rest.trim() === '') return parts;
  const group = STORED.exec(rest.trim()) ?? GROUP.exec(rest);
  if (!group || Number(group[1]) === 0) return null;
  // Digits behind the second are read like decimals: zeros at their end say nothing.
  const subgroup = (group[2] ?? '00').replace(/^(\d\d.*?)0*$/, '$1');
  return { ...parts, group: Number(group[1]), subgroup };
}

/** The canonical spelling (`A`, `A01`, `A01B`, `A01B1/00`, `A01B1/02`) of any spelling; null where it is no symbol. */
export function normaliseSymbol(text: string): string | null {
  const parts = parseSymbol(text);
  if (!parts) return null;
  const { section, class: cls, subclass, group, subgroup } = parts;
  return group === null ? (subclass ?? cls ?? section) : `${subclass}${group}/${subgroup}`;
}

/**
 * The key that sorts symbols in the order of the scheme: the 14 characters of WIPO ST.8 for a group (`A01B0001020000`), the
 * symbol itself above groups, so that a key begins with those of section, class and subclass. Null where it is no symbol.
 */
export function sortKey(text: string): string | null {
  const parts = parseSymbol(text);
  if (!parts) return null;
  const { section, class: cls, subclass, group, subgroup } = parts;
  if (group === null || subgroup === null) return subclass ?? cls ?? section;
  return `${subclass}${String(group).padStart(4, '0')}${subgroup.padEnd(6, '0')}`;
}

/** Scheme order of two symbols: negative, 0 or positive. What is no symbol comes last. */
export function compareSymbols(a: string, b: string): number {
  const [x, y] = [sortKey(a) ?? '~', sortKey(b) ?? '~'];
  return x < y ? -1 : x > y ? 1 : 0;
}

/**
 * First and last {@link sortKey} of a range such as `A01B1/02` to `A01B1/08`, both ends included; one above subgroups counts
 * with everything in it (`A01B51/00` to `A01B75/00` ends behind the last subgroup of 75). Null where an end is no symbol or
 * the ends stand the wrong way round.
 */
export function rangeKeys(from: string, to: string): { low: string; high: string } | null {
  const low = sortKey(from);
  const end = parseSymbol(to);
  const last = sortKey(to);
  if (low === null || last === null || !end) return null;
  const high = end.group === null ? `${last}~` : end.subgroup === '00' ? `${last.slice(0, 8)}~` : last;
  return low <= high ? { low, high } : null;
}

/** The level that a canonical symbol stands on. */
export function levelOf(symbol: string): ClassLevel {
  if (symbol.includes('/')) return symbol.endsWith('/00') ? 'main-group' : 'subgroup';
  return symbol.length === 1 ? 'section' : symbol.length === 3 ? 'class' : 'subclass';
}

/** What contains a canonical symbol by its spelling alone: a subgroup lies in its main group. Null for a section. */
export function spelledParent(symbol: string): string | null {
  const level = levelOf(symbol);
  if (level === 'subgroup') return symbol.replace(/\/.*/, '/00');
  if (level === 'main-group') return symbol.slice(0, 4);
  return level === 'subclass' ? symbol.slice(0, 3) : level === 'class' ? symbol.slice(0, 1) : null;
}

/** Schemes whose symbols can be asked. */
export const ClassScheme = z.enum(['ipc', 'cpc']);
export type ClassScheme = z.infer<typeof ClassScheme>;

/** What a loaded file is: a scheme with or without depth, titles alone, a concordance, or the table of technology fields. */
export const ClassFormat = z.enum(['scheme-csv', 'ipc-xml', 'cpc-xml', 'titles', 'concordance', 'fields']);
export type ClassFormat = z.infer<typeof ClassFormat>;

const Named = z.object({
  symbol: z.string(),
  /** Null where no loaded file has the title in that language. */
  titleZh: z.string().nullable(),
  titleEn: z.string().nullable(),
});

/** A symbol that a concordance connects with another. */
export const RelatedSymbol = z.object({
  symbol: z.string(),
  /** What it was before, or what became of it. */
  relation: z.enum(['predecessor', 'successor']),
  /** The symbol of the line of the concordance that led here. */
  via: z.string(),
  /** Edition since which the change holds; null where the file does not say. */
  since: z.string().nullable(),
  /** `part`: the line speaks of a larger place, so that not everything under `symbol` belongs here. */
  match: z.enum(['whole', 'part']),
});
export type RelatedSymbol = z.infer<typeof RelatedSymbol>;

/** One place of a scheme. */
export const ClassView = Named.extend({
  scheme: ClassScheme,
  level: ClassLevel,
  /** Newest loaded edition that has the symbol, and the newest loaded of all. */
  version: z.string(),
  currentVersion: z.string(),
  /** Dots of a subgroup; null where the loaded files do not record them, and above subgroups. */
  dots: z.int().nullable(),
  /** False: the loaded files list subgroups under their main group only, so that `path` and `children` are not the true ones. */
  depthKnown: z.boolean(),
  /** From the section down to the parent. */
  path: z.array(Named),
  children: z.array(Named.extend({ children: z.int() })),
  concordance: z.array(RelatedSymbol),
  /** Technology fields (WIPO) that the symbol belongs to. */
  fields: z.array(z.object({ field: z.int(), title: z.string(), sector: z.string() })),
}).meta({ id: 'ClassView' });
export type ClassView = z.infer<typeof ClassView>;

/** A file of a scheme that was loaded. */
export const LoadedClassFile = z
  .object({
    id: z.uuid(),
    scheme: z.enum(['ipc', 'cpc', 'fields']),
    version: z.string(),
    format: ClassFormat,
    lang: z.enum(['zh', 'en']).nullable(),
    name: z.string(),
    sha256: z.string(),
    licence: z.string(),
    rows: z.int(),
    /** Rows that could not be right and were left out; the first of them with the reason. */
    leftOut: z.int(),
    faults: z.array(z.object({ line: z.int(), reason: z.string() })),
    loadedAt: z.iso.datetime(),
    loadedBy: z.string(),
    /** False: a later file of the same edition and kind has taken its place. */
    inUse: z.boolean(),
  })
  .meta({ id: 'LoadedClassFile' });
export type LoadedClassFile = z.infer<typeof LoadedClassFile>;

/** One place of a scheme with its surroundings. `symbol` in any spelling, its stroke as `%2F`. */
export const getClass = endpoint({
  method: 'GET',
  path: '/api/patents/classes/:scheme/:symbol',
  summary: 'A classification symbol: titles, ancestors, children, concordance, technology fields',
  access: 'public',
  params: z.object({ scheme: ClassScheme, symbol: z.string().min(1).max(60) }),
  response: ClassView,
});

/** For completion while typing: symbols that begin so, else titles that contain all the words. */
export const searchClasses = endpoint({
  method: 'GET',
  path: '/api/patents/classes',
  summary: 'Search classification symbols and titles',
  access: 'public',
  query: z.object({
    q: z.string().trim().min(1).max(200),
    scheme: ClassScheme.default('ipc'),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  response: z.object({
    classes: z.array(Named.extend({ level: ClassLevel, version: z.string() })),
    /** Empty while no edition of the scheme is loaded. */
    currentVersion: z.string(),
  }),
});

export const listClassSchemes = endpoint({
  method: 'GET',
  path: '/api/patents/classes/schemes',
  summary: 'Loaded editions of the classification schemes, newest first, with their files',
  access: 'public',
  response: z.object({
    current: z.object({ ipc: z.string().nullable(), cpc: z.string().nullable() }),
    /** Where a scheme is entered: its sections, in order. */
    sections: z.object({ ipc: z.array(Named), cpc: z.array(Named) }),
    files: z.array(LoadedClassFile),
    abilities: z.object({ load: z.boolean() }),
  }),
});

/**
 * Multipart parts: optional `version` (`2026.01`; needed where neither content nor name says it) and `licence` (a note on the
 * terms of the file), then `file`: a scheme as CSV, WIPO's or CPC's XML, a title list, a concordance, the WIPO technology
 * table, or a ZIP of XML files or title lists.
 */
export const loadClassFile = endpoint({
  method: 'POST',
  path: '/api/patents/classes/load',
  summary: 'Load a file of a classification scheme; the same file again changes nothing',
  access: PATENTS_IMPORT,
  multipart: true,
  response: z.object({ changed: z.boolean(), file: LoadedClassFile }),
});

/** A subclass that may fit a text. */
export const ClassSuggestion = Named.extend({
  /** `learned`: how often such a suggestion was right on held-out records, 0 to 1. `titles`: its share of the match alone. */
  confidence: z.number(),
});
export type ClassSuggestion = z.infer<typeof ClassSuggestion>;

export const suggestClasses = endpoint({
  method: 'POST',
  path: '/api/patents/classes/suggest',
  summary: 'Suggest IPC subclasses for a title and abstract',
  access: 'public',
  body: z.object({
    title: z.string().trim().min(1).max(500),
    abstract: z.string().max(10_000).default(''),
  }),
  response: z.object({
    /** Trained on the corpus, matched against scheme titles, or nothing to suggest from. */
    method: z.enum(['learned', 'titles', 'none']),
    suggestions: z.array(ClassSuggestion),
    note: z.string(),
  }),
});
