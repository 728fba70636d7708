import { SafeZip } from '../tables/zip.ts';
import type { XmlNode } from '../xml/node.ts';
import { readXmlRecords } from '../xml/records.ts';

const BODY = 'word/document.xml';
/** Longest unpacked body, in bytes: a decision of some hundred pages has less than a tenth of it. */
const LONGEST = 32 * 1024 ** 2;
/** What is not text of the document: properties, fields, what was deleted in a tracked change. */
const SILENT = new Set(['pPr', 'rPr', 'instrText', 'del', 'moveFrom', 'Fallback']);

/**
 * The text of a Word document, one string for each paragraph that says something, those of tables included; headers and footers are
 * left out. Null for what is no Word document, or not a whole one.
 */
export async function docxParagraphs(path: string): Promise<string[] | null> {
  let zip: SafeZip;
  try {
    zip = await SafeZip.open(path, { maxUncompressedBytes: LONGEST });
  } catch {
    return null;
  }
  try {
    if (!zip.has(BODY)) return null;
    const paragraphs: string[] = [];
    const records = readXmlRecords(zip.read(BODY), {
      isRecord: (name) => name === 'p',
      skip: SILENT,
      limits: { depth: 100 },
    });
    for await (const { node } of records) {
      if (!node) return null;
      const text = textOf(node).trim();
      if (text !== '') paragraphs.push(text);
    }
    return paragraphs;
  } catch {
    return null;
  } finally {
    zip.close();
  }
}

/** Text of runs as it stands; a tab is a blank, a break within the paragraph too. */
function textOf(node: XmlNode): string {
  let text = '';
  for (const child of node.children) {
    if (typeof child === 'string') {
      if (node.name === 't') text += child;
    } else text += child.name === 'tab' || child.name === 'br' ? ' ' : textOf(child);
  }
  return text;
}
