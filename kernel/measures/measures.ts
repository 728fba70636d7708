import type { CalendarDate } from '#kernel/calendar/date';
import type { Text } from '#kernel/text';

/** What a measure is asked for. `region` limits it to one region id of the city pack; absent means the whole city. */
export interface MeasureQuery {
  asOf: CalendarDate;
  region?: string;
  /** First counted day of a cumulative figure; absent means no lower end. */
  since?: CalendarDate;
  /**
   * Only what was recorded by this moment; absent means as known now. A measure that keeps no earlier states answers as
   * known now and says so in `note` (see {@link Measure.onlyKnownNow}).
   */
  knownAt?: Date;
}

/** A computed figure. `value` is null when it cannot be computed, with the reason in `note`. */
export interface MeasureValue {
  value: number | null;
  /** Number of rows behind the figure. */
  facts: number;
  note?: Text;
}

/** One column of the rows behind a figure. */
export interface FactColumn {
  id: string;
  title: Text;
  kind: 'text' | 'date' | 'number';
}

/** A page of the rows behind a figure, in a stable order. `href` is the row's own page in the web. */
export interface FactPage {
  columns: readonly FactColumn[];
  rows: readonly { id: string; href: string | null; cells: Record<string, string | number | null> }[];
  total: number;
  next: string | null;
}

/** A named figure that a module computes from its own data at any date, with the rows behind it. */
export interface Measure {
  id: string;
  title: Text;
  unit: Text;
  /** How it is counted, in plain words; shown beside every figure. */
  rule: Text;
  /** Cannot look back: whatever `knownAt` asks, the figure is the one known now. */
  onlyKnownNow?: true;
  compute(query: MeasureQuery): Promise<MeasureValue>;
  facts(query: MeasureQuery & { cursor?: string; limit: number }): Promise<FactPage>;
}

/** Said by measures that keep no earlier states when they are asked for one; `what` names their data. */
export function knownOnlyNow(what: Text): Text {
  return {
    zh: `${what.zh}不保留以前的状态，此值按现在所知计算`,
    en: `${what.en} keep no earlier states: this figure is as known now`,
  };
}

/** Several notes as one; null where there is none. What was said once is not said again. */
export function joinNotes(notes: readonly (Text | null | undefined)[]): Text | null {
  const said = new Map(notes.flatMap((n) => (n ? [[n.zh, n] as const] : [])));
  if (said.size === 0) return null;
  const all = [...said.values()];
  return { zh: all.map((n) => n.zh).join('；'), en: all.map((n) => n.en).join('; ') };
}

/** All measures by id. Throws on a double id. */
export class Measures {
  readonly #byId = new Map<string, Measure>();

  constructor(measures: readonly Measure[]) {
    for (const m of measures) {
      if (this.#byId.has(m.id)) throw new Error(`measure ${m.id} is declared twice`);
      this.#byId.set(m.id, m);
    }
  }

  /** The measure, or undefined where no module offers it. */
  find(id: string): Measure | undefined {
    return this.#byId.get(id);
  }

  ids(): string[] {
    return [...this.#byId.keys()];
  }
}
