import type { XmlNode } from '#kernel/xml/node';
import { rootName } from './reader.ts';
import {
  applicationNumber,
  classSymbol,
  documentId,
  paragraphs,
  partyAddress,
  partyName,
  readCitation,
  readClaims,
  readIpc,
  wholeNumber,
} from './st36.ts';
import { RecordWriter } from './writer.ts';
import { xmlSource } from './xml-source.ts';

const ROOTS = new Set(['us-patent-grant', 'us-patent-application']);

/**
 * Grants and applications of the US Patent and Trademark Office since 2004 ("red book", WIPO ST.36). The weekly files
 * are many documents one after the other, each with a declaration and a DOCTYPE of its own.
 */
export const uspto = xmlSource({
  id: 'uspto-redbook',
  title: { zh: '美国专利商标局公报 XML', en: 'USPTO red book XML' },
  detect: (head) => ROOTS.has(rootName(head) ?? ''),
  reading: {
    isRecord: (name, depth) => depth === 0 && ROOTS.has(name),
    documentIsRecord: true,
    skip: new Set([
      'drawings',
      'us-sequence-list-doc',
      'sequence-list',
      'us-chemistry',
      'us-megatable-doc',
      'table-external-doc',
    ]),
  },
  read: (node) => [read(node)],
});

function read(root: XmlNode): RecordWriter {
  const record = new RecordWriter();
  const biblio =
    root.first('us-bibliographic-data-grant') ?? root.first('us-bibliographic-data-application') ?? root;
  readNumbers(biblio, record);
  record.title(root.attribute('lang') || 'en', biblio.at('invention-title'));
  for (const abstract of root.all('abstract'))
    record.abstract(abstract.attribute('lang') || root.attribute('lang') || 'en', paragraphs(abstract));
  record.value('description', 'description', paragraphs(root.first('description')));
  readClaims(root.first('claims'), record);
  readIpc(biblio, record);
  for (const path of [['main-cpc'], ['further-cpc']])
    for (const node of biblio.list('classifications-cpc', ...path, 'classification-cpc'))
      record.item('cpc', 'classification-cpc', classSymbol(node));
  for (const set of biblio.deep('classification-cpc-text').slice(0, 200))
    record.extra('Field of search (CPC)', set.text);
  const national = biblio.first('classification-national');
  for (const node of national?.all() ?? [])
    if (node.name.endsWith('-classification')) record.extra('US classification', node.text);
  readParties(biblio, record);
  for (const references of [biblio.first('us-references-cited'), biblio.first('references-cited')])
    for (const node of references?.all() ?? [])
      if (node.name.endsWith('citation')) record.citation(readCitation(node));
  readRelated(biblio, record);
  return record;
}

function readNumbers(biblio: XmlNode, record: RecordWriter): void {
  const publication = documentId(biblio.first('publication-reference', 'document-id'));
  record.value('publicationNumber', 'publication-reference', wholeNumber(publication));
  record.value('publicationDate', 'publication-reference/date', publication.date);
  record.value('country', 'publication-reference/country', publication.country);
  const application = biblio.first('application-reference');
  const applied = documentId(application?.first('document-id'));
  record.value('applicationNumber', 'application-reference', applicationNumber(applied));
  record.value('filingDate', 'application-reference/date', applied.date);
  const type = application?.attribute('appl-type') ?? '';
  // What the Americans call a utility patent is an invention.
  if (type === 'design') record.value('type', 'appl-type', 'design');
  else if (/^(utility|plant|reissue)$/.test(type)) record.value('type', 'appl-type', 'invention');
  record.extra('Application type', type);
  record.extra('Number of claims', biblio.at('number-of-claims'));
  record.extra('Term extension (days)', biblio.at('us-term-of-grant', 'us-term-extension'));
  for (const [name, label] of [
    ['pct-or-regional-filing-data', 'PCT application'],
    ['pct-or-regional-publishing-data', 'PCT publication'],
  ] as const) {
    const id = documentId(biblio.first(name, 'document-id'));
    record.extra(label, [wholeNumber(id), id.date].filter((t) => t !== '').join(' '));
  }
  for (const kind of ['primary-examiner', 'assistant-examiner'])
    for (const node of biblio.list('examiners', kind))
      record.extra(kind === 'primary-examiner' ? 'Primary examiner' : 'Assistant examiner', partyName(node));
}

/**
 * Until 2012 the applicants are the inventors and the owner is the assignee; since then the owner applies. An applicant
 * who is an inventor too counts as applicant only where nobody else is named.
 */
function readParties(biblio: XmlNode, record: RecordWriter): void {
  const parties = biblio.first('us-parties') ?? biblio.first('parties');
  const applicants = [
    ...(parties?.list('us-applicants', 'us-applicant') ?? []),
    ...(parties?.list('applicants', 'applicant') ?? []),
  ];
  const inventing = applicants.filter((node) => /inventor/.test(node.attribute('app-type')));
  const assignees = biblio.list('assignees', 'assignee');
  const inventors = [...(parties?.list('inventors', 'inventor') ?? []), ...inventing];
  for (const name of new Set(inventors.map(partyName))) record.item('inventors', 'inventor', name);
  const others = applicants.filter((node) => !inventing.includes(node));
  const persons = new Set(inventors.map(partyName));
  const owners =
    others.some((node) => !persons.has(partyName(node))) || assignees.length === 0 ? others : assignees;
  const named = owners.length > 0 ? owners : inventing;
  for (const node of named)
    record.item('applicants', named === assignees ? 'assignee' : 'applicant', partyName(node));
  const address = named.map(partyAddress).find((text) => text !== '') ?? '';
  record.value('address', 'address', address);
  if (named !== assignees) for (const node of assignees) record.extra('Assignee', partyName(node));
  const agents = parties?.list('agents', 'agent') ?? [];
  for (const node of agents) {
    const book = node.first('addressbook');
    if (book?.first('orgname')) record.value('agency', 'agent/orgname', book.at('orgname'));
    else record.item('agents', 'agent', partyName(node));
  }
  record.extra('Correspondence address', parties?.first('correspondence-address')?.text ?? '');
}

const RELATIONS: Record<string, string> = {
  division: 'Division of',
  continuation: 'Continuation of',
  'continuation-in-part': 'Continuation in part of',
  'continuing-reissue': 'Continuing reissue of',
  reissue: 'Reissue of',
  reexamination: 'Reexamination of',
  substitution: 'Substitution of',
  'utility-model-basis': 'Based on utility model',
  addition: 'Addition to',
  correction: 'Correction of',
};

function readRelated(biblio: XmlNode, record: RecordWriter): void {
  for (const claim of biblio.list('priority-claims', 'priority-claim')) {
    const id = documentId(claim);
    record.priority({ number: id.number, country: id.country, date: id.date });
  }
  const related = biblio.first('us-related-documents');
  for (const node of related?.all() ?? []) {
    if (node.name === 'us-provisional-application') {
      const id = documentId(node.first('document-id'));
      record.priority({ number: id.number, country: id.country, date: id.date });
    } else if (node.name === 'related-publication') {
      const id = documentId(node.first('document-id'));
      record.extra('Earlier publication', [wholeNumber(id), id.date].join(' '));
    } else {
      const label = Object.hasOwn(RELATIONS, node.name) ? RELATIONS[node.name] : undefined;
      for (const relation of label === undefined ? [] : node.all('relation')) {
        const id = documentId(relation.first('parent-doc', 'document-id'));
        record.extra(label!, [applicationNumber(id), id.date].filter((t) => t !== '').join(' '));
      }
    }
  }
  for (const node of biblio.list('us-field-of-classification-search', 'classification-national'))
    record.extra('Field of search (US)', node.at('main-classification').replace(/^None$/, ''));
}
