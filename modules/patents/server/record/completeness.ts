import type { ClickHouseClient } from '@clickhouse/client';
import type { CalendarDate } from '#kernel/calendar/date';
import { MOST_YEAR_ROWS } from '../../contract/loads.ts';
import { select } from '../corpus/client.ts';
import { dayText } from '../corpus/content.ts';
import { type CorpusState, live } from '../corpus/state.ts';

const SHARES = {
  abstract: "abstract_form != ''",
  claims: 'notEmpty(claims)',
  description: "description_form != ''",
  legalStatus: "legal_status != 'unknown'",
  family: "family_id != '' or family_size > 1",
  cpc: 'notEmpty(cpc)',
  address: "address_form != ''",
} as const;

/** How many records there are by office, year and kind, and how many of them have each field. */
export async function readCompleteness(
  corpus: ClickHouseClient,
  state: CorpusState,
  country: string | undefined,
  asOf: CalendarDate,
) {
  const where = `${live(state)} ${country ? 'and country = {country:String}' : ''}`;
  const params = country ? { country } : {};
  const shares = Object.entries(SHARES)
    .map(([name, sql]) => `round(countIf(${sql}) / count(), 4) as ${name}`)
    .join(', ');
  const [offices, years] = await Promise.all([
    select<
      Record<keyof typeof SHARES, number> & { country: string; records: string; first: number; last: number }
    >(
      corpus,
      `select country, count() as records, minIf(publication_day, publication_day > 0) as first, max(publication_day) as last, ${shares}
         from patent_document where ${where} group by country order by records desc, country`,
      params,
    ),
    select<
      Record<keyof typeof SHARES, number> & { country: string; year: number; kind: string; records: string }
    >(
      corpus,
      `select country, intDiv(publication_day, 10000) as year, kind, count() as records, ${shares}
         from patent_document where ${where} group by country, year, kind order by country, year desc, kind limit ${MOST_YEAR_ROWS}`,
      params,
    ),
  ]);
  return {
    asOf,
    total: offices.reduce((sum, row) => sum + Number(row.records), 0),
    offices: offices.map(({ first, last, records, ...row }) => ({
      ...row,
      records: Number(records),
      firstDay: dayText(first),
      lastDay: dayText(last),
    })),
    years: years.map((row) => ({ ...row, records: Number(row.records) })),
  };
}
