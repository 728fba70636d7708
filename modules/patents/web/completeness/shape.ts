import type { EndpointResponse } from '#kernel/http/contract';
import { toCsv } from '#shell/csv';
import type { completeness, FieldShares } from '../../contract/loads.ts';

/** What the interface answers. */
export type Completeness = EndpointResponse<typeof completeness>;
/** One row of it: an office, a year and a kind. */
export type YearRow = Completeness['years'][number];

/** Fields whose share is told, in the order of the columns. */
export const SHARES = [
  'abstract',
  'claims',
  'description',
  'legalStatus',
  'family',
  'cpc',
  'address',
] as const satisfies readonly (keyof FieldShares)[];

/** Columns of a table by year; what is rarer goes together. */
const MOST_COLUMNS = 12;

/** Records by year, in columns by office or kind. */
export interface Matrix {
  /** The most frequent first. */
  columns: readonly string[];
  /** Whether a last column holds what has none of its own. */
  rest: boolean;
  /** Latest year first; 0 = not known. `cells` as `columns`, then the rest. */
  rows: readonly { year: number; total: number; cells: readonly number[] }[];
  totals: readonly number[];
  total: number;
}

/** Lays rows out as years by offices, or years by kinds. */
export function matrixOf(rows: readonly YearRow[], by: 'country' | 'kind'): Matrix {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(row[by], (sums.get(row[by]) ?? 0) + row.records);
  const names = [...sums.keys()].sort((a, b) => sums.get(b)! - sums.get(a)! || (a < b ? -1 : 1));
  const columns = names.length > MOST_COLUMNS ? names.slice(0, MOST_COLUMNS - 1) : names;
  const rest = columns.length < names.length;
  const place = new Map(columns.map((name, at) => [name, at]));
  const width = columns.length + (rest ? 1 : 0);
  const years = new Map<number, number[]>();
  for (const row of rows) {
    const cells = years.get(row.year) ?? Array.from({ length: width }, () => 0);
    const at = place.get(row[by]) ?? width - 1;
    cells[at] = cells[at]! + row.records;
    years.set(row.year, cells);
  }
  const sum = (list: readonly number[]) => list.reduce((all, one) => all + one, 0);
  const laid = [...years]
    .sort(([a], [b]) => b - a)
    .map(([year, cells]) => ({ year, total: sum(cells), cells }));
  const totals = Array.from({ length: width }, (_, at) => sum(laid.map((row) => row.cells[at]!)));
  return { columns, rest, rows: laid, totals, total: sum(totals) };
}

/** Shares of a group of records, weighted by how many there are. */
export interface ShareRow extends FieldShares {
  name: string;
  records: number;
}

/** Shares by year (latest first) or by kind (most frequent first). */
export function sharesBy(rows: readonly YearRow[], by: 'year' | 'kind'): ShareRow[] {
  const groups = new Map<string, YearRow[]>();
  for (const row of rows) {
    const name = String(row[by]);
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  const list = [...groups].map(([name, group]): ShareRow => {
    const records = group.reduce((all, row) => all + row.records, 0);
    const share = (field: keyof FieldShares) =>
      group.reduce((all, row) => all + row[field] * row.records, 0) / records;
    const shares = Object.fromEntries(SHARES.map((field) => [field, share(field)]));
    return { name, records, ...(shares as Record<keyof FieldShares, number>) };
  });
  return list.sort((a, b) =>
    by === 'year' ? Number(b.name) - Number(a.name) : b.records - a.records || (a.name < b.name ? -1 : 1),
  );
}

/** Rows with shares as a table for spreadsheets; shares in per cent with one digit, as on the page. */
export function sharesCsv(
  heads: readonly string[],
  rows: readonly (FieldShares & { cells: readonly (string | number | null)[] })[],
): string {
  return toCsv([
    heads,
    ...rows.map((row) => [...row.cells, ...SHARES.map((field) => Math.round(row[field] * 1000) / 10)]),
  ]);
}
