/** A text to be learned from or asked about. */
export interface ClassText {
  title: string;
  abstract: string;
}

/** A title's pieces count so many times beside those of the abstract. */
const TITLE_COUNT = 10;
const LONGEST_GRAM = 4;
/** More of an abstract says nothing new of its subclass. */
const ABSTRACT_CHARS = 1000;

/** How often each run of one to four characters occurs; the title counts ten times. */
export function countGrams({ title, abstract }: ClassText): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (text: string, weight: number) => {
    const chars = [...text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()];
    for (let from = 0; from < chars.length; from++) {
      let gram = '';
      for (let at = from; at < Math.min(from + LONGEST_GRAM, chars.length); at++) {
        gram += chars[at];
        counts.set(gram, (counts.get(gram) ?? 0) + weight);
      }
    }
  };
  add(title.slice(0, 500), TITLE_COUNT);
  add(abstract.slice(0, ABSTRACT_CHARS), 1);
  return counts;
}

/** Texts as rows of features: of row `i` those at `start[i]` to `start[i + 1]`, each row of length one. */
export interface Matrix {
  start: Int32Array;
  feature: Int32Array;
  value: Float32Array;
}

/** The features that are known, with how much each tells. */
export class Vocabulary {
  constructor(
    /** Gram → number. */
    readonly at: ReadonlyMap<string, number>,
    readonly idf: Float32Array,
  ) {}

  /** Features that at least two texts share; of too many the more frequent ones. Smoothed idf as ln((1+n)/(1+df)) + 1. */
  static of(documents: Iterable<ReadonlyMap<string, number>>, most: number): Vocabulary {
    const df = new Map<string, number>();
    let n = 0;
    for (const counts of documents) {
      n += 1;
      for (const gram of counts.keys()) df.set(gram, (df.get(gram) ?? 0) + 1);
    }
    let kept = [...df].filter(([, count]) => count >= 2);
    if (kept.length > most) kept = kept.sort((a, b) => b[1] - a[1]).slice(0, most);
    const at = new Map(kept.map(([gram], i) => [gram, i]));
    return new Vocabulary(
      at,
      Float32Array.from(kept, ([, count]) => Math.log((1 + n) / (1 + count)) + 1),
    );
  }

  /** The features of a text: sublinear counts times idf, of length one. */
  vector(counts: ReadonlyMap<string, number>): { feature: Int32Array; value: Float32Array } {
    const found: [number, number][] = [];
    for (const [gram, count] of counts) {
      const feature = this.at.get(gram);
      if (feature !== undefined) found.push([feature, (1 + Math.log(count)) * this.idf[feature]!]);
    }
    found.sort((a, b) => a[0] - b[0]);
    const length = Math.sqrt(found.reduce((sum, [, v]) => sum + v * v, 0)) || 1;
    return {
      feature: Int32Array.from(found, ([f]) => f),
      value: Float32Array.from(found, ([, v]) => v / length),
    };
  }

  /** Many texts at once. */
  matrix(documents: readonly ReadonlyMap<string, number>[]): Matrix {
    const start = new Int32Array(documents.length + 1);
    const rows = documents.map((counts, i) => {
      const row = this.vector(counts);
      start[i + 1] = start[i]! + row.feature.length;
      return row;
    });
    const feature = new Int32Array(start[documents.length]!);
    const value = new Float32Array(feature.length);
    rows.forEach((row, i) => {
      feature.set(row.feature, start[i]!);
      value.set(row.value, start[i]!);
    });
    return { start, feature, value };
  }
}
