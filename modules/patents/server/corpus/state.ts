import type { ClickHouseClient } from '@clickhouse/client';
import type { PatentRecords, PatentTrx } from '../tables.ts';
import { command } from './client.ts';

/** What readers of the corpus see: every version up to `published`, less the rows that were replaced. */
export interface CorpusState {
  published: number;
  /** Rows in `patent_dead`; 0 means they need not be looked at. */
  dead: number;
  /** Records that readers see. */
  documents: number;
  /** Another one whenever names of applicants are taken together or apart; null while none are. */
  applicants: string | null;
}

/** The state as it is now. One short question to the records; a search asks once and uses it throughout. */
export async function corpusState(records: PatentRecords | PatentTrx): Promise<CorpusState> {
  const row = await records
    .selectFrom('patentCorpus')
    .select(['published', 'dead', 'documents', 'applicants'])
    .executeTakeFirst();
  return row ?? { published: 0, dead: 0, documents: 0, applicants: null };
}

/** The condition that keeps a query of `patent_document` to what readers see. No user text in it. */
export function live({ published, dead }: CorpusState): string {
  const shown = `version <= ${Math.trunc(published)}`;
  return dead === 0
    ? shown
    : `${shown} and doc not in (select doc from patent_dead where version <= ${Math.trunc(published)})`;
}

/**
 * Removes what a process wrote to the corpus and did not live to publish. The caller holds the lock of the corpus, so
 * nobody is writing.
 */
export async function removeUnpublished(corpus: ClickHouseClient, state: CorpusState): Promise<void> {
  const { published } = state;
  for (const table of ['patent_document', 'patent_statement', 'patent_dead'])
    await command(corpus, `delete from ${table} where version > ${Math.trunc(published)}`);
}

/** Whether rows above the published version lie about. */
export const UNPUBLISHED = `select
    (select count() from patent_document where version > {published:UInt32}) +
    (select count() from patent_statement where version > {published:UInt32}) +
    (select count() from patent_dead where version > {published:UInt32}) as rows`;
