import type { XmlNode } from '#kernel/xml/node';
import type { RawEvent } from './raw.ts';
import { type DocumentId, wholeNumber } from './st36.ts';

const BLOCKS = new Set(
  'Paragraph ClaimText Heading ListItem Br DefinedTerm DefinitionDescription Row Table InventionTitle AbstractProblem AbstractSolution'.split(
    ' ',
  ),
);
const DROP = new Set(['Image', 'ExternalFileRef', 'Keywords', 'AbstractFigure', 'PageBegin']);

/** A text of the exchange format, a line for each paragraph. */
export function exchangeText(node: XmlNode | null): string {
  return node?.lines(BLOCKS, DROP) ?? '';
}

/** A `DocumentID` taken apart. */
export function exchangeId(node: XmlNode | null | undefined): DocumentId {
  const part = (name: string) => node?.at(name) ?? '';
  return {
    country: part('Country').toUpperCase(),
    number: part('Number'),
    kind: part('Kind').toUpperCase(),
    date: part('Date'),
    name: part('Name'),
  };
}

/**
 * The number of a document out of its spellings: the original one (else of the EPO, else whatever is there), and beside
 * it the office's standard one of fifteen digits, which is no number that anybody quotes.
 */
export function pickId(
  nodes: readonly XmlNode[],
  withKind = true,
): { original: string; standard: string; date: string; country: string } {
  const of = (format: RegExp) =>
    nodes.find((node) => format.test(node.attribute('dataFormat')))?.first('DocumentID');
  const spelled = exchangeId(of(/^original$/i) ?? of(/^docdb$/i) ?? of(/^epodoc$/i) ?? of(/^$/));
  const standard = exchangeId(of(/^ipph$/i));
  return {
    original: wholeNumber(spelled, withKind),
    standard: wholeNumber(standard, withKind),
    date: spelled.date || standard.date,
    country: spelled.country || standard.country,
  };
}

const IMPACT = new Map([
  ['10', '有权'],
  ['20', '无权'],
  ['01', '无影响'],
]);

/** A `Legal` of the Chinese gazette: date, code, words, and the items that the gazette prints with it. */
export function legalEvent(node: XmlNode): RawEvent {
  const detail = new Map<string, string>();
  for (const entry of node.all('LegalDescriptionDetail')) {
    const items = entry.list('Items', 'Item').map((item) => item.text);
    const text = (items.length > 0 ? items.join('; ') : entry.at('Items')) || entry.text;
    const title = entry.at('Title').replace(/[:：]\s*$/, '') || '说明';
    const before = detail.get(title);
    detail.set(title, before === undefined ? text : `${before}; ${text}`);
  }
  const impact = IMPACT.get(node.attribute('impact'));
  if (impact !== undefined) detail.set('对权利的影响', impact);
  return {
    date: node.at('LegalPublicationDate'),
    office: '',
    code: node.at('LegalCode'),
    text: node
      .all('LegalDescription')
      .map((d) => d.text)
      .join('; '),
    detail: Object.fromEntries(detail),
  };
}
