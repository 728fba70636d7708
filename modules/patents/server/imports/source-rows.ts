import { patentError } from '../errors.ts';
import type { PatentTrx } from '../tables.ts';

/** Sources that the platform itself knows; further ones are made by who imports. Lower rank = more trusted. */
const KNOWN = {
  file: { nameZh: '上传的文件', nameEn: 'Uploaded files', rank: 100 },
  demo: { nameZh: '演示数据', nameEn: 'Demonstration data', rank: 1000 },
} as const;

/** The id of a source that the platform knows; it is made at first use. */
export async function knownSource(trx: PatentTrx, key: keyof typeof KNOWN): Promise<string> {
  await trx
    .insertInto('patentSource')
    .values({ key, ...KNOWN[key] })
    .onConflict((oc) => oc.column('key').doNothing())
    .execute();
  const row = await trx
    .selectFrom('patentSource')
    .select('id')
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The id of a source by its key. Throws `patents_source_key` where there is none. */
export async function namedSource(trx: PatentTrx, key: string): Promise<string> {
  if (key in KNOWN) return knownSource(trx, key as keyof typeof KNOWN);
  const row = await trx.selectFrom('patentSource').select('id').where('key', '=', key).executeTakeFirst();
  if (!row) throw patentError('patents_source_key', { key: key.slice(0, 60) });
  return row.id;
}
