import type { PatentSearch } from '../address.ts';
import { type Chosen, formatFilter, readFilter } from '../facets/filter.ts';

/** Names of addresses from before there was a query language; links and bookmarks still carry them. */
const OLDER = ['applicant', 'ipc', 'from', 'to', 'region', 'type', 'status'] as const;

/** Whether an address carries an older name. */
export function isOlder(search: PatentSearch): boolean {
  return OLDER.some((name) => search[name] !== undefined);
}

/** The same search in the names of today: lists become chosen values of facets, the rest becomes part of the query. */
export function modernised(search: PatentSearch): PatentSearch {
  const { applicant, ipc, from, to, region, type, status, ...rest } = search;
  const quoted = (text: string) => `"${text.replaceAll('"', ' ').trim()}"`;
  const day = (text: string | undefined) => (text && /^[\d-]{4,10}$/.test(text) ? text : '*');
  const parts = [
    search.q && (/[\s=:]/.test(search.q.trim()) ? `(${search.q})` : search.q),
    applicant && `PA=${quoted(applicant)}`,
    ipc && `IPC=${ipc}`,
    (from || to) && `PD=[${day(from)} TO ${day(to)}]`,
  ].filter((part) => part !== undefined && part !== '');
  const added: Chosen[] = (
    [
      ['region', region],
      ['type', type],
      ['legalStatus', status],
    ] as const
  ).flatMap(([facet, value]) => (value ? [{ facet, value, not: false }] : []));
  return {
    ...rest,
    q: parts.length === 1 ? parts[0]?.replace(/^\((.*)\)$/s, '$1') : parts.join(' AND ') || undefined,
    filter: formatFilter([...readFilter(search.filter), ...added]),
  };
}
