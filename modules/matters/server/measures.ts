import { type RawBuilder, sql } from 'kysely';
import type { FactPage, Measure, MeasureQuery } from '#kernel/measures/measures';
import type { Platform } from '#kernel/module';
import type { Text } from '#kernel/text';
import { hrefOf } from './matters/messages.ts';
import { CONTENT, yearBefore } from './matters/rating.ts';

/** A fact of a measure: a matter, with what its columns show. */
type Fact = { id: string; number: string } & Record<string, string | number | null>;

const NUMBER = { id: 'number', title: { zh: '编号', en: 'Number' }, kind: 'text' } as const;

/**
 * Cases: matters of items that say with which step a case is filed. Counted are those that were filed in the twelve months up to
 * the day; an ended one is one that had ended by the day.
 */
function casesOf({ asOf, knownAt }: MeasureQuery, ended: boolean): RawBuilder<Fact> {
  const first = yearBefore(asOf);
  const known = knownAt ? sql`and l.at <= ${knownAt}` : sql``;
  // What is done after the end falls on a later day, or changes nothing.
  const knownEnd = knownAt
    ? sql`and not exists (
        select 1 from matter_log x
         where x.matter = m.id and x.kind = 'step' and x.on_day <= m.ended_on and x.at > ${knownAt})`
    : sql``;
  const over = sql`m.ended_on <= ${asOf}::date ${knownEnd}`;
  return sql<Fact>`
    select m.id, m.number, f.filed_on as filed, case when ${over} then m.ended_on end as ended
      from matter m
      join lateral (
        select min(l.on_day) as filed_on
          from matter_definition d
          join matter_log l on l.matter = m.id and l.kind = 'step' and l.action = d.definition ->> 'filing' ${known}
         where d.hash = m.definition
      ) f on f.filed_on between ${first}::date and ${asOf}::date
     where ${ended ? over : sql`true`}`;
}

const NOT_BY_REGION: Text = {
  zh: '办件按承办机构登记，不分县（市）区',
  en: 'Matters belong to offices, not to counties',
};

/** A measure that counts facts, and opens to them. */
function measure(
  { records }: Platform,
  words: Pick<Measure, 'id' | 'title' | 'rule' | 'unit'>,
  columns: FactPage['columns'],
  factsOf: (query: MeasureQuery) => RawBuilder<Fact>,
): Measure {
  const count = async (query: MeasureQuery): Promise<number> => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from (${factsOf(query)}) c`.execute(records);
    return rows[0]!.n;
  };
  return {
    ...words,
    async compute(query) {
      if (query.region !== undefined) return { value: null, facts: 0, note: NOT_BY_REGION };
      const value = await count(query);
      return { value, facts: value };
    },
    async facts({ cursor, limit, ...query }): Promise<FactPage> {
      const { rows } = await sql<Fact>`
        select * from (${factsOf(query)}) c
         where ${cursor ? sql`c.id > ${cursor}::uuid` : sql`true`}
         order by c.id limit ${limit}`.execute(records);
      return {
        columns,
        rows: rows.map(({ id, number, ...cells }) => ({
          ...{ id, href: hrefOf(number) },
          cells: {
            number,
            ...Object.fromEntries(columns.slice(1).map((one) => [one.id, cells[one.id] ?? null])),
          },
        })),
        total: await count(query),
        next: rows.length === limit ? rows.at(-1)!.id : null,
      };
    },
  };
}

/** Ratings of the twelve months up to the day, all or those that are content, as they were known. */
function ratingsUpTo({ asOf, knownAt }: MeasureQuery, content: boolean): RawBuilder<Fact> {
  const known = knownAt ? sql`and l.at <= ${knownAt}` : sql``;
  return sql<Fact>`
    select m.id, m.number, r.rated_on as rated, r.score
      from matter_rating r
      join matter m on m.id = r.matter
      join matter_log l on l.matter = r.matter and l.seq = r.seq ${known}
     where r.rated_on between ${yearBefore(asOf)}::date and ${asOf}::date
       and ${content ? sql`r.score >= ${CONTENT}` : sql`true`}`;
}

const CASES: FactPage['columns'] = [
  NUMBER,
  { id: 'filed', title: { zh: '立案日期', en: 'Filed' }, kind: 'date' },
  { id: 'ended', title: { zh: '办结日期', en: 'Ended' }, kind: 'date' },
];

const RATINGS: FactPage['columns'] = [
  NUMBER,
  { id: 'rated', title: { zh: '评价日期', en: 'Rated' }, kind: 'date' },
  { id: 'score', title: { zh: '评分（5 为非常满意）', en: 'Score (5: very content)' }, kind: 'number' },
];

/** Figures over cases and ratings. */
export function matterMeasures(platform: Platform): Measure[] {
  const cases = { zh: '件', en: 'cases' };
  const ratings = { zh: '件', en: 'ratings' };
  return [
    measure(
      platform,
      {
        id: 'matters.cases-filed',
        unit: cases,
        title: { zh: '近12个月立案的案件', en: 'Cases filed in twelve months' },
        rule: {
          zh: '统计日前12个月内（含当日）立案的行政案件，以办理记录中的立案日期为准',
          en: 'Administrative cases filed in the twelve months up to the day, by the day of filing in their record',
        },
      },
      CASES,
      (query) => casesOf(query, false),
    ),
    measure(
      platform,
      {
        id: 'matters.cases-closed',
        unit: cases,
        title: { zh: '近12个月立案且已办结的案件', en: 'Of these, closed' },
        rule: {
          zh: '统计日前12个月内（含当日）立案，并且到统计日已经办结（含撤案、达成协议）的行政案件',
          en: 'Administrative cases filed in the twelve months up to the day that had ended by it, settled and withdrawn ones included',
        },
      },
      CASES,
      (query) => casesOf(query, true),
    ),
    measure(
      platform,
      {
        id: 'matters.ratings',
        unit: ratings,
        title: { zh: '近12个月收到的办件评价', en: 'Ratings in twelve months' },
        rule: {
          zh: '统计日前12个月内（含当日）申请人对已办结办件的评价，一个办件一次',
          en: 'Ratings that applicants gave of ended matters in the twelve months up to the day, one for each matter',
        },
      },
      RATINGS,
      (query) => ratingsUpTo(query, false),
    ),
    measure(
      platform,
      {
        id: 'matters.ratings-content',
        unit: ratings,
        title: { zh: '近12个月满意的办件评价', en: 'Of these, content' },
        rule: {
          zh: '上述评价中“非常满意”“满意”“基本满意”的；只反映办件的申请人，不是权利人满意度调查',
          en: 'Of these, content on the whole or more; they speak of applicants of matters, and are no survey among holders of rights',
        },
      },
      RATINGS,
      (query) => ratingsUpTo(query, true),
    ),
  ];
}
