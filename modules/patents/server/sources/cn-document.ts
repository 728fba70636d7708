import type { XmlNode } from '#kernel/xml/node';
import { rootName } from './reader.ts';
import {
  applicationNumber,
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

const ROOT = /^cn-(patent|utility-model|design)(-custom)?-document$/;

/**
 * Publications of the China National Intellectual Property Administration after its own `cn-patent-document` DTD of
 * 2006 (WIPO ST.36 with Chinese parts), one document or many one after
 * the other.
 */
export const cnDocument = xmlSource({
  id: 'cn-patent-document',
  title: {
    zh: '中国专利文献 XML（cn-patent-document）',
    en: 'Chinese patent documents (cn-patent-document XML)',
  },
  detect: (head) => ROOT.test(rootName(head) ?? ''),
  reading: {
    isRecord: (name, depth) => depth === 0 && ROOT.test(name),
    documentIsRecord: true,
    skip: new Set([
      'drawings',
      'cn-abstract-drawing',
      'sequence-list-doc',
      'table-external-doc',
      'doc-page',
      'img',
    ]),
  },
  read: (node) => [read(node)],
});

function read(root: XmlNode): RecordWriter {
  const record = new RecordWriter();
  const biblio = root.first('cn-bibliographic-data') ?? root;
  const body = root.first('application-body') ?? root;
  readBiblio(biblio, record);
  for (const title of biblio.all('invention-title'))
    record.title(title.attribute('lang') || 'zh', title.text);
  for (const abstract of [...biblio.all('abstract'), ...body.all('abstract')])
    record.abstract(abstract.attribute('lang') || 'zh', paragraphs(abstract));
  const description = body.first('description');
  record.value('description', 'description', paragraphs(description));
  readClaims(body.first('claims'), record);
  readIpc(biblio, record);
  readParties(biblio, record);
  for (const node of biblio.list('references-cited', 'citation')) record.citation(readCitation(node));
  readRelated(biblio, record);
  return record;
}

function readBiblio(biblio: XmlNode, record: RecordWriter): void {
  const reference = biblio.first('cn-publication-reference') ?? biblio.first('publication-reference');
  const publication = documentId(reference?.first('document-id'));
  const gazette = reference?.first('gazette-reference');
  record.value(
    'publicationNumber',
    'cn-publication-reference',
    wholeNumber({ ...publication, country: publication.country || 'CN' }),
  );
  record.value(
    'publicationDate',
    'cn-publication-reference/date',
    publication.date || (gazette?.at('date') ?? ''),
  );
  record.extra('公报期号', gazette?.at('gazette-num') ?? '');
  record.extra('公报日期', gazette?.at('date') ?? '');
  const application = biblio.first('application-reference');
  const applied = documentId(application?.first('document-id'));
  record.value(
    'applicationNumber',
    'application-reference',
    applicationNumber({ ...applied, country: applied.country || 'CN' }),
  );
  record.value('filingDate', 'application-reference/date', applied.date);
  const type = application?.attribute('appl-type') ?? '';
  if (/^(10|发明|invention)$/i.test(type)) record.value('type', 'appl-type', '发明');
  else if (/^(20|实用新型|utility[ -]?model)$/i.test(type)) record.value('type', 'appl-type', '实用新型');
  else if (/^(30|外观设计|design)$/i.test(type)) record.value('type', 'appl-type', '外观设计');
  else record.extra('申请类型', type);
  for (const [name, label] of [
    ['pct-or-regional-filing-data', '国际申请'],
    ['pct-or-regional-publishing-data', '国际公布'],
  ] as const) {
    const id = documentId(biblio.first(name, 'document-id'));
    record.extra(label, [wholeNumber(id), id.date].filter((t) => t !== '').join(' '));
  }
  record.extra('进入国家日期', biblio.at('date-pct-article-22-39-fulfilled', 'date'));
}

function readParties(biblio: XmlNode, record: RecordWriter): void {
  const parties = biblio.first('cn-parties') ?? biblio.first('parties');
  const applicants = parties?.list('cn-applicants', 'cn-applicant') ?? [];
  const assignees = biblio.list('assignees', 'assignee');
  // A granted patent names its owner, which may have changed since the application.
  const named = assignees.length > 0 ? assignees : applicants;
  for (const node of named)
    record.item('applicants', assignees.length > 0 ? 'assignee' : 'cn-applicant', partyName(node));
  if (assignees.length > 0) for (const node of applicants) record.extra('申请人', partyName(node));
  record.value('address', 'address', named.map(partyAddress).find((text) => text !== '') ?? '');
  for (const node of parties?.list('cn-inventors', 'cn-inventor') ?? [])
    record.item('inventors', 'cn-inventor', partyName(node));
  for (const node of parties?.list('cn-agents', 'cn-agent') ?? []) {
    const agency = node.first('cn-agency');
    if (agency) record.value('agency', 'cn-agency', partyName(agency));
    record.item('agents', 'cn-agent', partyName(node));
  }
  const post = parties?.first('correspondence-address');
  if (post) record.extra('通讯地址', post.list('addressbook').map(partyAddress)[0] || post.text);
}

function readRelated(biblio: XmlNode, record: RecordWriter): void {
  for (const claim of biblio.list('priority-claims', 'priority-claim')) {
    const id = documentId(claim);
    record.priority({ number: id.number, country: id.country, date: id.date });
  }
  const related = biblio.first('cn-related-documents');
  const parent = (node: XmlNode | null | undefined) =>
    documentId(node?.first('relation', 'parent-doc', 'document-id'));
  const divided = parent(related?.first('division'));
  record.extra('分案原申请号', applicationNumber(divided));
  for (const claim of related?.list(
    'cn-domestic-priority-claims',
    'cn-domestic-priority-claim',
    'substitution',
  ) ?? []) {
    const id = parent(claim);
    record.priority({ number: id.number, country: id.country || 'CN', date: id.date });
  }
  for (const node of biblio.list('cn-related-publication', 'cn-publication-reference'))
    record.extra('同一申请的已公布文献', wholeNumber(documentId(node.first('document-id'))));
}
