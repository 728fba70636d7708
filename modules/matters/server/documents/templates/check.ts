import { posix } from 'node:path';
import { SaxesParser } from 'saxes';
import { nearest } from '#kernel/city/suggest';
import type { ZipEntries } from '#kernel/office/zip';
import type { Text } from '#kernel/text';
import { type TemplateFault, templateFault } from './faults.ts';
import { fillTemplate } from './fill.ts';
import { openTemplate, targetOf } from './package.ts';
import { type FoundTag, scanPart, WORD } from './scan.ts';
import { BODY, examplesOf, type TemplateTag } from './tags.ts';

/** Faults that are listed at most: whoever mends these finds the rest. */
const MOST = 30;

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/';
/** Kinds of parts that a template may have, by the end of their name. */
const KINDS = new Set([
  ...['officeDocument', 'core-properties', 'extended-properties', 'custom-properties', 'thumbnail', 'people'],
  ...['styles', 'stylesWithEffects', 'settings', 'webSettings', 'fontTable', 'theme', 'numbering', 'image'],
  ...['header', 'footer', 'footnotes', 'endnotes', 'customXml', 'customXmlProps', 'wpsCustomData'],
]);
/** Where the parts lie that are written anew in every document. */
const FIXED: Readonly<Record<string, string>> = {
  'core-properties': 'docProps/core.xml',
  'extended-properties': 'docProps/app.xml',
  'custom-properties': 'docProps/custom.xml',
  people: 'word/people.xml',
};
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const JPEG = Buffer.from('ffd8ff', 'hex');

/** A template that may be used, with the tags in it; or what is wrong with it. */
export type CheckedTemplate =
  | { ok: true; entries: ZipEntries; used: string[] }
  | { ok: false; faults: TemplateFault[] };

/** Checks what somebody sent as a template, all of it: what is wrong, where, and how to mend it. */
export async function checkTemplate(file: Buffer, tags: readonly TemplateTag[]): Promise<CheckedTemplate> {
  const { entries, fault } = await openTemplate(file);
  if (fault) return { ok: false, faults: [fault] };
  const faults: TemplateFault[] = [];
  const content = checkRelationships(entries, faults);
  if (/macroEnabled|vbaProject/i.test(entries.get('[Content_Types].xml')!.toString('utf8')))
    faults.push(templateFault('macros', { part: '[Content_Types].xml' }));
  const found: FoundTag[] = [];
  for (const [path, bytes] of entries) {
    if (!path.endsWith('.xml')) continue;
    const scan = scanPart(path, bytes);
    faults.push(...scan.faults);
    for (const one of scan.tags) {
      if (content.includes(path)) found.push(one);
      else faults.push(templateFault('place', { tag: `{${one.name}}`, ...places(one.where) }));
    }
  }
  const inText = new Set(content[0] ? scanPart(content[0], entries.get(content[0])!).tags.map(placeOf) : []);
  // What could not be read to its end may hold the tags that seem to be missing.
  if (!faults.some(({ code }) => code === 'xml' || code === 'strict'))
    faults.push(...tagFaults(found, tags, inText));
  if (faults.length === 0) {
    const fault = await trial(entries, tags);
    if (fault) faults.push(fault);
  }
  if (faults.length > 0) return { ok: false, faults: distinct(faults).slice(0, MOST) };
  const used = new Set(found.map(({ name }) => name));
  return { ok: true, entries, used: tags.map(({ name }) => name).filter((name) => used.has(name)) };
}

const places = ({ zh, en }: Text) => ({ where: zh, where_en: en });
const placeOf = ({ name, where }: FoundTag) => `${name} ${where.zh}`;

function distinct(faults: readonly TemplateFault[]): TemplateFault[] {
  return [...new Map(faults.map((one) => [one.text.zh, one])).values()];
}

interface Relationship {
  kind: string;
  type: string;
  target: string;
  external: boolean;
}

/** Relationships of a part. Throws Error for XML that is not sound. */
function relationships(bytes: Buffer): Relationship[] {
  const all: Relationship[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('DOCTYPE');
  });
  parser.on('opentag', ({ local, attributes }) => {
    if (local !== 'Relationship') return;
    const value = (name: string) => attributes[name]?.value ?? '';
    const type = value('Type');
    all.push({
      ...{ kind: type.split('/').at(-1)!, type, target: value('Target') },
      external: value('TargetMode').toLowerCase() === 'external',
    });
  });
  parser.write(bytes.toString('utf8')).close();
  return all;
}

/** Follows what every part refers to. @returns the parts that are filled in, the document itself first. */
function checkRelationships(entries: ZipEntries, faults: TemplateFault[]): string[] {
  const content: string[] = [];
  const main = readAll(entries, '_rels/.rels', faults).find(({ type }) => type === `${OFFICE}officeDocument`);
  const document = main && targetOf('_rels/.rels', main.target);
  if (!document || !entries.has(document) || !isDocument(entries.get(document)!)) {
    faults.push(templateFault('strict'));
    return content;
  }
  content.push(document);
  const own = posix.join(posix.dirname(document), '_rels', `${posix.basename(document)}.rels`);
  for (const path of entries.keys()) {
    if (!path.endsWith('.rels')) continue;
    for (const one of readAll(entries, path, faults)) {
      const target = targetOf(path, one.target);
      const fault = relationshipFault(entries, path, one, target);
      if (fault) faults.push(fault);
      else if (path === own && [`${OFFICE}header`, `${OFFICE}footer`].includes(one.type))
        content.push(target);
    }
  }
  return content;
}

function relationshipFault(
  entries: ZipEntries,
  path: string,
  { kind, target, external }: Relationship,
  full: string,
): TemplateFault | null {
  if (kind === 'attachedTemplate') return templateFault('attached', { target: target.slice(0, 100) });
  if (/^comments/i.test(kind)) return templateFault('comments');
  if (external) return templateFault('external', { target: target.slice(0, 100), part: path });
  if (/vba|macro|control|activeX/i.test(kind)) return templateFault('macros', { part: kind });
  if (/oleObject|package|aFChunk|subDocument|chart|diagram/i.test(kind))
    return templateFault('embedded', { part: kind });
  if (!KINDS.has(kind) || (FIXED[kind] !== undefined && FIXED[kind] !== full))
    return templateFault('part', { part: kind.slice(0, 60) });
  const bytes = entries.get(full);
  if (!bytes) return templateFault('damaged', { why: `${full} missing` });
  if (kind === 'image' && !bytes.subarray(0, 8).equals(PNG) && !bytes.subarray(0, 3).equals(JPEG))
    return templateFault('image', { part: full });
  return null;
}

function readAll(entries: ZipEntries, path: string, faults: TemplateFault[]): Relationship[] {
  try {
    return relationships(entries.get(path)!);
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 120) : '';
    faults.push(templateFault('xml', { part: path, why }));
    return [];
  }
}

/** Is it a document as Word saves it usually? The strict form has other names for everything. */
function isDocument(bytes: Buffer): boolean {
  return new RegExp(`<w:document[^>]*\\sxmlns:w="${WORD.replaceAll('.', '\\.')}"`).test(
    bytes.subarray(0, 20_000).toString('utf8'),
  );
}

function tagFaults(
  found: readonly FoundTag[],
  tags: readonly TemplateTag[],
  inText: ReadonlySet<string>,
): TemplateFault[] {
  const faults: TemplateFault[] = [];
  const known = new Map(tags.map((one) => [one.name, one]));
  for (const { name, where } of found) {
    if (known.has(name)) continue;
    const meant = nearest(name, known.keys());
    faults.push(
      templateFault('unknown', {
        ...{ tag: `{${name}}`.slice(0, 60), ...places(where) },
        meant: meant === null ? '。' : `，是否想写 {${meant}}？`,
        meant_en: meant === null ? '.' : `; was {${meant}} meant?`,
      }),
    );
  }
  for (const { name, meaning, duty } of tags)
    if (duty && !found.some((one) => one.name === name))
      faults.push(
        templateFault('missing', { tag: `{${name}}`, meaning: meaning.zh, meaning_en: meaning.en }),
      );
  const bodies = found.filter(({ name }) => name === BODY);
  const tag = `{${BODY}}`;
  if (bodies.length > 1)
    faults.push(
      templateFault('twice', {
        ...{ tag, count: bodies.length },
        where: bodies.map(({ where }) => where.zh).join('、'),
        where_en: bodies.map(({ where }) => where.en).join(', '),
      }),
    );
  for (const body of bodies) {
    if (body.boxed || !inText.has(placeOf(body)))
      faults.push(templateFault('header', { tag, ...places(body.where) }));
    else if (!body.alone) faults.push(templateFault('alone', { tag, ...places(body.where) }));
  }
  return faults;
}

/** Fills the template with the examples and looks at what came out: every tag must have been found. */
async function trial(entries: ZipEntries, tags: readonly TemplateTag[]): Promise<TemplateFault | null> {
  try {
    const made = await fillTemplate(entries, examplesOf(tags), {
      ...{ title: '示例', office: '示例', made: '2000-01-01T00:00:00Z' },
    });
    const again = await openTemplate(made);
    if (again.fault) return again.fault;
    for (const [path, bytes] of again.entries) {
      if (!path.endsWith('.xml')) continue;
      const { faults, tags: left } = scanPart(path, bytes);
      if (faults.length > 0 || left.length > 0)
        return templateFault('filled', { why: faults[0]?.text.zh ?? `{${left[0]!.name}}` });
    }
    return null;
  } catch (error) {
    return templateFault('filled', { why: error instanceof Error ? error.message.slice(0, 120) : '' });
  }
}
