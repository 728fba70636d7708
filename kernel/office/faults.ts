import { posix } from 'node:path';
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { NS, relsPathOf } from './package.ts';
import type { ZipEntries } from './zip.ts';

/** Order that the schema demands of a worksheet's children; Excel offers a "repair" when it is broken. */
const WORKSHEET_ORDER =
  'sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects controls webPublishItems tableParts extLst'.split(
    ' ',
  );

/** Elements of an XML part, or the reason why it cannot be read. */
function tagsOf(xml: string): SaxesTagNS[] | string {
  const tags: SaxesTagNS[] = [];
  const parser = new SaxesParser({ xmlns: true });
  let fault: string | null = null;
  parser.on('error', (e) => {
    fault ??= e.message;
  });
  parser.on('opentag', (tag) => tags.push({ ...tag }));
  parser.write(xml).close();
  return fault ?? tags;
}

const plain = (tag: SaxesTagNS, name: string): string | undefined => tag.attributes[name]?.value;

/**
 * Everything in a package that makes Word, Excel or WPS ask for a repair: XML that is not well formed, parts without or
 * with a doubled content type, relationships that lead nowhere or are used without being listed, parts that nothing
 * refers to, a worksheet's elements out of order. Empty when all is well. The schemas' further rules are not checked.
 */
export function packageFaults(entries: ZipEntries): string[] {
  const faults: string[] = [];
  const parsed = new Map<string, SaxesTagNS[]>();
  for (const [path, data] of entries) {
    if (!/\.(xml|rels)$/.test(path)) continue;
    const tags = tagsOf(data.toString('utf8'));
    if (typeof tags === 'string') faults.push(`${path}: ${tags}`);
    else parsed.set(path, tags);
  }
  faults.push(...contentTypeFaults(entries, parsed.get('[Content_Types].xml') ?? []));
  const reached = new Set(['[Content_Types].xml']);
  const relsOf = new Map<string, Set<string>>();
  for (const [path, tags] of parsed) {
    if (!path.endsWith('.rels')) continue;
    reached.add(path);
    const folder = posix.dirname(posix.dirname(path));
    const owner = posix.join(folder, posix.basename(path, '.rels'));
    if (owner !== '' && posix.basename(path) !== '.rels' && !entries.has(owner))
      faults.push(`${path}: belongs to no part`);
    const ids = new Set<string>();
    relsOf.set(owner, ids);
    for (const tag of tags.filter((t) => t.local === 'Relationship' && t.uri === NS.relationships)) {
      const id = plain(tag, 'Id') ?? '';
      if (ids.has(id)) faults.push(`${path}: id ${id} is listed twice`);
      ids.add(id);
      if (plain(tag, 'TargetMode') === 'External') continue;
      const target = plain(tag, 'Target') ?? '';
      const full = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
      reached.add(full);
      if (!entries.has(full)) faults.push(`${path}: ${id} leads to ${full}, which is missing`);
    }
  }
  for (const path of entries.keys()) if (!reached.has(path)) faults.push(`${path}: nothing refers to it`);
  for (const [path, tags] of parsed) {
    for (const tag of tags)
      for (const attribute of Object.values(tag.attributes))
        if (attribute.uri === NS.office && !relsOf.get(path)?.has(attribute.value))
          faults.push(
            `${path}: <${tag.name}> uses ${attribute.value}, which ${relsPathOf(path)} does not list`,
          );
    if (tags[0]?.local === 'worksheet')
      faults.push(...orderFaults(path, entries.get(path)!.toString('utf8')));
  }
  return faults;
}

function contentTypeFaults(entries: ZipEntries, tags: SaxesTagNS[]): string[] {
  const faults: string[] = [];
  const defaults = new Set<string>();
  const overrides = new Set<string>();
  for (const tag of tags) {
    const [set, key] =
      tag.local === 'Default'
        ? [defaults, plain(tag, 'Extension')?.toLowerCase()]
        : [overrides, plain(tag, 'PartName')?.slice(1)];
    if (tag.local === 'Types' || key === undefined) continue;
    if (set.has(key)) faults.push(`[Content_Types].xml: ${key} is listed twice`);
    set.add(key);
  }
  for (const part of overrides)
    if (!entries.has(part)) faults.push(`[Content_Types].xml: ${part} is listed but missing`);
  for (const part of entries.keys()) {
    const ending = part.slice(part.lastIndexOf('.') + 1).toLowerCase();
    const needsOwn = ending === 'xml' && part !== '[Content_Types].xml';
    if (!overrides.has(part) && part !== '[Content_Types].xml' && (needsOwn || !defaults.has(ending)))
      faults.push(`${part}: has no content type`);
  }
  return faults;
}

function orderFaults(path: string, xml: string): string[] {
  const order: number[] = [];
  const faults: string[] = [];
  let depth = 0;
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', (tag) => {
    if (depth++ !== 1) return;
    const at = WORKSHEET_ORDER.indexOf(tag.local);
    if (at < 0) faults.push(`${path}: <${tag.name}> does not belong into a worksheet`);
    else if (at < (order.at(-1) ?? -1)) faults.push(`${path}: <${tag.name}> stands too late`);
    order.push(at);
  });
  parser.on('closetag', () => {
    depth--;
  });
  parser.write(xml).close();
  return faults;
}
