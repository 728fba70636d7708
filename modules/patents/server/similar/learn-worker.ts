/**
 * Learns in a thread of its own, so that the server answers meanwhile. Takes one {@link LearnTask}, reports progress as
 * `[done, total]`, and ends with the model's bytes. It loads nothing of the platform.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { packModel } from './classifier.ts';
import { type LabelledText, trainClassifier } from './train.ts';
import { learnTranslation, packTranslation, type TitlePair } from './translation-learn.ts';

/** What can be learned, and from what. */
export type LearnTask =
  | { kind: 'subclasses'; texts: LabelledText[] }
  | { kind: 'translation'; pairs: TitlePair[] };

/** A model's bytes, and what to say of it. */
export interface Learned {
  bytes: Uint8Array;
  info: Record<string, unknown>;
}

async function learn(task: LearnTask, progress: (done: number, total: number) => void): Promise<Learned> {
  if (task.kind === 'translation') {
    const table = await learnTranslation(task.pairs);
    return { bytes: packTranslation(table), info: { pairs: task.pairs.length, words: table.size } };
  }
  const { parts, info } = trainClassifier(task.texts, { progress });
  return { bytes: packModel(parts), info: { ...info } };
}

if (parentPort) {
  const port = parentPort;
  const learned = await learn(workerData as LearnTask, (done, total) => port.postMessage([done, total]));
  port.postMessage(learned);
}
