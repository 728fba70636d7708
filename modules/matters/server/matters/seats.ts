import type * as z from 'zod';
import { notify } from '#kernel/notify/notify';
import type { Records, Trx } from '#kernel/records';
import { type decideRecusal, MATTERS_READ, type setPanel } from '../../contract.ts';
import type { MatterContext } from './context.ts';
import { type By, enter } from './entry.ts';
import { matterError } from './errors.ts';
import type { FoundMatter, MatterFile } from './file.ts';
import { matterMessage } from './messages.ts';
import { type Officer, officersFor, officersOf, recusedIn } from './officers.ts';
import { type SeatRow, withMatters } from './tables.ts';

/** Who sits on the panel now. */
export const panelIn = (seats: readonly SeatRow[]): SeatRow[] =>
  seats.filter(({ part, until }) => part !== 'recused' && until === null);

/** Whoever of the office may still be recused. */
export async function recusableIn(
  ctx: MatterContext,
  db: Records | Trx,
  { row, seats }: MatterFile,
): Promise<Officer[]> {
  const recused = recusedIn(seats);
  return (await officersOf(ctx, db, [row.department], MATTERS_READ)).filter(({ id }) => !recused.has(id));
}

/** Does the procedure of a matter know steps of a panel? */
export const hasPanel = ({ definition }: Pick<MatterFile, 'definition'>): boolean =>
  definition.item.roles.some(({ panel }) => panel === true);

/** Panel and recusals of a matter as its asker may know them: parties learn who decides, so that they can ask for a recusal. */
export async function seatsView(db: Records | Trx, found: FoundMatter) {
  const { seats, standing, log } = found;
  const panel = panelIn(seats);
  const recused = standing.reads
    ? seats.filter(({ part, until }) => part === 'recused' && until === null)
    : [];
  const accounts = [...panel, ...recused].map(({ account }) => account);
  const named = accounts.length === 0 ? [] : await namesOf(db, accounts);
  const nameOf = (id: string) => named.find((one) => one.id === id)?.name ?? '';
  return {
    needed: hasPanel(found),
    panel: panel.map(({ account, part }) => ({
      id: standing.reads ? account : '',
      name: nameOf(account),
      part: part as Exclude<SeatRow['part'], 'recused'>,
    })),
    recused: recused.map(({ account, since }) => ({
      name: nameOf(account),
      on: log[since - 1]?.onDay ?? '',
      reason: log[since - 1]?.content.note ?? '',
    })),
  };
}

function namesOf(db: Records | Trx, accounts: readonly string[]) {
  return withMatters(db as Records)
    .selectFrom('auth.user')
    .select(['id', 'name'])
    .where('id', 'in', [...accounts])
    .execute();
}

/**
 * Sets the panel. Throws `matters_panel` where nobody or more than one presides or somebody sits twice, `matters_officer` for who is
 * no officer of the office or was recused, `matters_no_panel` where the procedure has none, `matters_changed`, `matters_none`.
 */
export function setPanelOf(
  ctx: MatterContext,
  by: By,
  number: string,
  { version, members, reason }: z.output<(typeof setPanel)['body']>,
): Promise<FoundMatter> {
  return enter(ctx, by, number, version, async (trx, found) => {
    const { row, standing, seats } = found;
    if (!standing.approves) throw matterError('matters_none', { number });
    if (!hasPanel(found)) throw matterError('matters_no_panel');
    const presiding = members.filter(({ part }) => part === 'presiding');
    const once = new Set(members.map(({ account }) => account)).size === members.length;
    if (members.length > 0 && (presiding.length !== 1 || !once)) throw matterError('matters_panel');
    const officers = await officersFor(ctx, trx, found);
    const named = members.map(({ account, part }) => {
      const officer = officers.find(({ id }) => id === account);
      if (!officer) throw matterError('matters_officer', { account: account.slice(0, 60) });
      return { ...officer, part };
    });
    const before = panelIn(seats);
    const same = (one: (typeof named)[number]) =>
      before.some(({ account, part }) => account === one.id && part === one.part);
    if (before.length === named.length && named.every(same)) return null;
    return {
      says: { kind: 'panel', note: reason, panel: named, onDay: ctx.platform.clock.today() },
      write: async (seq) => {
        await endSeats(trx, row.id, before, seq);
        if (named.length > 0)
          await withMatters(trx)
            .insertInto('matterSeat')
            .values(
              named.map(({ id, part }) => ({ matter: row.id, account: id, part, since: seq, until: null })),
            )
            .execute();
      },
      tell: async (after) => {
        const title = { zh: '您被确定为合议组成员', en: 'You sit on the panel of a matter' };
        await notify(
          trx,
          named
            .filter(({ id }) => id !== by.actor.id && !before.some(({ account }) => account === id))
            .map(({ id }) => matterMessage(id, after, 'matters.panel', title)),
        );
      },
    };
  });
}

/** Ends seats on the panel with an entry; recusals stay. */
export async function endSeats(
  trx: Trx,
  matter: string,
  seats: readonly SeatRow[],
  seq: number,
): Promise<void> {
  if (seats.length === 0) return;
  await withMatters(trx)
    .updateTable('matterSeat')
    .set({ until: seq })
    .where('matter', '=', matter)
    .where(
      'account',
      'in',
      seats.map(({ account }) => account),
    )
    .where('part', '!=', 'recused')
    .where('until', 'is', null)
    .execute();
}

/**
 * Decides on a recusal (回避). Who is recused neither sees the matter nor acts in it: they leave its panel, and where they had it, it goes back to the
 * office. Throws `matters_officer` for who is not of the office or recused already,
 * `matters_recuse_self` for a decision on oneself, `matters_changed`, `matters_none`.
 */
export function decideRecusalOf(
  ctx: MatterContext,
  by: By,
  number: string,
  { version, account, asked, recused, reason }: z.output<(typeof decideRecusal)['body']>,
): Promise<FoundMatter> {
  return enter(ctx, by, number, version, async (trx, found) => {
    const { row, standing, seats } = found;
    if (!standing.approves) throw matterError('matters_none', { number });
    if (account === by.actor.id) throw matterError('matters_recuse_self');
    const officer = (await recusableIn(ctx, trx, found)).find(({ id }) => id === account);
    if (!officer) throw matterError('matters_officer', { account: account.slice(0, 60) });
    // Whoever decides goes on to approve: somebody always can.
    return {
      says: {
        ...{ kind: recused ? 'recused' : 'not-recused', note: reason, onDay: ctx.platform.clock.today() },
        ...{ handler: officer, asked },
      },
      write: async (seq) => {
        if (!recused) return;
        await endSeats(
          trx,
          row.id,
          panelIn(seats).filter((one) => one.account === account),
          seq,
        );
        await withMatters(trx)
          .insertInto('matterSeat')
          .values({ matter: row.id, account, part: 'recused', since: seq, until: null })
          .execute();
        if (row.handler === account)
          await withMatters(trx)
            .updateTable('matter')
            .set({ handler: null })
            .where('id', '=', row.id)
            .execute();
      },
      tell: async (after) => {
        const title = recused
          ? { zh: '您已回避，不再参与该办件', en: 'You were recused from a matter' }
          : { zh: '回避申请未获同意，请继续办理', en: 'You were not recused and go on with a matter' };
        // Whoever is recused learns the number and nothing else of it.
        const message = matterMessage(account, after, 'matters.recused', title);
        await notify(trx, [
          recused ? { ...message, href: '/desk', body: { zh: row.number, en: row.number } } : message,
        ]);
      },
    };
  });
}
