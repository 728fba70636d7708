import type { XmlNode } from '#kernel/xml/node';
import { readLegal } from './exchange-legal.ts';
import { rootName } from './reader.ts';
import {
  applicationNumber,
  classSymbol,
  type DocumentId,
  documentId,
  packedSymbol,
  paragraphs,
  readCitation,
  readIpc,
  wholeNumber,
} from './st36.ts';
import { RecordWriter } from './writer.ts';
import { xmlSource } from './xml-source.ts';

/** Elements that speak of records, wherever they stand in an answer. */
const RECORDS = new Set(['exchange-document', 'patent-family', 'fulltext-document', 'search-result']);

/**
 * The exchange documents of the European Patent Office: bulk files of DOCDB and answers of Open Patent Services.
 * Bibliographic data and abstracts give whole records; families with INPADOC events, full texts and lists of hits add to
 * records that are known by their numbers.
 */
export const exchange = xmlSource({
  id: 'epo-exchange',
  title: { zh: '欧洲专利局 OPS、DOCDB 交换文件', en: 'EPO exchange documents (OPS, DOCDB)' },
  detect: (head) => {
    const root = rootName(head) ?? '';
    return root === 'world-patent-data' || root === 'exchange-documents' || root === 'exchange-document';
  },
  reading: {
    isRecord: (name) => RECORDS.has(name),
    skip: new Set(['document-instance']),
  },
  several: true,
  read: (node) => {
    if (node.name === 'exchange-document') return [readDocument(node)];
    if (node.name === 'fulltext-document') return [readFullText(node)];
    if (node.name === 'patent-family') return readFamily(node);
    return readHits(node);
  },
});

/**
 * The number of a reference out of its spellings. The EPO's own (`docdb`) has country, number and kind apart; the format
 * stands on the reference in bulk files and on the number in answers.
 */
function pick(references: readonly XmlNode[]): DocumentId {
  const ids = references.flatMap((reference) =>
    reference.all('document-id').map((node) => ({
      node,
      format: node.attribute('document-id-type') || reference.attribute('data-format'),
    })),
  );
  const of = (format: string) => ids.find((id) => id.format === format)?.node;
  const chosen = of('docdb') ?? of('') ?? of('epodoc') ?? of('original') ?? ids[0]?.node;
  const id = documentId(chosen);
  const date = id.date || ids.map(({ node }) => node.at('date')).find((text) => text !== '') || '';
  return { ...id, date };
}

function readNumbers(biblio: XmlNode, record: RecordWriter): DocumentId {
  const publication = pick(biblio.all('publication-reference'));
  record.value('publicationNumber', 'publication-reference', wholeNumber(publication));
  record.value('publicationDate', 'publication-reference/date', publication.date);
  record.value('country', 'publication-reference/country', publication.country);
  const application = pick(biblio.all('application-reference'));
  record.value('applicationNumber', 'application-reference', applicationNumber(application));
  record.value('filingDate', 'application-reference/date', application.date);
  const original = biblio
    .list('application-reference', 'document-id')
    .find((node) => node.attribute('document-id-type') === 'original');
  record.extra('Application number (original)', original?.at('doc-number') ?? '');
  return publication;
}

/** A priority claim in its spellings counts once. */
function readPriorities(claims: readonly XmlNode[], record: RecordWriter): void {
  const bySequence = new Map<string, XmlNode[]>();
  for (const [i, claim] of claims.entries()) {
    const key = claim.attribute('sequence') || `#${i}`;
    bySequence.set(key, [...(bySequence.get(key) ?? []), claim]);
  }
  for (const spellings of bySequence.values()) {
    const id = pick(spellings);
    const own = spellings[0]!.at('doc-number') === '' ? id : documentId(spellings[0]);
    const country = (own.country || /^[A-Z]{2}(?=\d|[A-Z]*\d)/.exec(own.number)?.[0]) ?? '';
    const number = own.country === '' ? own.number : applicationNumber(own);
    record.priority({ number, country, date: own.date });
  }
}

function readDocument(root: XmlNode): RecordWriter {
  const record = new RecordWriter();
  const biblio = root.first('bibliographic-data');
  if (biblio) readNumbers(biblio, record);
  if (!record.has('publicationNumber')) {
    const [country, number, kind] = ['country', 'doc-number', 'kind'].map((name) => root.attribute(name)) as [
      string,
      string,
      string,
    ];
    record.value(
      'publicationNumber',
      'exchange-document',
      wholeNumber({ country, number, kind, date: '', name: '' }),
    );
    record.value('country', 'exchange-document/country', country);
  }
  if (!record.has('publicationDate'))
    record.value('publicationDate', 'exchange-document/date-publ', root.attribute('date-publ'));
  readFamilyId(root.attribute('family-id'), record);
  for (const title of biblio?.all('invention-title') ?? []) record.title(title.attribute('lang'), title.text);
  for (const abstract of root.all('abstract'))
    record.abstract(abstract.attribute('lang'), paragraphs(abstract));
  if (biblio) {
    readIpc(biblio, record);
    readCpc(biblio, record);
    readPriorities(biblio.list('priority-claims', 'priority-claim'), record);
    readParties(biblio, record);
    for (const citation of biblio.list('references-cited', 'citation'))
      record.citation(readCitation(citation));
  }
  for (const node of root.list('patent-family', 'family-member'))
    record.member(wholeNumber(pick(node.all('publication-reference'))));
  const status = root.attribute('status');
  // Of a document that was not found the answer holds its number alone; an abstract alone adds to the record.
  if (!record.has('title')) record.value('title', 'invention-title', '');
  record.partial = !biblio?.first('invention-title');
  if (status === 'not found' || status === 'D')
    record.fault('exchange-document/status', status, {
      zh: status === 'D' ? '数据提供方已删除这一条' : '数据提供方没有这一条',
      en: status === 'D' ? 'The provider has deleted this record' : 'The provider does not have this record',
    });
  return record;
}

function readFamilyId(id: string, record: RecordWriter): void {
  // The EPO writes -1 where there is no family yet.
  if (!/^[1-9]\d*$/.test(id)) return;
  record.value('familyId', 'family-id', id);
  record.family(id);
}

function readCpc(biblio: XmlNode, record: RecordWriter): void {
  for (const node of biblio.list('patent-classifications', 'patent-classification')) {
    const scheme = node.first('classification-scheme')?.attribute('scheme') ?? '';
    const symbol = node.at('classification-symbol');
    const text = symbol === '' ? classSymbol(node) : packedSymbol(symbol);
    if (/^CPC/.test(scheme) || scheme === '') record.item('cpc', 'patent-classification', text);
    else record.extra(`${scheme} classification`, text);
  }
  const national = biblio.first('classification-national');
  for (const node of national?.all() ?? [])
    if (/^(text|main-classification|further-classification)$/.test(node.name))
      record.extra('National classification', node.text);
}

/**
 * Persons and firms: the harmonised spelling of the EPO (`docdb`, `docdba`, `epodoc`), which is what groups the names of
 * one firm, else the original. The country behind the name in brackets is an address, not a part of the name.
 */
function readParties(biblio: XmlNode, record: RecordWriter): void {
  const parties = biblio.first('parties');
  let country = '';
  for (const [group, one, field] of [
    ['applicants', 'applicant', 'applicants'],
    ['inventors', 'inventor', 'inventors'],
  ] as const) {
    const nodes = parties?.list(group, one) ?? [];
    const of = (format: RegExp) => nodes.filter((node) => format.test(node.attribute('data-format')));
    const chosen =
      [of(/^epodoc$/), of(/^docdb$/), of(/^docdba$/), of(/^original$/), nodes].find(
        (list) => list.length > 0,
      ) ?? [];
    for (const node of chosen) {
      const said =
        node.at(`${one}-name`, 'name') || node.at('addressbook', 'name') || node.at('addressbook', 'orgname');
      const m = /^(.*?)\s*[[(]([A-Z]{2})[\])]\s*$/.exec(said);
      record.item(field, one, (m?.[1] ?? said).replace(/,\s*$/, ''));
      if (field === 'applicants') country ||= m?.[2] ?? node.at('residence', 'country');
    }
    const original = of(/^original$/).map((node) => node.at(`${one}-name`, 'name').replace(/,\s*$/, ''));
    if (chosen.length > 0 && !chosen.some((node) => node.attribute('data-format') === 'original'))
      record.extra(
        one === 'applicant' ? 'Applicants (original)' : 'Inventors (original)',
        original.filter((name) => name !== '').join('; '),
      );
  }
  record.extra('Applicant country', country);
  const address = parties
    ?.list('applicants', 'applicant')
    .map((node) => paragraphs(node.first('addressbook', 'address')));
  record.value('address', 'address', address?.find((text) => text !== '')?.replaceAll('\n', ', ') ?? '');
  for (const node of parties?.list('agents', 'agent') ?? [])
    record.item('agents', 'agent', node.at('addressbook', 'name') || node.at('agent-name', 'name'));
}

/** Claims or description of a record. Where the office has the claims in one text they are cut at their numbers. */
function readFullText(root: XmlNode): RecordWriter {
  const record = new RecordWriter();
  record.partial = true;
  const biblio = root.first('bibliographic-data');
  if (biblio) readNumbers(biblio, record);
  const best = (nodes: XmlNode[]) => {
    const of = (lang: string) => nodes.find((node) => node.attribute('lang').toLowerCase() === lang);
    return of('zh') ?? of('en') ?? nodes[0] ?? null;
  };
  const claims = best(root.all('claims'));
  const texts = claims?.list('claim', 'claim-text') ?? [];
  if (texts.length > 1) for (const text of texts) record.item('claims', 'claim-text', paragraphs(text));
  else if (texts[0])
    record.value('claims', 'claims', texts[0].textLines.replace(/^(claims|what is claimed is:?)\s*\n/i, ''));
  record.value('description', 'description', paragraphs(best(root.all('description'))));
  return record;
}

/** The members of a family, each with what is said of it; all name the whole family. */
function readFamily(root: XmlNode): RecordWriter[] {
  const members = root.all('family-member');
  const numbers = members.map((node) => wholeNumber(pick(node.all('publication-reference'))));
  return members.map((node) => {
    const record = new RecordWriter();
    record.partial = true;
    readNumbers(node, record);
    readFamilyId(node.attribute('family-id'), record);
    for (const number of numbers) record.member(number);
    readPriorities(node.all('priority-claim'), record);
    for (const event of node.all('legal')) record.event(readLegal(event));
    const inside = node.first('exchange-document');
    for (const title of inside?.list('bibliographic-data', 'invention-title') ?? [])
      record.title(title.attribute('lang'), title.text);
    return record;
  });
}

/** A page of hits: numbers, families, and whole records where they were asked for. */
function readHits(root: XmlNode): RecordWriter[] {
  const documents = root.deep('exchange-document').map(readDocument);
  const references = root.all('publication-reference').map((node) => {
    const record = new RecordWriter();
    record.partial = true;
    const id = pick([node]);
    record.value('publicationNumber', 'publication-reference', wholeNumber(id));
    record.value('publicationDate', 'publication-reference/date', id.date);
    record.value('country', 'publication-reference/country', id.country);
    readFamilyId(node.attribute('family-id'), record);
    return record;
  });
  return [...references, ...documents];
}
