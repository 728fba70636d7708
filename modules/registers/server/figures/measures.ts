import { type RawBuilder, sql } from 'kysely';
import { type CalendarDate, yearOf } from '#kernel/calendar/date';
import type { DeepReadonly } from '#kernel/city/schema';
import type { MeasureFigure, RegisterMeasure } from '#kernel/city/schema-register';
import { fenOf, type SimpleModel } from '#kernel/fields/model';
import type { FactColumn, FactPage, Measure, MeasureQuery, MeasureValue } from '#kernel/measures/measures';
import type { Platform } from '#kernel/module';
import { canonicalIds } from '#modules/organisations/server/index';
import { directory } from '#modules/parties/server/index';
import { catalogueOf } from '../catalogue.ts';
import { isClosed } from '../closed.ts';
import { COUNTED } from '../domain/states.ts';
import { boundsOf } from '../domain/where.ts';
import type { RegisterModel } from '../fields/model.ts';
import { regionsWithin } from '../regions.ts';
import { allOf, type Condition, jsonOf, knownAt, numberOf, textOf, validOn, whereSql } from '../sql.ts';

type Declared = DeepReadonly<RegisterMeasure>;
type Figure<K extends MeasureFigure['kind']> = Extract<DeepReadonly<MeasureFigure>, { kind: K }>;

/** A question to a register's measure; `extra` narrows it further (an industry, a facet). */
export interface FigureQuery extends MeasureQuery {
  extra?: Condition;
}

/** Id under which indicators name a measure. */
export function measureId(register: string, measure: string): string {
  return `registers.${register}.${measure}`;
}

/** All figures that the registers of the pack offer. */
export function registerMeasures(platform: Platform): Measure[] {
  return [...catalogueOf(platform.pack).values()].flatMap((model) =>
    model.decl.measures.map((declared) => measureOf(platform, model, declared)),
  );
}

function measureOf(platform: Platform, model: RegisterModel, declared: Declared): Measure {
  return {
    id: measureId(model.decl.id, declared.id),
    title: declared.title,
    unit: declared.unit,
    rule: declared.rule,
    compute: (query) => figureOf(platform, model, declared, query),
    facts: (query) => factsOf(platform, model, declared, query),
  };
}

/** Entries that a measure counts on the day, before its own `where`: known then, not void, of the region. */
async function counted(
  platform: Platform,
  model: RegisterModel,
  declared: Declared,
  query: FigureQuery,
): Promise<Condition> {
  const conditions = [
    sql<boolean>`s.register = ${model.decl.id}`,
    sql<boolean>`s.state in (${sql.join(COUNTED)})`,
    sql<boolean>`not s.void`,
    knownAt(query.knownAt),
    whereSql(model, declared.where, query.asOf),
  ];
  if (query.extra) conditions.push(query.extra);
  const { figure } = declared;
  if (figure.kind === 'latest') {
    if (model.decl.entry.region !== undefined) {
      const lookup = await directory(platform).lookup();
      const city = lookup.pack.regions.find((r) => r.kind === 'city')?.id ?? '';
      conditions.push(sql<boolean>`s.region = ${query.region ?? city}`, sql<boolean>`s.last`);
    } else conditions.push(sql<boolean>`s.last`);
    return allOf(conditions);
  }
  if (query.region !== undefined) {
    const within = regionsWithin(await directory(platform).lookup(), query.region, query.asOf);
    conditions.push(
      within.length === 0 ? sql<boolean>`false` : sql<boolean>`s.region in (${sql.join(within)})`,
    );
  }
  if (figure.kind !== 'growth' && figure.span === 'started') {
    conditions.push(sql<boolean>`s.segment = 0`, sql<boolean>`s.valid_from <= ${query.asOf}::date`);
    if (query.since !== undefined) conditions.push(sql<boolean>`s.valid_from >= ${query.since}::date`);
  } else conditions.push(validOn(query.asOf));
  return allOf(conditions);
}

/** One number, and how many entries it was made of. */
type Numbers = { value: string | number | null; facts: number };

async function ask(platform: Platform, value: RawBuilder<unknown>, where: Condition): Promise<Numbers> {
  const { rows } = await sql<Numbers>`
    select ${value} as value, count(*)::int as facts from register_slice s where ${where}`.execute(
    platform.records,
  );
  return rows[0] ?? { value: 0, facts: 0 };
}

/** A register's figure on a day, in the unit of its measure (money in the unit of its field). */
export async function figureOf(
  platform: Platform,
  model: RegisterModel,
  declared: Declared,
  query: FigureQuery,
): Promise<MeasureValue> {
  const where = await counted(platform, model, declared, query);
  const { figure } = declared;
  if (figure.kind === 'latest') return latest(platform, model, declared, figure, query, where);
  if (figure.kind === 'growth') return growth(platform, model, figure, query, where);
  const got = await plainFigure(platform, model, figure, where);
  if (got.facts > 0 || (await everPublished(platform, model, query.knownAt))) return got;
  return {
    value: null,
    facts: 0,
    note: {
      zh: `“${model.decl.title.zh}”${query.knownAt ? '当时' : ''}还没有已公布的条目，不作计算`,
      en: `Nothing ${query.knownAt ? 'had' : 'has'} been published in “${model.decl.title.en}”${query.knownAt ? ' by then' : ''}: nothing is computed`,
    },
  };
}

/** A list that nobody has filled yet says nothing: its figure is not 0. */
async function everPublished(
  platform: Platform,
  model: RegisterModel,
  moment: Date | undefined,
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select 1 from register_slice s where s.register = ${model.decl.id}
      and s.state in (${sql.join(COUNTED)}) and ${knownAt(moment)}) as found`.execute(platform.records);
  return rows[0]?.found ?? false;
}

async function plainFigure(
  platform: Platform,
  model: RegisterModel,
  figure: Figure<'count' | 'sum' | 'count-items'>,
  where: Condition,
): Promise<MeasureValue> {
  if (figure.kind === 'count') {
    if (figure.distinct === 'organisation') return organisations(platform, where);
    const value =
      figure.distinct === undefined
        ? sql`count(*)::int`
        : sql`count(distinct ${textOf(model, figure.distinct)})::int`;
    const got = await ask(platform, value, where);
    return { value: Number(got.value), facts: got.facts };
  }
  const got = await ask(platform, sql`coalesce(sum(${summed(model, figure)}), 0)`, where);
  return { value: Number(got.value), facts: got.facts };
}

/** Fields of which a figure is made. */
function added(figure: Declared['figure']): string[] {
  if (figure.kind === 'count') return [];
  return figure.kind === 'sum' || figure.kind === 'latest' ? [figure.field] : [figure.list];
}

/** What is added up of one entry. */
function summed(model: RegisterModel, figure: Figure<'sum' | 'count-items'>): RawBuilder<unknown> {
  if (figure.kind === 'count-items')
    return sql`jsonb_array_length(coalesce(${jsonOf(model, figure.list)}, '[]'::jsonb))`;
  return sql`${numberOf(model, figure.field)} / ${sql.lit(unitOf(model, figure.field))}`;
}

/** What one shown unit of a field is in stored ones: fen for money. */
function unitOf(model: RegisterModel, key: string): number {
  const field = model.byKey.get(key);
  return field === undefined ? 1 : (fenOf(field as SimpleModel) ?? 1);
}

async function organisations(platform: Platform, where: Condition): Promise<MeasureValue> {
  const { rows } = await sql<{ organisation: string | null; facts: number }>`
    select s.organisation, count(*)::int as facts from register_slice s where ${where} group by 1`.execute(
    platform.records,
  );
  const ids = rows.flatMap((r) => (r.organisation === null ? [] : [r.organisation]));
  const canonical = await canonicalIds(platform.records, ids);
  const different = new Set(ids.map((id) => canonical.get(id) ?? id));
  const nameless = rows.find((r) => r.organisation === null)?.facts ?? 0;
  return { value: different.size + nameless, facts: rows.reduce((sum, r) => sum + r.facts, 0) };
}

/** Years that had ended by the day: a year's figure is known once it is over. */
function lastEndedYear(asOf: CalendarDate): number {
  const year = yearOf(asOf);
  return asOf.endsWith('-12-31') ? year : year - 1;
}

/** The years whose values make a statistic's figure, newest first: only those that had ended and have every item. */
async function yearsUsed(
  platform: Platform,
  model: RegisterModel,
  declared: Declared,
  figure: Figure<'latest'>,
  query: FigureQuery,
  where: Condition,
): Promise<{ year: number; value: string | null; facts: number }[]> {
  const year = numberOf(model, figure.year);
  // Where several items make one figure, a year counts only when it has all of them.
  const lists = Object.entries(declared.where ?? {}).flatMap(([key, test]) => {
    const wanted = boundsOf(test, query.asOf).in ?? [];
    return wanted.length > 1 ? [{ key, count: wanted.length }] : [];
  });
  const whole = allOf(
    lists.map(({ key, count }) => sql<boolean>`count(distinct ${textOf(model, key)}) = ${count}`),
  );
  const since = query.since === undefined || !figure.cumulative ? null : yearOf(query.since);
  const { rows } = await sql<{ year: number; value: string | null; facts: number }>`
    select (${year})::int as year, sum(${numberOf(model, figure.field)}) / ${sql.lit(unitOf(model, figure.field))} as value,
      count(*)::int as facts
      from register_slice s
     where ${where} and ${year} <= ${lastEndedYear(query.asOf)} and ${since === null ? sql`true` : sql`${year} >= ${since}`}
     group by 1 having ${whole} order by 1 desc`.execute(platform.records);
  return figure.cumulative ? rows : rows.slice(0, 1);
}

async function latest(
  platform: Platform,
  model: RegisterModel,
  declared: Declared,
  figure: Figure<'latest'>,
  query: FigureQuery,
  where: Condition,
): Promise<MeasureValue> {
  const used = await yearsUsed(platform, model, declared, figure, query, where);
  const [first, last] = [used.at(-1)?.year, used[0]?.year];
  if (last === undefined)
    return {
      value: null,
      facts: 0,
      note: {
        zh: '该日之前没有这项数据（或所需项目不全）',
        en: 'There is no such figure up to that day, or an item of it is missing',
      },
    };
  return {
    value: used.reduce((sum, r) => sum + Number(r.value), 0),
    facts: used.reduce((sum, r) => sum + r.facts, 0),
    note: figure.cumulative
      ? { zh: `${first} 年至 ${last} 年合计`, en: `Sum of ${first} to ${last}` }
      : { zh: `${last} 年数`, en: `Figure of ${last}` },
  };
}

async function growth(
  platform: Platform,
  model: RegisterModel,
  figure: Figure<'growth'>,
  query: FigureQuery,
  where: Condition,
): Promise<MeasureValue> {
  const last = lastEndedYear(query.asOf);
  const { rows } = await sql<{ year: number; value: string; facts: number }>`
    select (r->>${sql.lit(figure.year)})::int as year, sum((r->>${sql.lit(figure.amount)})::numeric) as value,
      count(distinct s.entry)::int as facts
      from register_slice s, jsonb_array_elements(coalesce(${jsonOf(model, figure.list)}, '[]'::jsonb)) r
     where ${where} and (r->>${sql.lit(figure.year)})::int <= ${last}
     group by 1 order by 1 desc limit 2`.execute(platform.records);
  const [now, before] = rows;
  if (!now || !before || before.year !== now.year - 1 || Number(before.value) === 0)
    return {
      value: null,
      facts: now?.facts ?? 0,
      note: {
        zh: '没有相邻两年的数据，无法计算增长率',
        en: 'There are no figures of two years in a row: no growth can be computed',
      },
    };
  return {
    value: (Number(now.value) / Number(before.value) - 1) * 100,
    facts: now.facts,
    note: {
      zh: `${now.year} 年（${now.facts} 家有数）比 ${before.year} 年（${before.facts} 家有数）`,
      en: `${now.year} (${now.facts} with figures) over ${before.year} (${before.facts} with figures)`,
    },
  };
}

/**
 * The entries behind a figure, in the order of their numbers. Everybody may read them: of a register that is not public only
 * numbers are shown, and what an entry adds to a sum only where its field is open.
 */
export async function factsOf(
  platform: Platform,
  model: RegisterModel,
  declared: Declared,
  query: FigureQuery & { cursor?: string; limit: number },
): Promise<FactPage> {
  const { figure } = declared;
  const where = await counted(platform, model, declared, query);
  let used = sql<boolean>`true`;
  let value = sql<unknown>`null`;
  if (figure.kind === 'latest') {
    const years = (await yearsUsed(platform, model, declared, figure, query, where)).map((r) => r.year);
    used = sql<boolean>`(${numberOf(model, figure.year)})::int = any(${years}::int[])`;
    value = sql`${numberOf(model, figure.field)} / ${sql.lit(unitOf(model, figure.field))}`;
  } else if (figure.kind === 'sum' || figure.kind === 'count-items') value = summed(model, figure);
  const after = Number(query.cursor ?? 0);
  const { rows } = await sql<{
    id: number;
    no: string;
    serial: number;
    title: string;
    state: string;
    region: string | null;
    validFrom: string | null;
    value: string | null;
    year: string | null;
    total: number;
  }>`
    select * from (
      select s.id, s.no, s.serial, s.title, s.state, s.region, s.valid_from as "validFrom", ${value} as value,
        ${figure.kind === 'latest' ? numberOf(model, figure.year) : sql`null`} as year, count(*) over ()::int as total
      from register_slice s where ${where} and ${used}
    ) x where x.serial > ${Number.isFinite(after) ? after : 0}::numeric order by x.serial limit ${query.limit + 1}`.execute(
    platform.records,
  );
  const kept = rows.slice(0, query.limit);
  const lookup = await directory(platform).lookup();
  const isOpen = model.decl.public;
  const shares = isOpen && added(figure).every((key) => !isClosed(model, key));
  const columns: FactColumn[] = [{ id: 'no', title: { zh: '编号', en: 'Number' }, kind: 'text' }];
  if (isOpen)
    columns.push({
      id: 'title',
      title: model.byKey.get(model.decl.entry.title)?.label ?? model.decl.title,
      kind: 'text',
    });
  if (isOpen && model.decl.entry.region !== undefined)
    columns.push({ id: 'region', title: { zh: '地区', en: 'Region' }, kind: 'text' });
  if (figure.kind === 'latest') columns.push({ id: 'year', title: { zh: '年度', en: 'Year' }, kind: 'text' });
  if (isOpen) columns.push({ id: 'validFrom', title: { zh: '起始日', en: 'Since' }, kind: 'date' });
  if (shares && figure.kind !== 'count' && figure.kind !== 'growth')
    columns.push({
      id: 'value',
      title: { zh: `数值（${declared.unit.zh}）`, en: `Value (${declared.unit.en})` },
      kind: 'number',
    });
  return {
    columns,
    rows: kept.map((row) => ({
      id: String(row.id),
      href: row.state === 'removed' ? null : `/registers/${model.decl.id}/${row.no}`,
      cells: {
        no: row.no,
        ...(isOpen && {
          title: row.title,
          region:
            row.region === null ? null : (lookup.regionAt(row.region, query.asOf)?.at.name.zh ?? row.region),
          validFrom: row.validFrom,
        }),
        ...(row.year !== null && { year: row.year }),
        ...(shares && row.value !== null && { value: Number(row.value) }),
      },
    })),
    total: rows[0]?.total ?? 0,
    next: rows.length > query.limit ? String(kept.at(-1)?.serial) : null,
  };
}
