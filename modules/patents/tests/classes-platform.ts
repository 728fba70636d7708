import { type TestPlatform, testPlatform } from '../../../kernel/testing/platform.ts';
import type { LoadedClassFile } from '../contract/classes.ts';
import { PATENTS_IMPORT } from '../contract/permissions.ts';
import { Classes } from '../server/classes/classes.ts';
import { classRoutes } from '../server/classes/routes.ts';

/** A platform with the classification schemes alone. */
export interface ClassPlatform extends TestPlatform {
  classes: Classes;
  /** Sends a file as the data officer. */
  send(
    name: string,
    content: string | Uint8Array,
    fields?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<{
    status: number;
    body: { changed: boolean; file: LoadedClassFile; code?: string; message?: string };
  }>;
}

/** Opens it over the worker's stores. */
export async function classPlatform(): Promise<ClassPlatform> {
  let classes: Classes | undefined;
  const t = await testPlatform({
    modules: [
      {
        name: 'patents',
        title: { zh: '专利', en: 'Patents' },
        migrations: 'modules/patents/server/migrations',
        permissions: [{ id: PATENTS_IMPORT, title: { zh: '导入', en: 'Import' }, roles: ['data-officer'] }],
        setup(platform) {
          classes = new Classes(platform);
          return { routes: classRoutes(platform, classes), jobs: classes.jobs };
        },
      },
    ],
    now: '2026-06-30T09:00:00+08:00',
  });
  return {
    ...t,
    classes: classes!,
    async send(name, content, fields = {}, headers) {
      const form = new FormData();
      for (const [key, value] of Object.entries(fields)) form.set(key, value);
      form.set('file', new File([content as BlobPart], name));
      const raw = await t.app.inject({
        method: 'POST',
        url: '/api/patents/classes/load',
        headers: headers ?? (await t.as('data-officer')),
        payload: form,
      });
      return { status: raw.statusCode, body: raw.json() };
    },
  };
}
