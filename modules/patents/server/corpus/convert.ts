import type { ClickHouseClient } from '@clickhouse/client';
import { lockInTrx } from '#kernel/records';
import type { LegalStatus, PatentType } from '../../contract.ts';
import { kernelTrx, type PatentRecords, type PatentTrx } from '../tables.ts';
import { writeBatch } from './batch.ts';
import { command, select } from './client.ts';
import { dayText, emptyContent, type Locate, type PatentContent } from './content.ts';

/** Records taken over at once. */
const CHUNK = 2000;

interface FormerRow {
  number: string;
  country: string;
  kind: string;
  application_number: string;
  application_key: string;
  type: PatentType;
  granted: number;
  title: string;
  abstract: string;
  claims: string[];
  main_claim_only: number;
  description: string;
  applicants: string[];
  inventors: string[];
  ipc: string[];
  cpc: string[];
  filing_day: number;
  publication_day: number;
  address: string;
  legal_status: LegalStatus;
  legal_status_text: string;
  legal_status_day: number;
  family_id: string;
  citations: string[];
  agency: string;
  agents: string[];
  extra: Record<string, string>;
  demo: number;
  keys: string[];
  import_id: string;
  import_row: number;
}

/**
 * Takes over what lies in the table `patent`, in which records were kept before there were statements: each becomes what its
 * last import said. Broken off, it goes on at the next start; an empty table costs one short question.
 */
export async function takeOverFormer(
  corpus: ClickHouseClient,
  records: PatentRecords,
  nextVersion: (trx: PatentTrx) => Promise<number>,
  locate: Locate,
  now: () => Date,
): Promise<void> {
  const [there] = await select<{ n: string }>(corpus, 'select count() as n from patent');
  if (Number(there?.n ?? 0) === 0) return;
  const imports = await records.selectFrom('patentImport').select('id').execute();
  for (const { id } of imports) {
    let after = '';
    for (;;) {
      const rows = await select<FormerRow>(
        corpus,
        `select * from patent final where import_id = {id:UUID} and number > {after:String} order by number limit ${CHUNK}`,
        { id, after },
      );
      if (rows.length === 0) break;
      await records.transaction().execute(async (trx) => {
        await lockInTrx(kernelTrx(trx), 'patents.corpus');
        const batch = rows.map((row) => ({ row: row.import_row, content: contentOf(row) }));
        const stamp = { importId: id, version: await nextVersion(trx), at: now(), demo: rows[0]!.demo === 1 };
        await writeBatch(corpus, trx, batch, stamp, locate);
      });
      after = rows.at(-1)!.number;
    }
  }
  await command(corpus, 'truncate table patent');
  await command(corpus, 'truncate table patent_history');
}

function contentOf(row: FormerRow): PatentContent {
  const day = (n: number) => dayText(n) ?? '';
  return {
    ...emptyContent(row.number),
    country: row.country,
    kind: row.kind,
    applicationNumber: row.application_number,
    applicationKey: row.application_key,
    type: row.type,
    granted: row.granted === 1,
    lang: /\p{Script=Han}/u.test(row.title) ? 'zh' : '',
    title: row.title,
    abstract: row.abstract,
    claims: row.claims,
    mainClaimOnly: row.main_claim_only === 1,
    description: row.description,
    applicants: row.applicants,
    inventors: row.inventors,
    ipc: row.ipc,
    cpc: row.cpc,
    filingDate: day(row.filing_day),
    publicationDate: day(row.publication_day),
    address: row.address,
    legalStatus: row.legal_status,
    legalStatusText: row.legal_status_text,
    legalStatusDate: day(row.legal_status_day),
    familyId: row.family_id,
    citations: row.citations.map((number) => ({ number, text: '', category: '', origin: '' })),
    agency: row.agency,
    agents: row.agents,
    extra: row.extra,
    keys: row.keys,
  };
}
