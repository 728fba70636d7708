import { type RawBuilder, sql } from 'kysely';
import type * as z from 'zod';
import { type ShowContext, showField } from '#kernel/fields/show';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { Lang } from '#kernel/text';
import type { EntryQuery, FacetView, listEntries, lookupEntries } from '../../contract.ts';
import { type Access, abilitiesOf, accessTo, demandOpen, visible } from '../access.ts';
import { registerOf } from '../catalogue.ts';
import { isClosed } from '../closed.ts';
import { STATES } from '../domain/states.ts';
import { searchable } from '../entries/project.ts';
import { rowView, type SliceRow } from '../entries/rows.ts';
import { showContext } from '../entries/show-context.ts';
import { registerError } from '../errors.ts';
import type { RegisterModel } from '../fields/model.ts';
import { allOf, type Condition } from '../sql.ts';
import { conditionOf, facetColumn, facetNames, type Narrowed, narrow } from './narrow.ts';

/** Values of one facet that are listed. */
const FACET_VALUES = 100;

/** Columns of a slice that a list reads. */
export const ROW = sql`s.entry, s.no, s.serial, s.version, s.state, s.void, s.valid_from as "validFrom",
  s.valid_to as "validTo", s.recorded_from as "recordedFrom", s.region, s.due_on as "dueOn", s.due_kind as "dueKind",
  s.organisation, s.title, s.data`;

type ListQuery = z.output<typeof listEntries.query>;
type ListAnswer = z.output<typeof listEntries.response>;

/** A page of entries with the counts of every facet. */
export async function listOf(
  platform: Platform,
  by: { actor: Actor; lang: Lang },
  register: string,
  query: ListQuery,
): Promise<ListAnswer> {
  const model = registerOf(platform.pack, register);
  const access = await accessTo(platform, by.actor, model);
  demandOpen(access, model);
  const today = platform.clock.today();
  const narrowed = await foundFirst(platform, narrow(model, access, query, today), query);
  const where = conditionOf(narrowed);
  const order = orderOf(model, access, query);
  const [page, counted] = await Promise.all([
    sql<SliceRow>`select ${ROW} from register_slice s where ${where} order by ${order}
      limit ${query.limit} offset ${(query.page - 1) * query.limit}`.execute(platform.records),
    countFacets(platform, model, narrowed),
  ]);
  // Facets over references are called by the titles of what they refer to.
  const facetContents = model.facets.flatMap((key) =>
    model.byKey.get(key)?.type === 'reference'
      ? (counted.values.get(key) ?? []).map((v) => ({ [key]: v.value }))
      : [],
  );
  const contents = [...page.rows.map((r) => r.data), ...facetContents];
  const ctx = await showContext(platform, model, contents, query.on ?? today);
  const reader = { access, lang: by.lang, today };
  const keys = new Set(model.decl.list);
  return {
    total: counted.total,
    page: query.page,
    entries: page.rows.map((row) => rowView(model, row, ctx, reader, keys)),
    facets: facetNames(model).flatMap((name) => {
      if (hidden(model, name, access)) return [];
      return [facetView(model, name, counted.values.get(name) ?? [], narrowed, ctx, by.lang)];
    }),
    abilities: abilitiesOf(access),
  };
}

/** More hits than this are not handed on by their ids. */
const HITS = 5000;

/**
 * Words are looked for in one pass over the entries; page and facets then stand on what it found. Where it finds very
 * many, all of them look for themselves.
 */
async function foundFirst(platform: Platform, narrowed: Narrowed, query: EntryQuery): Promise<Narrowed> {
  if (searchable(query.q ?? '') === '') return narrowed;
  const { rows } = await sql<{ id: number }>`
    select s.id from register_slice s where ${allOf(narrowed.base)} limit ${HITS + 1}`.execute(
    platform.records,
  );
  if (rows.length > HITS) return narrowed;
  const ids = rows.map((r) => r.id);
  return { ...narrowed, base: [sql<boolean>`s.id = any(${ids}::bigint[])`] };
}

/** A facet over an internal field would tell its content. */
function hidden(model: RegisterModel, name: string, access: Access): boolean {
  return access.inside !== 'all' && isClosed(model, name);
}

/** Entries one by one in the order of their numbers, read in pieces: for exports and bulk changes. */
export async function* entriesOf(
  platform: Platform,
  model: RegisterModel,
  access: Access,
  query: EntryQuery,
): AsyncGenerator<SliceRow> {
  const where = conditionOf(narrow(model, access, query, platform.clock.today()));
  for (let after = 0; ; ) {
    const { rows } = await sql<SliceRow>`select ${ROW} from register_slice s
      where ${where} and s.serial > ${after} order by s.serial, s.segment limit 1000`.execute(
      platform.records,
    );
    // Two segments of one entry may hold on one day only if its content overlaps, which spans exclude.
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < 1000) return;
    after = last.serial;
  }
}

function orderOf(model: RegisterModel, access: Access, query: ListQuery): RawBuilder<unknown> {
  const way = sql.raw(query.desc ? 'desc nulls last' : 'asc nulls last');
  const fixed: Record<string, string> = {
    no: 'serial',
    title: 'title',
    state: 'state',
    region: 'region',
    validFrom: 'valid_from',
    validTo: 'valid_to',
    due: 'due_on',
    updatedAt: 'recorded_from',
  };
  const { sort } = query;
  if (sort === undefined) return sql`s.serial desc`;
  const column = Object.hasOwn(fixed, sort)
    ? fixed[sort]
    : sort === model.decl.entry.title
      ? 'title'
      : sort === model.decl.entry.region
        ? 'region'
        : facetColumn(model, sort);
  // The order would tell what a closed field holds.
  if (column === null || column === undefined || hidden(model, sort, access))
    throw registerError('registers_query', {
      why: `不能按“${sort}”排序`,
      why_en: `cannot sort by “${sort}”`,
    });
  // Indexed columns are ordered as they lie there.
  if (column === 'serial' || column === 'title')
    return sql`${sql.ref(`s.${column}`)} ${sql.raw(query.desc ? 'desc' : 'asc')}, s.serial`;
  return sql`${sql.ref(`s.${column}`)} ${way}, s.serial`;
}

interface Counted {
  total: number;
  values: Map<string, { value: string; count: number; different: number }[]>;
}

/**
 * All facets in one pass over the narrowed entries, and one more pass for each facet that is itself narrowed, whose counts
 * leave its own narrowing out.
 */
async function countFacets(platform: Platform, model: RegisterModel, narrowed: Narrowed): Promise<Counted> {
  const names = facetNames(model);
  const own = names.filter((n) => narrowed.facets.has(n));
  const common = names.filter((n) => !narrowed.facets.has(n));
  const passes = await Promise.all([
    countPass(platform, model, common, conditionOf(narrowed)),
    ...own.map((name) => countPass(platform, model, [name], conditionOf(narrowed, name))),
  ]);
  return {
    total: passes[0]?.total ?? 0,
    values: new Map(passes.flatMap((p) => [...p.values])),
  };
}

async function countPass(
  platform: Platform,
  model: RegisterModel,
  names: readonly string[],
  where: Condition,
): Promise<Counted> {
  const columns = names.map((name) => sql.ref(facetColumn(model, name) ?? ''));
  const values = new Map<string, Counted['values'] extends Map<string, infer V> ? V : never>();
  if (columns.length === 0) {
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from register_slice s where ${where}`.execute(platform.records);
    return { total: rows[0]?.n ?? 0, values };
  }
  const sets = sql.join([sql`()`, ...columns.map((c) => sql`(${c})`)]);
  // Combinations first, in the order of the index that holds all of these columns: a few thousand instead of every entry.
  const { rows } = await sql<{ facet: number; value: string | null; n: number; different: number }>`
    select facet, value, n, different from (
      select facet, value, n, count(*) over (partition by facet)::int as different,
        row_number() over (partition by facet order by n desc, value) as place
      from (
        select grouping(${sql.join(columns)})::int as facet, coalesce(${sql.join([...columns, sql`''`])}) as value,
          sum(n)::int as n
        from (
          select ${sql.join(columns)}, count(*)::int as n from register_slice s where ${where}
           group by ${sql.join(columns)}
        ) combined group by grouping sets (${sets})
      ) counted
    ) placed where place <= ${FACET_VALUES} order by facet, n desc, value`.execute(platform.records);
  // grouping() has a bit for each column that was not grouped by, the first column in the highest place.
  const all = 2 ** names.length - 1;
  for (const [i, name] of names.entries()) {
    const code = all - 2 ** (names.length - 1 - i);
    values.set(
      name,
      rows
        .filter((r) => r.facet === code)
        .map((r) => ({ value: r.value ?? '', count: r.n, different: r.different })),
    );
  }
  return { total: rows.find((r) => r.facet === all)?.n ?? 0, values };
}

function facetView(
  model: RegisterModel,
  name: string,
  values: readonly { value: string; count: number; different: number }[],
  narrowed: Narrowed,
  ctx: ShowContext,
  lang: Lang,
): FacetView {
  const chosen = narrowed.facets.get(name)?.chosen ?? [];
  const listed = [
    ...values,
    ...chosen.filter((c) => !values.some((v) => v.value === c)).map((value) => ({ value, count: 0 })),
  ];
  return {
    field: name,
    label: facetLabel(model, name, lang),
    values: listed.map((v) => ({
      value: v.value,
      label: facetValueLabel(model, name, v.value, ctx, lang),
      count: v.count,
      chosen: chosen.includes(v.value),
    })),
    more: Math.max(0, (values[0]?.different ?? 0) - values.length),
  };
}

function facetLabel(model: RegisterModel, name: string, lang: Lang): string {
  if (name === 'state') return lang === 'zh' ? '状态' : 'State';
  if (name === 'region') return lang === 'zh' ? '地区' : 'Region';
  return model.byKey.get(name)?.label[lang] ?? name;
}

/** A facet's value as people read it. */
export function facetValueLabel(
  model: RegisterModel,
  name: string,
  value: string,
  ctx: Pick<ShowContext, 'regionName' | 'references'>,
  lang: Lang,
): string {
  if (value === '') return lang === 'zh' ? '（未填）' : '(empty)';
  if (name === 'state') return (STATES as Record<string, { zh: string; en: string }>)[value]?.[lang] ?? value;
  const field = model.byKey.get(name);
  if (field?.type === 'reference')
    return showField(field, value, { ...ctx, fileNames: new Map() }, lang).text;
  if (name === 'region' || field?.type === 'region') return ctx.regionName(value, lang) ?? value;
  if (field?.type === 'boolean')
    return (value === 'true' ? { zh: '是', en: 'Yes' } : { zh: '否', en: 'No' })[lang];
  return field?.choices?.find((c) => c.value === value)?.label[lang] ?? value;
}

/** Entries by number or part of the title: those that everybody may see, and those of the asker's own reach. */
export async function lookup(
  platform: Platform,
  actor: Actor,
  register: string,
  q: string,
): Promise<z.output<typeof lookupEntries.response>> {
  const model = registerOf(platform.pack, register);
  const access = await accessTo(platform, actor, model);
  demandOpen(access, model);
  const words = searchable(q).split(' ').filter(Boolean);
  const where = allOf([
    sql<boolean>`s.register = ${register} and s.last and s.recorded_to is null and s.state <> 'removed'`,
    visible(access, model),
    ...words.map((w) => sql<boolean>`s.search like ${`%${w.replaceAll(/[\\%_]/g, '\\$&')}%`}`),
  ]);
  const { rows } = await sql<{ no: string; title: string; state: keyof typeof STATES }>`
    select s.no, s.title, s.state from register_slice s where ${where}
     order by (lower(s.no) = ${searchable(q)}) desc, s.title, s.serial limit 20`.execute(platform.records);
  return { entries: rows };
}
