import type { Records, Trx } from '#kernel/records';

/**
 * Does this installation hold demonstration data? True from the moment a start begins to generate it: whatever is made of
 * it, such as a frozen year, carries the mark.
 */
export async function isDemo(platform: { readonly records: Records }): Promise<boolean> {
  const facts = await Promise.all(['demo', 'demo-begun'].map((key) => readFact(platform.records, key)));
  return facts.some((fact) => fact !== undefined);
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
