import { sortKey } from '../../contract/classes.ts';

/** One rule of WIPO's technology table: symbols whose sort key begins with `prefix` belong to the field. */
export interface FieldRule {
  prefix: string;
  field: number;
  title: string;
  sector: string;
}

/** The 35 technology fields of WIPO. */
export class TechFields {
  readonly #rules = new Map<string, FieldRule[]>();
  readonly #titles = new Map<number, { title: string; sector: string }>();
  readonly #lengths: number[];

  constructor(rules: readonly FieldRule[]) {
    for (const rule of rules) {
      const list = this.#rules.get(rule.prefix);
      if (list) list.push(rule);
      else this.#rules.set(rule.prefix, [rule]);
      this.#titles.set(rule.field, { title: rule.title, sector: rule.sector });
    }
    this.#lengths = [...new Set(rules.map((r) => r.prefix.length))].sort((a, b) => b - a);
  }

  /** Fields of one symbol: those of the longest rule that it begins with. Empty where none speaks of it. */
  of(symbol: string): number[] {
    const key = sortKey(symbol);
    if (key === null) return [];
    for (const length of this.#lengths) {
      const rules = length <= key.length ? this.#rules.get(key.slice(0, length)) : undefined;
      if (rules) return [...new Set(rules.map((r) => r.field))];
    }
    return [];
  }

  /** Fields of several symbols, each once, in the order of the symbols. */
  ofAll(symbols: readonly string[]): number[] {
    return [...new Set(symbols.flatMap((symbol) => this.of(symbol)))];
  }

  /** Name and sector of a field. */
  describe(field: number): { title: string; sector: string } | undefined {
    return this.#titles.get(field);
  }

  /** All fields, by number. */
  list(): { field: number; title: string; sector: string }[] {
    return [...this.#titles].sort(([a], [b]) => a - b).map(([field, names]) => ({ field, ...names }));
  }
}
