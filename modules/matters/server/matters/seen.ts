import type { FoundMatter } from './file.ts';
import { applicantRole } from './standing.ts';
import type { LogRow } from './tables.ts';

/** What of a matter somebody sees. The office sees everything; a party what it did, what was written to it, and what was served on it. */
export interface Sight {
  /** The office: everything, with the names of its officers. */
  readonly all: boolean;
  /** The answers of the form. */
  readonly answers: boolean;
  /** May a paper be seen and opened, which came with an entry? */
  paper: (paper: { no: number; what: string }, came: LogRow) => boolean;
  /** Is an entry of the log shown at all? */
  entry: (entry: LogRow) => boolean;
  /** Is what was noted with it shown? */
  note: (entry: LogRow) => boolean;
  /** Is a party named? */
  party: (no: number) => boolean;
}

/** What somebody sees of a matter. */
export function sightOf({ standing, definition: { item }, parties, log }: FoundMatter): Sight {
  const { party, reads } = standing;
  if (reads || !party) {
    const always = () => reads;
    return { all: reads, answers: reads, paper: always, entry: always, note: always, party: always };
  }
  const applies = party.role === applicantRole(item);
  const sideOf = (role: string | null) => item.roles.find(({ id }) => id === role)?.side ?? 'office';
  const ofRole = new Set(parties.filter(({ role }) => role === party.role).map(({ no }) => no));
  const served = new Set(
    log.flatMap(({ kind, content }) =>
      kind === 'served' && ofRole.has(content.party ?? 0) && content.paper !== undefined
        ? [content.paper]
        : [],
    ),
  );
  // What the office writes goes to the applicant unless the procedure says that it goes to somebody else.
  const written = ({ what }: { what: string }, came: LogRow) =>
    applies &&
    came.kind === 'step' &&
    sideOf(came.role) !== 'party' &&
    item.documents.find(({ id }) => id === what)?.to !== 'other';
  return {
    all: false,
    answers: applies,
    paper: (paper, came) => served.has(paper.no) || came.role === party.role || written(paper, came),
    entry: ({ kind, content }) =>
      ['step', 'reckoned', 'assigned'].includes(kind) ||
      (['unsealed', 'rated', 'answered'].includes(kind) && applies) ||
      (kind === 'struck' ? true : ofRole.has(content.party ?? 0)),
    note: ({ kind, role, content }) => {
      if (kind === 'step') return role === party.role || (applies && sideOf(role) !== 'party');
      return kind === 'struck' || (kind === 'served' && ofRole.has(content.party ?? 0));
    },
    party: (no) => ofRole.has(no),
  };
}
