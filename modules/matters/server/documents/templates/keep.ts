import { Readable } from 'node:stream';
import { audit } from '#kernel/audit/audit';
import { ITEM_GROUPS } from '#kernel/city/schema-item';
import { Files } from '#kernel/files/files';
import type { EndpointResponse } from '#kernel/http/contract';
import { sha256 } from '#kernel/ids';
import { writeZip } from '#kernel/office/zip';
import { lockInTrx, type Records, type Trx } from '#kernel/records';
import type { Lang, Text } from '#kernel/text';
import { directory } from '#modules/parties/server/index';
import { type listTemplates, MATTERS_APPROVE, type TemplateView } from '../../../contract.ts';
import type { MatterContext } from '../../matters/context.ts';
import type { By } from '../../matters/entry.ts';
import { documentError } from '../errors.ts';
import { withDocuments } from '../tables.ts';
import { checkTemplate } from './check.ts';
import type { TemplateFault } from './faults.ts';
import { fillTemplate } from './fill.ts';
import { lastUse, OWN_FORM, type TemplateVersion, templateVersion, versionsWith } from './force.ts';
import { TEMPLATE_LIMIT } from './package.ts';
import { examplesOf, type TemplateTag, tagsOf } from './tags.ts';

/** Purpose under which templates are kept: heads of the office alone get them. */
const TEMPLATE = 'matter-template';
/** Versions of one document's template. */
const MOST = 500;

type View = ReturnType<(typeof TemplateView)['parse']>;
type Line = EndpointResponse<typeof listTemplates>['documents'][number];
type ItemVersion = ReturnType<typeof versionsWith>[number];

/** A document whose templates somebody looks after. */
interface Kept {
  versions: ItemVersion[];
  latest: ItemVersion;
  document: ItemVersion['documents'][number];
  department: string;
}

/** Documents that the platform makes in items of the offices that somebody heads, in the order of the catalogue. */
function documentsOf(ctx: MatterContext, { actor }: Pick<By, 'actor'>): Kept[] {
  const { pack, policy, clock } = ctx.platform;
  const kept: Kept[] = [];
  for (const id of new Set(pack.items.map((item) => item.id))) {
    // Whoever keeps the item today looks after what its older versions still make.
    const { keeper } = ctx.catalog.find(id, clock.today())!;
    if (!policy.can(actor, MATTERS_APPROVE, { organisation: keeper.department })) continue;
    const all = pack.items.filter((item) => item.id === id);
    const documents = new Set(all.flatMap((item) => item.documents.map((one) => one.id)));
    for (const document of documents) {
      const versions = versionsWith(pack, id, document);
      const latest = versions.at(-1);
      if (!latest) continue;
      const named = latest.documents.find((one) => one.id === document)!;
      kept.push({ versions, latest, document: named, department: keeper.department });
    }
  }
  const place = ({ latest }: Kept) => ITEM_GROUPS.indexOf(latest.group) * 1000 + latest.order;
  return kept.sort((a, b) => place(a) - place(b));
}

/** One of these documents. Throws `matters_template_none`, the same for those of other offices. */
function demandDocument(ctx: MatterContext, by: Pick<By, 'actor'>, item: string, document: string): Kept {
  const kept = documentsOf(ctx, by).find((one) => one.latest.id === item && one.document.id === document);
  if (!kept) throw documentError('matters_template_none');
  return kept;
}

const shownUse = ({ seq, version, note, at, userName }: Awaited<ReturnType<typeof usesOf>>[number]) => ({
  ...{ seq, version, note, at: at.toISOString(), by: userName },
});

function usesOf(db: Records | Trx, items: readonly string[]) {
  return withDocuments(db as Records)
    .selectFrom('matterTemplateUse')
    .selectAll()
    .where('item', 'in', ['', ...items])
    .orderBy('seq', 'desc')
    .execute();
}

function uploadsOf(db: Records | Trx, items: readonly string[]) {
  return withDocuments(db as Records)
    .selectFrom('matterTemplate as t')
    .innerJoin('storedFile as f', 'f.id', 't.file')
    .selectAll('t')
    .select('f.size')
    .where('t.item', 'in', ['', ...items])
    .orderBy('t.version', 'desc')
    .execute();
}

const shownUpload = (row: Awaited<ReturnType<typeof uploadsOf>>[number]) => ({
  ...{ version: row.version, sha256: row.sha256, size: Number(row.size), tags: row.tags },
  ...{ at: row.uploadedAt.toISOString(), by: row.uploader },
});

function lineOf(
  { latest, document }: Kept,
  uses: Awaited<ReturnType<typeof usesOf>>,
  uploads: Awaited<ReturnType<typeof uploadsOf>>,
): Line {
  const of = <T extends { item: string; document: string }>(rows: readonly T[]) =>
    rows.filter((row) => row.item === latest.id && row.document === document.id);
  const use = of(uses)[0];
  const version = use?.version ?? OWN_FORM;
  const uploaded = of(uploads).find((row) => row.version === version);
  return {
    item: { id: latest.id, title: latest.title },
    document: { id: document.id, title: document.title, mark: document.mark! },
    toOther: document.to === 'other',
    version,
    use: use ? shownUse(use) : null,
    uploaded: uploaded ? shownUpload(uploaded) : null,
  };
}

/** The documents of somebody's offices, with the template in force. */
export async function listOf(ctx: MatterContext, by: Pick<By, 'actor'>): Promise<Line[]> {
  const { records } = ctx.platform;
  const kept = documentsOf(ctx, by);
  const items = [...new Set(kept.map(({ latest }) => latest.id))];
  const [uses, uploads] = [await usesOf(records, items), await uploadsOf(records, items)];
  return kept.map((one) => lineOf(one, uses, uploads));
}

/** One document with its versions, and the tags that may be used. Throws `matters_template_none`. */
export async function viewOf(
  ctx: MatterContext,
  by: Pick<By, 'actor'>,
  item: string,
  document: string,
  db: Records | Trx = ctx.platform.records,
): Promise<View> {
  const kept = demandDocument(ctx, by, item, document);
  const mine = (row: { document: string }) => row.document === document;
  const uses = (await usesOf(db, [item])).filter(mine);
  const uploads = (await uploadsOf(db, [item])).filter(mine);
  const name = (await directory(ctx.platform).lookup()).departmentName(
    kept.department,
    ctx.platform.clock.today(),
  );
  return {
    ...lineOf(kept, uses, uploads),
    office: name ? { zh: name.zh, en: name.en } : { zh: kept.department, en: kept.department },
    versions: uploads.map(shownUpload),
    uses: uses.map(shownUse),
    tags: tagsOf(kept.versions, document).map(({ field: _, ...tag }) => tag),
    ...{ limit: TEMPLATE_LIMIT, pdf: ctx.pdf !== null },
  };
}

/** Throws `matters_template_faults` with all of them. */
function refuse(faults: readonly TemplateFault[], lang: Lang): never {
  throw documentError(
    'matters_template_faults',
    { count: faults.length },
    faults.map(({ code, text }, i) => ({ path: `/file/${i}`, code, message: text[lang] })),
  );
}

/**
 * Checks a file as a template and keeps it as the next version; the same bytes again are the version that they were. It is not in
 * force by that. Throws `matters_template_none`, `matters_template_faults`, `matters_template_limit`.
 */
export async function upload(
  ctx: MatterContext,
  by: By,
  item: string,
  document: string,
  bytes: Buffer,
): Promise<number> {
  const { platform } = ctx;
  const { versions } = demandDocument(ctx, by, item, document);
  const checked = await checkTemplate(bytes, tagsOf(versions, document));
  if (!checked.ok) refuse(checked.faults, by.lang);
  const now = platform.clock.now();
  return platform.records.transaction().execute(async (trx) => {
    await lockInTrx(trx, `template ${item} ${document}`);
    const rows = await withDocuments(trx)
      .selectFrom('matterTemplate')
      .select(['version', 'sha256'])
      .where('item', '=', item)
      .where('document', '=', document)
      .orderBy('version')
      .execute();
    const hash = sha256(bytes);
    const known = rows.find((row) => row.sha256 === hash);
    if (known) return known.version;
    if (rows.length >= MOST) throw documentError('matters_template_limit', { most: MOST });
    const version = (rows.at(-1)?.version ?? 0) + 1;
    // Through the transaction's own connection.
    const file = await new Files(platform.files.dir, trx).put(Readable.from([bytes]), {
      ...{ name: nameOf(versions.at(-1)!, document, version), ownerId: by.actor.id, purpose: TEMPLATE },
      limit: TEMPLATE_LIMIT,
    });
    await withDocuments(trx)
      .insertInto('matterTemplate')
      .values({
        ...{ item, document, version, file: file.id, sha256: hash, tags: checked.used },
        ...{ uploadedAt: now, uploadedBy: by.actor.id!, uploader: by.actor.name },
      })
      .execute();
    await audit(trx, now, {
      ...{ actor: by.actor, requestId: by.requestId, action: 'matters.template-uploaded' },
      ...{ objectType: 'template', objectId: `${item}/${document}`, detail: { version, sha256: hash } },
    });
    return version;
  });
}

function nameOf(item: ItemVersion, document: string, version: number): string {
  const title = item.documents.find(({ id }) => id === document)!.title.zh;
  return version === OWN_FORM ? `${title} 平台格式.docx` : `${title} 模板第${version}版.docx`;
}

const called = (version: number): Text =>
  version === OWN_FORM
    ? { zh: '平台格式', en: 'The platform’s own form' }
    : { zh: `第 ${version} 版`, en: `Version ${version}` };

/**
 * Puts a version in force. Of two who looked at the same the second gets `matters_template_changed`. A version that fits the tags of
 * today no more is refused as at its upload. Throws besides `matters_template_none`, `matters_template_version`, `matters_template_same`.
 */
export async function putInForce(
  ctx: MatterContext,
  by: By,
  item: string,
  document: string,
  { seq, version, note }: { seq: number; version: number; note: string },
): Promise<void> {
  const { platform } = ctx;
  const { versions } = demandDocument(ctx, by, item, document);
  const now = platform.clock.now();
  const template = await demandVersion(ctx, item, document, version);
  if (version !== OWN_FORM) {
    const checked = await checkTemplate(await writeZip(template.entries), tagsOf(versions, document));
    if (!checked.ok) refuse(checked.faults, by.lang);
  }
  await platform.records.transaction().execute(async (trx) => {
    await lockInTrx(trx, `template ${item} ${document}`);
    const last = await lastUse(trx, item, document);
    if ((last?.seq ?? 0) !== seq) {
      const what = called(last?.version ?? OWN_FORM);
      throw documentError('matters_template_changed', {
        ...{ by: last?.userName ?? '', by_en: last?.userName ?? '', what: what.zh, what_en: what.en },
        at: last?.at.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, 16) ?? '',
      });
    }
    if ((last?.version ?? OWN_FORM) === version) {
      const what = called(version);
      throw documentError('matters_template_same', { what: what.zh, what_en: what.en });
    }
    await withDocuments(trx)
      .insertInto('matterTemplateUse')
      .values({
        ...{ item, document, seq: seq + 1, version, note, at: now },
        ...{ usedBy: by.actor.id!, userName: by.actor.name },
      })
      .execute();
    await audit(trx, now, {
      ...{ actor: by.actor, requestId: by.requestId, action: 'matters.template-used' },
      ...{ objectType: 'template', objectId: `${item}/${document}` },
      detail: { version, before: last?.version ?? OWN_FORM, sha256: template.sha256, note },
    });
  });
}

async function demandVersion(
  { platform }: MatterContext,
  item: string,
  document: string,
  version: number,
): Promise<TemplateVersion> {
  const found = await templateVersion(platform.files, platform.records, item, document, version);
  if (!found) throw documentError('matters_template_version', { version });
  return found;
}

/** A version as it is edited in Word. Throws `matters_template_none`, `matters_template_version`. */
export async function fileOfVersion(
  ctx: MatterContext,
  by: Pick<By, 'actor'>,
  item: string,
  document: string,
  version: number,
): Promise<{ name: string; bytes: Buffer }> {
  const { latest } = demandDocument(ctx, by, item, document);
  const { entries } = await demandVersion(ctx, item, document, version);
  return { name: nameOf(latest, document, version), bytes: await writeZip(entries) };
}

/** A version filled with examples. Throws as {@link fileOfVersion}. */
export async function exampleOfVersion(
  ctx: MatterContext,
  by: Pick<By, 'actor'>,
  item: string,
  document: string,
  version: number,
): Promise<{ name: string; bytes: Buffer }> {
  const { latest, versions } = demandDocument(ctx, by, item, document);
  const { entries } = await demandVersion(ctx, item, document, version);
  const tags: readonly TemplateTag[] = tagsOf(versions, document);
  const name = nameOf(latest, document, version).replace(/\.docx$/, ' 示例.docx');
  const bytes = await fillTemplate(entries, examplesOf(tags), {
    ...{ title: '示例', office: '示例', made: ctx.platform.clock.now().toISOString() },
  });
  return { name, bytes };
}
