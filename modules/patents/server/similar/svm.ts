import type { Matrix } from './ngrams.ts';

/** Rounds over all rows at most. */
const ROUNDS = 60;
/** Stops when no projected gradient differs more than this. */
const TOLERANCE = 0.01;

/** Random numbers that are the same on every machine (mulberry32), from 0 to 1. */
export function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * A linear support vector machine with squared hinge loss, by dual coordinate descent with shrinking (Hsieh and others, ICML
 * 2008, as in LIBLINEAR). The intercept is a feature of value one. One object learns many labels over the same rows.
 */
export class LinearSvm {
  readonly #norm: Float64Array;
  readonly #alpha: Float64Array;
  readonly #order: Int32Array;
  readonly #sign: Int8Array;
  /** Weights of the features after {@link learn}, the intercept last. */
  readonly weights: Float64Array;

  constructor(
    readonly matrix: Matrix,
    features: number,
    readonly cost: number,
  ) {
    const rows = matrix.start.length - 1;
    this.#norm = new Float64Array(rows);
    this.#alpha = new Float64Array(rows);
    this.#order = new Int32Array(rows);
    this.#sign = new Int8Array(rows);
    this.weights = new Float64Array(features + 1);
    for (let i = 0; i < rows; i++) {
      let sum = 1 + 0.5 / cost;
      for (let k = matrix.start[i]!; k < matrix.start[i + 1]!; k++) sum += matrix.value[k]! ** 2;
      this.#norm[i] = sum;
    }
  }

  /** Learns to tell the rows of a label from all others. */
  learn(positive: readonly number[], seed = 42): Float64Array {
    const { weights } = this;
    const { start, feature, value } = this.matrix;
    const [alpha, order, sign, norm] = [this.#alpha, this.#order, this.#sign, this.#norm];
    const rows = order.length;
    const bias = weights.length - 1;
    const diagonal = 0.5 / this.cost;
    weights.fill(0);
    alpha.fill(0);
    sign.fill(-1);
    for (const i of positive) sign[i] = 1;
    for (let i = 0; i < rows; i++) order[i] = i;
    const random = mulberry(seed);
    let active = rows;
    let highest = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS; round++) {
      let [high, low] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
      for (let k = 0; k < active; k++) {
        const other = k + Math.floor(random() * (active - k));
        const swap = order[k]!;
        order[k] = order[other]!;
        order[other] = swap;
      }
      for (let k = 0; k < active; k++) {
        const i = order[k]!;
        const y = sign[i]!;
        let sum = weights[bias]!;
        for (let j = start[i]!, to = start[i + 1]!; j < to; j++) sum += weights[feature[j]!]! * value[j]!;
        const gradient = y * sum - 1 + diagonal * alpha[i]!;
        let projected = gradient;
        if (alpha[i] === 0) {
          if (gradient > highest) {
            active -= 1;
            order[k] = order[active]!;
            order[active] = i;
            k -= 1;
            continue;
          }
          if (gradient > 0) projected = 0;
        }
        if (projected > high) high = projected;
        if (projected < low) low = projected;
        if (Math.abs(projected) < 1e-12) continue;
        const old = alpha[i]!;
        alpha[i] = Math.max(old - gradient / norm[i]!, 0);
        const step = (alpha[i]! - old) * y;
        weights[bias]! += step;
        for (let j = start[i]!, to = start[i + 1]!; j < to; j++) weights[feature[j]!]! += step * value[j]!;
      }
      if (high - low <= TOLERANCE) {
        if (active === rows) break;
        // All rows are looked at once more before it ends.
        active = rows;
        highest = Number.POSITIVE_INFINITY;
        continue;
      }
      highest = high <= 0 ? Number.POSITIVE_INFINITY : high;
    }
    return weights;
  }
}
