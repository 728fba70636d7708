import { inEras } from './eras.ts';
import type { FoundMatter } from './file.ts';
import { applicantRole } from './standing.ts';
import type { LogRow, PartyRow } from './tables.ts';

/** What of a matter somebody sees. The office sees everything; a party what it did, what was written to it, and what was served on it. */
export interface Sight {
  /** The answers of the form, and how content the applicant was. */
  readonly answers: boolean;
  /** May a paper be seen and opened, which came with an entry? */
  paper: (paper: { no: number; what: string }, came: LogRow | undefined) => boolean;
  /** Is an entry of the log shown at all? */
  entry: (entry: LogRow) => boolean;
  /** Is what was noted with it shown? */
  note: (entry: LogRow) => boolean;
  /** Is a party named? */
  party: (no: number) => boolean;
  /** Is a step shown, done or possible? What an item marks as internal is the office's alone. */
  action: (id: string) => boolean;
  /** Is a clock shown? One that only internal steps start is the office's alone. */
  clock: (id: string) => boolean;
}

const EVERYTHING: Sight = {
  answers: true,
  ...{ paper: () => true, entry: () => true, note: () => true },
  ...{ party: () => true, action: () => true, clock: () => true },
};

/** For whom a party stands: itself, or whom an agent acts for. */
const principalOf = ({ no, actsFor }: Pick<PartyRow, 'no' | 'actsFor'>): number => actsFor ?? no;

/** Numbers of all who stand for the same as a party: itself, or whom it acts for, and their other agents. */
export const sideOf = (parties: readonly PartyRow[], party: PartyRow): ReadonlySet<number> =>
  new Set(parties.filter((one) => principalOf(one) === principalOf(party)).map(({ no }) => no));

/** What an item keeps from parties. */
export function internalOf(items: readonly Pick<FoundMatter['definition']['item'], 'actions'>[]) {
  const actions = items.flatMap((item) => item.actions);
  // Definitions on record may be older than the mark. What one version keeps from parties stays so under another.
  const hidden = new Set(actions.filter(({ internal }) => internal === true).map(({ id }) => id));
  return {
    action: (id: string) => hidden.has(id),
    clock: (id: string) => {
      const starting = actions.filter(({ starts }) => starts.includes(id));
      return starting.length > 0 && starting.every((action) => hidden.has(action.id));
    },
  };
}

/** What somebody sees of a matter. */
export function sightOf({ standing, definition, eras, parties, log }: FoundMatter): Sight {
  const { party, reads } = standing;
  if (reads || !party) return EVERYTHING;
  const { item } = definition;
  const me = principalOf(party);
  const us = sideOf(parties, party);
  const mine = (no: number | undefined) => no !== undefined && us.has(no);
  // What the office recorded for a role is that of the one party that has it; of several nobody knows whose it is.
  const alone = parties.every((one) => one.role !== party.role || us.has(one.no));
  const own = ({ role, content }: LogRow) =>
    content.party === undefined ? role === party.role && (alone || me === 1) : mine(content.party);
  const applies = me === 1 && party.role === applicantRole(item);
  const internal = internalOf(eras.map((era) => era.definition.item));
  const roleSide = (role: string | null) =>
    inEras(eras, ({ roles }) => roles.find(({ id }) => id === role))?.side ?? 'office';
  const byOffice = (entry: LogRow) => entry.kind === 'step' && roleSide(entry.role) !== 'party';
  const hidden = (entry: LogRow) => entry.action !== null && internal.action(entry.action);
  const served = new Set(
    log.flatMap(({ kind, content }) =>
      kind === 'served' && mine(content.party) && content.paper !== undefined ? [content.paper] : [],
    ),
  );
  return {
    answers: applies,
    paper: (paper, came) => {
      if (served.has(paper.no)) return true;
      if (!came || hidden(came)) return false;
      if (came.kind === 'step' && own(came)) return true;
      // What the office writes goes to the applicant unless the procedure says that it goes to somebody else.
      const elsewhere =
        inEras(eras, ({ documents }) => documents.find(({ id }) => id === paper.what))?.to === 'other';
      return applies && byOffice(came) && !elsewhere;
    },
    entry: (entry) => {
      if (entry.kind === 'step') return !hidden(entry);
      // Parties learn who decides.
      if (['reckoned', 'struck', 'panel', 'transferred', 'migrated'].includes(entry.kind)) return true;
      if (['unsealed', 'rated', 'answered'].includes(entry.kind)) return applies;
      return mine(entry.content.party);
    },
    note: (entry) => {
      if (entry.kind === 'step') return own(entry) || (applies && byOffice(entry));
      if (entry.kind === 'transferred' || entry.kind === 'migrated') return applies;
      return entry.kind === 'struck' || (entry.kind === 'served' && mine(entry.content.party));
    },
    party: (no) => mine(no),
    action: (id) => !internal.action(id),
    clock: (id) => !internal.clock(id),
  };
}
