import { Readable } from 'node:stream';
import { Files } from '#kernel/files/files';
import type { EndpointResponse } from '#kernel/http/contract';
import type { Records, Trx } from '#kernel/records';
import { newReceipt, tidyReceipt } from '#kernel/secrets';
import { directory } from '#modules/parties/server/index';
import { letterOf, type verifyDocument } from '../../contract.ts';
import { officeName } from '../catalog/portals.ts';
import { answersOf } from '../matters/answers.ts';
import type { MatterContext } from '../matters/context.ts';
import { changesOf, erasOf, inEras } from '../matters/eras.ts';
import { matterError } from '../matters/errors.ts';
import { type MatterFile, officeAt, transfersOf } from '../matters/file.ts';
import { nextNumber } from '../matters/number.ts';
import { PAPER, type TakenPaper } from '../matters/papers.ts';
import { formView } from '../matters/view.ts';
import { documentError } from './errors.ts';
import { withDocuments } from './tables.ts';
import { fillTemplate } from './templates/fill.ts';
import { OWN_FORM, type TemplateVersion, templateInForce, versionsWith } from './templates/force.ts';
import { type TemplateTag, tagsOf, valuesOf } from './templates/tags.ts';

/** Longest made document, in bytes. */
const MOST = 5_000_000;

/** What an officer writes. */
export interface Written {
  /** Document of the item. */
  what: string;
  text: string;
  to: string;
}

/** A document of an item that the platform makes. Throws `matters_paper` for one that it does not. */
function demandDocument({ definition }: MatterFile, what: string) {
  const document = definition.item.documents.find(({ id }) => id === what);
  if (!document?.mark) throw matterError('matters_paper', { what: what.slice(0, 60) });
  return { ...document, mark: document.mark };
}

/**
 * Lays a document out with the template that is in force as `db` sees it. Throws `matters_template_old` where that asks for
 * something which this matter does not have, as one that began under an older form.
 */
async function layOut(
  ctx: MatterContext,
  db: Records | Trx,
  file: MatterFile,
  { what, text, to }: Written,
  { number, code }: { number: string; code: string },
): Promise<{ bytes: Buffer; template: TemplateVersion }> {
  const { platform } = ctx;
  const { row, definition } = file;
  const document = demandDocument(file, what);
  const on = platform.clock.today();
  const office =
    (await directory(platform).lookup()).departmentName(row.department, on)?.zh ?? row.department;
  const letter = letterOf({ office, title: document.title.zh, number, to, text, on });
  const template = await templateInForce(platform.files, db, row.item, what);
  const versions = versionsWith(platform.pack, row.item, what);
  const tags = tagsOf(versions.length > 0 ? versions : [definition.item], what);
  if (template.version !== OWN_FORM) demandTags(file, template, tags);
  const answers = await formView(ctx, file, await answersOf(db, row.id));
  const values = valuesOf(tags, {
    ...{ letter, code, at: new URL('/verify', platform.config.ZC_ORIGIN ?? 'http://localhost').href },
    matter: {
      ...{ number: row.number, item: definition.item.title.zh, name: row.name },
      ...{ subject: row.subject, openedOn: row.openedOn },
    },
    answers: new Map(
      answers.flatMap(({ key, text: shown }) =>
        definition.form.secret.includes(key) ? [] : [[key, shown.zh]],
      ),
    ),
  });
  const bytes = await fillTemplate(template.entries, values, {
    ...{ title: `${letter.title} ${number}`, office, made: platform.clock.now().toISOString() },
  });
  return { bytes, template };
}

/** Does everything that a template asks for exist in the matter? A hole in an official document would not be seen in time. */
function demandTags(
  { definition: { form } }: MatterFile,
  { version, tags: used }: TemplateVersion,
  tags: readonly TemplateTag[],
): void {
  for (const name of used) {
    const tag = tags.find((one) => one.name === name);
    const asked = tag?.field === undefined || form.model.byKey.has(tag.field);
    const secret = tag?.field !== undefined && form.secret.includes(tag.field);
    if (tag && asked && !secret) continue;
    throw documentError('matters_template_old', {
      version,
      why: tag ? `本办件的申请表没有公开的“${name}”一栏` : `标签 {${name}} 已不能使用`,
      why_en: tag ? `its form has no open field for {${name}}` : `the tag {${name}} can no longer be used`,
    });
  }
}

/**
 * Makes a document of a step: takes its number, which has no gaps because it is taken in the step's own transaction, writes it as
 * Word document with the template in force in that transaction, and keeps the bytes. Throws `matters_paper` for one that the
 * platform does not make, `matters_template_old`.
 */
export async function makeDocument(
  ctx: MatterContext,
  trx: Trx,
  file: MatterFile,
  written: Written,
): Promise<Omit<TakenPaper, 'no'>> {
  const { platform } = ctx;
  const { mark, title } = demandDocument(file, written.what);
  const number = await nextNumber(trx, mark, Number(platform.clock.today().slice(0, 4)));
  const code = newReceipt();
  const { bytes, template } = await layOut(ctx, trx, file, written, { number, code });
  // Through the transaction's own connection: a second one could be waited for without end.
  const info = await new Files(platform.files.dir, trx).put(Readable.from([bytes]), {
    ...{ name: `${title.zh} ${number}.docx`, ownerId: null, purpose: PAPER, limit: MOST },
  });
  return {
    ...{ what: written.what, file: info.id, sha256: info.sha256, number, code },
    template: template.version,
  };
}

/** A document as it would be made now: nothing is kept, and no number is taken. Throws as {@link makeDocument}. */
export async function previewOf(
  ctx: MatterContext,
  file: MatterFile,
  written: Written,
): Promise<{ name: string; bytes: Buffer }> {
  const { title } = demandDocument(file, written.what);
  const pending = { number: '（文号待编）', code: '（制作时生成）' };
  const { bytes } = await layOut(ctx, ctx.platform.records, file, written, pending);
  return { name: `${title.zh} 预览.docx`, bytes };
}

/** What is known of the document that bears a code. Throws `matters_verify`. */
export async function verified(
  { platform, definitions }: MatterContext,
  typed: string,
): Promise<EndpointResponse<typeof verifyDocument>> {
  const code = tidyReceipt(typed);
  const row = await withDocuments(platform.records)
    .selectFrom('matterPaper as p')
    .innerJoin('matter as m', 'm.id', 'p.matter')
    .innerJoin('matterLog as l', (join) =>
      join.onRef('l.matter', '=', 'p.matter').onRef('l.seq', '=', 'p.seq'),
    )
    .innerJoin('storedFile as f', 'f.id', 'p.file')
    .leftJoin('matterRendition as r', (join) =>
      join.onRef('r.matter', '=', 'p.matter').onRef('r.paper', '=', 'p.no'),
    )
    .leftJoin('storedFile as g', 'g.id', 'r.file')
    .select(['p.number', 'p.what', 'p.struck', 'p.seq', 'l.onDay', 'f.sha256'])
    .select(['m.id', 'm.department', 'm.definition'])
    .select('g.sha256 as pdf')
    .where('p.code', '=', code)
    .executeTakeFirst();
  if (!row?.number || !row.onDay) throw matterError('matters_verify', { code: typed.slice(0, 40) });
  const eras = await erasOf(definitions, platform.records, row, await changesOf(platform.records, [row.id]));
  const title = inEras(eras, ({ documents }) => documents.find(({ id }) => id === row.what))!.title;
  // The office that made it, also where the matter went to another one afterwards.
  const maker = officeAt(row.department, await transfersOf(platform.records, row.id), row.seq);
  return {
    number: row.number,
    title,
    office: officeName(await directory(platform).lookup(), maker, row.onDay),
    on: row.onDay,
    ...{ sha256: row.sha256, pdf: row.pdf },
    struck: row.struck !== null,
  };
}
