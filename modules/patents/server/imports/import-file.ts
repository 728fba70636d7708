import { setTimeout as wait } from 'node:timers/promises';
import type { Platform } from '#kernel/module';
import type { Lang } from '#kernel/text';
import type { PatentImport } from '../../contract.ts';
import { openPlaces } from '../places.ts';
import { importJson } from './import-views.ts';
import { type By, Imports } from './imports.ts';
import { uploadOfPath } from './upload.ts';

/** An import that does not run any more. */
export type ImportEnd = PatentImport;

/** How often the state is looked at, in milliseconds. */
const LOOK = 300;

/**
 * Imports a file of this machine and waits until some worker has finished it; `onProgress` is told how far it is. The
 * import goes on when this process ends before.
 */
export async function importFile(
  platform: Platform,
  by: By,
  path: string,
  lang: Lang,
  onProgress: (state: PatentImport) => void,
): Promise<ImportEnd> {
  const imports = new Imports(platform, openPlaces(platform.pack).locate);
  const upload = await uploadOfPath(path, platform.files, platform.config.ZC_UPLOAD_LIMIT);
  const { id } = await imports.create(by, upload);
  for (;;) {
    const now = importJson(await imports.get(id), lang);
    onProgress(now);
    if (now.state !== 'waiting' && now.state !== 'running') return now;
    await wait(LOOK);
  }
}
