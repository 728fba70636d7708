import { buffer } from 'node:stream/consumers';
import type { CityPack } from '#kernel/city/schema';
import type { Files } from '#kernel/files/files';
import type { ZipEntries } from '#kernel/office/zip';
import type { Records, Trx } from '#kernel/records';
import { withDocuments } from '../tables.ts';
import { ownForm } from './own-form.ts';
import { openTemplate } from './package.ts';

type Item = CityPack['items'][number];

/** The platform's own form, among the versions of a template. */
export const OWN_FORM = 0;

/** The versions of an item that have a document which the platform makes, the latest last. */
export function versionsWith(pack: CityPack, item: string, document: string): Item[] {
  return pack.items
    .filter(
      (one) => one.id === item && one.documents.some(({ id, mark }) => id === document && mark !== undefined),
    )
    .sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** Which version of a document's template was put in force last; null where none was. */
export async function lastUse(db: Records | Trx, item: string, document: string) {
  return withDocuments(db as Records)
    .selectFrom('matterTemplateUse')
    .selectAll()
    .where('item', '=', item)
    .where('document', '=', document)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The version of each document of an item that is in force: those that are not named have the platform's own form. */
export async function versionsInForce(db: Records | Trx, item: string): Promise<Map<string, number>> {
  const rows = await withDocuments(db as Records)
    .selectFrom('matterTemplateUse')
    .distinctOn('document')
    .select(['document', 'version'])
    .where('item', '=', item)
    .orderBy('document')
    .orderBy('seq', 'desc')
    .execute();
  return new Map(rows.map(({ document, version }) => [document, version]));
}

/** A version of a template, ready to be filled; undefined where there is none. */
export interface TemplateVersion {
  version: number;
  /** Null for the platform's own form. */
  sha256: string | null;
  /** Tags in it; the platform's own form has those that every document has. */
  tags: readonly string[];
  entries: ZipEntries;
}

/** A version by its number. */
export async function templateVersion(
  files: Files,
  db: Records | Trx,
  item: string,
  document: string,
  version: number,
): Promise<TemplateVersion | undefined> {
  if (version === OWN_FORM) return { version, sha256: null, tags: [], entries: await ownForm() };
  const row = await withDocuments(db as Records)
    .selectFrom('matterTemplate')
    .select(['sha256', 'tags'])
    .where('item', '=', item)
    .where('document', '=', document)
    .where('version', '=', version)
    .executeTakeFirst();
  if (!row) return undefined;
  const bytes = await buffer(await files.read({ sha256: row.sha256, name: `${document} ${version}` }));
  const { entries } = await openTemplate(bytes);
  if (!entries) throw new Error(`template ${item}/${document} ${version} can no longer be read`);
  return { version, ...row, entries };
}

/** The template of a document that is in force as a transaction sees it. */
export async function templateInForce(
  files: Files,
  db: Records | Trx,
  item: string,
  document: string,
): Promise<TemplateVersion> {
  const use = await lastUse(db, item, document);
  return (await templateVersion(files, db, item, document, use?.version ?? OWN_FORM))!;
}
