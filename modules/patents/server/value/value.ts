import { audit } from '#kernel/audit/audit';
import type { CalendarDate } from '#kernel/calendar/date';
import { AppError } from '#kernel/errors';
import type { Platform } from '#kernel/module';
import type { Lang } from '#kernel/text';
import { type Amount, PATENTS_VALUE, type PatentValue } from '../../contract.ts';
import type { Schemes } from '../classes/schemes.ts';
import { corpusState } from '../corpus/state.ts';
import { patentError } from '../errors.ts';
import type { By } from '../imports/imports.ts';
import { findRow } from '../record/record.ts';
import { kernelTrx, withPatents } from '../tables.ts';
import { readAwards } from './awards.ts';
import { decide, highValue } from './criteria.ts';
import { readFacts, type ValueFacts } from './facts.ts';
import { FEE_AMOUNTS, FEE_RULE, feesDue, type Source, termOf } from './law.ts';
import { readQuality } from './quality.ts';
import { rulesOn } from './rules-store.ts';
import { computedOf, scoresOf } from './score.ts';

/** Who looks, in which language. */
export interface Looking extends By {
  lang: Lang;
}

/** Everything about the value of one patent, on a day. @throws AppError `not_found` */
export async function readValue(
  platform: Platform,
  schemes: Schemes,
  by: Looking,
  text: string,
  asOf?: CalendarDate,
): Promise<PatentValue> {
  const day = asOf ?? platform.clock.today();
  const { corpus } = platform.stores;
  const state = await corpusState(withPatents(platform.records));
  const facts = await factsOf(platform, text);
  const [ruleSet, scheme, expert, amounts, fields] = await Promise.all([
    rulesOn(platform, 'rule-set', day),
    rulesOn(platform, 'scheme', day),
    expertScores(platform, facts.number),
    readAmounts(platform, by, facts.number),
    schemes.fields(),
  ]);
  const awards = (await readAwards(platform, ruleSet.criteria, [facts], day)).get(facts.number)!;
  const criteria = ruleSet.criteria.map((c) => decide(c, facts, { day, lang: by.lang, awards }));
  const { met, why } = highValue(facts, criteria);
  const { criteria: _, ...rules } = ruleSet;
  const term = facts.country === 'CN' && facts.filingDate ? termOf(facts.type, facts.filingDate) : null;
  const fees = feesOf(facts, day);
  return {
    number: facts.number,
    asOf: day,
    term: term && { endsOn: term.endsOn, years: term.years, source: sourceIn(term.source, by.lang) },
    fees,
    feeSources: fees.length > 0 ? [FEE_RULE, FEE_AMOUNTS.source].map((s) => sourceIn(s, by.lang)) : [],
    policy: { ruleSet: rules, met, why: why[by.lang], criteria },
    economic: {
      scheme: {
        version: scheme.version,
        name: scheme.name,
        source: scheme.source,
        verified: scheme.verified,
      },
      scores: scoresOf(scheme, computedOf(facts, day), expert),
      amounts: amounts.filter((a) => a.kind === 'economic'),
    },
    prices: amounts.filter((a) => a.kind === 'price'),
    quality: await readQuality(corpus, state, fields, facts, day, by.lang),
    mayAssess: platform.policy.can(by.actor, PATENTS_VALUE),
  };
}

/** Fees that come up for a Chinese patent in force; nothing for others. */
export function feesOf(facts: ValueFacts, day: CalendarDate) {
  const { country, granted, legalStatus, filingDate, grantDate } = facts;
  return country === 'CN' && granted && legalStatus === 'in-force' && filingDate && grantDate
    ? feesDue(facts.type, filingDate, grantDate, day)
    : [];
}

/** A source in the reader's language. */
export function sourceIn({ text, verified }: Source, lang: Lang) {
  return { text: text[lang], verified };
}

async function factsOf(platform: Platform, text: string): Promise<ValueFacts> {
  const { corpus } = platform.stores;
  const state = await corpusState(withPatents(platform.records));
  const row = await findRow(corpus, state, text);
  const [facts] = row ? await readFacts(corpus, state, [row.number]) : [];
  if (!facts) throw new AppError('not_found', { what: `专利 ${text.slice(0, 60)} (patent)` });
  return facts;
}

/** The latest score of each indicator that an expert gave. */
async function expertScores(platform: Platform, number: string): Promise<Map<string, number>> {
  const rows = await withPatents(platform.records)
    .selectFrom('patentExpertScore')
    .select(['indicator', 'points'])
    .where('number', '=', number)
    .orderBy('id')
    .execute();
  return new Map(rows.map((row) => [row.indicator, row.points]));
}

/** Records an expert's scores. @throws AppError `not_found`, `patents_indicator` */
export async function assess(
  platform: Platform,
  by: Looking,
  text: string,
  { scores, reason }: { scores: Record<string, number>; reason: string },
): Promise<void> {
  const { number } = await factsOf(platform, text);
  const at = platform.clock.now();
  const scheme = await rulesOn(platform, 'scheme', platform.clock.today());
  for (const key of Object.keys(scores)) {
    const indicator = scheme.indicators.find((i) => i.key === key);
    if (!indicator || indicator.computed !== null) throw patentError('patents_indicator', { key });
  }
  if (Object.keys(scores).length === 0) throw patentError('patents_indicator', { key: '' });
  await withPatents(platform.records)
    .transaction()
    .execute(async (trx) => {
      await trx
        .insertInto('patentExpertScore')
        .values(
          Object.entries(scores).map(([indicator, points]) => ({
            number,
            indicator,
            points,
            reason,
            at,
            byId: by.actor.id!,
            byName: by.actor.name,
          })),
        )
        .execute();
      await audit(kernelTrx(trx), at, {
        actor: by.actor,
        action: 'patents.value.assess',
        objectType: 'patent',
        objectId: number,
        detail: { scores, reason },
        requestId: by.requestId,
      });
    });
}

/** Records a sum. @throws AppError `not_found` */
export async function addAmount(
  platform: Platform,
  by: Looking,
  text: string,
  amount: Pick<Amount, 'kind' | 'yuan' | 'asOf' | 'method' | 'source'>,
): Promise<void> {
  const { number } = await factsOf(platform, text);
  const at = platform.clock.now();
  await withPatents(platform.records)
    .transaction()
    .execute(async (trx) => {
      await trx
        .insertInto('patentAmount')
        .values({ ...amount, number, at, byId: by.actor.id!, byName: by.actor.name })
        .execute();
      await audit(kernelTrx(trx), at, {
        actor: by.actor,
        action: `patents.value.${amount.kind}`,
        objectType: 'patent',
        objectId: number,
        detail: { ...amount },
        requestId: by.requestId,
      });
    });
}

/** Strikes a sum out; it stays to be seen. @throws AppError `not_found` */
export async function strikeAmount(
  platform: Platform,
  by: Looking,
  id: string,
  reason: string,
): Promise<void> {
  const at = platform.clock.now();
  await withPatents(platform.records)
    .transaction()
    .execute(async (trx) => {
      const row = await trx
        .updateTable('patentAmount')
        .set({ struckAt: at, struckByName: by.actor.name, struckReason: reason })
        .where('id', '=', id)
        .where('struckAt', 'is', null)
        .returning('number')
        .executeTakeFirst();
      if (!row) throw new AppError('not_found', { what: '金额记录' });
      await audit(kernelTrx(trx), at, {
        actor: by.actor,
        action: 'patents.value.strike',
        objectType: 'patent',
        objectId: row.number,
        detail: { id, reason },
        requestId: by.requestId,
      });
    });
}

/** Sums of a patent, newest first; those that were struck out, and who recorded them, only for those who may record. */
async function readAmounts(platform: Platform, by: Looking, number: string): Promise<Amount[]> {
  const all = platform.policy.can(by.actor, PATENTS_VALUE);
  const rows = await withPatents(platform.records)
    .selectFrom('patentAmount')
    .selectAll()
    .where('number', '=', number)
    .$if(!all, (query) => query.where('struckAt', 'is', null))
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    yuan: Number(row.yuan),
    asOf: row.asOf,
    method: row.method,
    source: row.source,
    at: row.at.toISOString(),
    by: all ? row.byName : '',
    struckAt: row.struckAt?.toISOString() ?? null,
    struckReason: row.struckReason,
  }));
}
