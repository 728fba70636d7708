import { AppError } from '#kernel/errors';
import type { Actor } from '#kernel/policy/policy';
import type { QueryMemory } from '#modules/patents/server/index';
import type { HistoryEntry } from '../../contract.ts';
import { accountOf, type Bench, type By, organisationsOf, records } from '../bench.ts';
import { withWorkbench } from '../tables.ts';
import { toText } from './kept.ts';

const shown = ['no', 'text', 'reading', 'total', 'at'] as const;
const toJson = (row: Omit<HistoryEntry, 'at'> & { at: Date }): HistoryEntry => ({
  ...row,
  at: row.at.toISOString(),
});

/** What `#3` and `@name` mean to an account, and where its searches are kept. */
export function queryMemoryOf(bench: Bench): QueryMemory {
  return {
    references(actor) {
      if (actor.kind !== 'user' || actor.id === null) return async () => null;
      const account = actor.id;
      return (kind, name) =>
        kind === 'history' ? historyText(bench, account, Number(name)) : savedText(bench, actor, name);
    },
    async remember(actor, search) {
      return actor.kind === 'user' && actor.id !== null ? remember(bench, actor.id, search) : null;
    },
  };
}

async function historyText(bench: Bench, account: string, no: number): Promise<string | null> {
  const row = await records(bench)
    .selectFrom('workbenchHistory')
    .select('reading')
    .where('account', '=', account)
    .where('no', '=', no)
    .executeTakeFirst();
  return row?.reading ?? null;
}

/** An own query goes before a colleague's of the same name; of several colleagues' the oldest counts. */
async function savedText(bench: Bench, actor: Actor, name: string): Promise<string | null> {
  const own = organisationsOf(actor);
  const rows = await records(bench)
    .selectFrom('workbenchQuery')
    .select(['owner', 'q', 'dialect', 'filter', 'reading'])
    .where((e) => e(e.fn<string>('lower', ['name']), '=', name.toLowerCase()))
    .where('deletedAt', 'is', null)
    .where((e) =>
      e.or([e('owner', '=', actor.id!), ...(own.length > 0 ? [e('organisation', 'in', own)] : [])]),
    )
    .orderBy('id')
    .execute();
  const found = rows.find((row) => row.owner === actor.id) ?? rows[0];
  if (!found) return null;
  // What a colleague refers to is theirs: only the whole reading means the same to everybody.
  return found.owner === actor.id ? toText(found) : found.reading;
}

/** Keeps a search. The same search again, with nothing in between, keeps its number. */
export async function remember(
  bench: Bench,
  account: string,
  search: { text: string; reading: string; total: number },
): Promise<number> {
  const at = bench.platform.clock.now();
  return records(bench)
    .transaction()
    .execute(async (trx) => {
      // Whoever counts holds the account's row, so two searches at once get two numbers.
      const { nextHistory } = await trx
        .insertInto('workbenchAccount')
        .values({ account })
        .onConflict((c) =>
          c.column('account').doUpdateSet((e) => ({ nextHistory: e.ref('workbenchAccount.nextHistory') })),
        )
        .returning('nextHistory')
        .executeTakeFirstOrThrow();
      const last = await trx
        .selectFrom('workbenchHistory')
        .select(['no', 'text', 'reading'])
        .where('account', '=', account)
        .orderBy('no', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (last && last.text === search.text && last.reading === search.reading) {
        await trx
          .updateTable('workbenchHistory')
          .set({ total: search.total, at })
          .where('account', '=', account)
          .where('no', '=', last.no)
          .execute();
        return last.no;
      }
      await trx
        .insertInto('workbenchHistory')
        .values({ account, no: nextHistory, ...search, at })
        .execute();
      await trx
        .updateTable('workbenchAccount')
        .set({ nextHistory: nextHistory + 1 })
        .where('account', '=', account)
        .execute();
      return nextHistory;
    });
}

/** A page of the account's history, latest first. */
export async function listHistory(
  bench: Bench,
  by: By,
  { before, contains, limit }: { before?: number | undefined; contains?: string | undefined; limit: number },
) {
  const account = accountOf(by);
  let all = records(bench).selectFrom('workbenchHistory').where('account', '=', account);
  const sought = contains?.trim();
  if (sought) {
    const pattern = `%${sought.replace(/[\\%_]/g, '\\$&')}%`;
    all = all.where((e) => e.or([e('text', 'ilike', pattern), e('reading', 'ilike', pattern)]));
  }
  const { total } = await all.select((e) => e.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  let page = all
    .select(shown)
    .orderBy('no', 'desc')
    .limit(limit + 1);
  if (before !== undefined) page = page.where('no', '<', before);
  const rows = await page.execute();
  const kept = rows.slice(0, limit);
  return {
    total: Number(total),
    entries: kept.map(toJson),
    next: rows.length > limit ? (kept.at(-1)?.no ?? null) : null,
  };
}

async function entryOf(bench: Bench, account: string, no: number): Promise<HistoryEntry> {
  const row = await records(bench)
    .selectFrom('workbenchHistory')
    .select(shown)
    .where('account', '=', account)
    .where('no', '=', no)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', { what: `#${no}` });
  return toJson(row);
}

/** Counts an entry again, as the account may search now. */
export async function rerun(bench: Bench, by: By, no: number) {
  const account = accountOf(by);
  const entry = await entryOf(bench, account, no);
  const total = await bench.corpus.count({ q: entry.reading, dialect: 'zc' }, by.actor, by.lang);
  const at = bench.platform.clock.now();
  await records(bench)
    .updateTable('workbenchHistory')
    .set({ total, at })
    .where('account', '=', account)
    .where('no', '=', no)
    .execute();
  return { entry: { ...entry, total, at: at.toISOString() }, before: entry.total };
}

/** `#1 AND #3` as a search of its own. With `not` the first is kept and the others are taken from it. */
export async function combine(
  bench: Bench,
  by: By,
  { numbers, how }: { numbers: readonly number[]; how: 'and' | 'or' | 'not' },
): Promise<HistoryEntry> {
  const account = accountOf(by);
  const text = [...new Set(numbers)].map((n) => `#${n}`).join(` ${how.toUpperCase()} `);
  const query = { q: text, dialect: 'zc' as const };
  const { reading } = await bench.corpus.check(query, by.actor, by.lang);
  const total = await bench.corpus.count(query, by.actor, by.lang);
  const no = await remember(bench, account, { text, reading, total });
  return entryOf(bench, account, no);
}

/** Deletes entries, or all. */
export async function deleteHistory(
  bench: Bench,
  by: By,
  numbers: readonly number[] | undefined,
): Promise<{ deleted: number }> {
  let query = withWorkbench(bench.platform.records)
    .deleteFrom('workbenchHistory')
    .where('account', '=', accountOf(by));
  if (numbers) {
    if (numbers.length === 0) return { deleted: 0 };
    query = query.where('no', 'in', [...numbers]);
  }
  const done = await query.executeTakeFirst();
  return { deleted: Number(done.numDeletedRows) };
}
