import * as z from 'zod';
import { type JobDef, job } from '#kernel/jobs/jobs';
import type { Platform } from '#kernel/module';
import type { Schemes } from '../classes/schemes.ts';
import { type Classifier, unpackModel } from './classifier.ts';
import { learnInThread } from './learn.ts';
import { keepModel, ModelCache } from './models.ts';
import type { ClassText } from './ngrams.ts';
import { queryTerms } from './query-terms.ts';
import type { RecordTexts } from './records.ts';
import { TitleIndex } from './title-index.ts';
import type { LabelledText } from './train.ts';
import type { Translations } from './translations.ts';

/** Suggestions, with the way in which they were found. */
export interface Suggestions {
  method: 'learned' | 'titles' | 'none';
  suggestions: { symbol: string; confidence: number }[];
}

const MOST = 5;
const FEWEST = 3;
/** A learned suggestion below that is shown only to fill three places. */
const UNLIKELY = 0.05;
/** Fewer records teach nothing. */
const FEWEST_RECORDS = 500;
/** Records that are looked at for training, the newest first. */
const MOST_RECORDS = 40_000;

/** Suggests IPC subclasses for a text: as learned from the records of the corpus, before that from the titles of the scheme. */
export class Suggester {
  readonly #cache: ModelCache<Classifier>;
  #titles: { stamp: string; index: Promise<TitleIndex> } | null = null;
  readonly job: JobDef<Record<string, never>>;

  constructor(
    readonly platform: Pick<Platform, 'records' | 'files' | 'clock' | 'log'>,
    readonly schemes: Schemes,
    readonly translations: Translations,
    readonly texts: RecordTexts,
  ) {
    this.#cache = new ModelCache(platform, 'subclasses', unpackModel);
    this.job = job({
      name: 'patents.subclasses.learn',
      schema: z.object({}),
      // Once a week, when nobody works; it is one core for some minutes.
      cron: '30 3 * * 0',
      run: async (_, context) => {
        await this.learn(context.progress, () => context.stopping);
      },
    });
  }

  /** Three to five subclasses, best first; fewer where nothing else fits at all. */
  async suggest(text: ClassText): Promise<Suggestions> {
    const classifier = await this.#cache.get();
    if (classifier) {
      const ranked = classifier.rank(text, MOST);
      const kept = ranked.filter((r, i) => i < FEWEST || r.confidence >= UNLIKELY);
      const suggestions = kept.map(({ label, confidence }) => ({ symbol: label, confidence }));
      return { method: 'learned', suggestions };
    }
    const index = await this.#titleIndex();
    const terms = queryTerms(text.title, text.abstract, await this.translations.table());
    const found = index.find(terms, MOST);
    const total = found.reduce((sum, f) => sum + f.score, 0);
    const suggestions = found.map(({ symbol, score }) => ({ symbol, confidence: score / total }));
    return { method: index.size > 0 ? 'titles' : 'none', suggestions };
  }

  async #titleIndex(): Promise<TitleIndex> {
    const stamp = await this.schemes.stamp();
    if (this.#titles?.stamp !== stamp) {
      const index = this.schemes.tree('ipc').then((tree) => TitleIndex.of(tree));
      this.#titles = { stamp, index };
      index.catch(() => {
        this.#titles = null;
      });
    }
    return this.#titles.index;
  }

  /**
   * Learns again from the records of the corpus; generated ones are left out. Gives the number of records; with fewer than 500
   * nothing changes.
   */
  async learn(
    progress: (done: number, total: number) => void = () => {},
    stopping: () => boolean = () => false,
  ): Promise<number> {
    const texts = await this.#records(stopping);
    if (texts.length < FEWEST_RECORDS || stopping()) return texts.length;
    const learned = await learnInThread({ kind: 'subclasses', texts }, progress, stopping);
    if (learned) {
      await keepModel(this.platform, 'subclasses', learned.bytes, learned.info);
      this.platform.log.info({ ...learned.info }, 'subclasses learned');
    }
    return texts.length;
  }

  /** The newest records with a title and IPC. */
  async #records(stopping: () => boolean): Promise<LabelledText[]> {
    const texts: LabelledText[] = [];
    for await (const page of this.texts.labelled()) {
      texts.push(...page);
      if (texts.length >= MOST_RECORDS || stopping()) break;
    }
    return texts.slice(0, MOST_RECORDS);
  }
}
