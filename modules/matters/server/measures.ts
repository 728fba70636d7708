import { type RawBuilder, sql } from 'kysely';
import { addDays, addMonths } from '#kernel/calendar/date';
import type { FactPage, Measure, MeasureQuery } from '#kernel/measures/measures';
import type { Platform } from '#kernel/module';
import type { Text } from '#kernel/text';
import { hrefOf } from './matters/messages.ts';

/** A case that was filed, with the day on which it ended. */
interface Case {
  id: string;
  number: string;
  item: string;
  filedOn: string;
  endedOn: string | null;
}

/**
 * Cases: matters of items that say with which step a case is filed. Counted are those that were filed in the twelve months up to
 * the day; an ended one is one that had ended by the day.
 */
function casesOf({ asOf, knownAt }: MeasureQuery, ended: boolean): RawBuilder<Case> {
  const first = addDays(addMonths(asOf, -12), 1);
  const known = knownAt ? sql`and l.at <= ${knownAt}` : sql``;
  // What is done after the end falls on a later day, or changes nothing.
  const knownEnd = knownAt
    ? sql`and not exists (
        select 1 from matter_log x
         where x.matter = m.id and x.kind = 'step' and x.on_day <= m.ended_on and x.at > ${knownAt})`
    : sql``;
  const over = sql`m.ended_on <= ${asOf}::date ${knownEnd}`;
  return sql<Case>`
    select m.id, m.number, m.item, f.filed_on, case when ${over} then m.ended_on end as ended_on
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
  zh: '案件按承办机构登记，不分县（市）区',
  en: 'Cases belong to offices, not to counties',
};

function measure(
  { records }: Platform,
  ended: boolean,
  words: Pick<Measure, 'id' | 'title' | 'rule'>,
): Measure {
  const count = async (query: MeasureQuery): Promise<number> => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from (${casesOf(query, ended)}) c`.execute(records);
    return rows[0]!.n;
  };
  return {
    ...words,
    unit: { zh: '件', en: 'cases' },
    async compute(query) {
      if (query.region !== undefined) return { value: null, facts: 0, note: NOT_BY_REGION };
      const value = await count(query);
      return { value, facts: value };
    },
    async facts({ cursor, limit, ...query }): Promise<FactPage> {
      const { rows } = await sql<Case>`
        select * from (${casesOf(query, ended)}) c
         where ${cursor ? sql`c.id > ${cursor}::uuid` : sql`true`}
         order by c.id limit ${limit}`.execute(records);
      return {
        columns: [
          { id: 'number', title: { zh: '编号', en: 'Number' }, kind: 'text' },
          { id: 'filed', title: { zh: '立案日期', en: 'Filed' }, kind: 'date' },
          { id: 'ended', title: { zh: '办结日期', en: 'Ended' }, kind: 'date' },
        ],
        rows: rows.map(({ id, number, filedOn, endedOn }) => ({
          ...{ id, href: hrefOf(number) },
          cells: { number, filed: filedOn, ended: endedOn },
        })),
        total: await count(query),
        next: rows.length === limit ? rows.at(-1)!.id : null,
      };
    },
  };
}

/** Figures over cases. */
export function matterMeasures(platform: Platform): Measure[] {
  return [
    measure(platform, false, {
      id: 'matters.cases-filed',
      title: { zh: '近12个月立案的案件', en: 'Cases filed in twelve months' },
      rule: {
        zh: '统计日前12个月内（含当日）立案的行政案件，以办理记录中的立案日期为准',
        en: 'Administrative cases filed in the twelve months up to the day, by the day of filing in their record',
      },
    }),
    measure(platform, true, {
      id: 'matters.cases-closed',
      title: { zh: '近12个月立案且已办结的案件', en: 'Of these, closed' },
      rule: {
        zh: '统计日前12个月内（含当日）立案，并且到统计日已经办结（含撤案、达成协议）的行政案件',
        en: 'Administrative cases filed in the twelve months up to the day that had ended by it, settled and withdrawn ones included',
      },
    }),
  ];
}
