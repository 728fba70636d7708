import type * as z from 'zod';

/** What stands after `?`: plain strings, or a list where a name comes more than once. */
export type RawSearch = Record<string, string | string[]>;

/** Reads the part after `?` as plain text: `region=320612` stays a string, nothing is taken for JSON. */
export function parseSearch(text: string): RawSearch {
  const found: RawSearch = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = found[name];
    found[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return found;
}

/** Writes it back; what is empty, absent or an empty list is left out. Names keep their order. */
export function formatSearch(search: Record<string, unknown>): string {
  const out = new URLSearchParams();
  for (const [name, value] of Object.entries(search))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null && one !== '') out.append(name, String(one));
  // Commas and colons are allowed in a query and read better than %2C and %3A.
  const text = out.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return text ? `?${text}` : '';
}

/** Applies a page's schema; a value that does not fit must be caught by the schema itself, else all of it is dropped. */
export function readSearch<S extends z.ZodType>(schema: S, raw: unknown): z.output<S> {
  const result = schema.safeParse(raw);
  return result.success ? result.data : schema.parse({});
}
