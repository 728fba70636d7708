import { randomBytes } from 'node:crypto';
import type * as z from 'zod';
import { holdsAt } from '#kernel/city/schema';
import type { ReadContext } from '#kernel/fields/read';
import { canonicalJson, newId, sha256 } from '#kernel/ids';
import { lockInTrx } from '#kernel/records';
import { newReceipt } from '#kernel/secrets';
import { directory } from '#modules/parties/server/index';
import type { openMatter } from '../../contract.ts';
import type { MatterContext } from './context.ts';
import { dayOf } from './day.ts';
import { auditEntry, type By } from './entry.ts';
import { matterError } from './errors.ts';
import { type FoundMatter, fileOf, type MatterFile } from './file.ts';
import { append } from './log.ts';
import { tellOpened } from './messages.ts';
import { nextNumber } from './number.ts';
import { checkPapers, papersFor, storePapers } from './papers.ts';
import { knownDues, settle } from './settle.ts';
import { officeStanding, openingOf, type Standing } from './standing.ts';
import { withMatters } from './tables.ts';

type Body = z.output<(typeof openMatter)['body']>;

/** Reads answers as a form gives them. */
export async function formContext(ctx: MatterContext): Promise<ReadContext> {
  const { platform } = ctx;
  return { lookup: await directory(platform).lookup(), today: platform.clock.today(), source: 'json' };
}

/**
 * Opens a matter, once per key. Throws `matters_item` outside the days of the version, `matters_form` with every answer that
 * is wrong, `matters_material`, `matters_paper`, `matters_file`, `matters_key` for the same key with other content.
 */
export async function open(ctx: MatterContext, asker: By, body: Body): Promise<FoundMatter> {
  const { platform, catalog, definitions } = ctx;
  const { actor } = asker;
  const now = platform.clock.now();
  const today = platform.clock.today();
  const item = catalog.find(body.item, body.on ?? today);
  if (!item) throw matterError('matters_none', { number: body.item.slice(0, 60) });
  const department = item.keeper.department;
  const office = officeStanding(platform.policy, department, actor);
  const opening = openingOf(item);
  const party = item.roles.some(({ id, side }) => side === 'party' && id === opening.by);
  if (!party && !office.handles)
    throw matterError('matters_not_yours', {
      ...{ action: opening.title.zh, action_en: opening.title.en },
      ...{ role: '承办机构', role_en: 'the office' },
    });
  const on = dayOf(body.on, today, office.handles);
  if (!holdsAt(item, on))
    throw matterError('matters_item', {
      ...{ title: item.title.zh, title_en: item.title.en, on, from: item.from },
      ...{ to: item.to ? `，至 ${item.to} 止` : '', to_en: item.to ? ` to ${item.to}` : '' },
    });
  const { idempotencyKey: key, ...said } = body;
  const keyHash = sha256(canonicalJson({ ...said, actor: actor.id }));
  const reading = await formContext(ctx);
  return platform.records.transaction().execute(async (trx) => {
    await lockInTrx(trx, `matter ${key}`);
    const before = await withMatters(trx)
      .selectFrom('matter')
      .selectAll()
      .where('key', '=', key)
      .executeTakeFirst();
    if (before) {
      if (before.keyHash !== keyHash) throw matterError('matters_key');
      return asApplicant(await fileOf(ctx, trx, before), office);
    }
    const definition = await definitions.keep(trx, item, now);
    const { data, issues } = definition.form.read(body.form, reading);
    if (issues.length > 0)
      throw matterError(
        'matters_form',
        { count: issues.length },
        issues.map(({ path, code, message }) => ({
          ...{ path: `/body/form${path}`, code, message: message[asker.lang] },
        })),
      );
    const papers = await checkPapers(
      trx,
      body.materials.map(({ what, file }) => ({ what, file })),
      papersFor(definition, opening.id, data),
      office.handles,
      asker.lang,
    );
    const course = definition.procedure.after([{ action: opening.id, on }]);
    const id = newId();
    const number = await nextNumber(trx, item.mark, Number(today.slice(0, 4)));
    const row = {
      ...{ id, number, item: item.id, definition: definition.hash, department },
      ...{ name: String(data[item.form.name]), subject: String(data[item.form.subject]) },
      ...{ key, keyHash, openedOn: on, openedAt: now, handler: null, version: 1 },
      ...{ state: course.state.id, endedOn: null, nextOn: null, rules: definitions.rules },
    };
    await withMatters(trx).insertInto('matter').values(row).execute();
    const applicant = { no: 1, role: opening.by, name: row.name, agent: false, since: 1, until: null };
    await withMatters(trx)
      .insertInto('matterParty')
      // A clerk enters for somebody who has no account.
      .values({ ...applicant, matter: id, code: newReceipt(), account: office.reads ? null : actor.id })
      .execute();
    const numbers = papers.map((paper, i) => ({ ...paper, no: i + 1 }));
    const salt = randomBytes(16).toString('hex');
    await append(trx, now, id, 1, {
      ...{ kind: 'step', action: opening.id, onDay: on, role: opening.by, recorded: office.reads },
      ...{ key, keyHash, actor },
      content: {
        note: '',
        papers: numbers.map(({ no, what, sha256: hash }) => ({ no, what, sha256: hash })),
        answers: sha256(`${salt}\n${canonicalJson(data)}`),
        dues: knownDues(definition, course),
        rules: definitions.rules,
        ...(!office.reads && { party: 1 }),
      },
    });
    await withMatters(trx)
      .insertInto('matterAnswers')
      .values({ matter: id, seq: 1, salt, answers: JSON.stringify(data) })
      .execute();
    await storePapers(trx, id, 1, numbers);
    await settle(ctx, trx, definition, id, 1, course);
    await withMatters(trx).deleteFrom('matterDraft').where('key', '=', key).execute();
    const stored = await withMatters(trx)
      .selectFrom('matter')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const file = await fileOf(ctx, trx, stored);
    await auditEntry(trx, now, asker, file);
    await tellOpened(ctx, trx, file);
    return asApplicant(file, office);
  });
}

/** A matter as whoever opened it sees it. */
function asApplicant(file: MatterFile, office: Omit<Standing, 'party'>): FoundMatter {
  return { ...file, standing: { ...office, party: file.parties[0]! } };
}
