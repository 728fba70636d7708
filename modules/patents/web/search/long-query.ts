import type { PatentSearch } from '../address.ts';

const KEY = 'zc.patents.long';
/** Longest query, as an address writes it, that is put there: a server refuses addresses of more than 16 kB. */
const LONGEST = 8000;
/** Long queries that are kept. */
const MOST = 20;

/** Where long queries are kept: by a short name, latest first. */
export interface LongStore {
  read: () => string | null;
  write: (text: string) => void;
}

const browser: LongStore = {
  read: () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  },
  write: (text) => {
    try {
      localStorage.setItem(KEY, text);
    } catch {
      // Not kept: the query is there until the page is left.
      fallback = text;
    }
  },
};
let fallback: string | null = null;

function kept(store: LongStore): [name: string, text: string][] {
  try {
    const list: unknown = JSON.parse(store.read() ?? fallback ?? '[]');
    return Array.isArray(list) ? (list as [string, string][]) : [];
  } catch {
    return [];
  }
}

/** The part of an address that asks a query; a long one is kept in this browser and goes by a short name. */
export function asAddressPart(
  q: string | undefined,
  store: LongStore = browser,
): Pick<PatentSearch, 'q' | 'long'> {
  if (!q || encodeURIComponent(q).length <= LONGEST) return { q, long: undefined };
  const name = nameOf(q);
  const others = kept(store).filter(([n]) => n !== name);
  store.write(JSON.stringify([[name, q], ...others].slice(0, MOST)));
  return { q: undefined, long: name };
}

/** The search with a long query put in; `lost` where this browser does not have it. */
export function withLongQuery(
  search: PatentSearch,
  store: LongStore = browser,
): { search: PatentSearch; lost: boolean } {
  if (!search.long) return { search, lost: false };
  const q = kept(store).find(([name]) => name === search.long)?.[1];
  return { search: { ...search, q }, lost: q === undefined };
}

/** FNV-1a over the letters, as eight hexadecimal digits. */
function nameOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
