import { randomBytes } from 'node:crypto';
import type * as z from 'zod';
import type { EndpointResponse } from '#kernel/http/contract';
import { canonicalJson, sha256 } from '#kernel/ids';
import { notify } from '#kernel/notify/notify';
import type { Records, Trx } from '#kernel/records';
import type { getMatter, writeMessage } from '../../contract.ts';
import type { MatterContext } from './context.ts';
import { toldOf } from './cover.ts';
import { type By, enter, unnamed } from './entry.ts';
import { matterError } from './errors.ts';
import { type FoundMatter, findFile } from './file.ts';
import { matterMessage } from './messages.ts';
import { partyOf } from './parties.ts';
import { sideOf, sightOf } from './seen.ts';
import { isOffice } from './standing.ts';
import { type MatterTables, type PartyRow, withMatters } from './tables.ts';
import { isFromOffice, messagesOf, noteWaiting, unanswered } from './waiting.ts';

/** Messages that one side may write in a matter: none of them fills the log without end. */
export const SIDES_MESSAGES = 100;

/** What the log holds of a message. */
export const messageHash = ({ salt, text }: Pick<MatterTables['matterMessage'], 'salt' | 'text'>): string =>
  sha256(`${salt}\n${text}`);

/** The texts of a matter's messages that were not erased, first to last. */
export function messagesIn(db: Records | Trx, matter: string) {
  return withMatters(db as Records)
    .selectFrom('matterMessage')
    .selectAll()
    .where('matter', '=', matter)
    .orderBy('seq')
    .execute();
}

/** May whoever asks write? A party to the office; its officers to any party that is there. */
export function mayWrite({ standing, parties }: FoundMatter): boolean {
  if (standing.reads) return standing.handles && parties.some(({ until }) => until === null);
  return standing.party !== null;
}

/** The party that writes, or to whom the office does. Throws `matters_not_yours`, `matters_party`. */
function writingTo(found: FoundMatter, to: number | null): { party: PartyRow; fromOffice: boolean } {
  const { standing } = found;
  if (!standing.reads && standing.party) return { party: standing.party, fromOffice: false };
  if (!standing.handles)
    throw matterError('matters_not_yours', {
      ...{ action: '写消息', action_en: 'Writing messages' },
      ...{ role: '当事人和承办人', role_en: 'parties and officers' },
    });
  return { party: partyOf(found, to ?? 1), fromOffice: true };
}

/**
 * Writes a message, once per key, and tells the other side. Throws `matters_messages` where a side has written too many,
 * `matters_party` for who is not there, `matters_not_yours`, `matters_key`, `matters_changed`, `matters_none`.
 */
export async function write(
  ctx: MatterContext,
  asker: By,
  number: string,
  { version, idempotencyKey: key, text, to }: z.output<(typeof writeMessage)['body']>,
): Promise<FoundMatter> {
  const { platform } = ctx;
  const by = unnamed(asker, await findFile(ctx, platform.records, number, asker));
  return enter(ctx, by, number, version, async (trx, found) => {
    const { row, log, parties } = found;
    const { party, fromOffice } = writingTo(found, to);
    // Whoever is a party sends it again after they signed out, with the code.
    const who = fromOffice ? by.actor.id : '';
    const keyHash = platform.vault.mark(canonicalJson({ text, party: party.no, who }));
    const before = log.find((entry) => entry.key === key);
    if (before && before.keyHash !== keyHash) throw matterError('matters_key');
    if (before) return null;
    const side = sideOf(parties, party);
    const theirs = messagesOf(log).filter((one) => !isFromOffice(one) && side.has(one.content.party!));
    if (!fromOffice && theirs.length >= SIDES_MESSAGES)
      throw matterError('matters_messages', { limit: SIDES_MESSAGES });
    const written = { text, salt: randomBytes(16).toString('hex') };
    return {
      says: {
        ...{ kind: 'message', party: party.no, words: messageHash(written), key, keyHash },
        ...(!fromOffice && { role: party.role }),
      },
      write: async (seq) => {
        await withMatters(trx)
          .insertInto('matterMessage')
          .values({ matter: row.id, seq, party: party.no, fromOffice, ...written })
          .execute();
        await noteWaiting(trx, row.id);
      },
      tell: (after) => tellMessage(ctx, trx, after, { side, fromOffice, actor: by.actor.id }),
    };
  });
}

/** Tells the other side that something was written; what it is stands in the matter alone. */
async function tellMessage(
  ctx: MatterContext,
  trx: Trx,
  file: FoundMatter,
  { side, fromOffice, actor }: { side: ReadonlySet<number>; fromOffice: boolean; actor: string | null },
): Promise<void> {
  const { parties } = file;
  const title = fromOffice
    ? { zh: '承办机构给您写了消息', en: 'The office wrote to you' }
    : { zh: '当事人来信，请回复', en: 'A party wrote: answer it' };
  const to = fromOffice
    ? parties.flatMap(({ no, account, until }) =>
        account && until === null && side.has(no) ? [account] : [],
      )
    : await toldOf(ctx, trx, file);
  await notify(
    trx,
    [...new Set(to)]
      .filter((id) => id !== actor)
      .map((id) => matterMessage(id, file, 'matters.message', title)),
  );
}

/** What the office and the asker's own side wrote to each other; for the office what it wrote with all. */
export async function messagesView(
  db: Records | Trx,
  found: FoundMatter,
): Promise<EndpointResponse<typeof getMatter>['messages']> {
  const { row, log, parties, standing, definition } = found;
  const sight = sightOf(found);
  const seen = messagesOf(log).filter((entry) => sight.entry(entry));
  if (seen.length === 0) return [];
  const texts = new Map((await messagesIn(db, row.id)).map((one) => [one.seq, one.text]));
  const waiting = new Set(unanswered(log, parties).map(({ seq }) => seq));
  return seen.map((entry) => {
    const { no, name, role, actsFor } = parties.find((one) => one.no === entry.content.party)!;
    const { title, side } = definition.item.roles.find(({ id }) => id === role)!;
    const office = isFromOffice(entry);
    return {
      ...{ seq: entry.seq, at: entry.at.toISOString(), office },
      party: { no, name, role: { title, side }, agent: actsFor !== null },
      by: office && isOffice(standing) ? entry.actorName : '',
      text: texts.get(entry.seq) ?? null,
      waits: waiting.has(entry.seq),
    };
  });
}
