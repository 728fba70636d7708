import { createHash } from 'node:crypto';
import type { LegalStatus, PatentType } from '../../contract.ts';

/** A text in a language (ISO 639-1, '' where not known). */
export interface LangText {
  lang: string;
  text: string;
}

/** A cited document; `number` normalised, or '' for literature. */
export interface Citation {
  number: string;
  text: string;
  category: string;
  origin: string;
}

/** A priority claim; date `YYYY-MM-DD` or ''. */
export interface Priority {
  number: string;
  country: string;
  date: string;
}

/** A legal event; raw code and text as the source has them, date `YYYY-MM-DD` or ''. */
export interface LegalEvent {
  date: string;
  office: string;
  code: string;
  text: string;
  detail: Record<string, string>;
}

/** What a source says of one publication, normalised. Dates are `YYYY-MM-DD` or ''. Lists keep the source's order. */
export interface PatentContent {
  number: string;
  country: string;
  kind: string;
  applicationNumber: string;
  applicationKey: string;
  type: PatentType;
  granted: boolean;
  /** Language of title and abstract. */
  lang: string;
  /** '' in a statement that only adds to a known record. */
  title: string;
  titles: LangText[];
  abstract: string;
  abstracts: LangText[];
  claims: string[];
  mainClaimOnly: boolean;
  description: string;
  applicants: string[];
  inventors: string[];
  ipc: string[];
  cpc: string[];
  filingDate: string;
  publicationDate: string;
  grantDate: string;
  priorities: Priority[];
  address: string;
  /** 国省代码, as the source has it. */
  province: string;
  legalStatus: LegalStatus;
  legalStatusText: string;
  legalStatusDate: string;
  events: LegalEvent[];
  familyId: string;
  extendedFamilyId: string;
  /** Publications of the simple family, normalised. */
  familyMembers: string[];
  citations: Citation[];
  agency: string;
  agents: string[];
  extra: Record<string, string>;
  /** Spellings of its numbers, `p:` and `a:`. */
  keys: string[];
}

/** A content that says nothing beyond its number; every other field is filled in by who builds one. */
export function emptyContent(number: string): PatentContent {
  return {
    number,
    country: number.slice(0, 2),
    kind: '',
    applicationNumber: '',
    applicationKey: number,
    type: 'other',
    granted: false,
    lang: '',
    title: '',
    titles: [],
    abstract: '',
    abstracts: [],
    claims: [],
    mainClaimOnly: false,
    description: '',
    applicants: [],
    inventors: [],
    ipc: [],
    cpc: [],
    filingDate: '',
    publicationDate: '',
    grantDate: '',
    priorities: [],
    address: '',
    province: '',
    legalStatus: 'unknown',
    legalStatusText: '',
    legalStatusDate: '',
    events: [],
    familyId: '',
    extendedFamilyId: '',
    familyMembers: [],
    citations: [],
    agency: '',
    agents: [],
    extra: {},
    keys: [`p:${number}`],
  };
}

/** Where an address lies, by the city pack. */
export type Locate = (address: string) => { region: string; precision: 'county' | 'city' | 'none' };

/** Rises when the same source would be stored differently, so that importing again rewrites the rows. */
const NORMALISER = 2;

/** 64 bits of a text, as a decimal number. */
export function hash64(text: string): string {
  return createHash('sha1').update(text).digest().readBigUInt64LE(0).toString();
}

/** 64 bits over everything a source said, as a decimal number. */
export function hashOf(content: PatentContent): string {
  const values: unknown[] = [NORMALISER];
  for (const field of CONTENT_FIELDS) {
    const value = content[field];
    values.push(
      field === 'extra' ? Object.entries(content.extra).sort(([a], [b]) => (a < b ? -1 : 1)) : value,
    );
  }
  return hash64(JSON.stringify(values));
}

/** Every field that a source can say, in the order in which they are hashed and compared. Keys follow from the numbers. */
export const CONTENT_FIELDS: readonly (keyof PatentContent)[] = (
  Object.keys(emptyContent('')) as (keyof PatentContent)[]
).filter(
  (field) => field !== 'keys' && field !== 'country' && field !== 'kind' && field !== 'applicationKey',
);

/** Fields of which one says nothing without the others: they are taken together from one source. */
const TOGETHER: readonly (readonly (keyof PatentContent)[])[] = [
  ['legalStatus', 'legalStatusText', 'legalStatusDate'],
  ['applicationNumber', 'applicationKey'],
  ['claims', 'mainClaimOnly'],
  ['title', 'lang'],
];

/** Whether a value says nothing. */
export function isSilent(field: keyof PatentContent, content: PatentContent): boolean {
  const value = content[field];
  if (field === 'legalStatus') return content.legalStatusText === '';
  if (field === 'type') return value === 'other';
  if (field === 'granted') return value === false;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'object') return Object.keys(value).length === 0;
  return value === '';
}

/**
 * Which fields `next` decides when it has the word over `old`: what it says wins, what it leaves out stays. A full set of
 * claims is not replaced by a main claim alone.
 */
export function fieldsTaken(old: PatentContent, next: PatentContent): Set<keyof PatentContent> {
  const taken = new Set<keyof PatentContent>();
  for (const field of CONTENT_FIELDS) {
    if (isSilent(field, next)) continue;
    if (field === 'claims' && next.mainClaimOnly && !old.mainClaimOnly && old.claims.length > 0) continue;
    taken.add(field);
  }
  for (const [lead, ...rest] of TOGETHER)
    for (const field of rest) {
      if (taken.has(lead!)) taken.add(field);
      else taken.delete(field);
    }
  return taken;
}

/** The record after a source with the word has spoken: {@link fieldsTaken} decides; events, families and extras add up. */
export function merge(old: PatentContent, next: PatentContent): PatentContent {
  const taken = fieldsTaken(old, next);
  const merged: PatentContent = { ...old };
  const set = <K extends keyof PatentContent>(field: K) => {
    merged[field] = next[field];
  };
  for (const field of taken) set(field);
  return {
    ...merged,
    number: next.number,
    country: next.country,
    kind: next.kind === '' ? old.kind : next.kind,
    granted: old.granted || next.granted,
    events: mergeEvents(old.events, next.events),
    familyMembers: [...new Set([...old.familyMembers, ...next.familyMembers])].sort(),
    titles: mergeTexts(old.titles, next.titles),
    abstracts: mergeTexts(old.abstracts, next.abstracts),
    extra: { ...old.extra, ...next.extra },
    keys: [...new Set([...next.keys, ...old.keys])].sort(),
  };
}

function mergeTexts(old: readonly LangText[], next: readonly LangText[]): LangText[] {
  return [...old.filter((o) => !next.some((n) => n.lang === o.lang)), ...next];
}

/** Events of both, each once, in the order of their days. */
function mergeEvents(old: readonly LegalEvent[], next: readonly LegalEvent[]): LegalEvent[] {
  const all = new Map<string, LegalEvent>();
  for (const event of [...old, ...next])
    all.set([event.date, event.office, event.code, event.text].join('\n'), event);
  return [...all.values()].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** `YYYY-MM-DD` as the number that the corpus keeps; 0 for ''. */
export function dayNumber(date: string): number {
  return date === '' ? 0 : Number(date.replaceAll('-', ''));
}

/** The reverse of {@link dayNumber}; null for 0. */
export function dayText(day: number): string | null {
  if (day === 0) return null;
  const text = String(day).padStart(8, '0');
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}
