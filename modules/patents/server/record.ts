import type { ClickHouseClient } from '@clickhouse/client';
import { audit } from '#kernel/audit/audit';
import { AppError } from '#kernel/errors';
import type { Platform } from '#kernel/module';
import { PATENTS_PERSONAL, type PatentRecord } from '../contract.ts';
import { dayText, STORED_COLUMNS, type StoredRow } from './content.ts';
import { select } from './corpus.ts';
import type { By } from './imports.ts';
import { candidateKeys, readApplication, readPublication } from './numbers.ts';
import { isPerson, maskAddress, maskApplicants, maskName } from './persons.ts';
import { printedClass } from './search.ts';
import { kernelTrx, withPatents } from './tables.ts';

const MOST_RELATED = 50;

/**
 * One publication by any spelling of its number; an application number gives its latest grant, else its latest
 * publication. Natural persons are masked unless the reader may see them, and then the opening is logged.
 */
export async function readRecord(platform: Platform, by: By, text: string): Promise<PatentRecord> {
  const { corpus } = platform.stores;
  const row = await findRow(corpus, text);
  if (!row) throw new AppError('not_found', { what: `专利 ${text.slice(0, 60)} (patent)` });
  const [known, related, provenance] = await Promise.all([
    knownNumbers(corpus, row.citations),
    findRelated(corpus, row),
    readProvenance(platform, row),
  ]);
  const open = platform.policy.can(by.actor, PATENTS_PERSONAL);
  const personal = row.inventors.length > 0 || row.agents.length > 0 || row.applicants.some(isPerson);
  if (open && personal) await logOpening(platform, by, row.number);
  const mask = !open;
  return {
    number: row.number,
    country: row.country,
    kind: row.kind,
    applicationNumber: row.application_number,
    type: row.type,
    granted: row.granted === 1,
    title: row.title,
    abstract: row.abstract,
    claims: row.claims,
    mainClaimOnly: row.main_claim_only === 1,
    description: row.description,
    applicants: mask ? maskApplicants(row.applicants) : row.applicants,
    inventors: mask ? row.inventors.map(maskName) : row.inventors,
    ipc: row.ipc.map(printedClass),
    cpc: row.cpc.map(printedClass),
    filingDate: dayText(row.filing_day),
    publicationDate: dayText(row.publication_day),
    address:
      mask && row.applicants[0] !== undefined && isPerson(row.applicants[0])
        ? maskAddress(row.address)
        : row.address,
    region: row.region === '' ? null : row.region,
    regionPrecision: row.region_precision,
    legalStatus: row.legal_status,
    legalStatusText: row.legal_status_text,
    legalStatusDate: dayText(row.legal_status_day),
    familyId: row.family_id,
    citations: row.citations.map((number) => ({ number, known: known.has(number) })),
    related,
    agency: row.agency,
    agents: mask ? row.agents.map(maskName) : row.agents,
    // Columns of a source may hold names of examiners and contacts under any head.
    extra: mask ? {} : row.extra,
    demo: row.demo === 1,
    masked: mask,
    provenance,
  };
}

async function findRow(corpus: ClickHouseClient, text: string): Promise<StoredRow | undefined> {
  const keys = new Set(candidateKeys(text));
  // As the number of a record it may have any form that an import takes.
  const publication = readPublication(text);
  if (publication.ok) keys.add(`p:${publication.value.number}`);
  const application = readApplication(text);
  if (application.ok) keys.add(`a:${application.value.key}`);
  if (keys.size === 0) return undefined;
  const rows = await select<StoredRow>(
    corpus,
    `select ${STORED_COLUMNS} from patent final
      where hasAny(keys, {keys:Array(String)})
      order by number = {number:String} desc, granted desc, publication_day desc, number desc limit 1`,
    { keys: [...keys], number: publication.ok ? publication.value.number : '' },
  );
  return rows[0];
}

async function knownNumbers(corpus: ClickHouseClient, numbers: readonly string[]): Promise<Set<string>> {
  if (numbers.length === 0) return new Set();
  const rows = await select<{ number: string }>(
    corpus,
    'select distinct number from patent where number in ({numbers:Array(String)})',
    { numbers },
  );
  return new Set(rows.map((row) => row.number));
}

async function findRelated(corpus: ClickHouseClient, row: StoredRow): Promise<PatentRecord['related']> {
  if (row.application_number === '' && row.family_id === '') return [];
  const rows = await select<{ number: string; publication_day: number; title: string }>(
    corpus,
    `select number, publication_day, title from patent final
      where number != {number:String}
        and (({key:String} != '' and hasAny(keys, [{key:String}])) or ({family:String} != '' and family_id = {family:String}))
      order by publication_day, number limit ${MOST_RELATED}`,
    {
      number: row.number,
      key: row.application_number === '' ? '' : `a:${row.application_key}`,
      family: row.family_id,
    },
  );
  return rows.map((r) => ({ number: r.number, publicationDate: dayText(r.publication_day), title: r.title }));
}

async function readProvenance(platform: Platform, row: StoredRow): Promise<PatentRecord['provenance']> {
  const source = await withPatents(platform.records)
    .selectFrom('patentImport')
    .select(['fileName', 'createdByRole'])
    .where('id', '=', row.import_id)
    .executeTakeFirst();
  return {
    importId: row.import_id,
    file: source?.fileName ?? '',
    row: row.import_row,
    at: `${row.imported_at.replace(' ', 'T')}Z`,
    byRole: source?.createdByRole ?? '',
  };
}

async function logOpening(platform: Platform, by: By, number: string): Promise<void> {
  await withPatents(platform.records)
    .transaction()
    .execute((trx) =>
      audit(kernelTrx(trx), platform.clock.now(), {
        ...by,
        action: 'patents.personal.open',
        objectType: 'patent',
        objectId: number,
      }),
    );
}
