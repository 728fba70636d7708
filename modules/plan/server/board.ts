import { type CalendarDate, isCalendarDate } from '#kernel/calendar/date';
import type { CityPack } from '#kernel/city/schema';
import type { Platform } from '#kernel/module';
import type { Lang } from '#kernel/text';
import type { IndicatorView } from '../contract.ts';
import type { Indicator } from './domain/body.ts';
import { planError } from './errors.ts';
import { type CountyFacts, ReportedFigures, readAccepted } from './figures.ts';
import { judge } from './judge.ts';
import { remember } from './keep.ts';
import { type FrozenYears, readFrozen } from './known.ts';
import {
  looksBack,
  type MeasuredFigure,
  type MeasureRef,
  MeasureValues,
  measuredFigure,
} from './measured.ts';
import { type Names, openNames } from './names.ts';
import { planDb } from './tables.ts';

/** What a board speaks of: a day, the whole city or one region, in one language. */
export interface Scope {
  asOf: CalendarDate;
  region: string | null;
  lang: Lang;
}

/** A computed board. */
export interface Board extends Scope {
  indicators: IndicatorView[];
}

/** Measured values and moments of knowledge that were settled before a state is read. */
export interface GivenFigures {
  values: MeasureValues;
  frozen: FrozenYears;
}

/**
 * State of everything that boards are computed from, read once and kept until something was written: every change of
 * reports, parties and imports leaves a line in the audit log, so its last number tells whether anything changed.
 */
export class BoardState {
  readonly #boards = new Map<string, Promise<Board>>();
  readonly #derived = new Map<string, Promise<unknown>>();

  private constructor(
    readonly platform: Platform,
    readonly revision: number,
    readonly figures: ReportedFigures,
    readonly names: Names,
    readonly facts: CountyFacts,
    readonly values: MeasureValues,
    readonly frozen: FrozenYears,
  ) {}

  /**
   * Reads everything. `given` replaces what is measured and what the frozen years were known at: a freeze measures before
   * its transaction begins, and speaks of its own moment.
   */
  static async read(platform: Platform, revision: number, given?: GivenFigures): Promise<BoardState> {
    const names = await openNames(platform);
    const facts: CountyFacts = {
      counties: (asOf) => names.counties(asOf),
      population: (asOf, region) => names.population(asOf, region),
    };
    const db = planDb(platform.records);
    const accepted = await readAccepted(db, platform.pack);
    return new BoardState(
      platform,
      revision,
      new ReportedFigures(platform.pack, facts, accepted),
      names,
      facts,
      given?.values ?? new MeasureValues(platform.measures),
      given?.frozen ?? (await readFrozen(db)),
    );
  }

  /** The board of a scope, computed once. */
  board(scope: Scope): Promise<Board> {
    return remember(this.#boards, `${scope.asOf} ${scope.region} ${scope.lang}`, () => this.#compute(scope));
  }

  /**
   * The measured figure of an indicator or of one of its parts: in a frozen year as it was known at the freeze, with the
   * figure known now beside it where that is another one (unless `compare` is false). Null where nothing is measured.
   */
  async measured(
    no: string,
    part: string | null,
    asOf: CalendarDate,
    region: string | null,
    compare = this.frozen.compare,
  ): Promise<MeasuredFigure | null> {
    const bound = boundOf(this.platform.pack, no, part);
    if (!bound) return null;
    const query = { asOf, ...(region && { region }) };
    const knownAt = this.frozen.knownAt(asOf);
    const sources = { values: this.values, population: this.names.population };
    const then = await measuredFigure(bound, sources, knownAt ? { ...query, knownAt } : query);
    if (!then || !knownAt || !compare || !looksBack(bound, this.values.measures)) return then;
    const now = await measuredFigure(bound, sources, query);
    if (!now || now.value === then.value) return then;
    return {
      ...then,
      now: { value: now.value, facts: now.facts, perFacts: now.ratio?.per.facts ?? null },
    };
  }

  /** Measured numbers of the parts, in the indicator's order; parts that are not measured have null. */
  async measuredParts(
    indicator: Indicator,
    asOf: CalendarDate,
    region: string | null,
  ): Promise<(number | null)[]> {
    const parts = indicator.parts ?? [];
    return Promise.all(
      parts.map(async (p) => (await this.measured(indicator.no, p.id, asOf, region))?.value ?? null),
    );
  }

  /** Anything else that follows from this state, computed once per key. */
  derived<T>(key: string, make: () => Promise<T>): Promise<T> {
    return remember(this.#derived as Map<string, Promise<T>>, key, make);
  }

  async #compute(scope: Scope): Promise<Board> {
    const { pack } = this.platform;
    const indicators = await Promise.all(
      pack.indicators.map(async (indicator) =>
        judge(indicator, {
          pack,
          figures: this.figures,
          names: this.names,
          ...scope,
          ...(await this.#figuresOf(indicator, scope)),
        }),
      ),
    );
    return { ...scope, indicators };
  }

  async #figuresOf(indicator: Indicator, { asOf, region }: Scope) {
    const figure = (part: string | null) => this.measured(indicator.no, part, asOf, region);
    const parts = await Promise.all(
      (indicator.parts ?? []).map(async (part) => [part.id, await figure(part.id)] as const),
    );
    return { measured: await figure(null), measuredParts: new Map(parts) };
  }
}

/** What an indicator or one of its parts is bound to. */
export function boundOf(pack: CityPack, no: string, part: string | null): MeasureRef | undefined {
  const indicator = pack.indicators.find((i) => i.no === no);
  return part === null ? indicator?.measure : indicator?.parts?.find((p) => p.id === part)?.measure;
}

/** Hands out the current state; a new one is read when the audit log has grown. */
export class Boards {
  #state: Promise<BoardState> | undefined;
  #revision = -1;
  #asking: Promise<number> | undefined;
  #next: Promise<number> | undefined;

  constructor(readonly platform: Platform) {}

  async state(): Promise<BoardState> {
    const revision = await this.#ask();
    if (this.#state === undefined || revision !== this.#revision) {
      this.#revision = revision;
      const reading = BoardState.read(this.platform, revision);
      this.#state = reading;
      reading.catch(() => {
        if (this.#state === reading) this.#state = undefined;
      });
    }
    return this.#state;
  }

  /**
   * Number of the last audit entry. Readers who come while the question is under way share the next one, which is asked
   * after they came: so everybody sees at least what they themselves have just written.
   */
  #ask(): Promise<number> {
    if (!this.#asking) return this.#begin();
    this.#next ??= this.#asking.then(
      () => this.#begin(),
      () => this.#begin(),
    );
    return this.#next;
  }

  #begin(): Promise<number> {
    this.#next = undefined;
    const asking = this.platform.stores.pool
      .query<{ seq: number }>(headQuery)
      .then(({ rows }) => rows[0]?.seq ?? 0)
      .finally(() => {
        if (this.#asking === asking) this.#asking = undefined;
      });
    this.#asking = asking;
    return asking;
  }
}

/** Prepared once per connection: this is asked for every board. */
const headQuery = { name: 'audit-head', text: 'select seq from audit_log order by seq desc limit 1' };

/** The day a board speaks of when none is asked for: today, or the plan's last day once that is past. */
export function defaultAsOf(platform: Platform): CalendarDate {
  const today = platform.clock.today();
  return today > platform.pack.plan.end ? platform.pack.plan.end : today;
}

/** Reads a scope as a visitor typed it. Throws `plan_as_of` or `plan_region` saying what to write instead. */
export function scopeOf(
  platform: Platform,
  names: Names,
  query: { asOf?: string | undefined; region?: string | undefined },
  lang: Lang,
): Scope {
  const today = platform.clock.today();
  const asOf = query.asOf ?? defaultAsOf(platform);
  if (!isCalendarDate(asOf) || asOf > today) throw planError('plan_as_of', { asOf, today });
  if (!query.region || query.region === platform.pack.city.adcode || query.region === platform.pack.city.id)
    return { asOf, region: null, lang };
  const region = names.resolveRegion(query.region);
  if (!region) throw planError('plan_region', { region: query.region });
  return { asOf, region, lang };
}
