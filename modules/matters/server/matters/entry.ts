import { audit } from '#kernel/audit/audit';
import { anonymous } from '#kernel/policy/policy';
import type { Trx } from '#kernel/records';
import type { Lang } from '#kernel/text';
import { directory } from '#modules/parties/server/index';
import { officeName } from '../catalog/portals.ts';
import type { MatterContext } from './context.ts';
import type { Definition } from './definitions.ts';
import { eraAt } from './eras.ts';
import { matterError } from './errors.ts';
import { type FoundMatter, fileOf, findFile, type MatterFile } from './file.ts';
import { append, type NewEntry } from './log.ts';
import { type Asker, isOffice, keepsNames, type Standing } from './standing.ts';
import { type MatterRow, withMatters } from './tables.ts';

/** Who enters something. */
export type By = Asker & { requestId: string | null; lang: Lang };

/** Whoever enters something, without their account where the matter keeps identities in the vault and they are a party. */
export function unnamed(
  by: By,
  {
    definition,
    standing,
  }: { definition: Definition; standing: Pick<Standing, 'reads'> & Partial<Pick<Standing, 'past'>> },
): By {
  return keepsNames(definition) && !isOffice(standing) ? { ...by, actor: anonymous } : by;
}

/** Refuses what an office would enter that handed the matter on, naming the body that has it. Throws `matters_transferred`. */
export async function demandPresent(
  { platform }: MatterContext,
  { standing: { past } }: FoundMatter,
): Promise<void> {
  if (!past) return;
  const office = officeName(await directory(platform).lookup(), past.toDepartment, past.onDay);
  throw matterError('matters_transferred', { on: past.onDay, office: office.zh, office_en: office.en });
}

/** Refuses to go on from what is no longer so, naming who was first with what. */
export function demandVersion({ row, log, parties, eras, standing }: FoundMatter, version: number): void {
  if (row.version === version) return;
  const { actorName, action, at, role, content } = log.at(-1)!;
  const party = parties.find(({ no }) => no === content.party)?.name;
  const { item } = eraAt(eras, row.version).definition;
  const called = item.roles.find(({ id }) => id === role)?.title;
  const title = item.actions.find(({ id }) => id === action)?.title;
  throw matterError('matters_changed', {
    // An applicant learns the office, not the officer.
    by: isOffice(standing) ? actorName || party || (called?.zh ?? '') : '承办机构或者当事人',
    by_en: isOffice(standing) ? actorName || party || (called?.en ?? '') : 'The office or a party',
    at: at.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, 16),
    what: title?.zh ?? '登记',
    what_en: title?.en ?? 'an entry',
  });
}

/** Reads the matter again after something was entered, and leaves the line in the audit log. */
export async function entered(
  ctx: MatterContext,
  trx: Trx,
  now: Date,
  by: By,
  found: FoundMatter,
): Promise<FoundMatter> {
  const row = (await withMatters(trx)
    .selectFrom('matter')
    .selectAll()
    .where('id', '=', found.row.id)
    .executeTakeFirstOrThrow()) as MatterRow;
  const file = await fileOf(ctx, trx, row);
  await auditEntry(trx, now, by, file);
  return { ...file, standing: found.standing };
}

/** What an entry says that is no step. */
export type Aside = Pick<NewEntry, 'kind'> &
  Partial<NewEntry['content']> & { onDay?: string; role?: string } & Partial<
    Record<'key' | 'keyHash', string>
  >;

/** What is to be entered, and what follows from it. */
export interface Entering {
  says: Aside;
  /** Writes what belongs to the entry; `seq` is its number. */
  write: (seq: number) => Promise<unknown>;
  tell?: (after: FoundMatter) => Promise<void>;
}

/**
 * Enters something that is no step. `prepare` looks at the matter, which nobody else can change meanwhile, and says what is to be
 * entered; null where it is so already. Throws `matters_none`, `matters_changed`.
 */
export async function enter(
  ctx: MatterContext,
  by: By,
  number: string,
  version: number,
  prepare: (trx: Trx, found: FoundMatter) => Promise<Entering | null>,
): Promise<FoundMatter> {
  const now = ctx.platform.clock.now();
  return ctx.platform.records.transaction().execute(async (trx) => {
    const found = await findFile(ctx, trx, number, by, 'lock');
    await demandPresent(ctx, found);
    const entering = await prepare(trx, found);
    if (!entering) return found;
    demandVersion(found, version);
    const seq = found.row.version + 1;
    const { kind, onDay = null, role = null, key = null, keyHash = null, ...content } = entering.says;
    await append(trx, now, found.row.id, seq, {
      ...{ kind, action: null, onDay, role, recorded: false, key, keyHash },
      actor: by.actor,
      content: { note: '', papers: [], answers: null, dues: [], rules: ctx.definitions.rules, ...content },
    });
    await entering.write(seq);
    await withMatters(trx)
      .updateTable('matter')
      .set({ version: seq })
      .where('id', '=', found.row.id)
      .execute();
    const after = await entered(ctx, trx, now, by, found);
    await entering.tell?.(after);
    return after;
  });
}

/** The line in the audit log for the latest entry: its hash makes the matter's own chain part of the platform's. */
export async function auditEntry(
  trx: Trx,
  now: Date,
  { actor, requestId }: Pick<By, 'actor' | 'requestId'>,
  { row, log }: Pick<MatterFile, 'row' | 'log'>,
): Promise<void> {
  const { kind, action, onDay, hash, seq } = log.at(-1)!;
  await audit(trx, now, {
    ...{ actor, requestId, action: `matters.${kind}`, objectType: 'matter', objectId: row.number },
    detail: { item: row.item, seq, action, on: onDay, hash },
  });
}
