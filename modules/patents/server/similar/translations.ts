import * as z from 'zod';
import { type JobDef, job } from '#kernel/jobs/jobs';
import type { Platform } from '#kernel/module';
import type { Schemes } from '../classes/schemes.ts';
import { learnInThread } from './learn.ts';
import { keepModel, ModelCache } from './models.ts';
import { type TitlePair, type TranslationTable, unpackTranslation } from './translation-learn.ts';

/** What English words stand for, learned from the titles of the IPC in both languages. */
export class Translations {
  readonly #cache: ModelCache<TranslationTable>;
  readonly job: JobDef<Record<string, never>>;

  constructor(
    readonly platform: Pick<Platform, 'records' | 'files' | 'clock'>,
    readonly schemes: Schemes,
  ) {
    this.#cache = new ModelCache(platform, 'translation', unpackTranslation);
    this.job = job({
      name: 'patents.translation.learn',
      schema: z.object({}),
      run: async (_, context) => {
        await this.learn(() => context.stopping);
      },
    });
  }

  /** The table in use; null while none was learned. */
  table(): Promise<TranslationTable | null> {
    return this.#cache.get();
  }

  /** Learns again from the loaded schemes. Gives the number of titles in both languages; without any nothing changes. */
  async learn(stopping: () => boolean = () => false): Promise<number> {
    const tree = await this.schemes.tree('ipc');
    const pairs: TitlePair[] = [];
    for (const { zh, en } of tree.nodes()) if (zh !== '' && en !== '') pairs.push({ zh, en });
    if (pairs.length === 0) return 0;
    const learned = await learnInThread({ kind: 'translation', pairs }, undefined, stopping);
    if (learned) await keepModel(this.platform, 'translation', learned.bytes, learned.info);
    return pairs.length;
  }
}
