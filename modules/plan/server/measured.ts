import type { CalendarDate } from '#kernel/calendar/date';
import type { DeepReadonly, MeasureRef as PackMeasureRef } from '#kernel/city/schema';
import { joinNotes, type MeasureQuery, type Measures, type MeasureValue } from '#kernel/measures/measures';
import type { Lang, Text } from '#kernel/text';
import type { IndicatorView } from '../contract.ts';
import { plainNumber } from './domain/light.ts';
import { Lanes, remember } from './keep.ts';

/** What an indicator or a part is bound to, as the pack gives it. */
export type MeasureRef = DeepReadonly<PackMeasureRef>;

/** Stands where a denominator is the pack's own count of residents and no measure. */
export const POPULATION = 'population';

/** One half of a quotient. */
export interface MeasuredTerm {
  /** Id of the measure, or `population`. */
  measure: string;
  value: number | null;
  facts: number;
}

/** A measured figure in the indicator's own unit. */
export interface MeasuredFigure {
  value: number | null;
  measure: string;
  /** Number of rows behind it; of a quotient those of its numerator. */
  facts: number;
  note?: Text | undefined;
  /** The two figures that were divided; null for a plain one. */
  ratio: { of: MeasuredTerm; per: MeasuredTerm; scale: number } | null;
  /** The moment of which the knowledge is; null = as known now. */
  knownAt: Date | null;
  /** The figure as known now, where it differs from the one known then. */
  now: { value: number | null; facts: number; perFacts: number | null } | null;
}

/** Inhabitants of the city (region null) or of one region at the end of the year before a day; null where not known. */
export type Population = (asOf: CalendarDate, region: string | null) => number | null;

/** So many measures are computed at the same time: the stores serve others too. */
const AT_ONCE = 4;

/** So many values are kept: some hundred measures on all quarter ends of a plan. */
const KEPT = 5000;

/** Values of measures, each computed once however many indicators ask for it, a few at a time. */
export class MeasureValues {
  readonly #values = new Map<string, Promise<MeasureValue>>();
  readonly #lanes = new Lanes(AT_ONCE);

  constructor(readonly measures: Measures) {}

  /** The value, or null where no module offers the measure. */
  async of(id: string, query: MeasureQuery): Promise<MeasureValue | null> {
    const measure = this.measures.find(id);
    if (!measure) return null;
    const key = [id, query.asOf, query.region, query.since, query.knownAt?.getTime()].join(' ');
    return remember(this.#values, key, () => this.#lanes.run(() => measure.compute(query)), KEPT);
  }
}

/** Where figures come from. */
export interface Sources {
  values: MeasureValues;
  population: Population;
}

/**
 * Computes a number from the measure it is bound to, divided by another or by the residents where the pack says so. Null
 * where no module offers the measure; the value is null, with the reason, where it cannot be computed.
 */
export async function measuredFigure(
  bound: MeasureRef,
  { values, population }: Sources,
  query: MeasureQuery,
): Promise<MeasuredFigure | null> {
  const asked = askedOf(bound, query);
  const [of, per] = await Promise.all([
    values.of(bound.id, asked),
    bound.per === undefined ? null : denominator(bound.per, { values, population }, asked),
  ]);
  if (!of) return null;
  const base = { measure: bound.id, facts: of.facts, knownAt: query.knownAt ?? null, now: null };
  const scale = bound.scale ?? 1;
  if (!per)
    return { ...base, value: of.value === null ? null : of.value * scale, note: of.note, ratio: null };
  const computable = of.value !== null && per.value !== null && per.value !== 0;
  const why = of.value !== null && per.value === 0 ? noughtBelow(per.title, query.asOf) : null;
  return {
    ...base,
    // Multiplied first: 29 of 100 are 29 %, not 28.999999999999996.
    value: computable ? ((of.value as number) * scale) / (per.value as number) : null,
    note: joinNotes([of.note, per.note, why]) ?? undefined,
    ratio: {
      of: { measure: bound.id, value: of.value, facts: of.facts },
      per: { measure: per.measure, value: per.value, facts: per.facts },
      scale,
    },
  };
}

/** Can the number have been another one at an earlier moment? Not where none of its measures keeps earlier states. */
export function looksBack(bound: MeasureRef, measures: Measures): boolean {
  return [bound.id, bound.per].some((id) => {
    const measure = id === undefined ? undefined : measures.find(id);
    return measure !== undefined && !measure.onlyKnownNow;
  });
}

/** The question as it is put to the measures of a binding: with its first counted day. */
export function askedOf(bound: MeasureRef, query: MeasureQuery): MeasureQuery {
  return { ...query, ...(bound.since && { since: bound.since }) };
}

interface Denominator extends MeasuredTerm {
  title: Text;
  note?: Text | undefined;
}

async function denominator(per: string, sources: Sources, query: MeasureQuery): Promise<Denominator> {
  if (per === POPULATION) {
    const value = sources.population(query.asOf, query.region ?? null);
    const facts = value === null ? 0 : 1;
    return { measure: per, value, facts, title: residents, ...(value === null && { note: nobodyKnown }) };
  }
  const got = await sources.values.of(per, query);
  const title = sources.values.measures.find(per)?.title ?? { zh: per, en: per };
  if (!got) return { measure: per, value: null, facts: 0, title, note: notOffered(per) };
  if (got.note)
    return { measure: per, value: got.value, facts: got.facts, title, note: saidOf(title, got.note) };
  const note = got.value === null ? nothingBelow(title, query.asOf) : undefined;
  return { measure: per, value: got.value, facts: got.facts, title, note };
}

/** Title of the residents as a denominator. */
export const residents: Text = { zh: '常住人口', en: 'Residents' };

const nobodyKnown: Text = {
  zh: '没有该地区该年的人口数，无法计算人均值',
  en: 'No population is known for this region and year',
};

/** A denominator’s own note, which must not be read as one on the quotient. */
const saidOf = (title: Text, note: Text): Text => ({
  zh: `${title.zh}：${note.zh}`,
  en: `${title.en}: ${note.en}`,
});

const notOffered = (id: string): Text => ({
  zh: `没有模块提供作分母的度量“${id}”，无法计算`,
  en: `No module offers the measure “${id}” to divide by`,
});

const nothingBelow = (title: Text, asOf: CalendarDate): Text => ({
  zh: `作分母的“${title.zh}”在 ${asOf} 没有数值，无法计算`,
  en: `“${title.en}”, to divide by, has no value on ${asOf}`,
});

const noughtBelow = (title: Text, asOf: CalendarDate): Text => ({
  zh: `作分母的“${title.zh}”在 ${asOf} 为 0，无法计算`,
  en: `“${title.en}”, to divide by, is 0 on ${asOf}`,
});

/** The contract's form of a measured figure. */
export function toMeasured(
  figure: MeasuredFigure | null,
  lang: Lang,
): NonNullable<IndicatorView['measured']> | null {
  if (!figure) return null;
  const { note, knownAt, ratio, ...rest } = figure;
  return {
    ...rest,
    ...(note && { note: note[lang] }),
    ratio: ratio && { of: { ...ratio.of }, per: { ...ratio.per }, scale: ratio.scale },
    knownAt: knownAt?.toISOString() ?? null,
  };
}

/** A measured number in words, as the bulletin and notes print it. */
export function measuredText(value: number | null, decimals: number): string {
  return value === null ? '—' : plainNumber(value, Math.max(decimals, 1));
}
