import { AppError } from '#kernel/errors';
import type { Records, Trx } from '#kernel/records';
import { tidyNumber } from '../../contract.ts';
import type { Course, Step } from '../course/course.ts';
import type { MatterContext } from './context.ts';
import type { Definition } from './definitions.ts';
import { changesOf, coursesOf, type Era, erasOf, stepsOf } from './eras.ts';
import { matterError } from './errors.ts';
import { readLog } from './log.ts';
import { type Asker, type Standing, standingOf } from './standing.ts';
import {
  type LogRow,
  type MatterRow,
  type PartyRow,
  type SeatRow,
  type TransferRow,
  withMatters,
} from './tables.ts';

/** A matter with everything that follows from its log. */
export interface MatterFile {
  row: MatterRow;
  /** Whoever is or was let in, the applicant first. */
  parties: readonly PartyRow[];
  /** Seats on its panel and recusals, those that ended too. */
  seats: readonly SeatRow[];
  /** The times that it was handed to another body, the first one first. */
  transfers: readonly TransferRow[];
  /** The version under which it runs. */
  definition: Definition;
  /** The versions under which it ran, the first one first; the last one is `definition`. */
  eras: readonly Era[];
  log: readonly LogRow[];
  steps: readonly Step[];
  course: Course;
}

/** A matter with what its asker is to it. */
export type FoundMatter = MatterFile & { standing: Standing };

/** The parties of a matter, in the order in which they were let in. */
export function partiesOf(db: Records | Trx, matter: string): Promise<PartyRow[]> {
  return withMatters(db as Records)
    .selectFrom('matterParty')
    .selectAll()
    .where('matter', '=', matter)
    .orderBy('no')
    .execute();
}

/** Seats that somebody has or had in a matter. */
export function seatsOf(db: Records | Trx, matter: string): Promise<SeatRow[]> {
  return withMatters(db as Records)
    .selectFrom('matterSeat')
    .selectAll()
    .where('matter', '=', matter)
    .orderBy('since')
    .orderBy('account')
    .execute();
}

/** The times that a matter was handed to another body, the first one first. */
export function transfersOf(db: Records | Trx, matter: string): Promise<TransferRow[]> {
  return withMatters(db as Records)
    .selectFrom('matterTransfer')
    .selectAll()
    .where('matter', '=', matter)
    .orderBy('seq')
    .execute();
}

/** The office that had a matter when an entry was written. */
export function officeAt(
  current: string,
  transfers: readonly Pick<TransferRow, 'seq' | 'fromDepartment'>[],
  seq: number,
): string {
  return transfers.find((one) => one.seq >= seq)?.fromDepartment ?? current;
}

/** What follows from a log under the versions that it ran under. */
function standingAfter(eras: readonly Era[], log: readonly LogRow[]) {
  const { definition } = eras.at(-1)!;
  return { definition, eras, log, steps: stepsOf(log), course: coursesOf(eras, log).course };
}

/** A matter from its row. */
export async function fileOf(
  ctx: MatterContext,
  db: Records,
  row: MatterRow,
  known?: Pick<MatterFile, 'parties' | 'seats' | 'transfers'>,
): Promise<MatterFile> {
  const eras = await erasOf(ctx.definitions, db, row, await changesOf(db, [row.id]));
  const log = await readLog(db, row.id);
  const parties = known?.parties ?? (await partiesOf(db, row.id));
  const seats = known?.seats ?? (await seatsOf(db, row.id));
  const transfers = known?.transfers ?? (await transfersOf(db, row.id));
  return { row, parties, seats, transfers, ...standingAfter(eras, log) };
}

/** A matter as the office that handed it on had it: nothing that was entered later is in it. */
function until(file: MatterFile, { seq, toDepartment }: TransferRow): MatterFile {
  const { row } = file;
  const log = file.log.filter((entry) => entry.seq <= seq);
  const eras = file.eras.filter(({ since }) => since <= seq);
  const then = standingAfter(eras, log);
  const { course } = then;
  const { id: state } = course.state;
  return {
    ...then,
    row: {
      ...row,
      ...{ department: toDepartment, version: seq, state, endedOn: course.endedOn, handler: null },
    },
    parties: file.parties
      .filter(({ since }) => since <= seq)
      .map((party) => (party.until !== null && party.until > seq ? { ...party, until: null } : party)),
    seats: file.seats
      .filter(({ since }) => since <= seq)
      .map((seat) => (seat.until !== null && seat.until > seq ? { ...seat, until: null } : seat)),
    transfers: file.transfers.filter((one) => one.seq <= seq),
  };
}

/**
 * The matter of a number for somebody whom it concerns. In a transaction with `lock` its row is held until the end, so that of
 * two who act at once one waits for the other. Throws `matters_none`, the same for a number that does not exist.
 */
export async function findFile(
  ctx: MatterContext,
  db: Records | Trx,
  typed: string,
  asker: Asker,
  lock: 'lock' | 'read' = 'read',
): Promise<FoundMatter> {
  const number = tidyNumber(typed);
  const query = withMatters(db as Records)
    .selectFrom('matter')
    .selectAll()
    .where('number', '=', number);
  const row = await (lock === 'lock' ? query.forUpdate() : query).executeTakeFirst();
  const found = row && (await seenBy(ctx, db, row, asker));
  if (found) return found;
  if (asker.actor.kind === 'anonymous' && asker.code === undefined) throw new AppError('not_signed_in');
  throw matterError('matters_none', { number: number.slice(0, 60) });
}

/** A matter as whoever asks may see it; null where it does not concern them. */
async function seenBy(
  ctx: MatterContext,
  db: Records | Trx,
  row: MatterRow,
  asker: Asker,
): Promise<FoundMatter | null> {
  const parties = await partiesOf(db, row.id);
  const seats = await seatsOf(db, row.id);
  const transfers = await transfersOf(db, row.id);
  const standing = standingOf(ctx.platform.policy, row, { parties, seats, transfers }, asker);
  if (!standing) return null;
  const file = await fileOf(ctx, db as Records, row, { parties, seats, transfers });
  return { ...(standing.past ? until(file, standing.past) : file), standing };
}

/**
 * An entry of a matter with the matter as an account sees it, where it concerns the account and the entry is among what it reads; what was
 * entered later than a former office may read is not. The matter as it is now: whoever lost a right since finds nothing.
 */
export async function findEntry(
  ctx: MatterContext,
  matter: string,
  seq: number,
  actor: Asker['actor'],
): Promise<{ file: FoundMatter; entry: LogRow } | null> {
  const { records } = ctx.platform;
  const row = await withMatters(records)
    .selectFrom('matter')
    .selectAll()
    .where('id', '=', matter)
    .executeTakeFirst();
  if (!row) return null;
  const found = await seenBy(ctx, records, row, { actor });
  const entry = found?.log[seq - 1];
  return found && entry ? { file: found, entry } : null;
}
