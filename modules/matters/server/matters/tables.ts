import type { Generated, GeneratedAlways, JSONColumnType, Kysely, Selectable } from 'kysely';
import type { AuthTables } from '#kernel/auth/tables';
import type { CityPack } from '#kernel/city/schema';
import type { KernelTables, Records } from '#kernel/records';
import type { ENTRY_KINDS, PANEL_PARTS, RECUSAL_ASKED, Reward, ServiceWay } from '../../contract.ts';
import type { Fed } from '../registers/feed.ts';

/** A last day as it was known when an entry was written. */
export interface KnownDue {
  clock: string;
  due: string | null;
  /** What it had been, where another calendar or limit moved it. */
  was: string | null;
  provisional: boolean;
}

/** What an entry of the log holds beside its columns. */
export interface EntryContent {
  note: string;
  /** Papers that came with it: number, what they are, and the bytes' SHA-256, null for paper; `template`: version with which it was made, where it is the office's own. */
  papers: { no: number; what: string; sha256: string | null; template?: number }[];
  /** SHA-256 of salt and answers, where some were given. */
  answers: string | null;
  /** SHA-256 of what was sealed with it. */
  sealed?: string;
  dues: KnownDue[];
  rules: string;
  /** `assigned`: to whom. `recused`, `not-recused`: who. `struck`: which paper. */
  handler?: { id: string; name: string } | null;
  paper?: number;
  /** First entry of a matter that came through a portal: which one, and to which office it went. */
  portal?: string;
  keeper?: string;
  /** `transferred`: from which office to which, and on what ground. */
  office?: { from: string; to: string };
  basis?: string;
  /** `migrated`: from which version of the item to which, by the hashes of their definitions; the ground stands in `basis`. */
  definition?: { from: string; to: string };
  /** Steps: who took it, where it was a party. `admitted`, `recoded`, `dismissed`, `served`, `message`: whom it concerns. */
  party?: number;
  /** `rated`: how content, and the SHA-256 of what was said; `answered`: that of the answer. */
  score?: number;
  /** `message`: SHA-256 of salt and text. */
  words?: string;
  /** `served`: in which way. */
  how?: ServiceWay;
  /** `panel`: who sits on it. `recused`, `not-recused`: who asked for it. */
  panel?: { id: string; name: string; part: (typeof PANEL_PARTS)[number] }[];
  asked?: (typeof RECUSAL_ASKED)[number];
  /** Steps that propose or grant a reward: how it was computed, and how much it is. */
  reward?: Reward;
  /** Steps that propose entries of registers: which, or why not. */
  fed?: Fed[];
  /** SHA-256 of what was prepared for publication, released with a step, sent back or taken down. */
  publication?: string;
}

/** What an entry of the log says. */
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** The tables of 0080_matters.sql, and those of accounts beside which they are read. */
export interface MatterTables extends KernelTables {
  matterDefinition: {
    hash: string;
    item: string;
    itemFrom: string;
    definition: JSONColumnType<CityPack['items'][number]>;
    keptAt: Date;
  };
  matterCounter: { mark: string; year: number; last: number };
  matter: {
    id: string;
    number: string;
    item: string;
    definition: string;
    department: string;
    portal: string | null;
    name: string;
    subject: string;
    key: string;
    keyHash: string;
    openedOn: string;
    openedAt: Date;
    handler: string | null;
    version: number;
    state: string;
    endedOn: string | null;
    doneOn: string | null;
    nextOn: string | null;
    askedOn: string | null;
    rules: string;
    search: GeneratedAlways<string>;
  };
  matterLog: {
    matter: string;
    seq: number;
    kind: EntryKind;
    at: Date;
    action: string | null;
    onDay: string | null;
    role: string | null;
    actorKind: 'anonymous' | 'user' | 'system';
    actorId: string | null;
    actorName: string;
    recorded: boolean;
    key: string | null;
    keyHash: string | null;
    content: JSONColumnType<EntryContent>;
    prevHash: string;
    hash: string;
  };
  matterParty: {
    matter: string;
    no: number;
    role: string;
    name: string;
    actsFor: number | null;
    code: string;
    account: string | null;
    since: number;
    until: number | null;
  };
  matterTransfer: {
    matter: string;
    seq: number;
    fromDepartment: string;
    toDepartment: string;
    onDay: string;
  };
  matterVersionChange: {
    matter: string;
    seq: number;
    fromDefinition: string;
    toDefinition: string;
  };
  matterRating: {
    matter: string;
    item: string;
    score: number;
    words: string;
    seq: number;
    ratedOn: string;
    answer: string | null;
    answerSeq: number | null;
  };
  matterSeat: {
    matter: string;
    account: string;
    part: (typeof PANEL_PARTS)[number] | 'recused';
    since: number;
    until: number | null;
  };
  matterAbsence: {
    id: Generated<string>;
    department: string;
    account: string;
    cover: string;
    fromOn: string;
    toOn: string;
    enteredAt: Date;
    endedAt: Date | null;
  };
  matterMessage: {
    matter: string;
    seq: number;
    party: number;
    fromOffice: boolean;
    salt: string;
    text: string;
  };
  matterPublication: {
    id: string;
    matter: string;
    item: string;
    department: string;
    prepared: number;
    paper: number;
    title: string;
    summary: string;
    body: string;
    ends: string | null;
    released: number | null;
    returned: number | null;
    releasedOn: string | null;
    until: string | null;
    down: number | null;
    downOn: string | null;
    reason: string | null;
    replacedBy: string | null;
    search: GeneratedAlways<string>;
  };
  matterVault: { matter: string; seq: number; sealed: string };
  matterOpening: { matter: string; paper: number; party: number; at: Date };
  matterAnswers: {
    matter: string;
    seq: number;
    salt: string;
    answers: JSONColumnType<Record<string, unknown>>;
  };
  matterPaper: {
    matter: string;
    no: number;
    seq: number;
    struck: number | null;
    what: string;
    file: string | null;
    number: string | null;
    code: string | null;
    template: number | null;
  };
  matterClock: {
    matter: string;
    run: number;
    clock: string;
    limitId: string;
    whose: 'office' | 'party' | 'court';
    ifUsed: boolean;
    startedOn: string;
    due: string | null;
    provisional: boolean;
    endedOn: string | null;
    how: 'met' | 'expired' | 'stopped' | null;
  };
  matterDraft: {
    key: string;
    account: string | null;
    item: string;
    portal: string | null;
    form: JSONColumnType<Record<string, unknown>>;
    materials: JSONColumnType<{ what: string; file: string; name: string }[]>;
    version: number;
    savedAt: Date;
  };
  matterCalendar: { account: string; hash: string | null; madeAt: Date | null };
  'auth.user': AuthTables['auth.user'];
}

/** A stored matter. */
export type MatterRow = Selectable<MatterTables['matter']>;
/** A stored party of it. */
export type PartyRow = Selectable<MatterTables['matterParty']>;
/** A stored seat on its panel, or a recusal. */
export type SeatRow = Selectable<MatterTables['matterSeat']>;
/** A stored transfer. */
export type TransferRow = Selectable<MatterTables['matterTransfer']>;
/** A stored change of the version under which it runs. */
export type VersionChangeRow = Selectable<MatterTables['matterVersionChange']>;
/** A stored entry of its log. */
export type LogRow = Selectable<MatterTables['matterLog']>;

/** The record store, or an open transaction, with this module's tables. */
export function withMatters(db: Records): Kysely<MatterTables> {
  return db as unknown as Kysely<MatterTables>;
}
