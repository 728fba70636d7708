import { shanghaiToday } from '#kernel/calendar/date';
import type { Trx } from '#kernel/records';
import { partiesOf } from './file.ts';
import { readLog } from './log.ts';
import { sideOf } from './seen.ts';
import { type LogRow, type PartyRow, withMatters } from './tables.ts';

/** Entries with which somebody wrote to the other side. The office has no role of the procedure where it writes. */
export const messagesOf = (log: readonly LogRow[]): LogRow[] => log.filter(({ kind }) => kind === 'message');

/** Did the office write a message? */
export const isFromOffice = ({ role }: Pick<LogRow, 'role'>): boolean => role === null;

/**
 * Messages of parties to which the office has not written back since. What it writes to one answers everybody who stands for the
 * same; a side of which nobody is left waits for nothing.
 */
export function unanswered(log: readonly LogRow[], parties: readonly PartyRow[]): LogRow[] {
  const sideOfNo = (no: number | undefined): ReadonlySet<number> => {
    const party = parties.find((one) => one.no === no);
    return party ? sideOf(parties, party) : new Set();
  };
  const messages = messagesOf(log);
  return messages.filter((message, i) => {
    if (isFromOffice(message)) return false;
    const side = sideOfNo(message.content.party);
    return (
      parties.some(({ no, until }) => until === null && side.has(no)) &&
      !messages.slice(i + 1).some((later) => isFromOffice(later) && side.has(later.content.party!))
    );
  });
}

/** Notes for the desk since when somebody waits for an answer, from log and parties as they are in the transaction. */
export async function noteWaiting(trx: Trx, matter: string): Promise<void> {
  const [first] = unanswered(await readLog(trx, matter), await partiesOf(trx, matter));
  await withMatters(trx)
    .updateTable('matter')
    .set({ askedOn: first ? shanghaiToday(first.at) : null })
    .where('id', '=', matter)
    .execute();
}
