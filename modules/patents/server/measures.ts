import type { ClickHouseClient } from '@clickhouse/client';
import {
  type FactColumn,
  type FactPage,
  joinNotes,
  knownOnlyNow,
  type Measure,
  type MeasureQuery,
  type MeasureValue,
} from '#kernel/measures/measures';
import { maskApplicants } from '#kernel/privacy/persons';
import type { Text } from '#kernel/text';
import { select } from './corpus/client.ts';
import { dayNumber, dayText } from './corpus/content.ts';
import { corpusState, live } from './corpus/state.ts';
import type { Places } from './places.ts';
import type { PatentRecords } from './tables.ts';

/** Which publications a measure counts; at most one per application is kept, the latest. Ends with its own AND parts. */
interface Counted {
  where: string;
  params(query: MeasureQuery): Record<string, unknown>;
}

const COLUMNS: readonly FactColumn[] = [
  { id: 'number', title: { zh: '公开（公告）号', en: 'Publication' }, kind: 'text' },
  { id: 'title', title: { zh: '名称', en: 'Title' }, kind: 'text' },
  { id: 'applicants', title: { zh: '申请（专利权）人', en: 'Applicants' }, kind: 'text' },
  { id: 'filingDate', title: { zh: '申请日', en: 'Filed' }, kind: 'date' },
  { id: 'publicationDate', title: { zh: '公开（公告）日', en: 'Published' }, kind: 'date' },
  { id: 'region', title: { zh: '地区', en: 'Region' }, kind: 'text' },
  { id: 'legalStatus', title: { zh: '法律状态', en: 'Legal status' }, kind: 'text' },
  { id: 'source', title: { zh: '数据', en: 'Data' }, kind: 'text' },
];

const STATUS: Record<string, string> = {
  'in-force': '有效',
  pending: '在审',
  lapsed: '失效',
  unknown: '未提供',
};

/**
 * Patent law art. 42: twenty years from the filing date; on its anniversary the right has ended. Where the filing date
 * is not known the publication date stands for it.
 */
const IN_TERM = '(if(filing_day > 0, filing_day, publication_day) + 200000 > {asOf:UInt32})';

const inventionsInForce: Counted = {
  where: `country = 'CN' and type = 'invention' and granted
    and publication_day > 0 and publication_day <= {asOf:UInt32} and ${IN_TERM}
    and (legal_status != 'lapsed' or legal_status_day > {asOf:UInt32})`,
  params: ({ asOf }) => ({ asOf: dayNumber(asOf) }),
};

const pctApplications: Counted = {
  where: `country = 'WO' and if(filing_day > 0, filing_day, publication_day) between {since:UInt32} and {asOf:UInt32}`,
  params: ({ asOf, since }) => ({ asOf: dayNumber(asOf), since: since ? dayNumber(since) : 1 }),
};

/** The measures that this module offers. */
export function patentMeasures(corpus: ClickHouseClient, records: PatentRecords, places: Places): Measure[] {
  return [
    {
      id: 'patents.inventions-in-force',
      title: { zh: '有效发明专利拥有量', en: 'Inventions in force' },
      unit: { zh: '件', en: 'patents' },
      rule: {
        zh: '统计对象：已导入数据中，截至统计日已授权公告、第一申请（专利权）人地址在本市的中国发明专利。同一申请号只计一件，取统计日前最后一次授权公告。自申请日起满二十年的不计；法律状态为失效的不计，失效日期晚于统计日的仍计。数据未提供法律状态的，按在期限内有效计。所选地区包含已并入该地区的原区划，园区按地址单独归类。局限：法律状态以最近一次导入为准，未提供失效日期的失效专利在其失效之前的统计日也不计入；缺少公告日的记录不计；权利转移未反映在地址中的，仍按导入的地址归属。',
        en: 'Counted: Chinese inventions in the imported data whose grant was published by the day asked for and whose first applicant has an address in the city, once per application number (latest grant before that day). Left out: twenty years after filing or more; lapsed, unless the date of lapse lies after that day. Where the data gives no legal status, the patent counts while its term runs. A region includes what was merged into it; parks stand for themselves. Limits: legal status is as last imported, and a patent that lapsed on an unknown date is left out for earlier days too; records without a publication date are left out; transfers count only once the imported address follows them.',
      },
      ...counting(corpus, records, places, inventionsInForce),
    },
    {
      id: 'patents.pct-applications',
      title: { zh: 'PCT 国际专利申请量（累计）', en: 'PCT applications (cumulative)' },
      unit: { zh: '件', en: 'applications' },
      rule: {
        zh: '统计对象：已导入数据中，第一申请人地址在本市的 PCT 国际申请（WO 公布），国际申请日在起算日与统计日之间（含首尾），缺少申请日的按公布日计；同一国际申请只计一件。局限：国际申请约在优先权日起 18 个月后才公布，未公布的申请不在数据中，因此近期数值会随以后的导入上升；WO 数据须含申请人地址才能归属本市。',
        en: 'Counted: PCT applications (WO publications) in the imported data whose first applicant has an address in the city and whose international filing date lies between the first counted day and the day asked for, both included (publication date where the filing date is missing), once per application. Limits: applications are published about 18 months after priority, so recent figures rise with later imports; WO data must carry the address to be placed in the city.',
      },
      ...counting(corpus, records, places, pctApplications),
    },
  ];
}

function counting(
  corpus: ClickHouseClient,
  records: PatentRecords,
  places: Places,
  counted: Counted,
): Pick<Measure, 'compute' | 'facts' | 'onlyKnownNow'> {
  const where = `${counted.where} and region in ({regions:Array(String)})`;
  const params = (query: MeasureQuery) => ({
    ...counted.params(query),
    regions: query.region === undefined ? places.all : places.within(query.region, query.asOf),
  });
  const one = (shown: string) => `select * from (
      select number, title, applicants, filing_day, publication_day, region, legal_status, demo, application_key
        from patent_document where ${where} and ${shown}
       order by publication_day desc, number desc limit 1 by application_key)`;
  return {
    // The corpus keeps the latest content of each publication, not what an earlier import said.
    onlyKnownNow: true,
    async compute(query): Promise<MeasureValue> {
      const shown = live(await corpusState(records));
      const [row] = await select<{ n: string; demo: string; all: string }>(
        corpus,
        `select uniqExact(application_key) as n, uniqExactIf(application_key, demo = 1) as demo,
                (select count() from patent_document where ${shown}) as all
           from patent_document where ${where} and ${shown}`,
        params(query),
      );
      const asNow = query.knownAt ? knownOnlyNow(DATA) : null;
      if (!row || Number(row.all) === 0)
        return { value: null, facts: 0, note: joinNotes([EMPTY, asNow]) ?? EMPTY };
      const value = Number(row.n);
      const demo = Number(row.demo);
      const note = joinNotes([demo > 0 ? demoNote(demo) : null, asNow]);
      return { value, facts: value, ...(note && { note }) };
    },
    async facts({ cursor, limit, ...query }): Promise<FactPage> {
      const [rows, value] = await Promise.all([
        select<FactRow>(
          corpus,
          `${one(live(await corpusState(records)))} where number > {cursor:String} order by number limit {limit:UInt64}`,
          { ...params(query), cursor: cursor ?? '', limit: limit + 1 },
        ),
        this.compute(query),
      ]);
      const page = rows.slice(0, limit);
      return {
        columns: COLUMNS,
        rows: page.map(factJson),
        total: value.facts,
        next: rows.length > limit ? page.at(-1)!.number : null,
      };
    },
  };
}

interface FactRow {
  number: string;
  title: string;
  applicants: string[];
  filing_day: number;
  publication_day: number;
  region: string;
  legal_status: string;
  demo: number;
}

function factJson(row: FactRow): FactPage['rows'][number] {
  return {
    id: row.number,
    href: `/patents/${encodeURIComponent(row.number)}`,
    cells: {
      number: row.number,
      title: row.title,
      applicants: maskApplicants(row.applicants).join('；'),
      filingDate: dayText(row.filing_day),
      publicationDate: dayText(row.publication_day),
      region: row.region,
      legalStatus: STATUS[row.legal_status] ?? row.legal_status,
      source: row.demo === 1 ? '演示' : '导入',
    },
  };
}

const DATA: Text = { zh: '专利数据', en: 'Patent data' };

const EMPTY: Text = {
  zh: '尚未导入专利数据，无法计算',
  en: 'No patents have been imported yet: nothing can be computed',
};

function demoNote(count: number): Text {
  return {
    zh: `其中 ${count} 件为生成的演示数据，不是真实专利`,
    en: `${count} of them are generated demonstration data, not real patents`,
  };
}
