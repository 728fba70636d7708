import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { rootPath } from '#kernel/paths';
import { organisations } from '#modules/organisations/server/index';
import { parties } from '#modules/parties/server/index';
import { registers } from '#modules/registers/server/index';
import { type TestPlatform, testPlatform } from '../../../kernel/testing/platform.ts';
import type { PatentImport } from '../contract.ts';
import { type ImportDeps, runImport } from '../server/imports/import-run.ts';
import { Imports } from '../server/imports/imports.ts';
import { patents } from '../server/index.ts';
import { openPlaces } from '../server/places.ts';
import { nantong } from './pack.ts';

/** Folder of the real files, which lie beside the checkout and not in it. */
export const REAL = resolve(rootPath(), '../shared/data/patents-zh');

/** Whether the real files are there; a test that needs them says so and is skipped. */
export const hasReal = existsSync(REAL);
if (!hasReal) console.info(`patents: tests with real files are skipped, ${REAL} is not there`);

/** A platform with this module alone, and short ways to use it. */
export interface PatentPlatform extends TestPlatform {
  imports: Imports;
  deps: ImportDeps;
  /** Sends a form and gives the raw answer. */
  send(
    path: string,
    file: { name: string; bytes: Uint8Array | string } | null,
    fields?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: never }>;
  /** Uploads a file as the data officer, runs the import to its end, and gives how it ended. */
  bring(name: string, bytes: Uint8Array | string, fields?: Record<string, string>): Promise<PatentImport>;
  /** Runs an import in this process until it ends or stops. */
  run(importId: string, change?: Partial<ImportDeps>, context?: { stopping: boolean }): Promise<void>;
  /** The import as the data officer sees it. */
  look(importId: string): Promise<PatentImport>;
}

/** Opens the module over the worker's stores. */
export async function patentPlatform(
  env: Record<string, string> = {},
  now = '2026-06-30T09:00:00+08:00',
): Promise<PatentPlatform> {
  const pack = await nantong();
  const t = await testPlatform({ modules: [parties, organisations, registers, patents], pack, now, env });
  const imports = new Imports(t.platform, openPlaces(pack).locate);
  const deps = imports.deps();
  const officer = () => t.as('data-officer');
  const send: PatentPlatform['send'] = async (path, file, fields = {}, headers) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    if (file) form.set('file', new File([file.bytes as BlobPart], file.name));
    const raw = await t.app.inject({
      method: 'POST',
      url: path,
      headers: headers ?? (await officer()),
      payload: form,
    });
    return { status: raw.statusCode, body: raw.json() as never };
  };
  const look: PatentPlatform['look'] = async (importId) => {
    const raw = await t.app.inject({ url: `/api/patents/imports/${importId}`, headers: await officer() });
    return raw.json() as PatentImport;
  };
  const run: PatentPlatform['run'] = (importId, change = {}, context = { stopping: false }) =>
    runImport({ ...deps, ...change }, importId, {
      get stopping() {
        return context.stopping;
      },
      progress: () => {},
    });
  return {
    ...t,
    imports,
    deps,
    send,
    look,
    run,
    async bring(name, bytes, fields = {}) {
      const { status, body } = await send('/api/patents/imports', { name, bytes }, fields);
      const made = body as PatentImport;
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
      await run(made.id);
      return look(made.id);
    },
  };
}

/** Records as a JSONL file. */
export function jsonl(records: readonly Record<string, unknown>[]): string {
  return `${records.map((r) => JSON.stringify(r)).join('\n')}\n`;
}
