import type { XmlNode } from '#kernel/xml/node';
import { readOperations } from './cnipa-operations.ts';
import { exchangeId, exchangeText, legalEvent, pickId } from './cnipa-parts.ts';
import { rootName } from './reader.ts';
import { citationOrigin, wholeNumber } from './st36.ts';
import { RecordWriter } from './writer.ts';
import { xmlSource } from './xml-source.ts';

const RECORDS = new Set([
  'PatentDocument',
  'LegalDocument',
  'OperationalDocuments',
  'PatentFamily',
  'CitingAndCited',
]);

/**
 * The data-exchange XML of the publishing house of the Chinese office (`Documents`, producer `ipph`): publications with
 * full text, and beside them legal status, transfers, pledges, licences, families and citations of records that are
 * known by their numbers.
 */
export const cnipaExchange = xmlSource({
  id: 'cnipa-exchange',
  title: { zh: '中国专利数据交换 XML（Documents）', en: 'Chinese data-exchange XML (Documents)' },
  detect: (head) => {
    if (rootName(head) !== 'Documents') return false;
    const text = head.toString('latin1').replaceAll('\0', '');
    return /producer="ipph"|<(PatentDocument|LegalDocument|OperationalDocuments|PatentFamily|CitingAndCited)[\s>]/.test(
      text,
    );
  },
  reading: {
    isRecord: (name, depth) => depth === 1 && RECORDS.has(name),
    skip: new Set([
      'Drawings',
      'AbstractFigure',
      'DesignPicture',
      'SequenceLists',
      'Image',
      'DocPage',
      'Extension',
    ]),
  },
  read: (node) => [read(node)],
});

function read(node: XmlNode): RecordWriter {
  const record = new RecordWriter();
  if (node.name === 'PatentDocument') readDocument(node, record);
  else {
    record.partial = true;
    readIds(node, record);
    for (const legal of node.all('Legal')) record.event(legalEvent(legal));
    if (node.name === 'OperationalDocuments') readOperations(node, record);
    readFamilies(node, record);
    for (const citation of node.deep('Citation'))
      if (node.name === 'CitingAndCited') readCitation(citation, record);
  }
  return record;
}

/** Numbers and dates. The original spelling counts; the office's own fifteen digits are kept beside it. */
function readIds(biblio: XmlNode, record: RecordWriter): void {
  const publication = pickId(biblio.all('PublicationInfo'));
  record.value('publicationNumber', 'PublicationInfo', publication.original);
  record.value('publicationDate', 'PublicationInfo/Date', publication.date);
  record.value('country', 'PublicationInfo/Country', publication.country);
  record.extra('标准化公开号', publication.standard);
  const application = pickId(biblio.all('ApplicationInfo'), false);
  record.value('applicationNumber', 'ApplicationInfo', application.original);
  record.value('filingDate', 'ApplicationInfo/Date', application.date);
  record.extra('标准化申请号', application.standard);
}

const STATUS = new Map(
  Object.entries({
    10: '有权',
    20: '无权',
    21: '无权（按保护期限判断已届满）',
    22: '在审过期（按保护期限判断失效）',
    30: '在审',
  }),
);

function readDocument(root: XmlNode, record: RecordWriter): void {
  const biblio = root.first('BibliographicData') ?? root;
  readIds(biblio, record);
  for (const title of biblio.all('Title')) record.title(title.attribute('lang'), title.text);
  for (const abstract of root.all('Abstract'))
    record.abstract(abstract.attribute('lang'), exchangeText(abstract));
  for (const claims of root.all('Claims').slice(0, 1)) readClaims(claims, record);
  const description = root.first('Description');
  record.value('description', 'Description', exchangeText(description));
  if (!description)
    record.value('description', 'DesignBriefExplanation', exchangeText(root.first('DesignBriefExplanation')));
  readClasses(biblio, record);
  readParties(biblio, record);
  readDates(biblio, record);
  readRelated(biblio, record);
  for (const citation of biblio.list('ReferencesCited', 'Citation')) readCitation(citation, record);
  for (const legal of biblio.list('CurrentLegal', 'Legal')) record.event(legalEvent(legal));
  const status = biblio.at('CurrentLegalStatus');
  record.value('legalStatus', 'CurrentLegalStatus', STATUS.get(status) ?? status);
  readFamilies(biblio, record);
  for (const words of root.all('Keywords'))
    if (words.attribute('technicalField') !== 'description')
      record.extra(
        '关键词',
        words
          .all('Keyword')
          .map((w) => w.text)
          .slice(0, 50)
          .join('; '),
      );
}

function readClaims(claims: XmlNode, record: RecordWriter): void {
  for (const claim of claims.all('Claim')) {
    const text = exchangeText(claim);
    const number = claim.attribute('number').replace(/^0+(?=\d)/, '');
    record.item(
      'claims',
      'Claim',
      number === '' || /^\d+\s*[.．、]/.test(text) ? text : `${number}. ${text}`,
    );
  }
  if (!record.has('claims'))
    record.value(
      'claims',
      'Claims',
      claims
        .all('Paragraph')
        .map((p) => p.text)
        .join('\n'),
    );
}

function symbol(node: XmlNode): string {
  const text = node.at('Text') || node.at('ClassificationSymbol');
  if (text !== '') return text;
  const part = (name: string) => node.at(name);
  if (part('Section') === '') return node.text;
  const group = part('MainGroup') === '' ? '' : `${part('MainGroup')}/${part('SubGroup') || '00'}`;
  return `${part('Section')}${part('MainClass')}${part('SubClass')}${group}`;
}

function readClasses(biblio: XmlNode, record: RecordWriter): void {
  const reformed = biblio.list('ClassificationsIPCR', 'ClassificationIPCR');
  const first = reformed.find((node) => node.at('SymbolPosition') === 'F') ?? reformed[0];
  const seen = new Set<string>();
  for (const node of reformed) {
    const text = symbol(node);
    if (!seen.has(text)) record.item(node === first ? 'ipcMain' : 'ipc', 'ClassificationIPCR', text);
    seen.add(text);
  }
  for (const path of ['ClassificationIPC', 'ClassificationsLocarno'])
    for (const node of biblio.all(path)) {
      const main = record.has('ipcMain') ? 'ipc' : 'ipcMain';
      for (const item of node.all('MainClassification')) record.item(main, path, item.text);
      for (const item of node.all('FurtherClassification')) record.item('ipc', path, item.text);
    }
  for (const node of biblio.list('PatentClassifications', 'PatentClassification'))
    record.item('cpc', 'PatentClassification', symbol(node));
  for (const node of biblio.list('NationalEcoClassifications', 'NationalEcoClassification'))
    record.extra('国民经济行业分类', node.text);
  for (const node of biblio.list('ClassificationsECLA', 'ECLAClassification'))
    record.extra('ECLA', node.attribute('symbol') || node.text);
  for (const node of biblio.list('ClassificationFIFT', 'FI')) record.extra('FI分类号', node.text);
  for (const node of biblio.list('ClassificationFIFT', 'FTerm')) record.extra('F-term', node.text);
  for (const node of biblio.list('USClassification', 'MainClassification'))
    record.extra('美国分类号', node.text);
}

const nameOf = (node: XmlNode) =>
  node.at('Name') || node.at('OrganizationName') || node.at('AddressBook', 'Name') || node.at('Text');
const addressOf = (node: XmlNode) =>
  node.at('AddressBook', 'Address', 'Text') || node.at('AddressBook', 'Address');

/** Persons and firms of one kind: the original spelling where there is one, else the first. */
function originals(nodes: readonly XmlNode[]): XmlNode[] {
  const own = nodes.filter((node) => /^(original|)$/.test(node.attribute('format')));
  return own.length > 0 ? own : [...nodes];
}

function readParties(biblio: XmlNode, record: RecordWriter): void {
  const applicants = originals(biblio.list('Parties', 'Applicants', 'Applicant'));
  const owners = originals(biblio.list('Owners', 'Owner'));
  const named = owners.length > 0 ? owners : applicants;
  for (const node of named) record.item('applicants', node.name, nameOf(node));
  if (owners.length > 0) for (const node of applicants) record.extra('申请人', nameOf(node));
  record.value('address', 'Address', named.map(addressOf).find((text) => text !== '') ?? '');
  record.extra('地区代码', named[0]?.at('AddressBook', 'Address', 'AreaCode') ?? '');
  for (const node of named) record.extra('申请人类型', node.attribute('organizationType'));
  for (const path of [
    ['Parties', 'Inventors', 'Inventor'],
    ['Designers', 'Designer'],
  ])
    for (const node of originals(biblio.list(...path))) record.item('inventors', node.name, nameOf(node));
  for (const node of originals(biblio.list('Parties', 'Agents', 'Agency')))
    record.value('agency', 'Agency', nameOf(node));
  for (const node of originals(biblio.list('Parties', 'Agents', 'Agent')))
    record.item('agents', 'Agent', nameOf(node));
  for (const node of biblio.list('CurrentOwners', 'Owner')) record.extra('当前权利人', nameOf(node));
  for (const history of biblio.list('HistoryOwners', 'HistoryOwner'))
    record.event({
      date: history.attribute('effectiveDate'),
      text: '专利权人变更',
      detail: compact({
        变更后权利人: history.all('Owner').map(nameOf).join('; '),
        变更原因: history.attribute('changeType'),
      }),
    });
  for (const node of biblio.list('Licensees', 'LicenseeData', 'Licensee'))
    record.extra('被许可人', nameOf(node));
  for (const node of biblio.list('Examiners', 'Examiner')) record.extra('审查员', nameOf(node));
}

/** Details without those that are not given. */
function compact(detail: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(detail).filter(([, text]) => text !== ''));
}

const DATES: Record<string, string> = {
  ApplicationRefused: '驳回',
  ApplicationWithdrawnByApplicant: '撤回',
  ApplicationDeemedWithdrawn: '视为撤回',
  DeclassifiedPublication: '解密公告',
  PatentInvalidation: '专利权无效',
};

function readDates(biblio: XmlNode, record: RecordWriter): void {
  const open = biblio.first('PublicDateAvailability');
  record.extra('公报期号', open?.at('GazetteReference', 'GazetteNumber') ?? '');
  record.extra('公报日期', open?.at('GazetteReference', 'Date') ?? '');
  record.extra('预计届满日', open?.at('RevocationDate') ?? '');
  for (const name in DATES) {
    const node = open?.first(name);
    if (node) record.event({ date: node.deep('Date')[0]?.text ?? node.text, text: DATES[name]! });
  }
  record.extra('实审请求日', biblio.at('RightsEffectiveDate', 'RequestForExamination'));
  record.extra('生效日期', biblio.at('RightsEffectiveDate', 'CommingIntoForce'));
  record.extra('进入国家日期', biblio.at('EntryNationalStageDate'));
  for (const [name, label] of [
    ['PCTorRegionalApplication', '国际申请'],
    ['PCTorRegionalPublishing', '国际公布'],
  ] as const)
    for (const node of biblio.all(name)) {
      const id = exchangeId(node.first('DocumentID'));
      record.extra(label, [wholeNumber(id), id.date].filter((t) => t !== '').join(' '));
    }
  const counts = biblio.first('StatisticalInfo');
  for (const [name, label] of [
    ['TotalPage', '页数'],
    ['Claims', '权利要求数'],
    ['PatentRightTransfer', '专利权转移次数'],
    ['License', '许可次数'],
    ['Pledge', '质押次数'],
  ] as const)
    record.extra(label, counts?.at(name) ?? '');
}

function readRelated(biblio: XmlNode, record: RecordWriter): void {
  for (const claim of biblio.list('PriorityClaimDetails', 'PriorityClaim')) {
    const id = exchangeId(claim.first('DocumentID'));
    record.priority({ number: id.number, country: id.country, date: id.date });
  }
  const related = biblio.first('RelatedDocuments');
  for (const document of related?.list(
    'DomesticPriorityClaimDetails',
    'DomesticPriorityClaim',
    'Substituted',
    'RelatedDocument',
  ) ?? []) {
    const id = exchangeId(document.first('ParentDocument', 'DocumentID'));
    record.priority({ number: id.number, country: id.country || 'CN', date: id.date });
  }
  const parent = (name: string) =>
    related
      ?.list(name, 'RelatedDocument', 'ParentDocument')
      .map((p) => wholeNumber(exchangeId(p.first('DocumentID')), false)) ?? [];
  for (const number of parent('Division')) record.extra('分案原申请号', number);
  for (const name of [
    'Continuation',
    'PartialContinuation',
    'Addition',
    'ReissuedDoc',
    'ConcurrentApplication',
  ])
    for (const number of parent(name))
      record.extra(name === 'ConcurrentApplication' ? '同日申请' : '相关申请', number);
}

function readFamilies(biblio: XmlNode, record: RecordWriter): void {
  for (const family of biblio.name === 'PatentFamily' ? biblio.all('Family') : []) {
    const extended = /inpadoc|extend|扩展/i.test(family.attribute('familyType'));
    record.family(extended ? '' : family.attribute('familyID'), extended ? family.attribute('familyID') : '');
    for (const member of family.all('FamilyMember'))
      record.member(pickId(member.all('DocumentInfo')).original);
  }
  const inpadoc = biblio.first('SpecificData', 'INPADOCPatentFamily');
  for (const id of inpadoc?.all('DocumentID') ?? []) record.member(wholeNumber(exchangeId(id)));
}

function readCitation(node: XmlNode, record: RecordWriter): void {
  const patent = node.first('PatentCitation');
  const category = [...node.all('ReferenceDocCategory').map((c) => c.text), node.attribute('category')].join(
    '',
  );
  const origin = citationOrigin(node.attribute('citedBy') || node.attribute('srepPhase'));
  const passages = node
    .list('RelatedPassage', 'Passage')
    .map((p) => p.text)
    .join('; ');
  if (patent) {
    const id = pickId(patent.all('DocumentInfo'));
    record.citation({
      number: id.original,
      text: passages || (id.original === '' ? patent.text : ''),
      category,
      origin,
      date: id.date,
    });
  }
  for (const literature of node.all('NPLCitation'))
    record.citation({ text: literature.at('Text') || literature.text, category, origin });
}
