import type { ClickHouseClient } from '@clickhouse/client';
import type { FacetName, PatentFacets } from '../../contract.ts';
import type { Groups } from '../applicants/groups.ts';
import { select } from '../corpus/client.ts';
import { FACET_SOURCES } from './facet-list.ts';

/** Counts of a result: how many publications, how many families where asked, and the facets. */
export interface Counted {
  total: number;
  families: number | null;
  facets: PatentFacets;
}

interface Row {
  g: number;
  v: string;
  n: string;
  f: string;
}

/** Counts a result: single values in one pass, values of lists in another, beside it. */
export async function countResult(
  corpus: ClickHouseClient,
  where: string,
  params: Record<string, unknown>,
  names: readonly FacetName[],
  families: boolean,
  groups: Groups,
): Promise<Counted> {
  const single = names.filter((name) => !FACET_SOURCES[name].list);
  const lists = names.filter((name) => FACET_SOURCES[name].list);
  const [rows, counted] = await Promise.all([
    countSingle(corpus, where, params, single, families),
    countLists(corpus, where, params, lists, groups),
  ]);
  const facets: PatentFacets = {};
  for (const [i, name] of single.entries()) {
    const { most, order } = FACET_SOURCES[name];
    const values = rows
      // Nothing can be filtered by an agency or language that no source gave.
      .filter((row) => row.g === i && (row.v !== '' || (name !== 'agency' && name !== 'lang')))
      .map((row) => ({ value: row.v, label: null, count: Number(row.n) }))
      .sort((a, b) =>
        order === 'value'
          ? Number(b.value) - Number(a.value)
          : b.count - a.count || (a.value < b.value ? -1 : 1),
      );
    facets[name] = { values: values.slice(0, most), more: values.length > most };
  }
  Object.assign(facets, counted);
  const all = rows.find((row) => row.g === single.length);
  return {
    total: Number(all?.n ?? 0),
    families: families ? Number(all?.f ?? 0) : null,
    facets,
  };
}

/** One row per value of each facet (`g` its place in the list), and one with `g` behind the last for everything. */
async function countSingle(
  corpus: ClickHouseClient,
  where: string,
  params: Record<string, unknown>,
  names: readonly FacetName[],
  families: boolean,
): Promise<Row[]> {
  const columns = names.map((_, i) => `v${i}`);
  const pick = names.map((name, i) => `${FACET_SOURCES[name].value} as v${i}`).join(', ');
  const sets = [...columns.map((c) => `(${c})`), '()'].join(', ');
  // grouping() has a 0 bit at the column of the set; all ones is the whole.
  const place = columns.map((c, i) => `grouping(${c}) = 0, ${i}`).join(', ');
  const chosen =
    columns.length === 0
      ? "''"
      : `multiIf(${columns.map((c) => `grouping(${c}) = 0, toString(${c})`).join(', ')}, '')`;
  return select<Row>(
    corpus,
    `select ${columns.length === 0 ? '0' : `toUInt8(multiIf(${place}, ${columns.length}))`} as g, ${chosen} as v,
            count() as n, ${families ? 'uniqExact(family_key)' : '0'} as f
       from (select ${pick === '' ? '1 as one' : pick}${families ? ', family_key' : ''} from patent_document where ${where})
      ${columns.length === 0 ? '' : `group by grouping sets (${sets})`}`,
    params,
  );
}

/** All facets of lists: one row per value of each (`g` its place among the names), the most frequent of each. */
async function countLists(
  corpus: ClickHouseClient,
  where: string,
  params: Record<string, unknown>,
  names: readonly FacetName[],
  groups: Groups,
): Promise<PatentFacets> {
  if (names.length === 0) return {};
  const pairs = names.map((name, i) => {
    const each = name === 'applicant' ? groups.sql('applicant_ids') : FACET_SOURCES[name].value;
    return `arrayMap(v -> (toUInt8(${i}), toString(v)), ${each})`;
  });
  const most = Math.max(...names.map((name) => FACET_SOURCES[name].most));
  const rows = await select<{ g: number; v: string; n: string }>(
    corpus,
    `select pair.1 as g, pair.2 as v, count() as n from (
        select arrayJoin(arrayConcat(${pairs.join(', ')})) as pair from patent_document where ${where})
      group by g, v order by g, n desc, v limit ${most + 1} by g`,
    { ...params, ...(names.includes('applicant') && groups.params) },
  );
  const facets: PatentFacets = {};
  for (const [i, name] of names.entries()) {
    const own = rows.filter((row) => row.g === i);
    const shown = own.slice(0, FACET_SOURCES[name].most);
    const labels = name === 'applicant' ? await groups.names(shown.map((row) => row.v)) : null;
    facets[name] = {
      values: shown.map((row) => ({
        value: row.v,
        label: labels ? (labels.get(row.v) ?? row.v) : null,
        count: Number(row.n),
      })),
      more: own.length > shown.length,
    };
  }
  return facets;
}
