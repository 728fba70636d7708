import { randomBytes } from 'node:crypto';
import type * as z from 'zod';
import { type CityPack, holdsAt } from '#kernel/city/schema';
import type { Answers } from '#kernel/conditions';
import type { ReadContext } from '#kernel/fields/read';
import { canonicalJson, newId, sha256, uuidOf } from '#kernel/ids';
import { lockInTrx, type Trx } from '#kernel/records';
import { newReceipt } from '#kernel/secrets';
import type { Vault } from '#kernel/vault';
import { directory } from '#modules/parties/server/index';
import type { openMatter } from '../../contract.ts';
import type { MatterContext } from './context.ts';
import { dayOf } from './day.ts';
import type { Definition } from './definitions.ts';
import { auditEntry, type By, unnamed } from './entry.ts';
import { matterError } from './errors.ts';
import { type FoundMatter, fileOf, type MatterFile } from './file.ts';
import { append } from './log.ts';
import { tellOpened } from './messages.ts';
import { nextNumber } from './number.ts';
import { checkPapers, papersFor, storePapers } from './papers.ts';
import { knownDues, settle } from './settle.ts';
import { keepsNames, type OfficeStanding, officeStanding, openingOf } from './standing.ts';
import { withMatters } from './tables.ts';

type Body = z.output<(typeof openMatter)['body']>;

/** Reads answers as a form gives them. */
export async function formContext(ctx: MatterContext): Promise<ReadContext> {
  const { platform } = ctx;
  return { lookup: await directory(platform).lookup(), today: platform.clock.today(), source: 'json' };
}

/**
 * Opens a matter, once per key, and those of other items that go with it. Throws `matters_item` outside the days of the version, `matters_form` with every answer that
 * is wrong, `matters_material`, `matters_paper`, `matters_file`, `matters_key` for the same key with other content.
 */
export async function open(ctx: MatterContext, asker: By, body: Body): Promise<FoundMatter> {
  const { platform, catalog } = ctx;
  const { actor } = asker;
  const today = platform.clock.today();
  const item = catalog.find(body.item, body.on ?? today);
  if (!item) throw matterError('matters_none', { number: body.item.slice(0, 60) });
  const { portals } = catalog;
  const portal = portals.find(body.portal);
  portals.demand(portal, item);
  const { department } = portals.keeper(portal, item, body.on ?? today);
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
  // Nobody guesses answers from it: they may be what the vault keeps, and then no account stands beside them either.
  const account = keepsNames(item) ? null : actor.id;
  const keyHash = platform.vault.mark(canonicalJson({ ...said, actor: account }));
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
      return asApplicant(
        await fileOf(ctx, trx, before),
        officeStanding(platform.policy, before.department, actor),
        actor.id,
      );
    }
    const common = { asker, on, reading };
    const form = body.form;
    const made = await openOne(ctx, trx, item, {
      ...{ ...common, portal, department, office, key, keyHash, form, materials: body.materials },
    });
    const opened = [made.file];
    for (const id of made.definition.form.alsoOpens(made.answers)) {
      const other = catalog.find(id, on);
      if (!other || !holdsAt(other, on)) throw matterError('matters_none', { number: id });
      const asked = Object.keys(other.form.schema.properties);
      const theirs = Object.fromEntries(Object.entries(form).filter(([name]) => asked.includes(name)));
      const materials = body.materials.filter(({ what }) => other.materials.some((one) => one.id === what));
      const beside = {
        key: alsoKey(platform.vault, key, id),
        keyHash: platform.vault.mark(`${keyHash} ${id}`),
      };
      // What the portal leaves out goes to the city, as if nobody had come through it.
      const through = portals.has(portal, other) ? portal : null;
      const keeper = portals.keeper(through, other, on).department;
      const { file } = await openOne(ctx, trx, other, {
        ...{ ...common, ...beside, portal: through, department: keeper, form: theirs, materials },
        office: officeStanding(platform.policy, keeper, actor),
      });
      opened.push(file);
    }
    // Numbers first, then the audit log, which everybody waits for: two who open the same two items never wait for each other.
    for (const file of opened) {
      const standing = officeStanding(platform.policy, file.row.department, actor);
      await auditEntry(trx, platform.clock.now(), unnamed(asker, { ...file, standing }), file);
      await tellOpened(ctx, trx, file);
    }
    await withMatters(trx).deleteFrom('matterDraft').where('key', '=', key).execute();
    return asApplicant(made.file, office, actor.id);
  });
}

/** The key of a matter that is opened beside another one: whoever has the records alone does not find one from the other. */
export const alsoKey = (vault: Vault, key: string, item: string) =>
  uuidOf(vault.mark(`matter ${key} ${item}`));

/** What one matter is opened with. */
interface Opening {
  asker: By;
  /** Through which it is opened, and the office that keeps the item there. */
  portal: CityPack['portals'][number] | null;
  department: string;
  office: OfficeStanding;
  on: string;
  key: string;
  keyHash: string;
  form: Body['form'];
  materials: Body['materials'];
  reading: ReadContext;
}

/** Opens one matter within a transaction. */
async function openOne(
  ctx: MatterContext,
  trx: Trx,
  item: CityPack['items'][number],
  { asker, portal, department, office, on, key, keyHash, form, materials, reading }: Opening,
): Promise<{ file: MatterFile; definition: Definition; answers: Answers }> {
  const { platform, definitions } = ctx;
  const now = platform.clock.now();
  const opening = openingOf(item);
  const definition = await definitions.keep(trx, item, now);
  const { data, issues } = definition.form.read(form, reading);
  if (issues.length > 0)
    throw matterError(
      'matters_form',
      { count: issues.length },
      issues.map(({ path, code: wrong, message }) => ({
        ...{ path: `/body/form${path}`, code: wrong, message: message[asker.lang] },
      })),
    );
  const papers = await checkPapers(
    trx,
    materials.map(({ what, file }) => ({ what, file })),
    papersFor(definition, opening.id, data),
    office.handles,
    asker.lang,
  );
  const { open: answers, secret } = definition.form.parted(data);
  // Where identities are kept in the vault no account stands beside the matter, nor in its log, nor with its files.
  const by = unnamed(asker, { definition, standing: office });
  const course = definition.procedure.after([{ action: opening.id, on }]);
  const id = newId();
  const number = await nextNumber(trx, item.mark, Number(platform.clock.today().slice(0, 4)));
  const named = answers[item.form.name];
  const row = {
    ...{ id, number, item: item.id, definition: definition.hash, department },
    portal: portal?.id ?? null,
    name:
      named === undefined ? (secret?.[item.form.name] === undefined ? '匿名' : '身份保密') : String(named),
    subject: String(answers[item.form.subject]),
    ...{ key, keyHash, openedOn: on, openedAt: now, handler: null, version: 1 },
    ...{ state: course.state.id, endedOn: null, doneOn: null, nextOn: null, rules: definitions.rules },
  };
  await withMatters(trx).insertInto('matter').values(row).execute();
  const applicant = { no: 1, role: opening.by, name: row.name, actsFor: null, since: 1, until: null };
  // Where the office begins by itself nobody applies, and nobody has a code.
  if (item.roles.some(({ id: role, side }) => role === opening.by && side === 'party'))
    await withMatters(trx)
      .insertInto('matterParty')
      // A clerk enters for somebody who has no account.
      .values({ ...applicant, matter: id, code: newReceipt(), account: office.reads ? null : by.actor.id })
      .execute();
  const numbers = papers.map((paper, i) => ({ ...paper, no: i + 1 }));
  const salt = randomBytes(16).toString('hex');
  const sealed = secret && platform.vault.seal(canonicalJson(secret), id);
  await append(trx, now, id, 1, {
    ...{ kind: 'step', action: opening.id, onDay: on, role: opening.by, recorded: office.reads },
    ...{ key, keyHash, actor: by.actor },
    content: {
      note: '',
      papers: numbers.map(({ no, what, sha256: hash }) => ({ no, what, sha256: hash })),
      answers: sha256(`${salt}\n${canonicalJson(answers)}`),
      dues: knownDues(definition, course),
      rules: definitions.rules,
      ...(!office.reads && { party: 1 }),
      ...(sealed !== null && { sealed: sha256(sealed) }),
      ...(portal && { portal: portal.id, keeper: department }),
    },
  });
  await withMatters(trx)
    .insertInto('matterAnswers')
    .values({ matter: id, seq: 1, salt, answers: JSON.stringify(answers) })
    .execute();
  if (sealed !== null)
    await withMatters(trx).insertInto('matterVault').values({ matter: id, seq: 1, sealed }).execute();
  await storePapers(trx, id, 1, numbers);
  await settle(ctx, trx, definition, id, 1, course);
  const stored = await withMatters(trx)
    .selectFrom('matter')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { file: await fileOf(ctx, trx, stored), definition, answers: data };
}

/** A matter as whoever opened it sees it. */
function asApplicant(file: MatterFile, office: OfficeStanding, account: string | null): FoundMatter {
  const party = file.parties[0] ?? null;
  return { ...file, standing: { ...office, account, panel: null, past: null, party } };
}
