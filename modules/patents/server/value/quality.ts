import type { ClickHouseClient } from '@clickhouse/client';
import { addYears, type CalendarDate, diffDays, yearOf } from '#kernel/calendar/date';
import type { Lang } from '#kernel/text';
import type { QualityJson } from '../../contract.ts';
import type { TechFields } from '../classes/fields.ts';
import { select } from '../corpus/client.ts';
import { dayNumber } from '../corpus/content.ts';
import { withoutKind } from '../corpus/document.ts';
import { type CorpusState, live } from '../corpus/state.ts';
import type { ValueFacts } from './facts.ts';

type Key = QualityJson['items'][number]['key'];

/** Patents of a cohort below which nothing is normalised: a percentile of so few says nothing. */
const FEWEST = 30;

const NORMALISED = [
  'scope',
  'family',
  'claims',
  'backward',
  'npl',
  'forward5',
  'forward7',
  'renewal',
] as const;
const NOTES: Record<'field' | 'few' | 'corpus', Record<Lang, string>> = {
  field: {
    zh: '未载入 35 个技术领域表，同组按 IPC 小类和申请年划分',
    en: 'The 35 technology fields are not loaded: the cohort is the IPC subclass and the filing year',
  },
  few: {
    zh: `同组不足 ${FEWEST} 件，不作归一化`,
    en: `Fewer than ${FEWEST} patents in the cohort: nothing is normalised`,
  },
  corpus: {
    zh: '引用只计本库已有的文献；被引按公开日起算',
    en: 'Citations count what this corpus holds; forward citations from the day of publication',
  },
};

/**
 * The quality indicators of OECD (Squicciarini, Dernis, Criscuolo 2013) for one patent. The cohort is everything of the same
 * office with the main IPC in the same technology field and the same filing year; values are cut at the cohort's 99th
 * percentile and divided by it. Reads the cohort: about a second for 100,000 records.
 */
export async function readQuality(
  corpus: ClickHouseClient,
  state: CorpusState,
  fields: TechFields,
  facts: ValueFacts,
  day: CalendarDate,
  lang: Lang,
): Promise<QualityJson> {
  const year = facts.filingDate ? yearOf(facts.filingDate) : null;
  const main = facts.ipc[0]?.slice(0, 4) ?? null;
  const [field] = facts.ipc[0] ? fields.of(facts.ipc[0]) : [];
  const notes = [NOTES.corpus[lang]];
  if (field === undefined) notes.push(NOTES.field[lang]);
  const shown = live(state);
  const own = await readOwn(corpus, shown, facts);
  const cohort =
    year === null || main === null
      ? null
      : await readCohort(
          corpus,
          shown,
          facts.country,
          year,
          (s) => (field === undefined ? s === main : fields.of(s).includes(field)),
          day,
        );
  const raw: Record<Key, number | null> = {
    scope: facts.ipc.length > 0 ? new Set(facts.ipc.map((s) => s.slice(0, 4))).size : null,
    family: facts.offices,
    claims: facts.claims || null,
    backward: facts.citations.filter((c) => c.number !== '').length,
    npl: facts.citations.filter((c) => c.number === '').length,
    forward5: own.forward5,
    forward7: own.forward7,
    grantLag: facts.filingDate && facts.grantDate ? diffDays(facts.filingDate, facts.grantDate) : null,
    generality: own.generality,
    originality: own.originality,
    radicalness: own.radicalness,
    renewal: renewedYears(facts, day),
  };
  const big = cohort !== null && cohort.size >= FEWEST;
  if (cohort !== null && !big) notes.push(NOTES.few[lang]);
  const items = (Object.keys(raw) as Key[]).map((key) => {
    const value = raw[key];
    if (key === 'generality' || key === 'originality' || key === 'radicalness')
      return { key, raw: value, top: null, value };
    const top = big ? cohort.top[key] : null;
    if (value === null || top === null) return { key, raw: value, top, value: null };
    const share = top > 0 ? Math.min(1, value / top) : 0;
    return { key, raw: value, top, value: rounded(key === 'grantLag' ? 1 - share : share) };
  });
  const shareOf = (key: Key) => items.find((i) => i.key === key)!.value;
  const mean = (keys: readonly Key[]) => {
    const values = keys.map(shareOf);
    return values.some((v) => v === null)
      ? null
      : rounded(values.reduce<number>((a, b) => a + b!, 0) / values.length);
  };
  const four: Key[] = ['forward5', 'family', 'claims', 'generality'];
  return {
    cohort: cohort && {
      field: field ?? null,
      title: field === undefined ? main! : (fields.describe(field)?.title ?? String(field)),
      year: year!,
      size: cohort.size,
    },
    items,
    composite4: mean(four),
    composite6: mean([...four, 'backward', 'grantLag']),
    breakthrough:
      big && raw.forward5 !== null ? raw.forward5 > 0 && raw.forward5 >= cohort.top.forward5 : null,
    notes,
  };
}

/** Whole years that a granted right was kept, from the filing; null where it is not granted or its end is not known. */
export function renewedYears(facts: ValueFacts, day: CalendarDate): number | null {
  if (!facts.granted || !facts.filingDate) return null;
  const end =
    facts.legalStatus === 'in-force' ? day : facts.legalStatus === 'lapsed' ? facts.legalStatusDate : null;
  if (!end || end < facts.filingDate) return null;
  let years = yearOf(end) - yearOf(facts.filingDate);
  if (addYears(facts.filingDate, years) > end) years -= 1;
  return Math.min(20, years);
}

/** 1 less the sum of squared shares; null where there is nothing to share. */
export function spread(counts: readonly number[]): number | null {
  const all = counts.reduce((a, b) => a + b, 0);
  return all === 0 ? null : rounded(1 - counts.reduce((sum, n) => sum + (n / all) ** 2, 0));
}

async function readOwn(corpus: ClickHouseClient, shown: string, facts: ValueFacts) {
  const key = `c:${withoutKind(facts.number)}`;
  const published = facts.publicationDate;
  const until = (years: number) => (published ? dayNumber(addYears(published, years)) : 0);
  const cited = facts.citations.flatMap(({ number }) =>
    number === '' ? [] : [`p:${number}`, `p:${withoutKind(number)}`],
  );
  const classesOf = (where: string) =>
    `select subclass, count() as n from (select arrayJoin(ipc_subclasses) as subclass from patent_document where ${where} and ${shown}) group by subclass`;
  const [forward, citing, backward] = await Promise.all([
    select<{ n5: string; n7: string }>(
      corpus,
      `select countIf(publication_day <= {until5:UInt32}) as n5, countIf(publication_day <= {until7:UInt32}) as n7
         from patent_document where hasAnyTokens(keys, {key:Array(String)}) and ${shown}`,
      { key: [key], until5: until(5), until7: until(7) },
    ),
    select<{ subclass: string; n: string }>(corpus, classesOf('hasAnyTokens(keys, {key:Array(String)})'), {
      key: [key],
    }),
    cited.length === 0
      ? []
      : select<{ subclass: string; n: string }>(
          corpus,
          classesOf('hasAnyTokens(keys, {cited:Array(String)})'),
          { cited },
        ),
  ]);
  const counts = (rows: readonly { n: string }[]) => rows.map((row) => Number(row.n));
  const ownClasses = new Set(facts.ipc.map((s) => s.slice(0, 4)));
  const all = counts(backward).reduce((a, b) => a + b, 0);
  const foreign = backward
    .filter((row) => !ownClasses.has(row.subclass))
    .reduce((sum, row) => sum + Number(row.n), 0);
  return {
    forward5: published ? Number(forward[0]?.n5 ?? 0) : null,
    forward7: published ? Number(forward[0]?.n7 ?? 0) : null,
    generality: spread(counts(citing)),
    originality: spread(counts(backward)),
    radicalness: all === 0 ? null : rounded(foreign / all),
  };
}

type Top = Record<(typeof NORMALISED)[number] | 'grantLag', number>;

/** How many are in a cohort, and the 99th percentile of each value. */
async function readCohort(
  corpus: ClickHouseClient,
  shown: string,
  country: string,
  year: number,
  inField: (subclass: string) => boolean,
  day: CalendarDate,
): Promise<{ size: number; top: Top }> {
  const within =
    'country = {country:String} and filing_day >= {first:UInt32} and filing_day <= {last:UInt32}';
  const params = { country, first: year * 10_000, last: year * 10_000 + 9999 };
  const present = await select<{ subclass: string }>(
    corpus,
    `select distinct ipc_subclasses[1] as subclass from patent_document where ${within} and ${shown}`,
    params,
  );
  const subclasses = present.map((row) => row.subclass).filter((s) => s !== '' && inField(s));
  const cohort = `select number as n, replaceRegexpOne(number, '([0-9])[A-Z][0-9]{0,2}$', '\\\\1') as base, publication_day as published,
      filing_day, grant_day, granted, legal_status, legal_status_day, length(ipc_subclasses) as scope, claim_count, keys as k, rest
    from patent_document where ${within} and ipc_subclasses[1] in ({subclasses:Array(String)}) and ${shown}`;
  const years = (to: string) => `intDiv(${to}, 10000) - intDiv(filing_day, 10000)`;
  const [row] = await select<Record<string, string | number>>(
    corpus,
    `with cited as (
        select base as b, countIf(day > 0 and day <= published + 50000) as f5, countIf(day > 0 and day <= published + 70000) as f7 from (
          select substring(arrayJoin(arrayFilter(x -> startsWith(x, 'c:'), identity(keys))), 3) as base, publication_day as day, doc from patent_document where ${shown}
        ) as c inner join (select base, published from (${cohort})) as own using base group by b)
     select count() as size, ${[
       'quantileExact(0.99)(scope) as scope',
       "quantileExact(0.99)(greatest(1, length(arrayDistinct(arrayMap(x -> substring(x, 3, 2), arrayFilter(x -> match(x, '^f:[A-Z]{2}[0-9]'), k)))))) as family",
       'quantileExact(0.99)(claim_count) as claims',
       "quantileExact(0.99)(arrayCount(c -> JSONExtractString(c, 'number') != '', JSONExtractArrayRaw(rest, 'citations'))) as backward",
       "quantileExact(0.99)(arrayCount(c -> JSONExtractString(c, 'number') = '', JSONExtractArrayRaw(rest, 'citations'))) as npl",
       'quantileExact(0.99)(f5) as forward5',
       'quantileExact(0.99)(f7) as forward7',
       `quantileExactIf(0.99)(${years("if(legal_status = 'in-force', toUInt32({day:UInt32}), legal_status_day)")}, granted = 1 and (legal_status = 'in-force' or legal_status_day > 0)) as renewal`,
       `quantileExactIf(0.99)(dateDiff('day', toDate32(YYYYMMDDToDate32(filing_day)), YYYYMMDDToDate32(grant_day)), grant_day > 0 and filing_day > 0) as grantLag`,
     ].join(', ')}
       from (${cohort}) as own left join cited on cited.b = own.base`,
    { ...params, subclasses, day: dayNumber(day) },
  );
  const top = Object.fromEntries(
    [...NORMALISED, 'grantLag'].map((key) => [key, Number(row?.[key] ?? 0) || 0]),
  ) as Top;
  return { size: Number(row?.size ?? 0), top };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
