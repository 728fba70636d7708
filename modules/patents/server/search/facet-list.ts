import type { FacetName } from '../../contract.ts';
import type { Expr } from '../../query/ast.ts';
import { readDaySpan, readSymbol } from '../../query/values.ts';

/** A node without its place in a text. */
type Bare = Expr extends infer E ? (E extends Expr ? Omit<E, 'at'> : never) : never;

/** How a facet is counted. */
export interface FacetSource {
  /** SQL over `patent_document` whose values are counted; of a list, every value of it. */
  value: string;
  list: boolean;
  /** All values, or the most frequent ones. */
  most: number;
  /** Order of the values: by count, or by value downwards. */
  order: 'count' | 'value';
}

/** Every facet: how it is counted. */
export const FACET_SOURCES: Record<FacetName, FacetSource> = {
  year: { value: 'intDiv(publication_day, 10000)', list: false, most: 500, order: 'value' },
  filingYear: { value: 'intDiv(filing_day, 10000)', list: false, most: 500, order: 'value' },
  type: { value: 'type', list: false, most: 20, order: 'count' },
  legalStatus: { value: 'legal_status', list: false, most: 20, order: 'count' },
  country: { value: 'country', list: false, most: 300, order: 'count' },
  region: { value: 'region', list: false, most: 500, order: 'count' },
  applicant: { value: 'applicant_ids', list: true, most: 20, order: 'count' },
  ipc: { value: 'ipc_subclasses', list: true, most: 20, order: 'count' },
  cpc: { value: 'cpc_subclasses', list: true, most: 20, order: 'count' },
  granted: { value: 'granted', list: false, most: 2, order: 'count' },
  lang: { value: 'lang', list: false, most: 50, order: 'count' },
  // Too many to be counted by what occurs together; nothing can be filtered by one that no source gave.
  agency: { value: "arrayFilter(a -> a != '', [toString(agency)])", list: true, most: 20, order: 'count' },
  familySize: { value: 'least(family_size, 20)', list: false, most: 20, order: 'value' },
};

const value =
  (field: string) =>
  (text: string): Bare => ({ type: 'value', fields: [field], mode: 'any', value: text });
const year =
  (field: string) =>
  (text: string): Bare | null => {
    if (text === '0') return { type: 'date', fields: [field], mode: 'any', from: 0, to: 0 };
    const span = /^\d{4}$/.test(text) ? readDaySpan(text) : null;
    return span && { type: 'date', fields: [field], mode: 'any', from: span.from, to: span.to };
  };
const subclass =
  (field: string) =>
  (text: string): Bare | null => {
    const symbol = readSymbol(text);
    return symbol && { type: 'class', fields: [field], mode: 'any', symbol: symbol.symbol, reach: 'same' };
  };

/** Every facet: the condition that one of its values means; null for a value that cannot be one. */
export const FILTERS: Record<FacetName, (value: string) => Bare | null> = {
  year: year('PD'),
  filingYear: year('AD'),
  type: value('PT'),
  legalStatus: value('LS'),
  country: value('AU'),
  region: (text) => ({ type: 'value', fields: ['RG'], mode: 'any', value: text === '-' ? '无' : text }),
  applicant: (text) =>
    /^\d{1,20}$/.test(text) ? { type: 'value', fields: ['ANC'], mode: 'any', value: `id:${text}` } : null,
  ipc: subclass('IPC'),
  cpc: subclass('CPC'),
  granted: (text) =>
    /^[01]$/.test(text) ? { type: 'value', fields: ['GR'], mode: 'any', value: text } : null,
  lang: value('LANG'),
  agency: (text) => ({
    type: 'text',
    fields: ['AGC'],
    mode: 'any',
    expr: { type: 'term', term: { text, quoted: true, whole: true } },
  }),
  familySize: (text) => {
    if (!/^\d{1,2}$/.test(text)) return null;
    const n = Number(text);
    return { type: 'count', fields: ['FAC'], mode: 'any', from: n, to: n >= 20 ? null : n };
  },
};
