import { normaliseSymbol, rangeKeys, sortKey } from '../../contract/classes.ts';

/** One line of a concordance: documents of `old` are under `new` since an edition. */
export interface ConcordanceLine {
  old: string;
  new: string;
  since: string | null;
}

/** A symbol that a concordance connects with a question. */
export interface Related {
  symbol: string;
  relation: 'predecessor' | 'successor';
  /** The symbol of the line that led here: inside the question, or around it, or a step of a chain. */
  via: string;
  since: string | null;
  /** `part`: the line speaks of a larger place than the question, so that not everything under `symbol` belongs here. */
  match: 'whole' | 'part';
}

/** Longest chain of reclassifications that is followed. */
const STEPS = 5;

/** What became of reclassified symbols, in both directions. */
export class Concordance {
  readonly #byNew: Sorted;
  readonly #byOld: Sorted;

  constructor(lines: readonly ConcordanceLine[]) {
    this.#byNew = new Sorted(lines, 'new');
    this.#byOld = new Sorted(lines, 'old');
  }

  /**
   * Predecessors and successors of a symbol and of what lies under it. Chains are followed back from predecessors and
   * forward from successors, never back and forth, which would lead everywhere.
   */
  related(symbol: string, below: readonly string[] = []): Related[] {
    return [
      ...this.#follow(symbol, below, this.#byNew, 'old', 'predecessor'),
      ...this.#follow(symbol, below, this.#byOld, 'new', 'successor'),
    ];
  }

  #follow(
    symbol: string,
    below: readonly string[],
    lines: Sorted,
    far: 'old' | 'new',
    relation: Related['relation'],
  ): Related[] {
    const found = new Map<string, Related>();
    const near = far === 'old' ? 'new' : 'old';
    let front = [{ symbol, below, match: 'whole' as Related['match'] }];
    for (let step = 0; step < STEPS && front.length > 0; step++) {
      const next: typeof front = [];
      for (const from of front)
        for (const { line, around } of lines.at(from.symbol, from.below)) {
          const other = line[far];
          const match = around ? 'part' : from.match;
          const known = found.get(other);
          if (other === symbol || (known && (known.match === 'whole' || match === 'part'))) continue;
          found.set(other, { symbol: other, relation, via: line[near], since: line.since, match });
          next.push({ symbol: other, below: [], match });
        }
      front = next;
    }
    return [...found.values()];
  }
}

/** Lines sorted by one of their symbols, so that those inside a place are found without looking at all. */
class Sorted {
  readonly #keys: string[];
  readonly #lines: ConcordanceLine[];

  constructor(
    lines: readonly ConcordanceLine[],
    readonly side: 'old' | 'new',
  ) {
    const keyed = lines.flatMap((line) => {
      const key = sortKey(line[side]);
      return key === null ? [] : [{ key, line }];
    });
    keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    this.#keys = keyed.map((k) => k.key);
    this.#lines = keyed.map((k) => k.line);
  }

  /** Lines inside a symbol (by its spelling, and by the hierarchy for a subgroup) and lines of a place around it. */
  *at(symbol: string, below: readonly string[]): Generator<{ line: ConcordanceLine; around: boolean }> {
    const range = rangeKeys(symbol, symbol);
    if (!range || this.#keys.length === 0) return;
    yield* this.#between(range.low, range.high, false);
    if (!symbol.endsWith('/00') && symbol.includes('/'))
      for (const one of below) yield* this.#equal(one, false);
    for (const around of surroundings(symbol)) yield* this.#equal(around, true);
  }

  *#equal(symbol: string, around: boolean) {
    const key = sortKey(symbol);
    if (key !== null) yield* this.#between(key, key, around);
  }

  *#between(
    low: string,
    high: string,
    around: boolean,
  ): Generator<{ line: ConcordanceLine; around: boolean }> {
    let [from, to] = [0, this.#keys.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#keys[middle]! < low) from = middle + 1;
      else to = middle;
    }
    for (let i = from; i < this.#keys.length && this.#keys[i]! <= high; i++)
      yield { line: this.#lines[i]!, around };
  }
}

/** Main group and subclass around a symbol; lines about whole classes or sections do not exist. */
function surroundings(symbol: string): string[] {
  const canonical = normaliseSymbol(symbol) ?? '';
  if (!canonical.includes('/')) return [];
  const group = canonical.replace(/\/.*/, '/00');
  return group === canonical ? [canonical.slice(0, 4)] : [group, canonical.slice(0, 4)];
}
