import { isPerson } from '#kernel/privacy/persons';
import { formOf, namesForm } from '../../query/form.ts';
import { readSymbol } from '../../query/values.ts';
import { dayNumber, hash64, type Locate, type PatentContent } from './content.ts';

/** Where a written row stands: its ordinal, its version, and the load that last changed it. */
export interface DocumentStamp {
  doc: number;
  version: number;
  importId: string;
  row: number;
  /** `YYYY-MM-DD hh:mm:ss` UTC. */
  at: string;
  demo: boolean;
}

/** What of a record has no column of its own: read for its page and for exports. */
export type Rest = Pick<
  PatentContent,
  | 'titles'
  | 'abstracts'
  | 'mainClaimOnly'
  | 'inventors'
  | 'priorities'
  | 'address'
  | 'province'
  | 'legalStatusText'
  | 'events'
  | 'extendedFamilyId'
  | 'familyMembers'
  | 'citations'
  | 'agents'
  | 'extra'
>;

/** The row of `patent_document` for a record, texts in their search forms. */
export function toDocument(
  content: PatentContent,
  stamp: DocumentStamp,
  locate: Locate,
): Record<string, unknown> {
  const organisations = content.applicants.filter((name) => !isPerson(name));
  const { region, precision } = locate(content.address);
  const rest: Rest = {
    titles: content.titles,
    abstracts: content.abstracts,
    mainClaimOnly: content.mainClaimOnly,
    inventors: content.inventors,
    priorities: content.priorities,
    address: content.address,
    province: content.province,
    legalStatusText: content.legalStatusText,
    events: content.events,
    extendedFamilyId: content.extendedFamilyId,
    familyMembers: content.familyMembers,
    citations: content.citations,
    agents: content.agents,
    extra: content.extra,
  };
  const family = content.familyId || familyOf(content.familyMembers) || content.applicationKey;
  return {
    doc: stamp.doc,
    version: stamp.version,
    number: content.number,
    country: content.country,
    kind: content.kind,
    application_number: content.applicationNumber,
    application_key: content.applicationKey,
    type: content.type,
    granted: content.granted ? 1 : 0,
    lang: content.lang,
    title: content.title,
    abstract: content.abstract,
    applicants: content.applicants,
    ipc: content.ipc,
    cpc: content.cpc,
    filing_day: dayNumber(content.filingDate),
    publication_day: dayNumber(content.publicationDate),
    grant_day: dayNumber(content.grantDate || (content.granted ? content.publicationDate : '')),
    priority_day: dayNumber(earliest(content)),
    region,
    region_precision: precision,
    legal_status: content.legalStatus,
    legal_status_day: dayNumber(content.legalStatusDate),
    agency: content.agency,
    family_id: content.familyId,
    family_key: hash64(family),
    family_size: Math.max(1, content.familyMembers.length),
    claim_count: content.mainClaimOnly ? 0 : content.claims.length,
    citation_count: content.citations.length,
    demo: stamp.demo ? 1 : 0,
    rest: JSON.stringify(rest),
    claims: content.claims,
    description: content.description,
    applicant_ids: organisations.map(applicantId),
    ipc_subclasses: subclasses(content.ipc),
    cpc_subclasses: subclasses(content.cpc),
    keys: documentKeys(content),
    class_keys: [
      ...classKeys('i', content.ipc),
      ...classKeys('m', content.ipc.slice(0, 1)),
      ...classKeys('c', content.cpc),
    ],
    title_form: namesForm([content.title, ...content.titles.map((t) => t.text)]),
    abstract_form: formOf([content.abstract, ...content.abstracts.map((t) => t.text)].join('\n')),
    claims_form: formOf(content.claims.map((claim) => claim.replaceAll('\n', ' ')).join('\n')),
    description_form: formOf(content.description),
    applicant_form: namesForm(content.applicants),
    organisation_form: namesForm(organisations),
    inventor_form: namesForm(content.inventors),
    address_form: formOf(content.address),
    agency_form: namesForm([content.agency]),
    agent_form: namesForm(content.agents),
    province_form: formOf(content.province),
    event_form: content.events
      .map((e) => formOf(`${e.code} ${e.text} ${Object.values(e.detail).join(' ')}`))
      .join('\n'),
    import_id: stamp.importId,
    import_row: stamp.row,
    imported_at: stamp.at,
  };
}

/** Identity of an applicant: the same for spellings that differ in width, case, blanks and punctuation only. */
export function applicantId(name: string): string {
  return hash64(formOf(name).replaceAll(/[,;\n]/g, ''));
}

/** Applicants of a record that are organisations, with their identities. */
export function applicantRows(content: PatentContent): { id: string; name: string }[] {
  return content.applicants
    .filter((name) => !isPerson(name))
    .map((name) => ({ id: applicantId(name), name }));
}

function familyOf(members: readonly string[]): string {
  return members.length > 1 ? [...members].sort()[0]! : '';
}

function earliest(content: PatentContent): string {
  const dates = content.priorities.map((p) => p.date).filter((d) => d !== '');
  return [...dates, content.filingDate].filter((d) => d !== '').sort()[0] ?? '';
}

function subclasses(symbols: readonly string[]): string[] {
  return [...new Set(symbols.filter((s) => /^[A-HY]\d{2}[A-Z]/.test(s)).map((s) => s.slice(0, 4)))];
}

/** All levels of each symbol under a prefix, and the symbols themselves under `prefix=`. */
export function classKeys(prefix: 'i' | 'm' | 'c', symbols: readonly string[]): string[] {
  const keys = new Set<string>();
  for (const text of symbols) {
    const read = readSymbol(text);
    if (!read) continue;
    const { symbol, level } = read;
    if (level === 'locarno') {
      if (prefix !== 'i') continue;
      keys.add(`l:${symbol}`);
      keys.add(`l:${symbol.slice(0, 2)}`);
      continue;
    }
    keys.add(`${prefix}=${symbol}`);
    keys.add(`${prefix}:${symbol}`);
    for (const length of [1, 3, 4])
      if (symbol.length > length) keys.add(`${prefix}:${symbol.slice(0, length)}`);
    if (level === 'group') keys.add(`${prefix}:${symbol.slice(0, symbol.indexOf('/'))}`);
  }
  return [...keys];
}

/** A number as keys compare it: letters and digits only. */
export function plainNumber(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
}

/** A publication number without its kind code. */
export function withoutKind(number: string): string {
  return number.replace(/(?<=\d)[A-Z]\d{0,2}$/, '');
}

function documentKeys(content: PatentContent): string[] {
  const keys = new Set(content.keys);
  for (const { number } of content.priorities) if (number !== '') keys.add(`r:${plainNumber(number)}`);
  if (content.familyId !== '') keys.add(`f:${plainNumber(content.familyId)}`);
  for (const member of content.familyMembers) {
    keys.add(`f:${member}`);
    keys.add(`f:${withoutKind(member)}`);
  }
  for (const { number } of content.citations) {
    if (number === '') continue;
    keys.add(`c:${number}`);
    keys.add(`c:${withoutKind(number)}`);
  }
  return [...keys];
}
