import type { CalendarDate } from '#kernel/calendar/date';
import type { Text } from '#kernel/text';

/** What a measure is asked for. `region` limits it to one region id of the city pack; absent means the whole city. */
export interface MeasureQuery {
  asOf: CalendarDate;
  region?: string;
  /** First counted day of a cumulative figure; absent means no lower end. */
  since?: CalendarDate;
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
  compute(query: MeasureQuery): Promise<MeasureValue>;
  facts(query: MeasureQuery & { cursor?: string; limit: number }): Promise<FactPage>;
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
