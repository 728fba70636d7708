import { addYears, type CalendarDate, yearOf } from '#kernel/calendar/date';
import { AppError } from '#kernel/errors';
import type { Platform } from '#kernel/module';
import type { Lang } from '#kernel/text';
import type { Portfolio, PortfolioRow } from '../../contract.ts';
import { currentGroups } from '../applicants/groups.ts';
import { select } from '../corpus/client.ts';
import { corpusState, live } from '../corpus/state.ts';
import { withPatents } from '../tables.ts';
import { readAwards } from './awards.ts';
import { decide, highValue } from './criteria.ts';
import { readFacts, type ValueFacts } from './facts.ts';
import { FEE_AMOUNTS, FEE_RULE, termOf } from './law.ts';
import { rulesOn } from './rules-store.ts';
import { computedOf, scoresOf } from './score.ts';
import { feesOf, sourceIn } from './value.ts';

/** Applications that are looked at; a larger holder is told so. */
const MOST = 5000;
const PIECE = 500;

/** What a reader wants to see of a portfolio. */
export interface PortfolioWish {
  asOf?: CalendarDate | undefined;
  sort: 'fee' | 'expiry' | 'grade' | 'newest';
  page: number;
  size: number;
}

/** The portfolio of an applicant under all its names. One row per application: its grant, else its latest publication. */
export async function readPortfolio(
  platform: Platform,
  lang: Lang,
  id: string,
  wish: PortfolioWish,
): Promise<Portfolio> {
  const { corpus } = platform.stores;
  const state = await corpusState(withPatents(platform.records));
  const groups = await currentGroups(platform, state.applicants);
  const ids = groups.members(`id:${id}`).map(BigInt);
  const found = await select<{ number: string }>(
    corpus,
    `select argMax(number, (granted, publication_day, number)) as number from (
        select number, granted, publication_day, if(application_key = '', number, application_key) as application
          from patent_document where hasAny(applicant_ids, {ids:Array(UInt64)}) and ${live(state)})
      group by application order by number desc limit ${MOST + 1}`,
    { ids },
  );
  if (found.length === 0) throw new AppError('not_found', { what: '申请人的专利' });
  const numbers = found.slice(0, MOST).map((row) => row.number);
  const day = wish.asOf ?? platform.clock.today();
  const [ruleSet, scheme] = await Promise.all([
    rulesOn(platform, 'rule-set', day),
    rulesOn(platform, 'scheme', day),
  ]);
  const rows: PortfolioRow[] = [];
  for (let from = 0; from < numbers.length; from += PIECE) {
    const facts = await readFacts(corpus, state, numbers.slice(from, from + PIECE));
    const awards = await readAwards(platform, ruleSet.criteria, facts, day);
    for (const one of facts) {
      const results = ruleSet.criteria.map((c) =>
        decide(c, one, { day, lang, awards: awards.get(one.number)! }),
      );
      const [score] = scoresOf(scheme, computedOf(one, day), new Map());
      rows.push({
        ...rowOf(one, day),
        points: score?.points ?? null,
        grade: score?.grade ?? null,
        criteria: highValue(one, results).met ? results.filter((r) => r.holds).map((r) => r.key) : [],
      });
    }
  }
  const soon = addYears(day, 1);
  const due = rows.filter((row) => row.fee && row.fee.dueOn <= soon);
  const from = (wish.page - 1) * wish.size;
  return {
    asOf: day,
    total: rows.length,
    counts: countsOf(rows),
    grades: tally(rows.flatMap((row) => row.grade ?? [])).map(([grade, records]) => ({ grade, records })),
    highValue: rows.filter((row) => row.criteria.length > 0).length,
    fees: {
      records: due.length,
      yuan: due.reduce((sum, row) => sum + (row.fee!.yuan ?? 0), 0),
      unknown: due.filter((row) => row.fee!.yuan === null).length,
      grace: rows.filter((row) => row.late).length,
    },
    expiring: tally(
      rows
        .filter((r) => r.legalStatus === 'in-force' && r.termEnd && r.termEnd > day)
        .map((r) => yearOf(r.termEnd!)),
    )
      .sort(([a], [b]) => a - b)
      .map(([year, records]) => ({ year, records })),
    rows: [...rows].sort(ORDERS[wish.sort]).slice(from, from + wish.size),
    sources: [FEE_RULE, FEE_AMOUNTS.source].map((s) => sourceIn(s, lang)),
    notes: [
      ...(found.length > MOST
        ? [lang === 'zh' ? `仅统计最近的 ${MOST} 件` : `Only the latest ${MOST} are counted`]
        : []),
      lang === 'zh'
        ? `评级按“${scheme.name}”的计算指标，不含专家评分；不是价格`
        : `Grades follow the computed indicators of “${scheme.name}”, without experts; they are no price`,
    ],
  };
}

function rowOf(facts: ValueFacts, day: CalendarDate): Omit<PortfolioRow, 'points' | 'grade' | 'criteria'> {
  const fees = feesOf(facts, day);
  const term = facts.country === 'CN' && facts.filingDate ? termOf(facts.type, facts.filingDate) : null;
  return {
    number: facts.number,
    title: facts.title,
    type: facts.type,
    granted: facts.granted,
    legalStatus: facts.legalStatus,
    filingDate: facts.filingDate,
    grantDate: facts.grantDate,
    termEnd: term?.endsOn ?? null,
    fee: fees.find((fee) => fee.state === 'coming') ?? null,
    late: fees.find((fee) => fee.state === 'grace') ?? null,
  };
}

type Order = (a: PortfolioRow, b: PortfolioRow) => number;
const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const last = '9999-12-31';
const ORDERS: Record<PortfolioWish['sort'], Order> = {
  fee: (a, b) => text(a.fee?.dueOn ?? last, b.fee?.dueOn ?? last) || text(b.number, a.number),
  expiry: (a, b) => text(alive(a), alive(b)) || text(b.number, a.number),
  grade: (a, b) => (b.points ?? -1) - (a.points ?? -1) || text(b.number, a.number),
  newest: (a, b) => text(b.filingDate ?? '', a.filingDate ?? '') || text(b.number, a.number),
};

/** When the term of a right in force ends; rights that ended stand last. */
function alive(row: PortfolioRow): string {
  return row.legalStatus === 'in-force' ? (row.termEnd ?? last) : last;
}

function countsOf(rows: readonly PortfolioRow[]): Portfolio['counts'] {
  return tally(rows.map((row) => `${row.type} ${row.legalStatus}`)).map(([key, records]) => {
    const [type, legalStatus] = key.split(' ') as [PortfolioRow['type'], PortfolioRow['legalStatus']];
    return { type, legalStatus, records };
  });
}

/** How often each value occurs, most often first. */
function tally<T>(values: readonly T[]): [T, number][] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
