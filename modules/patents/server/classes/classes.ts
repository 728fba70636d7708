import type { JobDef } from '#kernel/jobs/jobs';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import { recordTexts } from '../similar/records.ts';
import { Suggester } from '../similar/suggester.ts';
import { termJob } from '../similar/term-job.ts';
import { Translations } from '../similar/translations.ts';
import { type ClassFileRow, type ClassUpload, loadClasses } from './load.ts';
import { Schemes } from './schemes.ts';

/** The classification schemes of a platform, and what is learned from them and from the records. */
export class Classes {
  readonly schemes: Schemes;
  readonly translations: Translations;
  readonly suggester: Suggester;
  /** Declare all of them in the module's manifest. */
  readonly jobs: readonly JobDef<never>[];

  constructor(readonly platform: Platform) {
    const texts = recordTexts(platform);
    this.schemes = new Schemes(platform);
    this.translations = new Translations(platform, this.schemes);
    this.suggester = new Suggester(platform, this.schemes, this.translations, texts);
    this.jobs = [
      this.translations.job as JobDef<never>,
      this.suggester.job as JobDef<never>,
      termJob(platform, texts) as JobDef<never>,
    ];
  }

  /** Loads a file; titles of the IPC make the translation be learned again in the background. */
  load(
    by: { actor: Actor; requestId: string },
    upload: ClassUpload,
  ): Promise<{ changed: boolean; file: ClassFileRow }> {
    const { platform, translations } = this;
    return loadClasses(platform, by, upload, async (trx, file) => {
      if (file.scheme === 'ipc' && file.lang !== null)
        await platform.jobs.send(translations.job, {}, { trx, singleton: 'all' });
    });
  }
}
