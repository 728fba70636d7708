import { type CalendarDate, isCalendarDate } from '#kernel/calendar/date';
import type { Platform } from '#kernel/module';
import type { Lang } from '#kernel/text';
import type { IndicatorView } from '../contract.ts';
import { planError } from './errors.ts';
import { type CountyFacts, ReportedFigures, readAccepted } from './figures.ts';
import { judge } from './judge.ts';
import { type MeasuredFigure, measuredFigure } from './measured.ts';
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

/**
 * State of everything that boards are computed from, read once and kept until something was written: every change of
 * reports, parties and imports leaves a line in the audit log, so its last number tells whether anything changed.
 */
export class BoardState {
  readonly #boards = new Map<string, Promise<Board>>();
  readonly #measured = new Map<string, Promise<MeasuredFigure | null>>();
  readonly #derived = new Map<string, Promise<unknown>>();

  private constructor(
    readonly platform: Platform,
    readonly revision: number,
    readonly figures: ReportedFigures,
    readonly names: Names,
    readonly facts: CountyFacts,
  ) {}

  static async read(platform: Platform, revision: number): Promise<BoardState> {
    const names = await openNames(platform);
    const facts: CountyFacts = {
      counties: (asOf) => names.counties(asOf),
      population: (asOf, region) => names.population(asOf, region),
    };
    const accepted = await readAccepted(planDb(platform.records), platform.pack);
    return new BoardState(
      platform,
      revision,
      new ReportedFigures(platform.pack, facts, accepted),
      names,
      facts,
    );
  }

  /** The board of a scope, computed once. */
  board(scope: Scope): Promise<Board> {
    return remember(this.#boards, `${scope.asOf} ${scope.region} ${scope.lang}`, () => this.#compute(scope));
  }

  /** The measured figure of an indicator, computed once per day and region. */
  measured(no: string, asOf: CalendarDate, region: string | null): Promise<MeasuredFigure | null> {
    return remember(this.#measured, `${no} ${asOf} ${region}`, async () => {
      const indicator = this.platform.pack.indicators.find((i) => i.no === no);
      if (!indicator) return null;
      return measuredFigure(indicator, this.platform.measures, this.names.population, asOf, region);
    });
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
          measured: await this.measured(indicator.no, scope.asOf, scope.region),
        }),
      ),
    );
    return { ...scope, indicators };
  }
}

/** At most so many entries are kept of one kind; the oldest goes first. Dates and regions come from outside. */
const KEPT = 400;

function remember<T>(map: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = map.get(key);
  if (known) return known;
  const made = make();
  map.set(key, made);
  made.catch(() => map.delete(key));
  if (map.size > KEPT) map.delete(map.keys().next().value as string);
  return made;
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
