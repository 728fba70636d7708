import type { XmlNode } from '#kernel/xml/node';
import type { RawCitation } from './raw.ts';
import type { RecordWriter } from './writer.ts';

/** Elements that begin a line of their own in WIPO ST.36 texts. */
const BLOCKS = new Set(
  'p claim-text heading li br dt dd row tr table tables tgroup title pre maths abst-problem abst-solution invention-title'.split(
    ' ',
  ),
);
/** Pictures, and formulas as pictures; what is said in words stays. */
const DROP = new Set(['img', 'us-math', 'us-chemistry', 'chem', 'doc-page', 'drawings', 'bio-deposit']);

/** The text of a description, a claim or an abstract: a line for each paragraph, formulas as their characters. */
export function paragraphs(node: XmlNode | null): string {
  return node?.lines(BLOCKS, DROP) ?? '';
}

/** A `document-id` taken apart, as the source spells it. */
export interface DocumentId {
  country: string;
  number: string;
  kind: string;
  date: string;
  name: string;
}

/** Reads a `document-id`, or an element that has its parts as attributes or children. */
export function documentId(node: XmlNode | null | undefined): DocumentId {
  const part = (name: string) => node?.at(name) ?? '';
  const kind = part('kind');
  return {
    country: part('country').toUpperCase(),
    number: part('doc-number'),
    // Some US citations carry `00` or words for "no kind".
    kind: /^[A-Z]\d?$/i.test(kind) ? kind.toUpperCase() : '',
    date: part('date'),
    name: part('name'),
  };
}

/** Country, number and kind in one, each only once. */
export function wholeNumber(id: DocumentId, withKind = true): string {
  if (id.number === '') return '';
  const named = /^(PCT|[A-Z]{2})/i.test(id.number) && id.number.toUpperCase().startsWith(id.country);
  const pct = /^PCT\b/i.test(id.number);
  const base = named || pct ? id.number : id.country + id.number;
  return withKind && id.kind !== '' && !base.endsWith(id.kind) ? base + id.kind : base;
}

/** An application number. DOCDB writes `US 2008086599 W` for the international application PCT/US2008/086599. */
export function applicationNumber(id: DocumentId): string {
  if (id.kind === 'W') {
    const m = /^(\d{4})(\d{6})$/.exec(id.number) ?? /^(\d{2})(\d{5})$/.exec(id.number);
    if (m && id.country !== '') return `PCT/${id.country}${m[1]}/${m[2]}`;
  }
  return wholeNumber(id, false);
}

/** The symbol of a class given in parts (`section` … `subgroup`), or the text of the element. */
export function classSymbol(node: XmlNode): string {
  const part = (name: string) => node.at(name);
  const group = part('main-group');
  if (part('section') === '') return (node.at('text') || node.text).replace(/\s+/g, ' ').trim();
  const subclass = `${part('section')}${part('class')}${part('subclass')}`;
  if (group === '') return subclass;
  const sub = part('subgroup');
  return `${subclass}${group}/${sub === '' ? '00' : sub}`;
}

/**
 * A class as DOCDB writes it in one text: `B28B   1/    29            A I                    `, of which only the symbol
 * counts, or as it stands.
 */
export function packedSymbol(text: string): string {
  const m = /^([A-H]\d{2}[A-Z])\s*(\d{1,4})\s*\/\s*(\d{1,6})/.exec(text.trim());
  return m ? `${m[1]}${m[2]}/${m[3]}` : text.trim();
}

/** Classes of the last edition before 2006: `A61B005/00`, with zeros in front of the group. */
export function oldSymbol(text: string): string {
  const plain = text.replace(/\s+/g, '');
  const m = /^([A-H]\d{2}[A-Z])0*(\d{1,4})\/(\d+)$/.exec(plain);
  return m ? `${m[1]}${m[2]}/${m[3]}` : text.trim();
}

/** IPC in its three shapes: reformed, of an edition, and as texts. The first one of each counts as the main class. */
export function readIpc(biblio: XmlNode, record: RecordWriter): void {
  const reformed = biblio.list('classifications-ipcr', 'classification-ipcr');
  const first = reformed.find((c) => c.at('symbol-position') === 'F') ?? reformed[0];
  for (const node of reformed) {
    const symbol = node.first('section') ? classSymbol(node) : packedSymbol(node.at('text') || node.text);
    record.item(node === first ? 'ipcMain' : 'ipc', 'classification-ipcr', symbol);
  }
  for (const node of biblio.all('classification-ipc')) {
    const main = node.at('main-classification');
    if (main !== '') record.item(first ? 'ipc' : 'ipcMain', 'classification-ipc', oldSymbol(main));
    for (const name of ['further-classification', 'text'])
      for (const further of node.all(name)) record.item('ipc', 'classification-ipc', oldSymbol(further.text));
  }
  const locarno = biblio.first('classification-locarno');
  if (locarno)
    for (const node of locarno.all())
      if (/classification$/.test(node.name)) record.item('ipc', 'classification-locarno', node.text);
}

/** A name out of its parts: an organisation, else last name first, as the large databases write persons. */
export function partyName(node: XmlNode): string {
  const book = node.first('addressbook') ?? node;
  const organisation = book.at('orgname') || book.at('name');
  if (organisation !== '') return organisation;
  const parts = ['last-name', 'first-name', 'middle-name', 'suffix'].map((name) => book.at(name));
  // Chinese names have no space between their parts.
  const joint = /^\p{Script=Han}+$/u.test(parts.join('')) ? '' : ' ';
  return parts.filter((part) => part !== '').join(joint) || book.at('text');
}

/** An address as one text: the parts in the order in which they stand, the country last. */
export function partyAddress(node: XmlNode): string {
  const address = (node.first('addressbook') ?? node).first('address');
  if (!address) return '';
  const whole = address.at('text');
  if (whole !== '') return whole;
  const parts = address
    .all()
    .filter((part) => part.name !== 'country')
    .map((part) => part.text)
    .filter((text) => text !== '' && !/^(unknown|omitted)$/i.test(text));
  const chinese = /\p{Script=Han}/u.test(parts.join(''));
  const country = address.at('country');
  if (!chinese && country !== '' && !/^(unknown|omitted)$/i.test(country)) parts.push(country);
  if (!chinese) return parts.join(', ');
  // Chinese exports put the postcode first.
  const postcode = address.at('postcode');
  const rest = parts.filter((part) => part !== postcode).join('');
  return postcode === '' ? rest : `${postcode} ${rest}`;
}

/** Claims, one item each, with the number that the source gives where the text lacks it. */
export function readClaims(claims: XmlNode | null, record: RecordWriter): void {
  if (!claims) return;
  for (const claim of claims.all('claim')) {
    const text = paragraphs(claim);
    const number = (claim.attribute('num') || claim.attribute('number')).replace(/^0+(?=\d)/, '');
    const numbered = number === '' || /^\d+\s*[.．、]/.test(text);
    record.item('claims', 'claim', numbered ? text : `${number}. ${text}`);
  }
}

/** Who cited, from what the source says of it. */
export function citationOrigin(text: string): string {
  if (/examiner|search|审查员|检索/i.test(text)) return 'examiner';
  if (/applicant|description|申请人/i.test(text)) return 'applicant';
  if (/oppos|异议/i.test(text)) return 'opponent';
  return text.trim() === '' ? '' : 'other';
}

/** One `citation`: a patent with its number, or literature with its text. */
export function readCitation(node: XmlNode): RawCitation {
  const said = node.all('category').map((c) => c.text);
  const cited = said.find((text) => /^cited by/i.test(text)) ?? '';
  const category = [...new Set(said.filter((text) => !/^cited by/i.test(text)))].join('');
  const origin = citationOrigin(cited || node.attribute('cited-by') || node.attribute('cited-phase'));
  const passages = node.list('rel-passage', 'passage').map((p) => p.text);
  const claims = node.all('rel-claims').map((c) => c.text);
  const more = [...passages, ...(claims.length > 0 ? [`claims ${claims.join(', ')}`] : [])];
  const patent = node.first('patcit');
  if (patent) {
    const ids = patent.all('document-id');
    const id = documentId(ids.find((i) => i.attribute('document-id-type') === 'docdb') ?? ids[0]);
    const text = [id.name, ...more].filter((t) => t !== '').join('; ');
    const number = wholeNumber(id);
    return { number, text: number === '' ? patent.text : text, category, origin, date: id.date };
  }
  const literature = node.first('nplcit');
  const text = literature ? literature.text : node.text;
  return { number: '', text: [text, ...more].filter((t) => t !== '').join('; '), category, origin, date: '' };
}
