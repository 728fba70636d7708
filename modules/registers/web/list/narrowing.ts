import { formatSearch } from '#shell/url';
import type { ListSearch } from '../search.ts';

/** Field key → chosen values; `''` stands for empty. */
export type Chosen = Readonly<Record<string, readonly string[]>>;

/** Facets that have a name of their own in the address; all others stand in `filters`. */
const OWN = ['state', 'region'] as const;
type Own = (typeof OWN)[number];
const isOwn = (field: string): field is Own => (OWN as readonly string[]).includes(field);

/** The register's own narrowing; unreadable text counts as none. */
export function readFilters(text: string | undefined): Chosen {
  try {
    const found = JSON.parse(text ?? '{}') as unknown;
    if (typeof found !== 'object' || found === null || Array.isArray(found)) return {};
    return Object.fromEntries(
      Object.entries(found)
        .map(
          ([key, values]) =>
            [
              key,
              Array.isArray(values) ? values.filter((v): v is string => typeof v === 'string') : [],
            ] as const,
        )
        .filter(([, values]) => values.length > 0),
    );
  } catch {
    return {};
  }
}

/** As it stands in the address; nothing chosen is no text at all. Keys in order, so that one narrowing has one address. */
export function writeFilters(chosen: Chosen): string | undefined {
  const entries = Object.entries(chosen)
    .filter(([, values]) => values.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? undefined : JSON.stringify(Object.fromEntries(entries));
}

/** Values chosen of one facet. */
export function chosenOf(search: ListSearch, field: string): readonly string[] {
  if (isOwn(field)) return search[field]?.split(',').filter(Boolean) ?? [];
  return readFilters(search.filters)[field] ?? [];
}

/** The address that includes a value, or leaves it out again; always from the first page. */
export function toggled(search: ListSearch, field: string, value: string): Partial<ListSearch> {
  const before = chosenOf(search, field);
  const after = before.includes(value) ? before.filter((v) => v !== value) : [...before, value];
  if (isOwn(field)) return { [field]: after.join(',') || undefined, page: undefined };
  return {
    filters: writeFilters({ ...readFilters(search.filters), [field]: after }),
    page: undefined,
  };
}

/** Everything that is chosen, for showing and taking away one by one. */
export function allChosen(search: ListSearch): { field: string; value: string }[] {
  return [
    ...OWN.flatMap((field) => chosenOf(search, field).map((value) => ({ field, value }))),
    ...Object.entries(readFilters(search.filters)).flatMap(([field, values]) =>
      values.map((value) => ({ field, value })),
    ),
  ];
}

/** The address without any narrowing; order and moment stay. */
export const WIDE: Partial<ListSearch> = {
  q: undefined,
  state: undefined,
  region: undefined,
  filters: undefined,
  due: undefined,
  page: undefined,
};

/** Is the list narrowed at all? The moment it speaks of is no narrowing. */
export function isNarrowed(search: ListSearch): boolean {
  return Boolean(search.q || search.due !== undefined || allChosen(search).length > 0);
}

/** What is asked of the server besides order and page: the same for list, export and bulk change. */
export function entryQuery({ q, state, region, filters, due, on, known }: ListSearch) {
  return { q, state, region, filters, due, on, known };
}

/** The narrowing as a query string without `?`: what a saved view keeps and a bulk change takes. */
export function queryText(search: ListSearch, options: { order?: boolean } = {}): string {
  const { sort, desc } = search;
  return formatSearch({ ...entryQuery(search), ...(options.order && { sort, desc }) }).replace(/^\?/, '');
}

/** The address of a saved view: whatever it does not name is taken away. */
export function viewSearch(query: string): Partial<ListSearch> {
  const found = Object.fromEntries(new URLSearchParams(query)) as Partial<ListSearch>;
  return { ...WIDE, on: undefined, known: undefined, sort: undefined, desc: undefined, ...found };
}
