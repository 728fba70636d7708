import type { FacetName, PatentFacets } from '../../contract.ts';
import type { Groups } from '../applicants/groups.ts';
import { FACET_SOURCES } from './facet-list.ts';
import type { Part, PartRow } from './result.ts';

/** Counts of a result: how many publications, how many families where asked, and the facets. */
export interface Counted {
  total: number;
  families: number | null;
  facets: PatentFacets;
}

/** What is counted, and how its rows are read. */
export interface Counting {
  parts: Record<string, Part>;
  read(rows: Record<string, PartRow[]>): Promise<Counted>;
}

/**
 * The parts that count a result. Facets of single values are counted together, by what occurs together, and added up here;
 * of each list the most frequent values are counted for itself.
 */
export function counting(names: readonly FacetName[], families: boolean, groups: Groups): Counting {
  const single = names.filter((name) => !FACET_SOURCES[name].list);
  const lists = names.filter((name) => FACET_SOURCES[name].list);
  const parts: Record<string, Part> = { single: countSingle(single) };
  for (const name of lists) parts[name] = countList(name, groups);
  if (families)
    parts.families = {
      columns: { family_key: 'family_key' },
      sql: 'select [] as v, uniqExact(family_key) as n from result',
    };
  return {
    parts,
    async read(rows) {
      const facets: PatentFacets = {};
      for (const [i, name] of single.entries()) facets[name] = facetOf(name, addedUp(rows.single!, i));
      for (const name of lists)
        facets[name] = facetOf(name, new Map(rows[name]!.map((row) => [row.v[0]!, row.n])));
      const applicants = facets.applicant?.values ?? [];
      const called = await groups.names(applicants.map((each) => each.value));
      for (const each of applicants) each.label = called.get(each.value) ?? each.value;
      return {
        total: rows.single!.reduce((sum, row) => sum + row.n, 0),
        families: families ? (rows.families![0]?.n ?? 0) : null,
        facets,
      };
    },
  };
}

const column = (name: FacetName) => `of_${name}`;

/** One row per combination of values that occurs. */
function countSingle(names: readonly FacetName[]): Part {
  const columns = Object.fromEntries(names.map((name) => [column(name), FACET_SOURCES[name].value]));
  const values = names.map((name) => `toString(${column(name)})`).join(', ');
  return {
    columns: names.length === 0 ? { doc: 'doc' } : columns,
    sql:
      names.length === 0
        ? 'select [] as v, count() as n from result'
        : `select [${values}] as v, count() as n from result group by ${names.map(column).join(', ')}`,
  };
}

/** The most frequent values of a list, and one more, which tells that there are more. */
function countList(name: FacetName, groups: Groups): Part {
  const { value, most } = FACET_SOURCES[name];
  const applicants = name === 'applicant';
  return {
    columns: { [column(name)]: applicants ? groups.sql(value) : value },
    sql: `select [toString(each)] as v, count() as n from (select arrayJoin(${column(name)}) as each from result)
           group by each order by n desc, toString(each) limit ${most + 1}`,
    ...(applicants && { params: groups.params }),
  };
}

function addedUp(rows: readonly PartRow[], place: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { v, n } of rows) counts.set(v[place]!, (counts.get(v[place]!) ?? 0) + n);
  return counts;
}

/** The values of a facet in its order, cut where only the most frequent are shown. */
function facetOf(name: FacetName, counts: ReadonlyMap<string, number>): NonNullable<PatentFacets[FacetName]> {
  const { most, order } = FACET_SOURCES[name];
  const values = [...counts]
    // Nothing can be filtered by a language that no source gave.
    .filter(([value]) => value !== '' || name !== 'lang')
    .map(([value, count]) => ({ value, label: null as string | null, count }))
    .sort((a, b) =>
      order === 'value'
        ? Number(b.value) - Number(a.value)
        : b.count - a.count || (a.value < b.value ? -1 : 1),
    );
  return { values: values.slice(0, most), more: values.length > most };
}
