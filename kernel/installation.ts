import type { Records, Trx } from '#kernel/records';

/** Was demonstration data loaded into this installation? The mark is set once, by the start that loads it. */
export async function isDemo(platform: { readonly records: Records }): Promise<boolean> {
  return (await readFact(platform.records, 'demo')) !== undefined;
}

/** A fact about this installation, or undefined. */
export async function readFact(db: Records | Trx, key: string): Promise<unknown> {
  const row = await db.selectFrom('installation').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value;
}

/** Remembers a fact about this installation. */
export async function writeFact(db: Records | Trx, key: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value);
  await db
    .insertInto('installation')
    .values({ key, value: text })
    .onConflict((c) => c.column('key').doUpdateSet({ value: text, updatedAt: new Date() }))
    .execute();
}
