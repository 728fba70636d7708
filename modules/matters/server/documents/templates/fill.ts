import {
  officeMarkup,
  type ScopeData,
  type Tag,
  TagPlacement,
  TemplateHandler,
  TemplatePlugin,
  TextPlugin,
  type XmlNode,
  xml,
} from 'easy-template-x';
import { XML_HEAD, xmlEscape, xmlSafe } from '#kernel/office/xml';
import { readZip, writeZip, type ZipEntries } from '#kernel/office/zip';
import { DEPTH } from './scan.ts';
import type { TagValues } from './tags.ts';

/** What a made document says of itself. */
export interface Properties {
  title: string;
  office: string;
  /** Instant of its making, ISO 8601. */
  made: string;
}

const PARAGRAPHS = 'paragraphs';

/** Repeats the paragraph of a tag for each of several texts. */
class ParagraphsPlugin extends TemplatePlugin {
  readonly contentType = PARAGRAPHS;

  override simpleTagReplacements(tag: Tag, data: ScopeData): void {
    if (tag.placement !== TagPlacement.TextNode) throw new Error('a body stands in text');
    const { texts } = data.getScopeData() as unknown as { texts: readonly string[] };
    const paragraph = officeMarkup.query.containingParagraphNode(tag.xmlTextNode);
    officeMarkup.modify.setSpacePreserveAttribute(officeMarkup.query.containingTextNode(tag.xmlTextNode));
    texts.forEach((text, i) => {
      tag.xmlTextNode.textContent = text;
      const copy = xml.create.cloneNode(paragraph, true);
      if (i > 0) forgetNames(copy);
      xml.modify.insertBefore(copy, paragraph);
    });
    xml.modify.remove(paragraph);
  }
}

/** Takes out of a copied paragraph what may be there once only: bookmarks, and the marks by which Word knows paragraphs. */
function forgetNames(node: XmlNode): void {
  if ('attributes' in node && node.attributes) {
    delete node.attributes['w14:paraId'];
    delete node.attributes['w14:textId'];
  }
  for (const child of [...(node.childNodes ?? [])]) {
    if (/^w:bookmark(Start|End)$/.test(child.nodeName)) xml.modify.remove(child);
    else forgetNames(child);
  }
}

/**
 * Fills a template that was checked. What is filled in is never read as a tag, and a tag reads nothing but `values`; one that is not
 * among them throws Error. Equal input, equal bytes.
 */
export async function fillTemplate(
  template: ZipEntries,
  values: TagValues,
  properties: Properties,
): Promise<Buffer> {
  const handler = new TemplateHandler({
    plugins: [new TextPlugin(), new ParagraphsPlugin()],
    maxXmlDepth: DEPTH,
    // The library's own way of looking up follows paths into objects.
    scopeDataResolver: ({ strPath }) => {
      const name = strPath.at(-1) ?? '';
      const value = values.get(name);
      if (value === undefined) throw new Error(`no value for {${name}}`);
      if (typeof value === 'string') return xmlSafe(value);
      return { _type: PARAGRAPHS, texts: value.map(xmlSafe) };
    },
  });
  const filled = await readZip(await handler.process(await writeZip(template), {}));
  describe(filled, properties);
  return writeZip(filled);
}

/** Puts what the document says of itself in place of what the template said: names, companies and clocks of who wrote that. */
function describe(entries: ZipEntries, { title, office, made }: Properties): void {
  const at = new Date(made).toISOString().replace(/\.\d{3}Z$/, 'Z');
  const [name, author] = [xmlEscape(title), xmlEscape(office)];
  const parts: Record<string, string> = {
    'docProps/core.xml': `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${name}</dc:title><dc:creator>${author}</dc:creator><cp:lastModifiedBy>${author}</cp:lastModifiedBy><cp:revision>1</cp:revision><dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${at}</dcterms:modified></cp:coreProperties>`,
    'docProps/app.xml':
      '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"></Properties>',
    'docProps/custom.xml':
      '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"></Properties>',
    'word/people.xml':
      '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"></w15:people>',
  };
  for (const [path, text] of Object.entries(parts))
    if (entries.has(path)) entries.set(path, Buffer.from(`${XML_HEAD}${text}`));
}
