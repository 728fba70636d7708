import { type ClassText, countGrams, Vocabulary } from './ngrams.ts';

/** What a trained model is made of. Weights lie feature by feature: for each a few labels with one byte. */
export interface ModelParts {
  labels: string[];
  vocabulary: Vocabulary;
  /** Of feature f the entries at `start[f]` to `start[f + 1]`. */
  start: Uint32Array;
  label: Uint16Array;
  weight: Int8Array;
  scale: Float32Array;
  bias: Float32Array;
  /** Decision value from which a label is taken to hold. */
  threshold: number;
  /** Confidence of a decision value s: 1 / (1 + exp(slope · s + offset)). */
  slope: number;
  offset: number;
}

/** A label with its decision value, and how often such a suggestion was right on what had not been seen. */
export interface Ranked {
  label: string;
  score: number;
  confidence: number;
}

/** Linear one-against-all classification of texts. */
export class Classifier {
  constructor(readonly parts: ModelParts) {}

  /** Decision values of all labels, in their order. */
  scores(counts: ReadonlyMap<string, number>): Float64Array {
    const { vocabulary, start, label, weight, scale, bias, labels } = this.parts;
    const sums = new Float64Array(labels.length);
    const { feature, value } = vocabulary.vector(counts);
    for (let i = 0; i < feature.length; i++) {
      const f = feature[i]!;
      for (let k = start[f]!, to = start[f + 1]!; k < to; k++) sums[label[k]!]! += value[i]! * weight[k]!;
    }
    for (let l = 0; l < sums.length; l++) sums[l] = sums[l]! * scale[l]! + bias[l]!;
    return sums;
  }

  /** The best labels, best first. */
  rank(text: ClassText, count: number): Ranked[] {
    const { labels, slope, offset } = this.parts;
    const sums = this.scores(countGrams(text));
    return bestOf(sums, count).map((l) => ({
      label: labels[l]!,
      score: sums[l]!,
      confidence: 1 / (1 + Math.exp(slope * sums[l]! + offset)),
    }));
  }

  /** The labels that hold by the threshold; the best one where none does. */
  decide(text: ClassText): string[] {
    const { labels, threshold } = this.parts;
    const sums = this.scores(countGrams(text));
    const holding = labels.filter((_, l) => sums[l]! >= threshold);
    return holding.length > 0 ? holding : bestOf(sums, 1).map((l) => labels[l]!);
  }
}

/** Places of the largest numbers, largest first. */
export function bestOf(sums: Float64Array, count: number): number[] {
  return [...sums.keys()].sort((a, b) => sums[b]! - sums[a]! || a - b).slice(0, count);
}

const MAGIC = 'zc-subclasses-1';

/** A model as bytes: one line of JSON, the features one a line, then the numbers. */
export function packModel(parts: ModelParts): Buffer {
  const { labels, vocabulary, threshold, slope, offset } = parts;
  const grams = Buffer.from([...vocabulary.at.keys()].join('\n'));
  const numbers = [vocabulary.idf, parts.start, parts.label, parts.weight, parts.scale, parts.bias];
  const head = {
    magic: MAGIC,
    labels,
    threshold,
    slope,
    offset,
    grams: grams.length,
    cells: parts.label.length,
  };
  return Buffer.concat([
    Buffer.from(`${JSON.stringify({ ...head, features: vocabulary.idf.length })}\n`),
    grams,
    ...numbers.map((n) => Buffer.from(n.buffer, n.byteOffset, n.byteLength)),
  ]);
}

/** The model of {@link packModel}. Throws on bytes that are none. */
export function unpackModel(bytes: Buffer): Classifier {
  const line = bytes.indexOf(10);
  const head = JSON.parse(bytes.toString('utf8', 0, Math.max(line, 0)) || '{}') as {
    magic?: string;
    labels: string[];
    threshold: number;
    slope: number;
    offset: number;
    grams: number;
    cells: number;
    features: number;
  };
  if (head.magic !== MAGIC) throw new Error('not a model of subclasses');
  let at = line + 1;
  const take = (length: number) => {
    if (at + length > bytes.length) throw new Error('the model is cut off');
    // Copied, because numbers must lie at multiples of their size.
    const part = new Uint8Array(bytes.subarray(at, at + length));
    at += length;
    return part.buffer;
  };
  const { features, cells, labels, threshold, slope, offset } = head;
  const grams = Buffer.from(take(head.grams)).toString('utf8').split('\n');
  const idf = new Float32Array(take(features * 4));
  return new Classifier({
    labels,
    vocabulary: new Vocabulary(new Map(grams.map((gram, i) => [gram, i])), idf),
    start: new Uint32Array(take((features + 1) * 4)),
    label: new Uint16Array(take(cells * 2)),
    weight: new Int8Array(take(cells)),
    scale: new Float32Array(take(labels.length * 4)),
    bias: new Float32Array(take(labels.length * 4)),
    threshold,
    slope,
    offset,
  });
}
