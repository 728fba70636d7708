import { bestOf, Classifier, type ModelParts } from './classifier.ts';
import { type ClassText, countGrams, Vocabulary } from './ngrams.ts';
import { LinearSvm, mulberry } from './svm.ts';

/** A record to learn from. */
export interface LabelledText extends ClassText {
  labels: string[];
}

/** How to train; the defaults are what was measured. */
export interface TrainOptions {
  /** A label needs so many records. */
  fewest?: number;
  features?: number;
  cost?: number;
  /** Filled cells of the table of texts and features, which take eight bytes each; later records are left out. */
  cells?: number;
  /** Called now and then with what is done of all. */
  progress?: (done: number, total: number) => void;
}

/** What a model was trained on, and how well it did on the seventh part that it had not seen. */
export interface TrainInfo {
  documents: number;
  labels: number;
  features: number;
  microF1: number;
  /** Share of the held-out records with a right label among the first three, and five. */
  hit3: number;
  hit5: number;
}

/** Part of the records that threshold and confidence are found on, before everything is learned again. */
const HELD_OUT = 0.15;
const TOP = 5;

/**
 * Trains subclasses from records: first without a seventh of them, to find from which value on a label holds and how sure a
 * suggestion is, then with all. Takes minutes and one core: run it in a worker.
 */
export function trainClassifier(
  texts: readonly LabelledText[],
  options: TrainOptions = {},
): { parts: ModelParts; info: TrainInfo } {
  const { fewest = 4, features = 200_000, cost = 1, cells = 10_000_000, progress = () => {} } = options;
  const documents: { counts: Map<string, number>; labels: string[] }[] = [];
  let filled = 0;
  for (const text of texts) {
    const counts = countGrams(text);
    filled += counts.size;
    if (filled > cells) break;
    documents.push({ counts, labels: text.labels });
  }
  const labels = labelsOf(documents, fewest);
  if (labels.length < 2) throw new Error('too few records of two subclasses at least');
  const random = mulberry(42);
  const drawn = documents.map(() => random() < HELD_OUT);
  const total = 2 * labels.length;
  const learn = (chosen: typeof documents, done: number) => {
    const vocabulary = Vocabulary.of(
      chosen.map((d) => d.counts),
      features,
    );
    return learnAll(chosen, labels, vocabulary, cost, (n) => progress(done + n, total));
  };
  const trial = new Classifier(
    learn(
      documents.filter((_, i) => !drawn[i]),
      0,
    ),
  );
  const tried = judge(
    trial,
    documents.filter((_, i) => drawn[i]),
  );
  const { threshold, slope, offset, ...quality } = tried;
  const parts = { ...learn(documents, labels.length), threshold, slope, offset };
  const info = {
    documents: documents.length,
    labels: labels.length,
    features: parts.vocabulary.idf.length,
    ...quality,
  };
  return { parts, info };
}

function labelsOf(documents: readonly { labels: string[] }[], fewest: number): string[] {
  const counts = new Map<string, number>();
  for (const { labels } of documents)
    for (const label of new Set(labels)) counts.set(label, (counts.get(label) ?? 0) + 1);
  const kept = [...counts].filter(([, count]) => count >= fewest).map(([label]) => label);
  return kept.sort().slice(0, 65_000);
}

function learnAll(
  documents: readonly { counts: Map<string, number>; labels: string[] }[],
  labels: readonly string[],
  vocabulary: Vocabulary,
  cost: number,
  progress: (done: number) => void,
): ModelParts {
  const rows = new Map<string, number[]>(labels.map((label) => [label, []]));
  documents.forEach((d, i) => {
    for (const label of new Set(d.labels)) rows.get(label)?.push(i);
  });
  const count = vocabulary.idf.length;
  const svm = new LinearSvm(vocabulary.matrix(documents.map((d) => d.counts)), count, cost);
  const scale = new Float32Array(labels.length);
  const bias = new Float32Array(labels.length);
  const columns: { feature: Int32Array; weight: Int8Array }[] = [];
  const start = new Uint32Array(count + 1);
  labels.forEach((label, l) => {
    const weights = svm.learn(rows.get(label)!);
    let most = 0;
    for (let f = 0; f < count; f++) most = Math.max(most, Math.abs(weights[f]!));
    scale[l] = most / 127;
    bias[l] = weights[count]!;
    const feature: number[] = [];
    const weight: number[] = [];
    for (let f = 0; f < count; f++) {
      const byte = most > 0 ? Math.round((weights[f]! / most) * 127) : 0;
      if (byte === 0) continue;
      feature.push(f);
      weight.push(byte);
      start[f + 1]! += 1;
    }
    columns.push({ feature: Int32Array.from(feature), weight: Int8Array.from(weight) });
    progress(l + 1);
  });
  for (let f = 0; f < count; f++) start[f + 1]! += start[f]!;
  const next = start.slice();
  const label = new Uint16Array(start[count]!);
  const weight = new Int8Array(start[count]!);
  columns.forEach((column, l) => {
    for (let k = 0; k < column.feature.length; k++) {
      const cell = next[column.feature[k]!]!++;
      label[cell] = l;
      weight[cell] = column.weight[k]!;
    }
  });
  return {
    labels: [...labels],
    vocabulary,
    start,
    label,
    weight,
    scale,
    bias,
    threshold: 0,
    slope: -1,
    offset: 0,
  };
}

/** Finds threshold and confidence on records that were not seen, and says how well they were met. */
function judge(
  classifier: Classifier,
  documents: readonly { counts: Map<string, number>; labels: string[] }[],
): Omit<TrainInfo, 'documents' | 'labels' | 'features'> & Pick<ModelParts, 'threshold' | 'slope' | 'offset'> {
  const { labels } = classifier.parts;
  const known = new Map(labels.map((label, l) => [label, l]));
  const steps = Array.from({ length: 31 }, (_, i) => ({ at: -1 + i * 0.05, right: 0, given: 0 }));
  const pairs: { score: number; right: boolean }[] = [];
  let wanted = 0;
  let [hit3, hit5, judged] = [0, 0, 0];
  for (const { counts, labels: own } of documents) {
    const true_ = new Set(own.flatMap((label) => known.get(label) ?? []));
    if (true_.size === 0) continue;
    judged += 1;
    wanted += true_.size;
    const sums = classifier.scores(counts);
    const best = bestOf(sums, TOP);
    if (best.slice(0, 3).some((l) => true_.has(l))) hit3 += 1;
    if (best.some((l) => true_.has(l))) hit5 += 1;
    for (const l of best) pairs.push({ score: sums[l]!, right: true_.has(l) });
    for (const step of steps) {
      let given = 0;
      for (let l = 0; l < sums.length; l++)
        if (sums[l]! >= step.at) {
          given += 1;
          if (true_.has(l)) step.right += 1;
        }
      if (given === 0 && true_.has(best[0]!)) step.right += 1;
      step.given += Math.max(given, 1);
    }
  }
  const f1 = (s: (typeof steps)[number]) => (2 * s.right) / Math.max(1, s.given + wanted);
  const threshold = steps.reduce((a, b) => (f1(b) > f1(a) ? b : a));
  const share = (n: number) => n / Math.max(1, judged);
  return {
    ...sigmoid(pairs),
    threshold: threshold.at,
    microF1: f1(threshold),
    hit3: share(hit3),
    hit5: share(hit5),
  };
}

/** Fits 1 / (1 + exp(slope · s + offset)) to what was right (Platt 1999, by Newton's method with smoothed targets). */
export function sigmoid(pairs: readonly { score: number; right: boolean }[]): {
  slope: number;
  offset: number;
} {
  const positive = pairs.filter((p) => p.right).length;
  const negative = pairs.length - positive;
  if (positive === 0 || negative === 0) return { slope: -1, offset: 0 };
  const [high, low] = [(positive + 1) / (positive + 2), 1 / (negative + 2)];
  let [slope, offset] = [0, Math.log((negative + 1) / (positive + 1))];
  for (let round = 0; round < 50; round++) {
    let [aa, ab, bb, ga, gb] = [1e-9, 0, 1e-9, 0, 0];
    for (const { score, right } of pairs) {
      const p = 1 / (1 + Math.exp(slope * score + offset));
      const [d, w] = [(right ? high : low) - p, p * (1 - p)];
      ga += d * score;
      gb += d;
      aa += w * score * score;
      ab += w * score;
      bb += w;
    }
    const det = aa * bb - ab * ab;
    const [da, db] = [(bb * ga - ab * gb) / det, (aa * gb - ab * ga) / det];
    slope -= da;
    offset -= db;
    if (Math.abs(da) + Math.abs(db) < 1e-8) break;
  }
  return { slope, offset };
}
